import type { Entry, Shelf } from './entry';
import type { Watcher } from './reopening';

/** One step of an entry: put on a shelf, taken from the one where it stood. */
export type Change =
	/** `unacked`: its outcome must still be told to whoever gave the lead. */
	| {
			readonly kind: 'put';
			readonly entry: Entry;
			readonly shelf: Shelf;
			readonly from?: Shelf;
			readonly unacked?: true;
	  }
	| { readonly kind: 'acked'; readonly id: string }
	/** A word that is kept beside the entries; null: it is forgotten. */
	| { readonly kind: 'note'; readonly name: string; readonly value: string | null }
	/** `mark`: the entry's, which goes with it unless a newer one has it. */
	| { readonly kind: 'remove'; readonly id: string; readonly from: Shelf; readonly submissionKey?: string | undefined };

export interface Page {
	/** Only what comes after this id, in the direction of reading. */
	readonly after?: string;
	readonly limit: number;
	readonly newestFirst?: boolean;
}

/** Where entries are kept. Every store passes `test/outbox/storeSuite.ts`. */
export interface EntryStore {
	/** All of the changes or none; resolves when they would survive a crash. */
	readonly write: (changes: readonly Change[]) => Promise<void>;
	readonly get: (shelf: Shelf, id: string) => Promise<Entry | undefined>;
	/** Entries of a shelf by arrival. */
	readonly list: (shelf: Shelf, page: Page) => Promise<readonly Entry[]>;
	/** Ids of a shelf by arrival, many at once, without reading the entries. */
	readonly ids: (shelf: Shelf) => AsyncIterable<readonly string[]>;
	/** Ids of ended entries whose outcome nobody was told of. */
	readonly unacked: () => Promise<readonly string[]>;
	/** The id of the newest entry that was written with this mark. */
	readonly bySubmissionKey: (mark: string) => Promise<string | undefined>;
	/** Every note, by name. */
	readonly notes: () => Promise<readonly (readonly [name: string, value: string])[]>;
	/** Whether it cannot be used now; left out where it always can. */
	readonly isAway?: () => boolean;
	/** Tells when it cannot be used any more, and when it can again. */
	readonly watch?: (watcher: Watcher) => void;
	readonly close: () => Promise<void>;
}
