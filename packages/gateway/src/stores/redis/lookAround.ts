import type { CircuitBreakers } from './circuitBreaker';
import { snapshotOf } from './queueSnapshot';
import { indexKeys } from './redisKeys';
import { answersOf, redisNowMs } from './schema/answers';
import { groupName, only } from './schema/names';
import type { UnreadReport } from './unread';
import type { Watchdog } from './watchdog';
import type { VerifiedAccounts } from './verifiedAccounts';
import { workerDecision } from './workerDecision';
import type { WorkerPool } from './workers';
import type { Redis } from 'ioredis';

interface Means {
	readonly redis: Redis;
	readonly workerPool: Pick<WorkerPool, 'active' | 'stop'>;
	readonly breakers: Pick<CircuitBreakers, 'leftMs'>;
	readonly verified: Pick<VerifiedAccounts, 'has'>;
	readonly unread: UnreadReport;
	readonly watchdog: Pick<Watchdog, 'observe'>;
	readonly now: () => number;
	readonly monotonicMs: () => number;
}

/** Keys that are held for long, so that a new lead does not start their worker; changed in place. */
export type RestingKeys = Set<string>;

/** So many keys are looked at together: a few round trips for thousands of them, and no long list of answers. */
const groupsAtOnce = 100;
/** No pause of a key that is tried lasts longer than an hour and what one try may take. */
const maxTrialPauseMs = 2 * 3_600_000;

/** The clock of Redis was set back since a key was tried: its turn would come only when it is there again. */
const resetFutureTrials = async ({ redis, unread }: Means, redisMs: number): Promise<void> => {
	const found = await redis.zrangebyscore(
		indexKeys.trials,
		redisMs + maxTrialPauseMs,
		'+inf',
		'LIMIT',
		0,
		groupsAtOnce,
	);
	const groups = only(groupName, found, () => unread.damaged('index', indexKeys.trials));
	if (groups.length > 0) await redis.zadd(indexKeys.trials, 'XX', ...groups.flatMap((group) => [redisMs, group]));
};

const lookAt = async (
	{ redis, workerPool, breakers, watchdog, now, monotonicMs }: Means,
	resting: RestingKeys,
	start: (group: string) => Promise<void>,
	group: string,
	lastAtMs: number | undefined,
): Promise<void> => {
	const snapshot = await snapshotOf(redis, breakers, group, now());
	watchdog.observe(group, snapshot);
	const decision = workerDecision(snapshot, lastAtMs === undefined ? undefined : monotonicMs() - lastAtMs);
	if (decision === 'rest') resting.add(group);
	else resting.delete(group);
	if (decision === 'start') await start(group);
	else if (decision === 'rest' || decision === 'stop') workerPool.stop(group);
};

/** Looks at all keys with leads, and those with workers; those never verified are put among the ones to be tried. */
export const lookAround = async (
	means: Means,
	resting: RestingKeys,
	start: (group: string) => Promise<void>,
): Promise<void> => {
	const { redis, workerPool, verified, unread } = means;
	const working = new Map(workerPool.active());
	// Alone, TIME would leave before a connection is ready, and is never answered where that breaks just then.
	const [open, tried, time] = answersOf(
		await redis.pipeline().hkeys(indexKeys.shares).zrange(indexKeys.trials, 0, -1).time().exec(),
	);
	const redisMs = redisNowMs(time);
	await resetFutureTrials(means, redisMs);
	const others = new Set(Array.isArray(tried) ? tried : []);
	const withLeads = only(groupName, open, () => unread.damaged('index', indexKeys.shares));
	const groups = [...new Set([...withLeads, ...working.keys()])].filter((group) => !others.has(group));
	for (let at = 0; at < groups.length; at += groupsAtOnce) {
		await Promise.all(
			groups.slice(at, at + groupsAtOnce).map(async (group) => {
				if (await verified.has(group)) await lookAt(means, resting, start, group, working.get(group));
				else await redis.zadd(indexKeys.trials, 'NX', redisMs, group);
			}),
		);
	}
};
