import type { Entry } from '@icloud-ready/outbox';
import type { Lead } from '@icloud-ready/core';
import type { Given } from '../given';
import type { Resolved, Standing } from '../queue';
import type { Secrets } from '../secrets';
import type { Sent } from '../sent';

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
	readonly left?: { readonly atMs: number; readonly by: string };
	/** The last one so far; the lead's own where it has ended. */
	readonly outcome: Sent | null;
	readonly endedAtMs?: number;
	readonly resolved?: Resolved;
	/** `passes`: how often a lead of its account had been created when it was refused last. */
	readonly forbidden?: NonNullable<Entry['forbidden']> & { readonly passes?: number };
}

export const recordFor = ({ account, body, lead, credentials }: Given, secrets: Secrets, nowMs: number): LeadRecord => ({
	account: account.id, arrivedAtMs: nowMs, body, lead, sealed: secrets.seal(credentials, account.id), outcome: null,
});

export const withoutSealed = ({ sealed: _, ...record }: LeadRecord): LeadRecord => record;

export const endedWith = (record: LeadRecord, outcome: Sent, endedAtMs: number): LeadRecord => ({ ...withoutSealed(record), outcome, endedAtMs });

/** Nobody knows of it any more that it left: the API said that it did not create it. */
export const backWith = ({ left: _, ...record }: LeadRecord, outcome: Sent): LeadRecord => ({ ...record, outcome });

/** What a person wants sent once more; its credentials are gone since it ended. */
export const anew = ({ left: _, endedAtMs: _ended, resolved: _resolved, forbidden: _forbidden, ...record }: LeadRecord, nowMs: number): LeadRecord => ({ ...record, againAtMs: nowMs });

export const standingOf = ({ outcome, endedAtMs, resolved, left }: LeadRecord): Standing => {
	if (endedAtMs !== undefined) return { kind: 'ended', outcome, ...(resolved === undefined ? {} : { resolved }) };
	return left === undefined ? { kind: 'waiting' } : { kind: 'sending' };
};

export const readRecord = (text: string | null | undefined): LeadRecord | undefined => (text == null ? undefined : (JSON.parse(text) as LeadRecord));
