import { type Rate, rateAfter, risen, type Step, stepMs } from './learnedRate';

/**
 * How fast an account's leads may leave, learned from the API's own answers. Pure: every function takes the state and the
 * time of a clock that only goes forward, and gives the next state, which JSON can hold.
 *
 * Nothing is known at first, so nothing is held back. The first 429 holds everything and teaches a rate: what the API let
 * through, over the time until it takes leads again. From there the rate climbs and is set anew by each further 429
 * (additive increase, multiplicative decrease), so that several programs that share one limit come to share it fairly.
 */
export interface LimiterState {
	/** Null as long as no limit has shown. */
	readonly rate: Rate | null;
	/** From when on the rate rises. */
	readonly rateSetAtMs: number;
	/** When the API last answered. Time in which nothing leaves tells nothing of the rate, which rises no further then. */
	readonly answeredAtMs: number;
	/** Nothing leaves before this time. */
	readonly heldUntilMs: number;
	/** When the newest hold began; a 429 to something that left before it tells nothing new. Null: there was none. */
	readonly heldAtMs: number | null;
	/** When the lead after the last one may leave. */
	readonly nextAtMs: number;
	/** How many leads the API let through lately, in steps of time, oldest first. */
	readonly lately: readonly Step[];
	/** The step that is not over. */
	readonly step: Step;
	/** Whether it let any through since the last hold. */
	readonly anySinceHold: boolean;
	/** Holds in a row with nothing let through between them. */
	readonly emptyHolds: number;
	/** The user's own cap; 0 is none. */
	readonly maxPerSecond: number;
}

export type Acquisition =
	| { readonly kind: 'go'; readonly state: LimiterState }
	| { readonly kind: 'wait'; readonly inMs: number };

/** Where a 429 says nothing of how long: one second, as most limits are counted, then twice as long each time. */
const firstHoldMs = 1000;
/** An API that has taken nothing for a minute is asked once a minute: no load to it, and what waits leaves soon after it is back. */
const longestOwnHoldMs = 60_000;
/** Whatever the API asks for, after an hour one lead may ask again. */
const longestHoldMs = 3_600_000;
/** How long it is remembered what was let through: two limits in a row are meant to be about as far apart (`learnedRate.ts`). */
const rememberedMs = 20_000;
/** Timers wake late, by some 10 ms where much is done besides; a turn that was missed by no more than this is not lost. */
const lateMs = 50;
/**
 * A pause is one when it is longer than this, and than so many leads take at the rate: an answer takes up to a second, and
 * a rate below one a second leaves that much between two leads by itself.
 */
const shortestIdleMs = 1000;
const leadsInPause = 3;

export const initialLimiter = (nowMs: number, maxPerSecond = 0): LimiterState => ({
	rate: null,
	rateSetAtMs: nowMs,
	answeredAtMs: nowMs,
	heldUntilMs: nowMs,
	heldAtMs: null,
	nextAtMs: nowMs,
	lately: [],
	step: { fromMs: 0, count: 0 },
	anySinceHold: false,
	emptyHolds: 0,
	maxPerSecond,
});

/** How long nothing was answered although it might have been: beyond what is no more than the time between two leads. */
const idleMs = ({ rate, answeredAtMs, heldUntilMs }: LimiterState, nowMs: number): number =>
	rate === null
		? 0
		: Math.max(
				0,
				nowMs - Math.max(answeredAtMs, heldUntilMs) - shortestIdleMs - (leadsInPause * 1000) / rate.perSecond,
			);

/** The learned rate now. */
const learnedAt = (pace: LimiterState, nowMs: number): number | null =>
	pace.rate === null ? null : risen(pace.rate, Math.max(0, nowMs - idleMs(pace, nowMs) - pace.rateSetAtMs) / 1000);

/** The rate now: as learned and risen since, under the user's cap; null is as fast as it goes. */
export const currentRate = (pace: LimiterState, nowMs: number): number | null => {
	const learned = learnedAt(pace, nowMs);
	if (pace.maxPerSecond <= 0) return learned;
	return learned === null ? pace.maxPerSecond : Math.min(learned, pace.maxPerSecond);
};

/** Whether the next lead may leave now, or in how many milliseconds to ask again. */
export const acquire = (pace: LimiterState, nowMs: number): Acquisition => {
	if (nowMs < pace.heldUntilMs) return { kind: 'wait', inMs: pace.heldUntilMs - nowMs };
	const rate = currentRate(pace, nowMs);
	if (rate === null) return { kind: 'go', state: pace };
	if (nowMs < pace.nextAtMs) return { kind: 'wait', inMs: pace.nextAtMs - nowMs };
	const from = Math.max(pace.nextAtMs, nowMs - lateMs);
	return { kind: 'go', state: { ...pace, nextAtMs: from + 1000 / rate } };
};

