/**
 * How fast an account's leads may leave, learned from the API's own answers. Pure: every function takes the state and the
 * time and gives the next state.
 *
 * Nothing is known at first, so nothing is held back. The first 429 holds everything and teaches a rate: what the API let
 * through, over the time until it takes leads again. From there the rate climbs evenly and is set anew by each further
 * 429 (additive increase, multiplicative decrease), so that several programs that share one limit come to share it fairly.
 */
export interface Pace {
	/** Leads a second; null as long as no limit has shown. */
	readonly perSecond: number | null;
	/** By how much the rate climbs each second. */
	readonly climbPerSecond: number;
	/** The same as a share of the rate, learned too. */
	readonly climbShare: number;
	/** By what factor it grows each second besides: above 1 as long as too little was let through to measure a rate. */
	readonly growth: number;
	readonly rateSetAtMs: number;
	/** Nothing leaves before this time. */
	readonly heldUntilMs: number;
	/** When the newest hold began; a 429 to something that left before it tells nothing new. */
	readonly heldAtMs: number;
	/** When the lead after the last one may leave. */
	readonly nextAtMs: number;
	/** Since the last hold ended: its time, and how many leads the API has let through. */
	readonly sinceMs: number;
	readonly letThrough: number;
	/** Holds in a row with nothing let through between them. */
	readonly emptyHolds: number;
	/** The user's own cap; 0 is none. */
	readonly maxPerSecond: number;
}

export type Turn = { readonly kind: 'go'; readonly pace: Pace } | { readonly kind: 'wait'; readonly inMs: number };

/** Where a 429 says nothing of how long: one second, then twice as long each time. */
const firstHoldMs = 1000;
const longestHoldMs = 60_000;
const slowestPerSecond = 0.1;
/** The learned rate is set a little below what was let through, so that the next 429 is some time away. */
const belowMeasured = 1;
/** And never far below the rate at which the limit showed: a hold longer than needed makes what is measured too small. */
const deepestFall = 0.85;
/** How much of the rate is climbed each second: less where limits come one soon after the other, more where none comes. */
const firstClimbShare = 0.05;
const leastClimbShare = 0.005;
const mostClimbShare = 0.1;
const aimedBetweenLimitsMs = 20_000;
/** So many leads let through before the first 429 tell a rate; fewer do not. */
const enoughToMeasure = 10;
const searchingGrowth = 2;
/** Timers wake late; a turn that was missed by no more than this is not lost. */
const lateMs = 50;

export const freshPace = (nowMs: number, maxPerSecond = 0): Pace => ({
	perSecond: null, climbPerSecond: 0, climbShare: firstClimbShare, growth: 1, rateSetAtMs: nowMs, heldUntilMs: nowMs, heldAtMs: Number.NEGATIVE_INFINITY, nextAtMs: nowMs, sinceMs: nowMs, letThrough: 0, emptyHolds: 0, maxPerSecond,
});

/** The rate now: as learned and climbed since, under the user's cap; null is as fast as it goes. */
export const rateNow = ({ perSecond, climbPerSecond, growth, rateSetAtMs, maxPerSecond }: Pace, nowMs: number): number | null => {
	const seconds = Math.max(0, nowMs - rateSetAtMs) / 1000;
	const learned = perSecond === null ? null : perSecond * growth ** seconds + climbPerSecond * seconds;
	if (maxPerSecond <= 0) return learned;
	return learned === null ? maxPerSecond : Math.min(learned, maxPerSecond);
};

/** Whether the next lead may leave now, or in how many milliseconds to ask again. */
export const takeTurn = (pace: Pace, nowMs: number): Turn => {
	if (nowMs < pace.heldUntilMs) return { kind: 'wait', inMs: pace.heldUntilMs - nowMs };
	const rate = rateNow(pace, nowMs);
	if (rate === null) return { kind: 'go', pace };
	if (nowMs < pace.nextAtMs) return { kind: 'wait', inMs: pace.nextAtMs - nowMs };
	const from = Math.max(pace.nextAtMs, nowMs - lateMs);
	return { kind: 'go', pace: { ...pace, nextAtMs: from + 1000 / rate } };
};

/** The API took a lead in, whatever it said of it: only a 429 speaks of the limit. */
export const letThrough = (pace: Pace): Pace => ({ ...pace, letThrough: pace.letThrough + 1 });

/** The rate after a 429: what was let through tells it, within bounds that the rate before sets. */
const fallen = (measured: number, before: number | null, letNothingThrough: boolean): number => {
	if (before === null) return measured * belowMeasured;
	if (letNothingThrough) return before / 2;
	return Math.min(before * belowMeasured, Math.max(measured * belowMeasured, before * deepestFall));
};

/** The API answered 429 to something that left at `leftAtMs`. */
export const limited = (pace: Pace, leftAtMs: number, retryAfterMs: number | null, nowMs: number): Pace => {
	if (leftAtMs <= pace.heldAtMs) {
		// One overshoot, several answers: the longest wait counts, the rate falls once.
		return { ...pace, heldUntilMs: Math.max(pace.heldUntilMs, retryAfterMs === null ? 0 : nowMs + retryAfterMs) };
	}
	const emptyHolds = pace.letThrough === 0 ? pace.emptyHolds + 1 : 0;
	const holdMs = retryAfterMs ?? Math.min(longestHoldMs, firstHoldMs * 2 ** Math.max(0, emptyHolds - 1));
	const heldUntilMs = Math.max(pace.heldUntilMs, nowMs + holdMs);
	const before = rateNow(pace, nowMs);
	const measured = (pace.letThrough * 1000) / Math.max(1, heldUntilMs - pace.sinceMs);
	const quick = before === null ? 1 : Math.min(2, Math.max(0.5, (nowMs - pace.sinceMs) / aimedBetweenLimitsMs));
	const climbShare = Math.min(mostClimbShare, Math.max(leastClimbShare, pace.climbShare * quick));
	const perSecond = Math.max(slowestPerSecond, fallen(measured, before, emptyHolds > 0));
	return {
		...pace,
		perSecond,
		climbPerSecond: perSecond * climbShare,
		climbShare,
		growth: before === null && pace.letThrough < enoughToMeasure ? searchingGrowth : 1,
		rateSetAtMs: heldUntilMs,
		heldUntilMs,
		heldAtMs: nowMs,
		nextAtMs: heldUntilMs,
		sinceMs: heldUntilMs,
		letThrough: 0,
		emptyHolds,
	};
};
