import type { Secrets } from '../../leads/accounts';
import type { Resolved, LeadState, AttemptResult } from '../../leads/leadState';
import type { Submission } from '../../leads/submittedLead';
import { type Lead, outcomeOf } from '@icloud-ready/core';
import { type Entry, isLead, isOutcome, personIn } from '@icloud-ready/outbox';

/** A lead as it stands in Redis: the data of its job. */
export interface LeadRecord {
	readonly account: string;
	readonly arrivedAtMs: number;
	/** When a person last had it sent once more. */
	readonly againAtMs?: number;
	readonly body: string;
	readonly lead: Lead;
	/** Key and organization, encrypted; there as long as the lead waits. */
	readonly sealed?: string;
	/** It left, or was about to: by which sending. Whoever finds this in a lead that waits does not send it. */
	readonly sent?: { readonly atMs: number; readonly by: string };
	/** The last one so far; the lead's own where it has ended. */
	readonly outcome: AttemptResult | null;
	readonly endedAtMs?: number;
	readonly resolved?: Resolved;
	/** `passes`: how often a lead of its account had been created when it was refused last. */
	readonly forbidden?: NonNullable<Entry['forbidden']> & { readonly passes?: number };
	/** What was kept of it cannot be read: it is never sent. */
	readonly unreadable?: true;
}

export const jobDataFor = (
	{ account, body, lead, credentials }: Submission,
	secrets: Secrets,
	nowMs: number,
): LeadRecord => ({
	account: account.id,
	arrivedAtMs: nowMs,
	body,
	lead,
	sealed: secrets.seal(credentials, account.id),
	outcome: null,
});

export const withoutSealed = ({ sealed: _, ...record }: LeadRecord): LeadRecord => record;

export const endedWith = (record: LeadRecord, outcome: AttemptResult, endedAtMs: number): LeadRecord => ({
	...withoutSealed(record),
	outcome,
	endedAtMs,
});

/** Nobody knows of it any more that it left: the API said that it did not create it. */
export const waitingWith = ({ sent: _, ...record }: LeadRecord, outcome: AttemptResult): LeadRecord => ({
	...record,
	outcome,
});

/** What a person wants sent once more; its credentials are gone since it ended. */
export const reopened = (
	{ sent: _, endedAtMs: _ended, resolved: _resolved, forbidden: _forbidden, ...record }: LeadRecord,
	nowMs: number,
): LeadRecord => ({ ...record, againAtMs: nowMs });

export const stateOf = ({ outcome, endedAtMs, resolved, sent }: LeadRecord): LeadState => {
	if (endedAtMs !== undefined) return { kind: 'ended', outcome, ...(resolved === undefined ? {} : { resolved }) };
	return sent === undefined ? { kind: 'waiting' } : { kind: 'sending' };
};

const isJson = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
const isMissingOr = (type: 'string' | 'number', value: unknown): boolean =>
	value === undefined || typeof value === type;

const isRecord = (value: unknown): value is LeadRecord =>
	isJson(value) &&
	typeof value.account === 'string' &&
	typeof value.arrivedAtMs === 'number' &&
	typeof value.body === 'string' &&
	isLead(value.lead) &&
	isMissingOr('string', value.sealed) &&
	isMissingOr('number', value.endedAtMs) &&
	(value.sent === undefined || (isJson(value.sent) && typeof value.sent.by === 'string')) &&
	(value.outcome === null || isOutcome(value.outcome)) &&
	[undefined, 'arrived', 'discarded'].includes(value.resolved as string | undefined) &&
	(value.forbidden === undefined ||
		(isJson(value.forbidden) &&
			typeof value.forbidden.times === 'number' &&
			typeof value.forbidden.lastAtMs === 'number'));

/** The data of a job, whatever it is. What is no record stands as one that is never sent, with as much as can be read. */
export const recordOf = (value: unknown, account: string): LeadRecord => {
	if (isRecord(value)) return value;
	const lead = { leadInformation: personIn(typeof value === 'string' ? value : '', value) };
	const { firstName, phone } = lead.leadInformation;
	const part = (name: string): unknown => (isJson(value) ? value[name] : undefined);
	const [arrivedAtMs, endedAtMs, body] = [part('arrivedAtMs'), part('endedAtMs'), part('body')];
	return {
		account,
		lead,
		arrivedAtMs: typeof arrivedAtMs === 'number' ? arrivedAtMs : 0,
		body: typeof body === 'string' ? body : '',
		unreadable: true,
		outcome: outcomeOf(
			{ outcome: 'unconfirmed', cause: { kind: 'unreadableEntry' } },
			{ lead: firstName === '' && phone === '' ? null : lead },
		),
		...(typeof endedAtMs === 'number' ? { endedAtMs } : {}),
	};
};

/** Undefined where there is no job; never throws. */
export const readJobData = (text: string | null | undefined, account = ''): LeadRecord | undefined => {
	if (text == null) return undefined;
	let value: unknown = text;
	try {
		value = JSON.parse(text);
	} catch {
		// It is looked through as text.
	}
	return recordOf(value, account);
};
