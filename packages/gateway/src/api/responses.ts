import type { LeadState, StoredReply, AttemptResult } from '../leads/leadState';
import { refusals, sendingWords, waitingWords, type Words } from './messages';
import { explain, interpretResponse, type OutcomeKind } from '@icloud-ready/core';

/** An answer of the gateway. */
export interface Answer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

const json = { 'content-type': 'application/json; charset=utf-8' } as const;
export const wordsAnswer = (status: number, words: Words, headers: Readonly<Record<string, string>> = {}): Answer => ({
	status,
	headers: { ...json, ...headers },
	body: JSON.stringify(words),
});

/** Nothing was kept, and to try again is safe. */
const laterSeconds = '5';
export const tryLater = (words: Words): Answer => wordsAnswer(503, words, { 'retry-after': laterSeconds });

/**
 * A status that a node reads as this outcome, where the API gave none: 504 is unconfirmed, and any 4xx without a meaning
 * of its own is surely not created.
 */
const statusFor = (outcome: OutcomeKind | 'dryRun'): number => {
	switch (outcome) {
		case 'created':
		case 'duplicate':
		case 'unconfirmed':
		case 'dryRun':
			return 504;
		case 'invalid':
			return 400;
		case 'unauthorized':
			return 401;
		case 'forbidden':
			return 403;
		case 'rateLimited':
			return 429;
		case 'failed':
			return 424;
	}
};

/** Statuses that no answer of ours can have, since HTTP or this server gives them a meaning between two hops. */
const canBePassedOn = ({ status }: StoredReply): boolean => status >= 200 && status <= 599;

/** The API's own answer where it gave one and it says all; else the outcome in words. */
export const answerOf = (sent: AttemptResult): Answer => {
	const { outcome, reply } = sent;
	const headers = { 'x-gateway-outcome': outcome };
	const again: Readonly<Record<string, string>> = reply?.retryAfter == null ? {} : { 'retry-after': reply.retryAfter };
	if (
		reply === undefined ||
		!canBePassedOn(reply) ||
		interpretResponse({ ...reply, headers: again }).outcome !== outcome
	)
		return wordsAnswer(statusFor(outcome), explain(sent), headers);
	return {
		status: reply.status,
		headers: { ...(reply.contentType === null ? {} : { 'content-type': reply.contentType }), ...again, ...headers },
		body: reply.body,
	};
};

const endedAnswer = ({ outcome, resolved }: Extract<LeadState, { kind: 'ended' }>): Answer => {
	const wasSent = outcome?.outcome === 'unconfirmed';
	if (resolved === 'arrived') return wordsAnswer(504, refusals.arrived, { 'x-gateway-outcome': 'unconfirmed' });
	if (resolved === 'discarded')
		return wasSent
			? wordsAnswer(504, refusals.unsettled, { 'x-gateway-outcome': 'unconfirmed' })
			: wordsAnswer(410, refusals.discarded, { 'x-gateway-outcome': 'failed' });
	return outcome === null ? wordsAnswer(504, refusals.unknown) : answerOf(outcome);
};

/** What whoever gave a lead is told of it. `path`: where to ask again. */
export const standingAnswer = (standing: LeadState, id: string, path: string): Answer => {
	const known = { 'x-gateway-lead': id };
	if (standing.kind === 'ended') {
		const answer = endedAnswer(standing);
		return { ...answer, headers: { ...answer.headers, ...known } };
	}
	const { why } = standing;
	const { message } = standing.kind === 'waiting' ? waitingWords(why) : sendingWords;
	return {
		status: 202,
		headers: { ...json, location: path, ...known },
		body: JSON.stringify({ id, state: standing.kind, why, message }),
	};
};
