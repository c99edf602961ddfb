import type { EarlierAttempt, Entry } from './entry';
import type { Outcome } from '@icloud-ready/core';

/** What is told of a lead's past is looked at by a person: more would be read by nobody. */
const maxEarlier = 10;

/** Without what makes an outcome long. */
const slim = (outcome: Outcome & { readonly reply?: unknown }): Outcome => {
	const { reply: _reply, ...rest } = outcome;
	return { ...rest, lead: null, ...(rest.outcome === 'created' ? { answer: {} } : {}) };
};

/** Whether a person would read the same of both. */
const isAlike = (one: Outcome, other: Outcome): boolean =>
	one.outcome === other.outcome && one.status === other.status && one.cause.kind === other.cause.kind;

type Tried = Pick<Entry, 'outcome' | 'earlier' | 'attemptedAtMs' | 'arrivedAtMs'>;

/**
 * What is kept of the attempts so far when one more is over: the last outcome becomes an earlier one. Several alike in a row
 * are one, since a lead whose key is refused is tried every few minutes for days.
 */
export const afterAttempt = (
	{ outcome, earlier = [], attemptedAtMs, arrivedAtMs }: Tried,
	nowMs: number,
): Pick<Entry, 'earlier' | 'attemptedAtMs'> => {
	if (outcome === null) return { attemptedAtMs: nowMs };
	const atMs = attemptedAtMs ?? arrivedAtMs;
	const last = earlier.at(-1);
	const next: EarlierAttempt =
		last !== undefined && isAlike(last.outcome, outcome)
			? { atMs, firstAtMs: last.firstAtMs ?? last.atMs, times: (last.times ?? 1) + 1, outcome: last.outcome }
			: { atMs, outcome: slim(outcome) };
	const before = next.times === undefined ? earlier : earlier.slice(0, -1);
	return { attemptedAtMs: nowMs, earlier: [...before, next].slice(-maxEarlier) };
};
