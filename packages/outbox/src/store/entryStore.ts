import type { Damage } from './damage';
import type { Entry, LeadPayload, Shelf } from './entry';
import type { Watcher } from './reopening';

/** An entry put on a shelf, taken from the one where it stood. */
export interface Put<Payload extends LeadPayload = LeadPayload> {
	readonly kind: 'put';
	readonly entry: Entry<Payload>;
	readonly shelf: Shelf;
	readonly from?: Shelf;
	/** Its outcome must still be told to whoever gave the lead. */
	readonly unacked?: true;
}

/** An entry taken away. `submissionKey`: the entry's, which goes with it unless a newer one has it. */
export interface Remove {
	readonly kind: 'remove';
	readonly id: string;
	readonly from: Shelf;
	readonly submissionKey?: string | undefined;
}

/** One step of an entry, or of what is kept beside the entries. */
export type Change<Payload extends LeadPayload = LeadPayload> =
	| Put<Payload>
	| Remove
	/** Its giver was told the outcome. */
	| { readonly kind: 'acked'; readonly id: string }
	/** A word that is kept beside the entries; null: it is forgotten. */
	| { readonly kind: 'note'; readonly name: string; readonly value: string | null };

export interface Page {
	/** Only what comes after this id, in the direction of reading. */
	readonly after?: string;
	/** How many at most. */
	readonly limit: number;
	/** @default false */
	readonly newestFirst?: boolean;
}

/** Where entries are kept. Every store passes `test/outbox/storeSuite.ts`. */
export interface EntryStore<Payload extends LeadPayload = LeadPayload> {
	/** All of the changes or none; resolves when they would survive a crash. */
	readonly write: (changes: readonly Change<Payload>[]) => Promise<void>;
	readonly get: (shelf: Shelf, id: string) => Promise<Entry<Payload> | undefined>;
	/** Entries of a shelf by arrival. */
	readonly list: (shelf: Shelf, page: Page) => Promise<readonly Entry<Payload>[]>;
	/** Ids of a shelf by arrival, many at once, without reading the entries. */
	readonly ids: (shelf: Shelf) => AsyncIterable<readonly string[]>;
	/** Ids of ended entries whose outcome nobody was told of. */
	readonly unacked: () => Promise<readonly string[]>;
	/** The id of the newest entry that was written with this key. */
	readonly bySubmissionKey: (submissionKey: string) => Promise<string | undefined>;
	/** Every note, by name. */
	readonly notes: () => Promise<readonly (readonly [name: string, value: string])[]>;
	/** Whether it cannot be used now; left out where it always can. */
	readonly isAway?: () => boolean;
	/** Tells when it cannot be used any more, and when it can again. */
	readonly watch?: (watcher: Watcher) => void;
	/** What was found damaged and no person has seen yet. */
	readonly damage?: () => Damage | undefined;
	/** A person has seen it. */
	readonly damageSeen?: () => Promise<void>;
	readonly close: () => Promise<void>;
}
