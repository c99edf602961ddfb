import type { AvailableQuota } from '../api/rateLimitHeaders';
import { initialBelief, isBelieved, type QuotaBelief, reported, type QuotaEvidence } from './quotaBelief';

/**
 * How many leads may leave until a server's next reset, as its rate limit headers tell. Pure, as the limiter beside it is, and in
 * addition to it: it only ever holds back, for as long as the server itself names and never longer than `longestHoldMs`, and no
 * lead ends by it. It is heard from the moment on that it has shown to count what leaves (`quotaBelief.ts`).
 */
export interface QuotaState {
	readonly belief: QuotaBelief;
	/** Null: none was told yet. */
	readonly window: QuotaWindow | null;
	/** What answers of this window said, oldest first. */
	readonly claims: readonly Claim[];
	/** How many leads are on their way. */
	readonly unanswered: number;
	/** When turns were taken on which nobody has left yet, oldest first. */
	readonly takenAtMs: readonly number[];
}

interface QuotaWindow {
	/** When the first lead left that was counted in it. */
	readonly openedAtMs: number;
	/** When more are taken, as far as answers told: the earliest, since whole seconds are rounded up. */
	readonly endsAtMs: number;
	/** The same where nobody minds how long that is. */
	readonly resetsAtMs: number;
	/** The least that remained. */
	readonly low: number;
	readonly quota: number | null;
	readonly lengthMs: number;
	/** It ends later than anybody waits for it. */
	readonly isCut: boolean;
	/** How many left since its end, of which no answer told yet. */
	readonly leftSinceEnd: number;
}

interface Claim {
	readonly leftAtMs: number;
	readonly atMs: number;
	readonly remaining: number;
	readonly quota: number | null;
}

/** So long a server that says it takes nothing keeps leads back; then one of them asks it, and a 429 says for how long. */
export const longestHoldMs = 30_000;
/** Most servers count whole seconds, so that a window may end a second earlier than it seems. */
const roundingMs = 1000;
/** Where leads on their way may be counted already, each answer tells more; so soon it is looked again. */
const untilAnswerMs = 20;
/** A turn that nobody left on for so long is none. */
const takenMs = 1000;
const mostRemembered = 50;

export const initialQuota: QuotaState = {
	belief: initialBelief,
	window: null,
	claims: [],
	unanswered: 0,
	takenAtMs: [],
};

/** A turn is taken, by a lead that leaves soon. */
export const onTurnTaken = (state: QuotaState, nowMs: number): QuotaState =>
	state.window === null
		? state
		: {
				...state,
				takenAtMs: [...state.takenAtMs.filter((atMs) => nowMs - atMs < takenMs).slice(1 - mostRemembered), nowMs],
			};

/** It is not used. */
export const onTurnReleased = (state: QuotaState): QuotaState =>
	state.takenAtMs.length === 0 ? state : { ...state, takenAtMs: state.takenAtMs.slice(1) };

export const onLeft = (state: QuotaState, nowMs: number): QuotaState => {
	const { window } = state;
	const left = { ...onTurnReleased(state), unanswered: state.unanswered + 1 };
	if (window === null || nowMs < window.endsAtMs) return left;
	return { ...left, window: { ...window, leftSinceEnd: window.leftSinceEnd + 1 } };
};

/** How many more may leave in this window, where that is known. */
const room = (window: QuotaWindow, { unanswered, takenAtMs }: QuotaState, nowMs: number): number => {
	const taken = takenAtMs.filter((atMs) => nowMs - atMs < takenMs).length;
	// Whether those on their way are counted already nobody knows.
	if (nowMs < window.endsAtMs) return window.low - unanswered - taken;
	// No answer for a whole window more: nothing is known of this one.
	if (nowMs >= window.endsAtMs + window.lengthMs) return Number.POSITIVE_INFINITY;
	return (window.isCut ? 1 : (window.quota ?? 1)) - window.leftSinceEnd - taken;
};

/** In how many milliseconds to ask again, because the server takes no more until then; 0 where a lead may leave. */
export const quotaWaitMs = (state: QuotaState, nowMs: number): number => {
	const { window, belief, unanswered } = state;
	if (window === null || !isBelieved(belief, nowMs) || room(window, state, nowMs) > 0) return 0;
	const endMs = window.endsAtMs + (nowMs < window.endsAtMs ? 0 : window.lengthMs);
	return Math.min(endMs - nowMs, unanswered + state.takenAtMs.length > 0 ? untilAnswerMs : longestHoldMs);
};

