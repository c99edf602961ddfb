import { createLruMap } from '../../leads/lruMap';
import { stateKeys } from './redisKeys';
import type { Redis } from 'ioredis';

/** One lead of an account is let through to see whether its organization may go again, whichever gateway has it. */
export interface Probes {
	/** Whether it is this one, named `by`; for `forMs` at most, whatever Redis's clock does. */
	readonly mayProbe: (accountId: string, by: string, forMs: number) => Promise<boolean>;
}

const maxSeen = 10_000;

export const createProbes = (redis: Redis, monotonicMs: () => number): Probes => {
	const seen = createLruMap<{ readonly by: string; readonly sinceMs: number }>(maxSeen);
	return {
		mayProbe: async (accountId, by, forMs) => {
			const key = stateKeys.probe(accountId);
			if ((await redis.set(key, by, 'PX', forMs, 'NX')) === 'OK') return true;
			const other = (await redis.get(key)) ?? '';
			const nowMs = monotonicMs();
			const known = seen.get(key);
			if (known === undefined || known.by !== other) {
				seen.set(key, { by: other, sinceMs: nowMs });
				return false;
			}
			// What Redis was to forget lasts longer where the time there is set back.
			if (nowMs - known.sinceMs <= forMs) return false;
			await redis.set(key, by, 'PX', forMs);
			return true;
		},
	};
};
