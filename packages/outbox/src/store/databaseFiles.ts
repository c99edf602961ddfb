import { type OpenLevel, openLevel } from './level';
import { openWriteCounter, type WriteCounter } from './writeCounter';
import { chmod, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What is done with a database's folder beside the database itself. */
export interface FolderFiles {
	/** Which folder it is, whatever its name; rejects where there is none. */
	readonly placeOf: (folder: string) => Promise<number>;
	/** Rejects where no database stands there. */
	readonly stands: (folder: string) => Promise<void>;
	readonly closeToOthers: (folder: string) => Promise<void>;
	readonly openWriteCounter: (folder: string) => Promise<WriteCounter>;
}

/** What a test, or whoever runs it, lends a database. */
export interface DatabaseMeans {
	/** @default the files of this machine */
	readonly files?: FolderFiles;
	/** @default classic-level */
	readonly open?: OpenLevel;
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
	placeOf: async (folder) => (await stat(folder)).ino,
	stands: async (folder) => {
		await stat(join(folder, 'CURRENT'));
	},
	closeToOthers,
	openWriteCounter,
};

/** The means with their defaults. */
export const meansOf = ({
	files = diskFiles,
	open = openLevel,
	sleep,
	now = () => performance.now(),
}: DatabaseMeans): Required<Omit<DatabaseMeans, 'sleep'>> & Pick<DatabaseMeans, 'sleep'> => ({
	files,
	open,
	sleep,
	now,
});

/** A look costs a system call, and a write takes a millisecond at least: once a second is not felt, and soon enough. */
const lookEveryMs = 1000;

/**
 * Whether a folder is still where it was: a database's files stay open when their folder is moved away, and the next start
 * would look for them where they were.
 */
export interface PlaceCheck {
	/** Whether nobody looked for a second. */
	readonly isDue: () => boolean;
	/** Rejects where the folder is not the one of this place. */
	readonly look: (place: number) => Promise<void>;
	readonly looked: () => void;
}

export const createPlaceCheck = (folder: string, files: FolderFiles, now: () => number): PlaceCheck => {
	let lookAtMs = Number.NEGATIVE_INFINITY;
	return {
		isDue: () => now() >= lookAtMs,
		look: async (place) => {
			if ((await files.placeOf(folder)) !== place)
				throw Object.assign(new Error('The folder is not where it was.'), { code: 'ENOENT' });
		},
		looked: () => {
			lookAtMs = now() + lookEveryMs;
		},
	};
};
