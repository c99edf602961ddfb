import type { HoldReason } from '../outcome/holdReason';

/**
 * One circuit breaker, for whatever can be refused as a whole: a key, an organization, a way to the API. Pure: a state, an
 * event and the time of a clock that only goes forward give the next state, which JSON can hold. No state lasts by itself: a
 * pause ends, and a probe of which nothing is heard counts as lost.
 */
export type Breaker = Closed | Open | HalfOpen;

interface Common {
	/** Sendings in a row that got no answer. */
	readonly unanswered: number;
}

/** Everything may leave. */
export interface Closed extends Common {
	readonly kind: 'closed';
}

interface Tripped extends Common {
	readonly why: HoldReason;
	/** How often in a row the same was met. */
	readonly consecutiveFailures: number;
	/** What left before it tells nothing new of it. */
	readonly openedAtMs: number;
}

/** Nothing may leave before `untilMs`, and then one lead, to see. */
export interface Open extends Tripped {
	readonly kind: 'open';
	readonly untilMs: number;
}

/** One lead is on its way to see; at `untilMs` it counts as lost. */
export interface HalfOpen extends Tripped {
	readonly kind: 'halfOpen';
	readonly probeLeftAtMs: number;
	readonly untilMs: number;
}

/** What came of a sending; `leftAtMs` is when it left. */
export type Answer =
	/** The API said something of the lead itself. */
	| { readonly kind: 'passed'; readonly leftAtMs: number }
	/** Others would meet the same. `askedMs`: the API said how long to wait. */
	| { readonly kind: 'refused'; readonly why: HoldReason; readonly leftAtMs: number; readonly askedMs?: number }
	/** It was sent, and nobody knows what became of it. */
	| { readonly kind: 'unanswered'; readonly leftAtMs: number }
	/** It tells nothing: it was called off, discarded, or not even sent. */
	| { readonly kind: 'undecided' };

export type BreakerEvent =
	| Answer
	/** A lead leaves. */
	| { readonly kind: 'left' };

/** How long a pause lasts after the same was met `consecutiveFailures` times, in ms; `askedMs` where the API said how long. */
export type PauseMsOf = (why: HoldReason, consecutiveFailures: number, askedMs?: number) => number;

export const closed: Closed = { kind: 'closed', unanswered: 0 };

/** One lost answer is chance; so many in a row mean that the API takes leads and says nothing, and each further one would need a person. */
export const mostUnanswered = 3;
/** Longer than any sending takes by itself; whatever was lost on the way, another lead may see then. */
const longestProbeMs = 300_000;
/** Whatever the API asks for, after an hour one lead may ask again. */
export const longestAskedMs = 3_600_000;

/** Most of what a way to the API breaks by, a restart or a dropped connection, is over within a second or two. */
const firstPauseMs = 1000;
/**
 * A person mends a key or a permission, and should see it work before the page is closed: five minutes. A network comes back
 * by itself, and what waits should leave within a minute of it.
 */
const longestPauseMs: Readonly<Record<HoldReason, number>> = {
	key: 300_000,
	organization: 300_000,
	limit: 60_000,
	network: 60_000,
	answers: 300_000,
	disk: 60_000,
};

/**
 * One second, then twice as long each time, up to a bound of its kind. What the API asks for wins, up to an hour; where it
 * asks for no wait at all, over and over, it is a second.
 */
export const pauseMsOf: PauseMsOf = (why, consecutiveFailures, askedMs) =>
	askedMs === undefined
		? Math.min(longestPauseMs[why], firstPauseMs * 2 ** (consecutiveFailures - 1))
		: Math.max(consecutiveFailures > 1 ? firstPauseMs : 0, Math.min(longestAskedMs, askedMs));

/** A refused key and a limit are not lifted by what had left before they showed: it was let in earlier. */
const outlastsEarlierPasses: readonly HoldReason[] = ['key', 'limit'];

/** Whether a sending left after this breaker tripped, or is the one that sees. */
const isNews = (state: Open | HalfOpen, leftAtMs: number): boolean =>
	leftAtMs > state.openedAtMs || (state.kind === 'halfOpen' && leftAtMs >= state.probeLeftAtMs);

