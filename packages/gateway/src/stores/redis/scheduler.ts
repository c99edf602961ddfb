import type { Account } from '../../leads/accounts';
import type { CircuitBreakers, Lifted } from './circuitBreaker';
import { lookAround, type RestingKeys } from './lookAround';
import type { QueueLimits } from './queueLimits';
import type { SharedLimiter } from './sharedLimiter';
import { lookAtTrials } from './trialQueue';
import { createTrialWorkers } from './trialWorkers';
import type { UnreadReport } from './unread';
import type { VerifiedAccounts } from './verifiedAccounts';
import type { Watchdog } from './watchdog';
import type { WorkerPool } from './workers';
import type { Redis } from 'ioredis';

export interface SchedulerMeans {
	readonly redis: Redis;
	readonly workerPool: WorkerPool;
	readonly breakers: CircuitBreakers;
	readonly limiter: SharedLimiter;
	readonly limits: QueueLimits;
	readonly verified: VerifiedAccounts;
	readonly unread: UnreadReport;
	readonly watchdog: Watchdog;
	readonly timeoutMs: number;
	/** Ends what waited too long. */
	readonly expire: () => Promise<unknown>;
	readonly maintain: () => Promise<void>;
	/** Milliseconds since 1970, as BullMQ takes them for its delayed jobs. */
	readonly now: () => number;
	readonly monotonicMs: () => number;
	readonly sleep: (ms: number) => Promise<void>;
	readonly isClosed: () => boolean;
}

/** Decides which keys have a worker here, and at what pace they go. */
export interface Scheduler {
	/** Looks around until the gateway ends. */
	readonly run: () => Promise<void>;
	/** A lead of this key was taken in. */
	readonly onEnqueued: (group: string) => void;
	/** Gives all gateways the pace and the concurrency of this key anew. */
	readonly apply: (group: string) => Promise<void>;
	/** A lead of this key was created for the first time. */
	readonly onVerified: (group: string) => void;
	/** A lead of this account was answered. */
	readonly onPassed: (account: Account, lifted: Lifted) => Promise<void>;
	/** What held this account is over. */
	readonly release: (account: Account) => Promise<void>;
}

/** The pace of a key reaches all gateways within this. */
const tickMs = 1000;
/**
 * So often each is due, in ticks; `offset` keeps two from the same one. A lead of a gateway that died is looked for and one
 * whose key nobody verified expires within five seconds, which nobody who waits for half a minute notices; what is kept for
 * days is tidied every ten minutes.
 */
const looksEvery = { ticks: 5, offset: 0 } as const;
const expiresEvery = { ticks: 5, offset: 4 } as const;
const maintainsEvery = { ticks: 600, offset: 4 } as const;
/** What other gateways may have set is set anew now and then. */
const appliesAnewEvery = { ticks: 10, offset: 0 } as const;

/** What is due at a tick. */
export const dueAt = (tick: number): Readonly<Record<'look' | 'expire' | 'maintain' | 'applyAnew', boolean>> => {
	const isDue = ({ ticks, offset }: { readonly ticks: number; readonly offset: number }): boolean =>
		tick % ticks === offset;
	return {
		look: isDue(looksEvery),
		expire: isDue(expiresEvery),
		maintain: isDue(maintainsEvery),
		applyAnew: isDue(appliesAnewEvery),
	};
};

/** No part of a round takes so long where Redis answers; each ten minutes everything that is kept for days is walked through. */
const partWithinMs = 30_000;
const maintainedWithinMs = 1_800_000;

/**
 * Begins some work, unless it is still under way: it may take long, and nothing waits for it. What is under way for
 * `longestMs` waits for an answer that was lost, and is begun anew.
 */
export const onceAtATime = (
	work: () => Promise<unknown>,
	longestMs: number,
	{ redis, monotonicMs }: Pick<SchedulerMeans, 'redis' | 'monotonicMs'>,
): (() => void) => {
	let underWay: { readonly sinceMs: number } | undefined;
	return () => {
		const isLost = underWay !== undefined && monotonicMs() - underWay.sinceMs >= longestMs;
		// Where Redis is away it goes on by itself.
		if (underWay !== undefined && !(isLost && redis.status === 'ready')) return;
		const mine = { sinceMs: monotonicMs() };
		underWay = mine;
		work()
			.catch(() => undefined)
			.finally(() => {
				if (underWay === mine) underWay = undefined;
			});
	};
};

export const createScheduler = (means: SchedulerMeans): Scheduler => {
	const { workerPool, breakers, limiter, limits, verified, watchdog } = means;
	const resting: RestingKeys = new Set<string>();
	const { apply } = limits;

	const start = async (group: string, isTrial = false): Promise<void> => {
		await limiter.load(group);
		await apply(group);
		workerPool.start(group, isTrial);
	};
	const trials = createTrialWorkers({
		...means,
		startTrial: async (group) => await start(group, true),
		stopTrial: (group) => {
			limits.forget(group);
			workerPool.stop(group);
		},
		onVerified: async (group) => {
			limits.forget(group);
			await start(group);
		},
	});
	/** Begins anew with a key of which nothing leaves: its worker, the limits that all obey, and what holds its queue. */
	const restart = async (group: string): Promise<void> => {
		workerPool.stop(group);
		resting.delete(group);
		limits.forget(group);
		await workerPool.queueOf(group).removeRateLimitKey();
		await start(group);
	};
	const look = async (): Promise<void> => {
		try {
			await lookAround(means, resting, start);
			await lookAtTrials(means);
		} catch {
			watchdog.startOver();
			return;
		}
		for (const group of watchdog.overdueGroups()) await restart(group).catch(() => undefined);
		if (watchdog.areTrialsOverdue()) trials.startOver();
	};
	const applyToAll = async (): Promise<void> => {
		// What could not be done is done the next time.
		for (const [group] of workerPool.active()) await apply(group).catch(() => undefined);
	};
	const part = (work: () => Promise<unknown>): (() => void) => onceAtATime(work, partWithinMs, means);
	const parts = {
		apply: part(applyToAll),
		look: part(look),
		expire: part(means.expire),
		maintain: onceAtATime(means.maintain, maintainedWithinMs, means),
	};

	return {
		run: async () => {
			for (let tick = 0; !means.isClosed(); tick++) {
				const due = dueAt(tick);
				if (due.applyAnew) limits.forget();
				parts.apply();
				trials.fill();
				if (due.look) parts.look();
				if (due.expire) parts.expire();
				if (due.maintain) parts.maintain();
				await means.sleep(tickMs);
			}
		},
		onEnqueued: (group) => {
			if (!verified.isKnown(group)) return trials.fill();
			if (resting.has(group) || workerPool.isWorking(group)) return;
			start(group).catch(() => undefined);
		},
		onVerified: (group) => {
			// Whoever tries it here or there gives it a worker for good.
			apply(group).catch(() => undefined);
		},
		apply,
		onPassed: async ({ group }, { why, wasOrganizationHeld }) => {
			if (why !== undefined) {
				// A limit is over when the API said that it is.
				if (why !== 'limit') await workerPool.queueOf(group).removeRateLimitKey();
				await apply(group);
			}
			if (wasOrganizationHeld) await workerPool.queueOf(group).promoteJobs();
		},
		release: async (account) => {
			await breakers.lift(account);
			await workerPool.queueOf(account.group).removeRateLimitKey();
			resting.delete(account.group);
			if (await verified.has(account.group)) await start(account.group);
			else trials.fill();
		},
	};
};
