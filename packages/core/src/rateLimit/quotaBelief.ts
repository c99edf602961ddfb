/**
 * How far a server's rate limit headers are believed. Whatever holds leads back has to be true, and a header is only a claim: it
 * may be a constant, a number of another kind, or what a proxy made of it. So nothing is done until it has gone down as
 * leads left, and it is not heard for a while once it has gone up where it cannot.
 */
export interface QuotaBelief {
	/** Rises with each answer that counted one lead less, falls with each that contradicts those before. */
	readonly score: number;
	/** Since when it is believed; null where it is not. */
	readonly sinceMs: number | null;
	/** Nothing is heard until then. */
	readonly ignoredUntilMs: number;
	/** When it last went up as at a reset. */
	readonly resetAtMs: number | null;
}

/** What an answer shows: it counted; it went up as at a reset; it cannot be true; it is surely not. */
export type QuotaEvidence = 'nothing' | 'counted' | 'reset' | 'contradicted' | 'refuted';

/** So many that counted are no chance: numbers by chance have gone up twice before, in all but one of some hundred cases. */
const enough = 5;
const mostScore = 20;
const contradiction = 4;
/** Two contradictions that nothing stands against. */
const tooLow = -8;
const ignoredMs = 600_000;

export const initialBelief: QuotaBelief = { score: 0, sinceMs: null, ignoredUntilMs: 0, resetAtMs: null };

export const isBelieved = ({ sinceMs }: QuotaBelief, atMs: number): boolean => sinceMs !== null && atMs >= sinceMs;

const ignored = (nowMs: number): QuotaBelief => ({ ...initialBelief, ignoredUntilMs: nowMs + ignoredMs });

const lowered = (belief: QuotaBelief, nowMs: number): QuotaBelief => {
	const score = belief.score - contradiction;
	if (score <= tooLow) return ignored(nowMs);
	return { ...belief, score, sinceMs: score < enough ? null : belief.sinceMs };
};

/** The belief after an answer, in windows of `lengthMs`. */
export const reported = (
	belief: QuotaBelief,
	evidence: QuotaEvidence,
	lengthMs: number,
	nowMs: number,
): QuotaBelief => {
	if (nowMs < belief.ignoredUntilMs) return belief;
	switch (evidence) {
		case 'nothing':
			return belief;
		case 'counted': {
			const score = Math.min(mostScore, belief.score + 1);
			return { ...belief, score, sinceMs: score < enough ? null : (belief.sinceMs ?? nowMs) };
		}
		case 'reset':
			// Two resets in half a window are none.
			return belief.resetAtMs !== null && nowMs - belief.resetAtMs < lengthMs / 2
				? lowered(belief, nowMs)
				: { ...belief, resetAtMs: nowMs };
		case 'contradicted':
			return lowered(belief, nowMs);
		case 'refuted':
			return ignored(nowMs);
	}
};
