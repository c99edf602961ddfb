import type { Account } from '../../leads/accounts';
import type { Accepted } from './acceptedAccounts';
import type { CircuitBreakers, Lifted } from './circuitBreaker';
import { indexKeys, stateKeys, queueKey } from './redisKeys';
import type { SharedLimiter } from './sharedLimiter';
import { redisNowMs } from './storedBreaker';
import { createTrials } from './trialWorkers';
import type { WorkerPool } from './workers';
import type { Redis } from 'ioredis';

interface Means {
	readonly redis: Redis;
	readonly workers: WorkerPool;
	readonly holds: CircuitBreakers;
	readonly pace: SharedLimiter;
	readonly accepted: Accepted;
	readonly timeoutMs: number;
	/** Ends what waited too long. */
	readonly expire: () => Promise<unknown>;
	/** Leads of one key that are on their way at once, from all gateways together. */
	readonly concurrency: number;
	readonly maintain: () => Promise<void>;
	/** Milliseconds since 1970, as BullMQ takes them for its delayed jobs. */
	readonly now: () => number;
	readonly monotonicMs: () => number;
	readonly sleep: (ms: number) => Promise<void>;
	readonly isClosed: () => boolean;
}

/** Looks around: which keys have leads, at what pace they go, and what there is to be tidied up. */
export interface Scheduler {
	readonly run: () => Promise<void>;
	/** A lead of this key was taken in. */
	readonly onEnqueued: (group: string) => void;
	/** Gives all gateways the pace and the concurrency of this key anew. */
	readonly apply: (group: string) => Promise<void>;
	/** A lead of this key was accepted for the first time. */
	readonly verified: (group: string) => void;
	readonly onPassed: (account: Account, lifted: Lifted) => Promise<void>;
	readonly release: (account: Account) => Promise<void>;
}

const tickMs = 1000;
const ticksPerLook = 5;
const ticksPerUpkeep = 600;
/** A key that is held for longer than this needs no worker meanwhile. */
const longHoldMs = 10_000;
const idleMs = 60_000;
const mostAtOnce = 100;
/** No pause of a key that is tried lasts longer than an hour and what one try may take. */
const longestTrialPauseMs = 2 * 3_600_000;
/** BullMQ keeps the time of a delayed job in so many steps of a ms. */
const delayedSteps = 0x1000;
/** What other gateways may have set is set anew now and then. */
const ticksPerLimit = 10;

