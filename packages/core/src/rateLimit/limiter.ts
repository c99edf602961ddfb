import { askedWaitMs } from '../api/askedWait';
import { readAvailableQuota } from '../api/rateLimitHeaders';
import type { Reply } from '../outcome/outcome';
import type { LoadSignal } from './adaptiveConcurrency';
import { initialLimiter, onSuccess, onThrottled, type LimiterState, acquire } from './adaptiveLimiter';
import { createConcurrencySlots } from './concurrencySlots';
import {
	initialQuota,
	onLeft,
	onQuotaReply,
	onTurnReleased,
	onTurnTaken,
	type QuotaState,
	quotaWaitMs,
} from './serverQuota';

/** What waiting needs of a host. */
interface Waiter {
	readonly sleep: (ms: number) => Promise<void>;
	/** Milliseconds on a clock that only goes forward. */
	readonly monotonicMs: () => number;
	readonly stopped?: () => boolean;
}

/**
 * One account's pace, shared by all who send with it: whoever wants to send takes a turn and, where the concurrency is adaptive,
 * a slot among those on their way, in the order they came. Times are those of one clock that only goes forward.
 */
export interface Limiter {
	/**
	 * Resolves with 0 when a lead may leave, at once while no limit is known; early where its own run was stopped. Where
	 * the API's limit holds everything back for more than `longestHoldMs`, resolves with how long, and the lead must not leave.
	 * @default longestHoldMs Infinity: whatever the hold, it is waited for
	 */
	readonly acquire: (waiter: Waiter, longestHoldMs?: number) => Promise<number>;
	/** Takes a turn where a lead may leave at once and nobody waits for one; false: none was taken. */
	readonly tryAcquire: (nowMs: number) => boolean;
	/** A turn that was taken is not used. */
	readonly release: () => void;
	/** A lead leaves, whose turn was taken; `onReply` has to follow, whatever comes of it. */
	readonly onSent: (nowMs: number) => void;
	/** Keeps a slot where there is one, without a turn: for a queue that marks its leads before they wait for their turns. */
	readonly tryAcquireSlot: (nowMs: number) => boolean;
	/** The same; resolves when one is kept, or the waiter's own run was stopped. */
	readonly acquireSlot: (waiter: Waiter) => Promise<void>;
	/** The same as `acquire`, for a lead whose slot is kept already. */
	readonly acquireTurn: Limiter['acquire'];
	/** How many may be on their way at once where that is adaptive. 1 to 50. */
	readonly concurrency: () => number;
	/** Whether only as many leads are on their way at once as answers have shown to be good (1 to 50), or any number. */
	readonly setAdaptive: (isAdaptive: boolean) => void;
	/** What came of a lead that left at `leftAtMs`. A Retry-After that is a date is one of the answer's own Date. */
	readonly onReply: (reply: Reply, leftAtMs: number, nowMs: number) => void;
	/** Sets the user's own cap, in leads a second; 0 lifts it. */
	readonly setMaxPerSecond: (maxPerSecond: number) => void;
	/** How long everything is held back by the API's limit, in ms; 0 where it is not. */
	readonly throttledMs: (nowMs: number) => number;
	/** How long it was held back until now, altogether. */
	readonly totalThrottledMs: (nowMs: number) => number;
}

/** Long waits are taken in steps of a second, since a hold may end sooner or later than it seemed at its start. */
const maxPollIntervalMs = 1000;

/** What a server in trouble answers, if anything. */
const overloaded: readonly number[] = [408, 500, 502, 503, 504];

/** What a reply says of how many may be on their way at once. */
export const loadSignalOf = (reply: Reply): LoadSignal => {
	if ('fault' in reply) return 'overloaded';
	if (reply.status === 429) return 'limited';
	return overloaded.includes(reply.status) ? 'overloaded' : 'answered';
};

