import { askedWaitMs } from '../api/askedWait';
import type { Reply } from '../outcome/outcome';
import { initialLimiter, onSuccess, onThrottled, type LimiterState, acquire } from './adaptiveLimiter';

/** What waiting needs of a host. */
interface Waiter {
	readonly sleep: (ms: number) => Promise<void>;
	/** Milliseconds on a clock that only goes forward. */
	readonly monotonicMs: () => number;
	readonly stopped?: () => boolean;
}

/**
 * One account's pace, shared by all who send with it: whoever wants to send takes a turn, in the order they came. Times are
 * those of one clock that only goes forward.
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

export const createLimiter = (maxPerSecond: number, nowMs: number): Limiter => {
	let pace: LimiterState = initialLimiter(nowMs, maxPerSecond);
	let waiting = 0;
	let throttledInAllMs = 0;
	let queue: Promise<unknown> = Promise.resolve();

	const tryTurn = (now: number): number => {
		const turn = acquire(pace, now);
		if (turn.kind === 'wait') return turn.inMs;
		pace = turn.state;
		return 0;
	};

	const throttledMs = (now: number): number => Math.max(0, pace.heldUntilMs - now);

	const takeAtOnce: Limiter['tryAcquire'] = (now) => waiting === 0 && tryTurn(now) === 0;

	const waitForTurn = async ({ sleep, monotonicMs, stopped }: Waiter, longestHoldMs: number): Promise<number> => {
		for (;;) {
			if (stopped?.() === true) return 0;
			if (throttledMs(monotonicMs()) > longestHoldMs) return throttledMs(monotonicMs());
			const inMs = tryTurn(monotonicMs());
			if (inMs === 0) return 0;
			await sleep(Math.min(maxPollIntervalMs, Math.ceil(inMs)));
		}
	};

	return {
		acquire: async (waiter, longestHoldMs = Number.POSITIVE_INFINITY) => {
			const nowMs = waiter.monotonicMs();
			if (throttledMs(nowMs) > longestHoldMs) return throttledMs(nowMs);
			if (takeAtOnce(nowMs)) return 0;
			waiting++;
			const mine = queue
				.then(async () => await waitForTurn(waiter, longestHoldMs))
				.finally(() => {
					waiting--;
				});
			queue = mine.catch(() => undefined);
			return await mine;
		},
		tryAcquire: takeAtOnce,
		onReply: (reply, leftAtMs, now) => {
			// No answer says nothing of the limit.
			if ('fault' in reply) return;
			if (reply.status !== 429) {
				pace = onSuccess(pace, now);
				return;
			}
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