export const createScheduler = ({
	redis,
	workers,
	holds,
	pace,
	accepted,
	timeoutMs,
	expire,
	concurrency,
	maintain,
	now,
	monotonicMs,
	sleep,
	isClosed,
}: Means): Scheduler => {
	const resting = new Set<string>();
	const applied = new Map<string, string>();

	const apply = async (group: string): Promise<void> => {
		const hold = await redis.get(stateKeys.hold(group));
		const { max, durationMs } = pace.limitNow(group);
		// While it is held, one lead at a time sees whether it goes again; and one whether it goes at all.
		const atOnce = hold === null && (await accepted.has(group)) ? concurrency : 1;
		const text = [max, durationMs, atOnce].join(' ');
		if (applied.get(group) === text) return;
		const queue = workers.queueOf(group);
		await queue.setGlobalRateLimit(max, durationMs);
		await queue.setGlobalConcurrency(atOnce);
		applied.set(group, text);
	};
	const start = async (group: string, isTrial = false): Promise<void> => {
		await pace.load(group);
		await apply(group);
		workers.start(group, isTrial);
	};
	const trials = createTrials({
		redis,
		accepted,
		holds,
		timeoutMs,
		now,
		monotonicMs,
		sleep,
		isClosed,
		begin: async (group) => {
			await start(group, true);
		},
		rest: (group) => {
			applied.delete(group);
			workers.stop(group);
		},
		passed: async (group) => {
			applied.delete(group);
			await start(group);
		},
	});

	const lookAt = async (group: string, lastAtMs: number | undefined): Promise<void> => {
		const of = (name: string): string => queueKey(group, name);
		const answers =
			(await redis
				.pipeline()
				.llen(of('wait'))
				.llen(of('active'))
				.zrange(of('delayed'), 0, 0, 'WITHSCORES')
				.get(stateKeys.hold(group))
				.time()
				.exec()) ?? [];
		const [waiting, active, delayed, held, time] = answers.map(([, value]) => value) as [
			number,
			number,
			readonly string[],
			string | null,
			unknown,
		];
		const dueAtMs = delayed[1] === undefined ? Number.POSITIVE_INFINITY : Number(delayed[1]) / delayedSteps;
		const isResting =
			active === 0 && held !== null && holds.leftMs(stateKeys.hold(group), held, redisNowMs(time)) > longHoldMs;
		if (isResting) resting.add(group);
		else resting.delete(group);
		if (isResting) workers.stop(group);
		else if (waiting > 0 || active > 0 || dueAtMs - now() < longHoldMs) {
			if (lastAtMs === undefined) await start(group);
		} else if (lastAtMs !== undefined && monotonicMs() - lastAtMs > idleMs) workers.stop(group);
	};
	/** Keys with leads, and those with workers; those never accepted are tried by and by. */
	const look = async (): Promise<void> => {
		const working = new Map(workers.active());
		const [open, tried, time] = await Promise.all([
			redis.hkeys(indexKeys.shares),
			redis.zrange(indexKeys.trials, 0, -1),
			redis.time(),
		]);
		const redisMs = redisNowMs(time);
		// The clock of Redis was set back since: their turn would come only when it is there again.
		const fromFuture = await redis.zrangebyscore(
			indexKeys.trials,
			redisMs + longestTrialPauseMs,
			'+inf',
			'LIMIT',
			0,
			mostAtOnce,
		);
		if (fromFuture.length > 0)
			await redis.zadd(indexKeys.trials, 'XX', ...fromFuture.flatMap((group) => [redisMs, group]));
		const others = new Set(tried);
		const groups = [...new Set([...open, ...working.keys()])].filter((group) => !others.has(group));
		for (let at = 0; at < groups.length; at += mostAtOnce) {
			await Promise.all(
				groups.slice(at, at + mostAtOnce).map(async (group) => {
					if (await accepted.has(group)) await lookAt(group, working.get(group));
					else await redis.zadd(indexKeys.trials, 'NX', redisMs, group);
				}),
			);
		}
	};
	let isTidying = false;
	/** May take long where there are many keys, and nothing waits for it. */
	const tidyUp = (): void => {
		if (isTidying) return;
		isTidying = true;
		maintain()
			.catch(() => undefined)
			.finally(() => {
				isTidying = false;
			});
	};

	return {
		run: async () => {
			for (let tick = 0; !isClosed(); tick++) {
				if (tick % ticksPerLimit === 0) applied.clear();
				// What could not be done is done the next time.
				for (const [group] of workers.active()) await apply(group).catch(() => undefined);
				trials.fill();
				if (tick % ticksPerLook === 0) await look().catch(() => undefined);
				if (tick % ticksPerLook === ticksPerLook - 1) await expire().catch(() => undefined);
				if (tick % ticksPerUpkeep === ticksPerLook - 1) tidyUp();
				await sleep(tickMs);
			}
		},
		onEnqueued: (group) => {
			if (!accepted.isKnown(group)) return trials.fill();
			if (resting.has(group) || workers.isWorking(group)) return;
			start(group).catch(() => undefined);
		},
		verified: (group) => {
			// Whoever tries it here or there gives it a worker for good.
			apply(group).catch(() => undefined);
		},
		apply,
		onPassed: async ({ group }, { why, wasOrganizationHeld }) => {
			if (why !== undefined) {
				// A limit is over when the API said that it is.
				if (why !== 'limit') await workers.queueOf(group).removeRateLimitKey();
				await apply(group);
			}
			if (wasOrganizationHeld) await workers.queueOf(group).promoteJobs();
		},
		release: async (account) => {
			await holds.lift(account);
			await workers.queueOf(account.group).removeRateLimitKey();
			resting.delete(account.group);
			if (await accepted.has(account.group)) await start(account.group);
			else trials.fill();
		},
	};
};
