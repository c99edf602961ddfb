import type { Credentials, Secrets } from '../../leads/accounts';
import type { CorrectedLead } from '../../leads/leadQueue';
import type { Submission } from '../../leads/submittedLead';
import { type Lead, leadSchema } from '@icloud-ready/core';
import {
	type Change,
	type Entry,
	type EntryStore,
	type LeadPayload,
	type NewEntry,
	type PayloadFormat,
} from '@icloud-ready/outbox';
import * as z from 'zod/v4';

/** What an entry carries. Its partition is its account. */
export interface SealedLead extends LeadPayload {
	/** What people know it by. */
	readonly lead: Lead;
	/** JSON, passed on as it came; empty where it cannot be read any more. */
	readonly body: string;
	/** The organization that it goes to, for whoever looks after it; one of an earlier version has none. */
	readonly organizationId?: string | undefined;
	/** Key and organization, encrypted; there as long as the lead waits. */
	readonly sealed?: string | null | undefined;
}

export type SealedEntry = Entry<SealedLead>;
export type SealedStore = EntryStore<SealedLead>;

/** How what the gateway keeps on disk is read back. */
export const sealedLeadFormat: PayloadFormat<SealedLead> = {
	schema: z.looseObject({
		lead: leadSchema,
		body: z.string(),
		organizationId: z.string().optional(),
		sealed: z.string().nullish(),
	}),
	standIn: (lead, { payload: { body }, textOf }) => ({
		lead,
		body: typeof body === 'string' ? body : (textOf('body') ?? ''),
	}),
};

export const entryFor = (
	{ account, body, lead, credentials, key }: Submission,
	secrets: Secrets,
): NewEntry<SealedLead> => ({
	partition: account.id,
	payload: { lead, body, organizationId: credentials.organizationId, sealed: secrets.seal(credentials, account.id) },
	...(key === undefined ? {} : { submissionKey: key.text }),
});

/** Undefined where there are none, or this gateway's secret does not open them. */
export const credentialsOf = (
	{ payload: { sealed }, partition }: Pick<SealedEntry, 'payload' | 'partition'>,
	secrets: Secrets,
): Credentials | undefined => (typeof sealed === 'string' ? secrets.open(sealed, partition) : undefined);

/** Whether it holds credentials, readable or not. */
export const isSealed = ({ payload }: Pick<SealedEntry, 'payload'>): boolean => typeof payload.sealed === 'string';

/** The same entry, to be sent with other credentials. */
export const withCredentials = (entry: SealedEntry, credentials: Credentials, secrets: Secrets): SealedEntry => ({
	...entry,
	payload: { ...entry.payload, sealed: secrets.seal(credentials, entry.partition) },
});

/**
 * What the new lead of a corrected one carries: the credentials that are known of its account, since those of a lead that
 * has ended are gone; without them it waits until its key comes by.
 */
export const correctedPayload = (
	{ partition, payload: { organizationId } }: SealedEntry,
	{ body, lead }: CorrectedLead,
	known: { readonly credentialsOf: (accountId: string) => Credentials | undefined },
	secrets: Secrets,
): SealedLead => {
	const credentials = known.credentialsOf(partition);
	return {
		lead,
		body,
		...(organizationId === undefined ? {} : { organizationId }),
		...(credentials === undefined ? {} : { sealed: secrets.seal(credentials, partition) }),
	};
};

/** They stand in the text of one that cannot be read as well. */
const textWithoutCredentials = (text: string): string => text.replace(/"sealed":"[^"]*"?/g, '"sealed":null');

const withoutCredentials = (entry: SealedEntry): SealedEntry => {
	const { sealed: _, ...payload } = entry.payload;
	const { unreadable } = entry;
	if (unreadable?.text === undefined) return { ...entry, payload };
	return { ...entry, payload, unreadable: { ...unreadable, text: textWithoutCredentials(unreadable.text) } };
};

const stripped = (change: Change<SealedLead>): Change<SealedLead> =>
	change.kind === 'put' && (change.shelf === 'ended' || change.shelf === 'unconfirmed')
		? { ...change, entry: withoutCredentials(change.entry) }
		: change;

/** A store in which no lead that has ended keeps its credentials, however it ended. */
export const endedWithoutCredentials = (store: SealedStore): SealedStore => ({
	...store,
	write: async (changes) => {
		await store.write(changes.map(stripped));
	},
});

/** Half a megabyte or so at once, however many were saved. */
const pageSize = 200;

/** Leads that were saved from a damaged store stand among the unconfirmed as they were; this takes their credentials off. */
export const stripSalvaged = async (store: SealedStore): Promise<void> => {
	for (let after: string | undefined; ; ) {
		const page = await store.list('unconfirmed', { limit: pageSize, ...(after === undefined ? {} : { after }) });
		if (page.length > 0)
			await store.write(
				page.map((entry) => ({
					kind: 'put',
					entry: withoutCredentials(entry),
					shelf: 'unconfirmed',
					from: 'unconfirmed',
				})),
			);
		after = page.at(-1)?.id;
		if (page.length < pageSize) return;
	}
};