/** An answer came: the rate did not rise in a pause before it. */
const answered = (pace: LimiterState, nowMs: number): LimiterState => ({
	...pace,
	answeredAtMs: nowMs,
	rateSetAtMs: pace.rateSetAtMs + idleMs(pace, nowMs),
});

/** The API took a lead in, whatever it said of it: only a 429 speaks of the limit. */
export const onSuccess = (pace: LimiterState, nowMs: number): LimiterState => {
	const fromMs = Math.floor(nowMs / stepMs) * stepMs;
	const { step } = pace;
	if (step.fromMs === fromMs)
		return { ...answered(pace, nowMs), anySinceHold: true, step: { fromMs, count: step.count + 1 } };
	return {
		...answered(pace, nowMs),
		anySinceHold: true,
		lately: [...pace.lately, step].filter((each) => each.fromMs > fromMs - rememberedMs),
		step: { fromMs, count: 1 },
	};
};

/** When the next lead may leave by the user's own cap, which no answer of the API lifts. */
const ownNextAtMs = ({ nextAtMs, maxPerSecond }: LimiterState, nowMs: number): number =>
	maxPerSecond <= 0 ? nowMs : Math.min(nextAtMs, nowMs + 1000 / maxPerSecond);

/** The API answered 429 to something that left at `leftAtMs`. */
export const onThrottled = (
	pace: LimiterState,
	leftAtMs: number,
	retryAfterMs: number | null,
	nowMs: number,
): LimiterState => {
	const askedMs = retryAfterMs === null ? null : Math.min(longestHoldMs, retryAfterMs);
	if (pace.heldAtMs !== null && leftAtMs <= pace.heldAtMs) {
		// One overshoot, several answers: the longest wait counts, the rate falls once.
		return { ...pace, heldUntilMs: Math.max(pace.heldUntilMs, askedMs === null ? 0 : nowMs + askedMs) };
	}
	const emptyHolds = pace.anySinceHold ? 0 : pace.emptyHolds + 1;
	const holdMs = askedMs ?? Math.min(longestOwnHoldMs, firstHoldMs * 2 ** Math.max(0, emptyHolds - 1));
	const heldUntilMs = Math.max(pace.heldUntilMs, nowMs + holdMs);
	const known = answered(pace, nowMs);
	const before = currentRate(known, nowMs);
	const met = before === null ? null : { before, sinceSetMs: nowMs - known.rateSetAtMs };
	return {
		...known,
		rate: rateAfter(
			pace.rate,
			met,
			pace.step.count === 0 ? pace.lately : [...pace.lately, pace.step],
			heldUntilMs,
			emptyHolds,
		),
		rateSetAtMs: heldUntilMs,
		heldUntilMs,
		heldAtMs: nowMs,
		nextAtMs: Math.max(heldUntilMs, ownNextAtMs(pace, nowMs)),
		anySinceHold: false,
		emptyHolds,
	};
};

/** The same pace on a clock that shows `byMs` more: what a process noted, read by another. */
export const shiftedPace = (pace: LimiterState, byMs: number): LimiterState => ({
	...pace,
	rateSetAtMs: pace.rateSetAtMs + byMs,
	answeredAtMs: pace.answeredAtMs + byMs,
	heldUntilMs: pace.heldUntilMs + byMs,
	heldAtMs: pace.heldAtMs === null ? null : pace.heldAtMs + byMs,
	nextAtMs: pace.nextAtMs + byMs,
	lately: pace.lately.map(({ fromMs, count }) => ({ fromMs: fromMs + byMs, count })),
	step: { fromMs: pace.step.fromMs + byMs, count: pace.step.count },
});

/** A pace whose times may be wrong: nothing of it lies further ahead than any hold may last. */
export const boundedPace = (pace: LimiterState, nowMs: number): LimiterState => ({
	...pace,
	rateSetAtMs: Math.min(pace.rateSetAtMs, nowMs + longestHoldMs),
	answeredAtMs: Math.min(pace.answeredAtMs, nowMs),
	heldUntilMs: Math.min(pace.heldUntilMs, nowMs + longestHoldMs),
	heldAtMs: pace.heldAtMs === null ? null : Math.min(pace.heldAtMs, nowMs),
	nextAtMs: Math.min(pace.nextAtMs, nowMs + longestHoldMs),
});
