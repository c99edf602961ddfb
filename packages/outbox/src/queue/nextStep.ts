import type { Entry } from '../store/entry';
import type { HoldReason, Outcome } from '@icloud-ready/core';

export type Step =
	| { readonly kind: 'end' }
	/** It ends; if others before it got no answer either, the rest waits. */
	| { readonly kind: 'endUnanswered' }
	/** The sending was cut short by the end of the program: it waits for the next start, and nothing is held. `isThere`: a gateway keeps it. */
	| { readonly kind: 'requeue'; readonly isThere?: true }
	/** It waits, and so does whatever would meet the same. `forMs` where the API said how long. */
	| { readonly kind: 'hold'; readonly why: HoldReason; readonly forMs?: number };

/** So often must one lead be refused, while others pass, before it is the lead and not the key. */
const mostRefusals = 3;

/** A lead's refusals after one more; only those between which others passed tell of the lead itself. No clock decides that. */
export const afterRefusal = (
	before: Entry['forbidden'],
	hasPassedSince: boolean,
	nowMs: number,
): NonNullable<Entry['forbidden']> => ({
	times: before === undefined ? 1 : before.times + (hasPassedSince ? 1 : 0),
	lastAtMs: nowMs,
});

/**
 * What becomes of a lead after a sending. An expired key, a limit and an API that cannot be reached end no lead; what the
 * API said of the lead itself does. `forbidden`: its refusals, this one among them. `isClosing`: the program ends.
 */
export const nextStep = (outcome: Outcome, forbidden: Entry['forbidden'], isClosing = false): Step => {
	switch (outcome.outcome) {
		case 'created':
		case 'duplicate':
		case 'invalid':
		case 'dryRun':
			return { kind: 'end' };
		case 'unconfirmed':
			// What a gateway keeps and tells is an answer; the next start asks for the end.
			if (outcome.cause.kind === 'atGateway') return isClosing ? { kind: 'requeue', isThere: true } : { kind: 'end' };
			return outcome.attempts === 0 || outcome.cause.kind === 'earlier' ? { kind: 'end' } : { kind: 'endUnanswered' };
		case 'unauthorized':
			return { kind: 'hold', why: 'key' };
		case 'forbidden':
			return (forbidden?.times ?? 0) >= mostRefusals ? { kind: 'end' } : { kind: 'hold', why: 'organization' };
		case 'rateLimited':
			return {
				kind: 'hold',
				why: 'limit',
				...(outcome.cause.retryAfterMs === null ? {} : { forMs: outcome.cause.retryAfterMs }),
			};
		case 'failed':
			switch (outcome.cause.kind) {
				case 'canceled':
					return { kind: 'requeue' };
				case 'notConfigured':
				case 'variable':
					return { kind: 'hold', why: 'key' };
				case 'notReached':
					return { kind: 'hold', why: 'network' };
				case 'busy':
					return {
						kind: 'hold',
						why: 'limit',
						...(outcome.cause.retryAfterMs === null ? {} : { forMs: outcome.cause.retryAfterMs }),
					};
				case 'redirect':
				case 'status':
				case 'outboxFull':
					return { kind: 'end' };
			}
	}
};
