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
	/** How many leads the API let through lately, in steps of time, oldest first. */
	readonly lately: readonly { readonly fromMs: number; readonly count: number }[];
	/** Whether it let any through since the last hold. */
	readonly anySinceHold: boolean;
	/** Holds in a row with nothing let through between them. */
	readonly emptyHolds: number;
	/** The user's own cap; 0 is none. */
	readonly maxPerSecond: number;
}

export type Turn = { readonly kind: 'go'; readonly pace: Pace } | { readonly kind: 'wait'; readonly inMs: number };

/** Where a 429 says nothing of how long: one second, then twice as long each time. */
const firstHoldMs = 1000;
const longestOwnHoldMs = 60_000;
/** Whatever the API asks for, after an hour one lead may ask again. */
const longestHoldMs = 3_600_000;
const slowestPerSecond = 0.1;
/** Where the very first lead meets the limit, so that nothing was measured. */
const unknownPerSecond = 1;
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
/** How finely and how long it is remembered what was let through. */
const stepMs = 100;
const rememberedMs = 20_000;
/** Timers wake late; a turn that was missed by no more than this is not lost. */
const lateMs = 50;

export const freshPace = (nowMs: number, maxPerSecond = 0): Pace => ({
	perSecond: null, climbPerSecond: 0, climbShare: firstClimbShare, growth: 1, rateSetAtMs: nowMs, heldUntilMs: nowMs, heldAtMs: Number.NEGATIVE_INFINITY, nextAtMs: nowMs, lately: [], anySinceHold: false, emptyHolds: 0, maxPerSecond,
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
export const letThrough = (pace: Pace, nowMs: number): Pace => {
	const fromMs = nowMs - (nowMs % stepMs);
	const last = pace.lately.at(-1);
	if (last?.fromMs === fromMs) return { ...pace, anySinceHold: true, lately: [...pace.lately.slice(0, -1), { fromMs, count: last.count + 1 }] };
	const kept = pace.lately.filter((step) => step.fromMs > fromMs - rememberedMs);
	return { ...pace, anySinceHold: true, lately: [...kept, { fromMs, count: 1 }] };
};

/**
 * The rate that the API has shown to bear: of all stretches of time that end with this hold, the one with the most leads
 * for its length. A pause before a burst would make any fixed stretch far too small.
 */
const measure = (lately: Pace['lately'], untilMs: number): { readonly perSecond: number; readonly count: number } => {
	let count = 0;
	let best = { perSecond: 0, count: 0 };
	for (const step of [...lately].reverse()) {
		count += step.count;
		const perSecond = (count * 1000) / Math.max(1, untilMs - step.fromMs);
		if (perSecond > best.perSecond) best = { perSecond, count };
	}
	return best;
};

/** The rate after a 429: what was let through tells it, within bounds that the rate before sets. */
const fallen = (measured: number, before: number | null, letNothingThrough: boolean): number => {
	if (before === null) return measured === 0 ? unknownPerSecond : measured * belowMeasured;
	if (letNothingThrough) return before / 2;
	return Math.min(before * belowMeasured, Math.max(measured * belowMeasured, before * deepestFall));
};

/** The API answered 429 to something that left at `leftAtMs`. */
export const limited = (pace: Pace, leftAtMs: number, retryAfterMs: number | null, nowMs: number): Pace => {
	const askedMs = retryAfterMs === null ? null : Math.min(longestHoldMs, retryAfterMs);
	if (leftAtMs <= pace.heldAtMs) {
		// One overshoot, several answers: the longest wait counts, the rate falls once.
		return { ...pace, heldUntilMs: Math.max(pace.heldUntilMs, askedMs === null ? 0 : nowMs + askedMs) };
	}
	const emptyHolds = pace.anySinceHold ? 0 : pace.emptyHolds + 1;
	const holdMs = askedMs ?? Math.min(longestOwnHoldMs, firstHoldMs * 2 ** Math.max(0, emptyHolds - 1));
	const heldUntilMs = Math.max(pace.heldUntilMs, nowMs + holdMs);
	const before = rateNow(pace, nowMs);
	const measured = measure(pace.lately, heldUntilMs);
	const quick = before === null ? 1 : Math.min(2, Math.max(0.5, (nowMs - pace.rateSetAtMs) / aimedBetweenLimitsMs));
	const climbShare = Math.min(mostClimbShare, Math.max(leastClimbShare, pace.climbShare * quick));
	const perSecond = Math.max(slowestPerSecond, fallen(measured.perSecond, before, emptyHolds > 0));
	return {
		...pace,
		perSecond,
		climbPerSecond: perSecond * climbShare,
		climbShare,
		growth: before === null && measured.count < enoughToMeasure ? searchingGrowth : 1,
		rateSetAtMs: heldUntilMs,
		heldUntilMs,
		heldAtMs: nowMs,
		nextAtMs: heldUntilMs,
		anySinceHold: false,
		emptyHolds,
	};
};
