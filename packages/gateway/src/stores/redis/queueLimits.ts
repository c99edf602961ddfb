import type { CircuitBreakers } from './circuitBreaker';
import { stateKeys } from './redisKeys';
import { answersOf, redisNowMs, firstText } from './schema/answers';
import type { Limit, SharedLimiter } from './sharedLimiter';
import type { VerifiedAccounts } from './verifiedAccounts';
import type { WorkerPool } from './workers';
import type { Redis } from 'ioredis';

interface Means {
	readonly redis: Redis;
	readonly workerPool: Pick<WorkerPool, 'queueOf'>;
	readonly breakers: Pick<CircuitBreakers, 'leftMs'>;
	readonly limiter: Pick<SharedLimiter, 'limitNow' | 'concurrencyNow'>;
	readonly verified: Pick<VerifiedAccounts, 'has'>;
	/** Leads of one key that are on their way at once, from all gateways together; 1 to 50, 0: adaptive. */
	readonly concurrency: number;
}

/** What all gateways obey of a key: its pace, and how many of its leads are on their way at once. */
export interface QueueLimits {
	/** Sets them anew where they changed. */
	readonly apply: (group: string) => Promise<void>;
	/** What another gateway may have set is not known any more: of this key, or of all. */
	readonly forget: (group?: string) => void;
}

/** While a key is held, one lead at a time sees whether it goes again; and one, whether it goes at all. */
export const atOnceOf = (isHeld: boolean, isVerified: boolean, concurrency: number): number =>
	!isHeld && isVerified ? concurrency : 1;

export const createQueueLimits = ({
	redis,
	workerPool,
	breakers,
	limiter,
	verified,
	concurrency,
}: Means): QueueLimits => {
	const applied = new Map<string, Limit & { readonly atOnce: number }>();
	return {
		apply: async (group) => {
			const key = stateKeys.hold(group);
			const [texts, time] = answersOf(await redis.pipeline().mget(key).time().exec());
			const text = firstText.parse(texts);
			const isHeld = breakers.leftMs(key, text, redisNowMs(time)) !== undefined;
			const { max, durationMs } = limiter.limitNow(group);
			const atOnce = atOnceOf(
				isHeld,
				await verified.has(group),
				concurrency === 0 ? limiter.concurrencyNow(group) : concurrency,
			);
			const before = applied.get(group);
			if (before?.max === max && before.durationMs === durationMs && before.atOnce === atOnce) return;
			const queue = workerPool.queueOf(group);
			await queue.setGlobalRateLimit(max, durationMs);
			await queue.setGlobalConcurrency(atOnce);
			applied.set(group, { max, durationMs, atOnce });
		},
		forget: (group) => {
			if (group === undefined) applied.clear();
			else applied.delete(group);
		},
	};
};