/** `isAdaptive`: as many on their way at once as answers show to be good; else whoever sends sees to that. @default false */
export const createLimiter = (maxPerSecond: number, nowMs: number, isAdaptive = false): Limiter => {
	let pace: LimiterState = initialLimiter(nowMs, maxPerSecond);
	let quota: QuotaState = initialQuota;
	const slots = createConcurrencySlots(isAdaptive, nowMs);
	let waiting = 0;
	let throttledInAllMs = 0;
	let queue: Promise<unknown> = Promise.resolve();

	const tryTurn = (now: number): number => {
		const quotaMs = quotaWaitMs(quota, now);
		if (quotaMs > 0) return quotaMs;
		const turn = acquire(pace, now);
		if (turn.kind === 'wait') return turn.inMs;
		pace = turn.state;
		quota = onTurnTaken(quota, now);
		return 0;
	};

	const throttledMs = (now: number): number => Math.max(0, pace.heldUntilMs - now);

	/** Takes a turn, and a slot with it; 0 where both are taken, else in how many ms to ask again. Undefined: no slot. */
	const tryBoth = (now: number, isSlotKept: boolean): number | undefined => {
		if (isSlotKept) return tryTurn(now);
		if (!slots.hasRoom(now)) return undefined;
		const inMs = tryTurn(now);
		if (inMs === 0) slots.keep(now);
		return inMs;
	};

	const waitForTurn = async (waiter: Waiter, longestHoldMs: number, isSlotKept: boolean): Promise<number> => {
		const { sleep, monotonicMs, stopped } = waiter;
		for (;;) {
			if (stopped?.() === true) return 0;
			if (throttledMs(monotonicMs()) > longestHoldMs) return throttledMs(monotonicMs());
			const inMs = tryBoth(monotonicMs(), isSlotKept);
			if (inMs === 0) return 0;
			if (inMs === undefined) await slots.untilChanged(waiter);
			else await sleep(Math.min(maxPollIntervalMs, Math.ceil(inMs)));
		}
	};

	const acquiring =
		(isSlotKept: boolean): Limiter['acquire'] =>
		async (waiter, longestHoldMs = Number.POSITIVE_INFINITY) => {
			const nowMs = waiter.monotonicMs();
			if (throttledMs(nowMs) > longestHoldMs) return throttledMs(nowMs);
			if (waiting === 0 && tryBoth(nowMs, isSlotKept) === 0) return 0;
			waiting++;
			const mine = queue
				.then(async () => await waitForTurn(waiter, longestHoldMs, isSlotKept))
				.finally(() => {
					waiting--;
				});
			queue = mine.catch(() => undefined);
			return await mine;
		};

	const tryAcquireSlot: Limiter['tryAcquireSlot'] = (now) => {
		if (!slots.hasRoom(now)) return false;
		slots.keep(now);
		return true;
	};

	return {
		acquire: acquiring(false),
		acquireTurn: acquiring(true),
		tryAcquire: (now) => waiting === 0 && tryBoth(now, false) === 0,
		tryAcquireSlot,
		acquireSlot: async (waiter) => {
			while (!tryAcquireSlot(waiter.monotonicMs()) && waiter.stopped?.() !== true) await slots.untilChanged(waiter);
		},
		release: () => {
			quota = onTurnReleased(quota);
			slots.release();
		},
		onSent: (now) => {
			quota = onLeft(quota, now);
			slots.onSent();
		},
		setAdaptive: slots.setAdaptive,
		concurrency: slots.level,
		onReply: (reply, leftAtMs, now) => {
			slots.onAnswer(loadSignalOf(reply), leftAtMs, now);
			// No answer says nothing of the limit.
			if ('fault' in reply) {
				quota = onQuotaReply(quota, { kind: 'lost' }, leftAtMs, now);
				return;
			}
			if (reply.status !== 429) {
				quota = onQuotaReply(quota, { kind: 'taken', claim: readAvailableQuota(reply.headers) }, leftAtMs, now);
				pace = onSuccess(pace, now);
				return;
			}
			quota = onQuotaReply(quota, { kind: 'limited' }, leftAtMs, now);
			const before = Math.max(now, pace.heldUntilMs);
			pace = onThrottled(pace, leftAtMs, askedWaitMs(reply), now);
			throttledInAllMs += Math.max(0, pace.heldUntilMs - before);
		},
		setMaxPerSecond: (perSecond) => {
			pace = { ...pace, maxPerSecond: perSecond };
		},
		throttledMs,
		totalThrottledMs: (now) => throttledInAllMs - Math.max(0, pace.heldUntilMs - now),
	};
};
