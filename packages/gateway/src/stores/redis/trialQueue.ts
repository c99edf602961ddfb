import type { CircuitBreakers } from './circuitBreaker';
import { type QueueSnapshot, snapshotOf } from './queueSnapshot';
import { indexKeys } from './redisKeys';
import { answersOf, redisNowMs } from './schema/answers';
import { groupName, only } from './schema/names';
import { claimForMs } from './trialWorkers';
import type { UnreadReport } from './unread';
import type { Watchdog } from './watchdog';
import { maxTrialDelayMs } from './workerDecision';
import type { Redis } from 'ioredis';

interface Means {
	readonly redis: Redis;
	readonly breakers: Pick<CircuitBreakers, 'leftMs'>;
	readonly unread: UnreadReport;
	readonly watchdog: Pick<Watchdog, 'observeTrials'>;
	readonly now: () => number;
}

/** So many keys that are to be tried later are looked at each time, those first that are to wait longest. */
const laterAtOnce = 20;

/** Whether a lead of it could leave now, so that it is to be tried now. */
const couldLeave = ({ waiting, active, heldMs = 0 }: QueueSnapshot): boolean =>
	waiting > 0 && active === 0 && heldMs <= 0;

/** Keys that are to be tried later although nothing holds their leads, such as one whose hold was lifted, are tried now. */
const tryHeldByNothing = async (means: Means, redisMs: number): Promise<void> => {
	const { redis, breakers, unread, now } = means;
	// A claim, or a delayed lead, is no hold, and over soon.
	const laterMs = redisMs + claimForMs + maxTrialDelayMs;
	const found = await redis.zrevrangebyscore(indexKeys.trials, '+inf', laterMs, 'LIMIT', 0, laterAtOnce);
	for (const group of only(groupName, found, () => unread.damaged('index', indexKeys.trials)))
		if (couldLeave(await snapshotOf(redis, breakers, group, now())))
			await redis.zadd(indexKeys.trials, 'XX', redisMs, group);
};

/** Looks after the line of keys that were never verified: the first of them has its turn soon, or none has. */
export const lookAtTrials = async (means: Means): Promise<void> => {
	const { redis, watchdog } = means;
	const [first, time] = answersOf(await redis.pipeline().zrange(indexKeys.trials, 0, 0, 'WITHSCORES').time().exec());
	const redisMs = redisNowMs(time);
	const [group, dueAt] = Array.isArray(first) ? (first as readonly unknown[]) : [];
	const isDue = typeof group === 'string' && Number(dueAt) <= redisMs;
	watchdog.observeTrials(isDue ? `${group} ${String(dueAt)}` : undefined);
	await tryHeldByNothing(means, redisMs);
};
