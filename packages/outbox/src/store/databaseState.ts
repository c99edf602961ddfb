import type { meansOf } from './databaseFiles';
import type { Inventory } from './inventory';
import type { JournalFile } from './journalFile';
import type { Level } from './level';

export interface Opened {
	readonly level: Level;
	/** Another one once it was written anew. */
	journal: JournalFile;
	/** Which folder it is, whatever its name. */
	readonly place: number;
	/** Which file its lock is: it is open as long as the database, so that no other file gets its number. */
	readonly lockPlace: number;
}

/** All that a database knows while it is open. */
export interface DatabaseState {
	readonly folder: string;
	readonly format: string;
	readonly journalPath: string;
	/** Whether what stands at a key is short enough to be kept in the journal too. */
	readonly keepsText: (key: string) => boolean;
	readonly means: ReturnType<typeof meansOf>;
	inventory: Inventory;
	/** The one that was opened last. */
	opened: Opened;
	/** The number of the last write that the inventory knows. */
	written: number;
	/** That of the last one in the journal's file, and of the last one that is safe there. */
	journaled: number;
	synced: number;
	syncing: Promise<void> | undefined;
	/** Settles when the line of the last write is in the journal's file, safe or not; rejects where it cannot be. */
	appended: Promise<void>;
	/** When everything was last where it must be, by `means.now`. */
	lookedAtMs: number;
	/** Its journal is written anew when it is longer than this, in bytes. */
	compactAt: number;
	/** A write that is under way: what is read meanwhile may be newer than the inventory, or older. */
	writing: Promise<unknown> | undefined;
	writesBegun: number;
	/** What the write under way takes away: the inventory lacks it already, and has it again where that fails. */
	removing: ReadonlySet<string>;
}