const opened = (state: QuotaState, claim: AvailableQuota, leftAtMs: number, nowMs: number): QuotaState => ({
	...state,
	window: {
		openedAtMs: leftAtMs,
		endsAtMs: nowMs + Math.min(longestHoldMs, claim.resetMs),
		resetsAtMs: nowMs + claim.resetMs,
		low: claim.remaining,
		quota: claim.quota,
		lengthMs: Math.min(longestHoldMs, Math.max(roundingMs, claim.windowMs ?? claim.resetMs)),
		isCut: claim.resetMs > longestHoldMs,
		leftSinceEnd: 0,
	},
	claims: [{ leftAtMs, atMs: nowMs, remaining: claim.remaining, quota: claim.quota }],
});

/** The lowest that answers told before this lead left: the server counted those first. */
const lowestBefore = (claims: readonly Claim[], { quota }: AvailableQuota, leftAtMs: number): Claim | undefined =>
	claims
		.filter((each) => each.atMs < leftAtMs && each.quota === quota)
		.reduce<Claim | undefined>(
			(low, each) => (low === undefined || each.remaining < low.remaining ? each : low),
			undefined,
		);

/** What a further answer of the same window shows. */
const evidenceOf = (
	window: QuotaWindow,
	before: Claim | undefined,
	claim: AvailableQuota,
	nowMs: number,
): QuotaEvidence => {
	if (claim.quota === window.quota && claim.remaining === window.low - 1) return 'counted';
	if (before === undefined) return 'nothing';
	if (claim.remaining < before.remaining) return 'counted';
	// A bucket fills while leads are taken from it.
	const perMs = (claim.quota ?? 0) / Math.max(roundingMs, claim.windowMs ?? claim.resetMs);
	const filled = Math.ceil((nowMs - before.leftAtMs) * perMs);
	if (claim.remaining < before.remaining + filled) return 'nothing';
	return nowMs >= window.endsAtMs - roundingMs ? 'reset' : 'contradicted';
};

/** What the first answer after a window's end shows of it. */
const evidenceOfEnd = (window: QuotaWindow, claim: AvailableQuota): QuotaEvidence => {
	// It said that it takes nothing for longer, and took one.
	if (window.isCut && window.low === 0) return 'refuted';
	return claim.remaining <= window.low && claim.quota !== 1 ? 'contradicted' : 'nothing';
};

/** The API took a lead in that left at `leftAtMs`, and said this of its quota. */
const onClaim = (state: QuotaState, claim: AvailableQuota, leftAtMs: number, nowMs: number): QuotaState => {
	const { window, claims, belief } = state;
	if (window === null) return opened(state, claim, leftAtMs, nowMs);
	if (leftAtMs >= window.endsAtMs)
		return opened(
			{ ...state, belief: reported(belief, evidenceOfEnd(window, claim), window.lengthMs, nowMs) },
			claim,
			leftAtMs,
			nowMs,
		);
	// Which window it was counted in nobody knows.
	if (leftAtMs < window.openedAtMs) return state;
	const evidence = evidenceOf(window, lowestBefore(claims, claim, leftAtMs), claim, nowMs);
	const known = { ...state, belief: reported(belief, evidence, window.lengthMs, nowMs) };
	if (evidence === 'reset') return opened(known, claim, leftAtMs, nowMs);
	return {
		...known,
		window: {
			...window,
			endsAtMs: Math.min(window.endsAtMs, nowMs + claim.resetMs),
			resetsAtMs: Math.min(window.resetsAtMs, nowMs + claim.resetMs),
			low: Math.min(window.low, claim.remaining),
		},
		claims: [
			...claims.slice(1 - mostRemembered),
			{ leftAtMs, atMs: nowMs, remaining: claim.remaining, quota: claim.quota },
		],
	};
};

/** What came of a lead that left at `leftAtMs`: taken in, with what the server said of its quota; refused by a 429; or lost. */
export const onQuotaReply = (
	before: QuotaState,
	reply: { readonly kind: 'taken'; readonly claim: AvailableQuota | null } | { readonly kind: 'limited' | 'lost' },
	leftAtMs: number,
	nowMs: number,
): QuotaState => {
	const state = { ...before, unanswered: Math.max(0, before.unanswered - 1) };
	const { belief, window } = state;
	// Only what was told of a window is believed.
	if (reply.kind === 'limited' && window !== null && isBelieved(belief, leftAtMs))
		return { ...state, belief: reported(belief, 'contradicted', window.lengthMs, nowMs) };
	if (reply.kind !== 'taken' || reply.claim === null) return state;
	return onClaim(state, reply.claim, leftAtMs, nowMs);
};
