import type { Database } from './database';
import type { DatabaseMeans } from './databaseFiles';
import { meansOf } from './databaseFiles';
import { type DatabaseOptions, openDatabase, type OpenedDatabase } from './openDatabase';
import { journalName, repairFolder } from './repair';
import { isNotItsFault } from './storeFault';
import { builtFolder, finishSwap, markReady } from './swapFolder';
import { readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** How far a start is that mends something. */
export interface Progress {
	/** `files`: LevelDB repairs its files, of which nobody knows how long it takes. */
	readonly stage: 'files' | 'leads';
	readonly done: number;
	readonly of: number;
}

export interface SafeOptions extends Pick<DatabaseOptions, 'folder' | 'format' | 'keepsText' | 'watcher'> {
	/** @default the folder of the database */
	readonly journalFolder?: string | undefined;
	readonly means: DatabaseMeans;
	/** Milliseconds since 1970, which name what is moved aside. */
	readonly nowMs: number;
	readonly onProgress?: ((progress: Progress) => void) | undefined;
	/** Takes over what can be read of a folder of another format. */
	readonly takeOver: (from: string, to: Database) => Promise<void>;
}

export interface SafelyOpened extends OpenedDatabase {
	/** Where what stood there before was moved. */
	readonly movedTo?: string | undefined;
}

/** Where the journal of a folder's database is. */
const journalPathOf = ({ folder, journalFolder }: Pick<SafeOptions, 'folder' | 'journalFolder'>): string =>
	journalFolder === undefined ? join(folder, journalName) : join(journalFolder, `${basename(folder)}.${journalName}`);

/** Whether what failed is that the files are damaged, and not that they cannot be used now. */
const isDamaged = async (folder: string, error: unknown): Promise<boolean> => {
	const isThere = await stat(folder).then(
		() => true,
		() => false,
	);
	return isThere && !isNotItsFault(error);
};

/** Whether files of a database are there and not the one by which it is found: LevelDB would begin a new one over them. */
const lacksEntry = async (folder: string): Promise<boolean> => {
	const names = await readdir(folder).catch((): string[] => []);
	return !names.includes('CURRENT') && names.some((name) => /^MANIFEST-|^\d+\.(?:ldb|sst|log)$/.test(name));
};

/** Opens a folder's database; damaged files are repaired on a copy first, what is of another format is moved aside. */
export const openSafely = async (options: SafeOptions): Promise<SafelyOpened> => {
	const { folder, nowMs, onProgress, takeOver } = options;
	const means = meansOf(options.means);
	const journalPath = journalPathOf(options);
	const database: DatabaseOptions = { ...options, journalPath };
	const aside = `${folder}-damaged-${new Date(nowMs).toISOString().replace(/\D/g, '').slice(0, 14)}`;
	let movedTo = await finishSwap(folder);
	const tryToOpen = async (): Promise<OpenedDatabase | 'other' | 'damaged'> => {
		try {
			if (await lacksEntry(folder)) return 'damaged';
			return (await openDatabase(database)) ?? 'other';
		} catch (error) {
			if (await isDamaged(folder, error)) return 'damaged';
			throw error;
		}
	};

	let opened = await tryToOpen();
	for (const isEmpty of [false, true]) {
		if (opened !== 'damaged') break;
		onProgress?.({ stage: 'files', done: 0, of: 1 });
		const moved = await repairFolder(folder, isEmpty ? `${aside}-2` : aside, means, options.format, isEmpty).catch(
			(error: unknown) => {
				if (isEmpty || isNotItsFault(error)) throw error;
				return undefined;
			},
		);
		if (moved === undefined) continue;
		movedTo ??= moved;
		opened = await tryToOpen();
	}
	if (opened === 'damaged') throw new Error('A new store could not be begun.');
	if (opened !== 'other') return { ...opened, movedTo };

	const built = builtFolder(folder);
	await rm(built, { recursive: true, force: true });
	const fresh = await openDatabase({ ...database, folder: built, journalPath: join(built, journalName) });
	if (fresh === undefined) throw new Error('A new store could not be begun.');
	await takeOver(folder, fresh.database);
	await fresh.database.close();
	const isInside = dirname(journalPath) === folder;
	// Another version's journal says nothing of the new store, which vouches for itself.
	await markReady(folder, { movedTo: aside, ...(isInside ? {} : { with: journalPath }) });
	await finishSwap(folder);
	const taken = await openDatabase(database);
	if (taken === undefined) throw new Error('A new store could not be begun.');
	return { ...taken, renewedJournal: false, movedTo: aside };
};
