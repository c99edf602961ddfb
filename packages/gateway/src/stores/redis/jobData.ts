import type { Secrets } from '../../leads/accounts';
import type { LeadState, AttemptResult } from '../../leads/leadState';
import type { Submission } from '../../leads/submittedLead';
import type { LeadRecord } from './schema/lead';
import { afterAttempt } from '@icloud-ready/outbox';

/** A lead as it is taken in. */
export const jobDataFor = (
	{ account, body, lead, credentials }: Submission,
	secrets: Secrets,
	nowMs: number,
): LeadRecord => ({
	account: account.id,
	arrivedAtMs: nowMs,
	body,
	lead,
	organizationId: credentials.organizationId,
	sealed: secrets.seal(credentials, account.id),
	outcome: null,
});

export const withoutSealed = ({ sealed: _, ...record }: LeadRecord): LeadRecord => record;

export const endedWith = (record: LeadRecord, outcome: AttemptResult, endedAtMs: number): LeadRecord => ({
	...withoutSealed(record),
	...(outcome.attempts > 0 ? afterAttempt(record, endedAtMs) : {}),
	outcome,
	endedAtMs,
});

/** Nobody knows of it any more that it left: the API said that it did not create it. */
export const waitingWith = ({ sent: _, ...record }: LeadRecord, outcome: AttemptResult, nowMs: number): LeadRecord => ({
	...record,
	...afterAttempt(record, nowMs),
	outcome,
});

/** What a person wants sent once more; its credentials are gone since it ended. */
export const reopened = (
	{ sent: _, endedAtMs: _ended, resolved: _resolved, forbidden: _forbidden, ...record }: LeadRecord,
	nowMs: number,
): LeadRecord => ({ ...record, againAtMs: nowMs });

/** Since when a lead waits: a person who sends it again gives it the whole time anew. */
export const waitsSinceMs = ({ arrivedAtMs, againAtMs = 0 }: LeadRecord): number => Math.max(arrivedAtMs, againAtMs);

export const stateOf = ({ outcome, endedAtMs, resolved, sent }: LeadRecord): LeadState => {
	if (endedAtMs !== undefined) return { kind: 'ended', outcome, ...(resolved === undefined ? {} : { resolved }) };
	return sent === undefined ? { kind: 'waiting' } : { kind: 'sending' };
};