const tripped = (state: Breaker, why: HoldReason, nowMs: number, pauseOf: PauseMsOf, askedMs?: number): Open => {
	const consecutiveFailures = (state.kind !== 'closed' && state.why === why ? state.consecutiveFailures : 0) + 1;
	return {
		kind: 'open',
		why,
		consecutiveFailures: consecutiveFailures,
		unanswered: state.unanswered,
		openedAtMs: nowMs,
		untilMs: nowMs + pauseOf(why, consecutiveFailures, askedMs),
	};
};

/** A sending that left before the breaker tripped met something: one meeting more of the same, or a longer pause. */
const lengthened = (state: Open | HalfOpen, next: Open): Breaker => {
	if (state.kind === 'halfOpen' || next.untilMs <= state.untilMs) return state;
	return next.why === state.why ? { ...state, untilMs: next.untilMs } : next;
};

const refused = (
	state: Breaker,
	{ why, leftAtMs, askedMs }: Extract<Answer, { kind: 'refused' }>,
	nowMs: number,
	pauseOf: PauseMsOf,
): Breaker => {
	const next = tripped(state, why, nowMs, pauseOf, askedMs);
	if (state.kind === 'closed' || isNews(state, leftAtMs)) return next;
	// Several that left together and met the same are one meeting; only the API's own word makes it longer.
	return why === state.why && askedMs === undefined ? state : lengthened(state, next);
};

/** A probe that told nothing: the next lead may see at once. */
const undecided = (state: Breaker, nowMs: number): Breaker => {
	if (state.kind !== 'halfOpen') return state;
	const { why, consecutiveFailures, openedAtMs, unanswered } = state;
	return { kind: 'open', why, consecutiveFailures, openedAtMs, unanswered, untilMs: nowMs };
};

/** The state after an event at `nowMs`. */
export const breaker = (
	state: Breaker,
	event: BreakerEvent,
	nowMs: number,
	pauseOf: PauseMsOf = pauseMsOf,
): Breaker => {
	switch (event.kind) {
		case 'left':
			return state.kind === 'closed'
				? state
				: { ...state, kind: 'halfOpen', probeLeftAtMs: nowMs, untilMs: nowMs + longestProbeMs };
		case 'passed':
			if (state.kind === 'closed' || isNews(state, event.leftAtMs) || !outlastsEarlierPasses.includes(state.why))
				return closed;
			return { ...state, unanswered: 0 };
		case 'refused':
			return refused(state, event, nowMs, pauseOf);
		case 'unanswered': {
			const counted: Breaker = { ...state, unanswered: state.unanswered + 1 };
			if (counted.unanswered < mostUnanswered) return undecided(counted, nowMs);
			return refused(counted, { kind: 'refused', why: 'answers', leftAtMs: event.leftAtMs }, nowMs, pauseOf);
		}
		case 'undecided':
			return undecided(state, nowMs);
	}
};

/** Whether a lead may leave. */
export const mayLeave = (state: Breaker, nowMs: number): boolean => state.kind === 'closed' || nowMs >= state.untilMs;

/** When the state changes by itself; undefined where nothing is held. */
export const changesAtMs = (state: Breaker): number | undefined =>
	state.kind === 'closed' ? undefined : state.untilMs;

/** A lead passes two breakers: that of its organization alone, and that of all who share its key. */
export interface TwoEvents {
	readonly shared: Answer;
	readonly organization: Answer;
}

/** What an answer says to each of the two. Each gets one, so that neither waits for a probe that is over. */
export const eventsOf = (answer: Answer): TwoEvents => {
	if (answer.kind === 'refused') {
		const { leftAtMs } = answer;
		// The key itself was taken where only the permission is missing.
		return answer.why === 'organization'
			? { shared: { kind: 'passed', leftAtMs }, organization: answer }
			: { shared: answer, organization: { kind: 'undecided' } };
	}
	return { shared: answer, organization: answer.kind === 'unanswered' ? { kind: 'undecided' } : answer };
};
