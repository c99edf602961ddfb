import type { Account } from '../../leads/accounts';
import { createLruMap } from '../../leads/lruMap';
import { stateKeys } from './redisKeys';
import { answersOf, redisNowMs, textOrNull } from './schema/answers';
import { holdText, readHold, type StoredHold } from './schema/hold';
import { holdOf, openOf } from './storedBreaker';
import type { UnreadReport } from './unread';
import { type Breaker, closed, type Open } from '@icloud-ready/core';
import type { Redis } from 'ioredis';

/** The breakers of one account at `redisMs`, the time of Redis. `shared`: its key's; `own`: its organization's. */
export interface StoredBreakers {
	readonly redisMs: number;
	readonly shared: Breaker;
	readonly own: Breaker;
}

/** Keeps circuit breakers in Redis for all gateways. Times are this gateway's `monotonicMs`. */
export interface BreakerStore {
	readonly read: (account: Account) => Promise<StoredBreakers>;
	/** Writes what one became, if it changed. `key`: of `stateKeys.hold`. */
	readonly write: (key: string, before: Breaker, after: Breaker, redisMs: number) => Promise<void>;
	/** The breaker in this text; closed where there is none, a newer gateway wrote it, or nobody can read it. */
	readonly stateOf: (key: string, text: string | null, redisMs: number) => Breaker;
}

const dayMs = 86_400_000;
const maxSeen = 10_000;

/** A hold as this gateway saw it first: from then on its own clock says when it ends. */
interface Seen {
	readonly text: string;
	readonly state: Open;
	/** With what another gateway added to it. */
	readonly hold: StoredHold;
}

export const createBreakerStore = (redis: Redis, monotonicMs: () => number, unread: UnreadReport): BreakerStore => {
	const seen = createLruMap<Seen>(maxSeen);

	const stateOf: BreakerStore['stateOf'] = (key, text, redisMs) => {
		const known = seen.get(key);
		if (known !== undefined && known.text === text) return known.state;
		const read = readHold(text);
		if (read.kind === 'newer') unread.newer('hold', key, read.schemaVersion);
		if (read.kind === 'damaged') unread.damaged('hold', key);
		if (read.kind !== 'known' || text === null) return closed;
		const state = openOf(read.value, redisMs, monotonicMs());
		seen.set(key, { text, state, hold: read.value });
		return state;
	};

	return {
		stateOf,
		read: async ({ id, group }) => {
			const keys = [stateKeys.hold(group), stateKeys.hold(id)] as const;
			const [texts, time] = answersOf(
				await redis
					.pipeline()
					.mget(...keys)
					.time()
					.exec(),
			);
			const [shared, own] = (Array.isArray(texts) ? texts : []).map((text) => textOrNull.parse(text));
			const redisMs = redisNowMs(time);
			return {
				redisMs,
				shared: stateOf(keys[0], shared ?? null, redisMs),
				own: stateOf(keys[1], own ?? null, redisMs),
			};
		},
		write: async (key, before, after, redisMs) => {
			if (after.kind !== 'open') {
				if (before.kind !== 'closed') await redis.del(key);
				return;
			}
			if (before.kind === 'open' && after.openedAtMs === before.openedAtMs && after.untilMs === before.untilMs) return;
			const nowMs = monotonicMs();
			const added = before.kind === 'open' ? seen.get(key)?.hold : undefined;
			const hold = { ...added, ...holdOf(after, redisMs, nowMs) };
			const text = holdText(hold);
			seen.set(key, { text, state: after, hold });
			await redis.set(key, text, 'PX', Math.max(1, Math.ceil(after.untilMs - nowMs)) + dayMs);
		},
	};
};
