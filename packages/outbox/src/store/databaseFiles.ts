import { type JournalFile, openJournalFile, replaceJournalFile } from './journalFile';
import { type OpenLevel, openLevel, repairLevel } from './level';
import { chmod, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** LevelDB holds it as long as it is open. */
export const lockPath = (folder: string): string => join(folder, 'LOCK');

/** What is done with a database's folder beside the database itself. */
export interface FolderFiles {
	/** Which folder or file it is, whatever its name; rejects where there is none. */
	readonly placeOf: (path: string) => Promise<number>;
	/** Rejects where no database stands there. */
	readonly stands: (folder: string) => Promise<void>;
	readonly closeToOthers: (folder: string) => Promise<void>;
	readonly openJournal: (path: string) => Promise<JournalFile>;
	/** Writes it anew, all or nothing. */
	readonly replaceJournal: (path: string, text: AsyncIterable<string>) => Promise<void>;
}

/** What a test, or whoever runs it, lends a database. */
export interface DatabaseMeans {
	/** @default the files of this machine */
	readonly files?: FolderFiles;
	/** @default classic-level */
	readonly open?: OpenLevel;
	/**
	 * Brings back what it can of a damaged database, where it lies. Rejects where that cannot be opened.
	 * @default that of classic-level
	 */
	readonly repair?: (folder: string) => Promise<void>;
	/**
	 * Resolves after `ms`, or as soon as the program ends.
	 * @default none: a database that failed is tried again only by those who use it
	 */
	readonly sleep?: ((ms: number) => Promise<void>) | undefined;
	/**
	 * A clock that only goes forward, in ms.
	 * @default performance.now
	 */
	readonly now?: () => number;
}

/** Files of the database that come later are readable by others where their folder lets them in; the folder does not. */
const closeToOthers = async (folder: string): Promise<void> => {
	await chmod(folder, 0o700);
	for (const name of await readdir(folder)) await chmod(join(folder, name), 0o600).catch(() => undefined);
};

const diskFiles: FolderFiles = {
	placeOf: async (path) => (await stat(path)).ino,
	stands: async (folder) => {
		await stat(join(folder, 'CURRENT'));
	},
	closeToOthers,
	openJournal: openJournalFile,
	replaceJournal: replaceJournalFile,
};

/** The means with their defaults. */
export const meansOf = ({
	files = diskFiles,
	open = openLevel,
	repair = repairLevel,
	sleep,
	now = () => performance.now(),
}: DatabaseMeans): Required<Omit<DatabaseMeans, 'sleep'>> & Pick<DatabaseMeans, 'sleep'> => ({
	files,
	open,
	repair,
	sleep,
	now,
});
