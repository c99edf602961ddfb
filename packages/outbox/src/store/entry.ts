import type { Lead, DedupeKey, Outcome, Policy } from '@icloud-ready/core';

/** Where an entry stands: to be sent, on its way, sent without an answer, over. */
export const shelves = ['waiting', 'sending', 'unconfirmed', 'ended'] as const;
export type Shelf = (typeof shelves)[number];

/** Where a lead came from, so that its outcome finds its way back after a restart. */
export interface Origin {
	/** The node that took the lead in. */
	readonly nodeId: string;
	/** The part of its message that can be stored; it never holds the request or the response of HTTP nodes. */
	readonly message: Readonly<Record<string, unknown>>;
	/** What JSON has no word for stands in the message by its type; absent in entries of earlier versions. */
	readonly isTyped?: true;
	/** Places of the message that were not kept, or not as they were. */
	readonly leftOut?: readonly string[];
}

/** One lead that is kept until it ends, and for a while after. It never holds the API key. */
export interface Entry {
	/** Sorts by arrival; see `entryId`. */
	readonly id: string;
	readonly arrivedAtMs: number;
	readonly lead: Lead;
	readonly warnings: readonly string[];
	readonly key: DedupeKey;
	/** The one that its message named; empty: the account's own, as it is when the lead leaves. */
	readonly organizationId: string;
	readonly policy: Partial<Policy>;
	readonly origin: Origin;
	/** By what it is known when it is given once more, where its giver says so; the newest entry of a mark is its entry. */
	readonly submissionKey?: string;
	/** The last one so far; the lead's own where it has ended. */
	readonly outcome: Outcome | null;
	/** How often this very lead was answered 403 although others of its organization passed in between, and when last. */
	readonly forbidden?: { readonly times: number; readonly lastAtMs: number };
	/** A person had it sent once more: the record of created leads is not asked. */
	readonly resend?: true;
	/** When a person last had it sent once more. */
	readonly againAtMs?: number;
	/** Its own alone, here and anywhere else. An entry of an earlier version has none. */
	readonly idempotencyKey?: string;
	/** So often did a person want one more lead of it, whatever had become of the one before. */
	readonly generation?: number;
	/** The gateway that it left for and perhaps arrived at. */
	readonly sentTo?: string;
	/** What a person said of it. */
	readonly resolved?: 'arrived' | 'discarded';
	readonly endedAtMs?: number;
	/** What was kept of it cannot be read: this holds as much as can, and it is never sent. */
	readonly unreadable?: true;
}

const digits = 15;

/** Arrival, then the organization: so what waits can be sorted into lines without reading a single entry. */
export const entryId = (arrival: number, organizationId: string): string =>
	`${String(arrival).padStart(digits, '0')}~${encodeURIComponent(organizationId)}`;

/** The running number within an id. */
export const arrivalOf = (id: string): number => Number(id.slice(0, digits));

/** The organization within an id. */
export const organizationOf = (id: string): string => decodeURIComponent(id.slice(digits + 1));

/** Whether an id is one that `entryId` made: the rest of this package relies on it. */
export const isEntryId = (id: string): boolean => {
	try {
		return (
			/^\d{15}~/.test(id) && Number.isSafeInteger(arrivalOf(id)) && entryId(arrivalOf(id), organizationOf(id)) === id
		);
	} catch {
		return false;
	}
};
