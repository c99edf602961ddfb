import type { Lead, Outcome } from '@icloud-ready/core';

/** Where an entry stands: to be sent, on its way, sent without an answer, over. */
export const shelves = ['waiting', 'sending', 'unconfirmed', 'ended'] as const;
export type Shelf = (typeof shelves)[number];

/**
 * What an outbox carries is its owner's to say, but for the lead itself: outcomes that the outbox gives by itself name it,
 * and people search for it. Warnings are passed on with such outcomes.
 */
export interface LeadPayload {
	readonly lead: Lead;
	readonly warnings?: readonly string[];
}

/** What an outcome says of a payload's lead. */
export const factsOf = ({ lead, warnings = [] }: LeadPayload): Pick<Outcome, 'lead' | 'warnings'> => ({
	lead,
	warnings,
});

/** What stands in an entry's place cannot be read: it is damaged, or a newer version of this program wrote it. */
export interface Unreadable {
	readonly why: 'damaged' | 'newer';
	/** What stood there, to the letter; absent where its bytes cannot be had. */
	readonly text?: string;
}

/** An attempt whose outcome is not the last: without the lead and the answer to the letter. */
export interface EarlierAttempt {
	readonly atMs: number;
	/** The first of several in a row that were alike, … */
	readonly firstAtMs?: number;
	/** … and how many those were. */
	readonly times?: number;
	readonly outcome: Outcome;
}

/** One lead that is kept until it ends, and for a while after. It never holds the API key in the clear. */
export interface Entry<Payload extends LeadPayload = LeadPayload> {
	/** Sorts by arrival; see `entryId`. */
	readonly id: string;
	/** Whose line it waits in; entries of one partition are refused and let through together. */
	readonly partition: string;
	/** Milliseconds since 1970, as all times of an entry. */
	readonly arrivedAtMs: number;
	/** What sending it takes. */
	readonly payload: Payload;
	/** By what it is known when it is given once more, where its giver says so; the newest entry of a key is its entry. */
	readonly submissionKey?: string;
	/** The last one so far; the lead's own where it has ended. */
	readonly outcome: Outcome | null;
	/** When the last outcome came. */
	readonly attemptedAtMs?: number;
	/** Outcomes before the last one, the oldest first. */
	readonly earlier?: readonly EarlierAttempt[];
	/** How often this very lead was answered 403 although others of its partition passed in between, and when last. */
	readonly forbidden?: { readonly times: number; readonly lastAtMs: number };
	/** A person had it sent once more: the record of created leads is not asked. */
	readonly resend?: true;
	/** When a person last had it sent once more. */
	readonly againAtMs?: number;
	/** Its own alone, here and anywhere else. */
	readonly idempotencyKey?: string;
	/** So often did a person want one more lead of it, whatever had become of the one before. */
	readonly generation?: number;
	/** The gateway that it left for and perhaps arrived at. */
	readonly sentTo?: string;
	/** The bulk actions that this one was part of, the newest last: where one is done again after a crash, this is done once. */
	readonly bulkIds?: readonly string[];
	/** The entry that was invalid and that a person corrected: this one is that lead anew. */
	readonly correctionOf?: string;
	/** The entry that a person made of this invalid one. */
	readonly correctedBy?: string;
	/** What a person said of it. */
	readonly resolved?: 'arrived' | 'discarded';
	readonly endedAtMs?: number;
	/** It holds as much as can be read, and is never sent. */
	readonly unreadable?: Unreadable;
}

const digits = 15;

/** Arrival, then the partition: so what waits can be sorted into lines without reading a single entry. */
export const entryId = (arrival: number, partition: string): string =>
	`${String(arrival).padStart(digits, '0')}~${encodeURIComponent(partition)}`;

/** The running number within an id. */
export const arrivalOf = (id: string): number => Number(id.slice(0, digits));

/** The partition within an id. */
export const partitionOf = (id: string): string => decodeURIComponent(id.slice(digits + 1));

/** Whether an id is one that `entryId` made: the rest of this package relies on it. */
export const isEntryId = (id: string): boolean => {
	try {
		return /^\d{15}~/.test(id) && Number.isSafeInteger(arrivalOf(id)) && entryId(arrivalOf(id), partitionOf(id)) === id;
	} catch {
		return false;
	}
};
