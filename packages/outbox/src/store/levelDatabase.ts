import { type Level, type OpenLevel, openLevel, type Operation, pagesOfKeys } from './level';
import { createReopening, type Watcher } from './reopening';
import { openWriteCounter, type WriteCounter } from './writeCounter';
import { chmod, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Raise it when entries are written in another shape; a store of another format is moved aside. */
const format = '1';
const formatKey = 'format';
const writtenKey = 'written';
const roomKey = 'room';

/** What is done with a database's folder beside the database itself. */
export interface FolderFiles {
	/** Which folder it is, whatever its name; rejects where there is none. */
	readonly placeOf: (folder: string) => Promise<number>;
	/** Rejects where no database stands there. */
	readonly stands: (folder: string) => Promise<void>;
	readonly closeToOthers: (folder: string) => Promise<void>;
	readonly openSeal: (folder: string) => Promise<WriteCounter>;
}

/** What a test, or whoever runs it, lends a database. */
export interface DatabaseMeans {
	readonly files?: FolderFiles;
	readonly open?: OpenLevel;
	/** Resolves after `ms`, or as soon as the program ends. */
	readonly sleep?: ((ms: number) => Promise<void>) | undefined;
	/** A clock that only goes forward, in ms. */
	readonly now?: () => number;
}

/** A database that holds entries of this format and nothing was lost from. It comes back by itself where its disk failed for a while. */
export interface Database {
	/** Reads; `work` may be begun a second time where the first failed. */
	readonly read: <Result>(work: (level: Level) => Promise<Result>) => Promise<Result>;
	/** All or nothing, on disk when it resolves. */
	readonly write: (operations: readonly Operation[]) => Promise<void>;
	readonly isAway: () => boolean;
	readonly close: () => Promise<void>;
}

/** Files of the database that come later are readable by others where their folder lets them in; the folder does not. */
const closeToOthers = async (folder: string): Promise<void> => {
	await chmod(folder, 0o700);
	for (const name of await readdir(folder)) await chmod(join(folder, name), 0o600).catch(() => undefined);
};
export const diskFiles: FolderFiles = {
	placeOf: async (folder) => (await stat(folder)).ino,
	stands: async (folder) => {
		await stat(join(folder, 'CURRENT'));
	},
	closeToOthers,
	openSeal: openWriteCounter,
};
export const lookEveryMs = 1000;
const sealAfterMs = 100;

/** Whether every key can be read: a file that was cut short shows only when it is. */
const isWhole = async (level: Level): Promise<boolean> => {
	try {
		for await (const keys of pagesOfKeys(level, {})) if (!keys.every((key) => typeof key === 'string')) return false;
		return true;
	} catch {
		return false;
	}
};

/** How many writes it holds; undefined where it is not ours. */
const writesIn = async (level: Level): Promise<number | undefined> => {
	const found = await level.get(formatKey);
	if (found === format) return Number(await level.get(writtenKey)) || 0;
	if (found !== undefined || (await level.keys({ limit: 1 }).all()).length > 0) return undefined;
	await level.put(formatKey, format, { sync: true });
	return 0;
};

interface Opened {
	readonly level: Level;
	readonly seal: WriteCounter;
	/** Which folder it is, whatever its name. */
	readonly place: number;
}

const roomBytes = 64 * 1024;
/** Leads need some kB each; a disk that has less than this for good is full. It is written to see whether it can be. */
export const room: readonly Operation[] = [
	{ type: 'put', key: roomKey, value: 'x'.repeat(roomBytes) },
	{ type: 'del', key: roomKey },
];

/** Opens it once more; rejects where less or more was written to it than by this process, and where nothing can be written. */
const openAgain = async (folder: string, open: OpenLevel, files: FolderFiles, written: number): Promise<Opened> => {
	// Or a new one would be begun in place of one that was moved away.
	await files.stands(folder);
	const level = await open(folder, { createIfMissing: false });
	try {
		const found = await writesIn(level);
		// The last write may be there although it failed.
		if (found !== written && found !== written + 1)
			throw Object.assign(new Error('Another database stands there.'), { code: 'ENOENT' });
		await level.batch(room, { sync: true });
		return { level, seal: await files.openSeal(folder), place: await files.placeOf(folder) };
	} catch (error) {
		await level.close().catch(() => undefined);
		throw error;
	}
};

/** Something that was written cannot be read any more. */
export const isCorruption = (error: unknown): boolean =>
	(error as { readonly code?: unknown } | null)?.code === 'LEVEL_CORRUPTION';

const databaseOf = (
	folder: string,
	first: Opened,
	writes: number,
	watcher: Watcher,
	{ open = openLevel, files = diskFiles, sleep, now = () => performance.now() }: DatabaseMeans,
): Database => {
	let written = writes;
	let lookAtMs = Number.NEGATIVE_INFINITY;
	let sealing: NodeJS.Timeout | undefined;
	let last = first;
	const reopen = async (): Promise<Opened> => {
		last = await openAgain(folder, open, files, written);
		return last;
	};
	const shut = async ({ level, seal }: Opened): Promise<void> => {
		await level.close().catch(() => undefined);
		await seal.write(written).catch(() => undefined);
		await seal.close().catch(() => undefined);
	};
	const database = createReopening<Opened>({ open: reopen, shut, watcher, now, sleep }, first);
	/** Several writes have one seal: until it is written it is too low, which it may be. */
	const sealSoon = (): void => {
		sealing ??= setTimeout(() => {
			sealing = undefined;
			last.seal.write(written).catch(() => undefined);
		}, sealAfterMs);
	};
	const put = async ({ level, place }: Opened, operations: readonly Operation[]): Promise<void> => {
		const looks = now() >= lookAtMs;
		// Its files stay open when their folder is moved away, and the next start would look for them where they were.
		if (looks && (await files.placeOf(folder)) !== place)
			throw Object.assign(new Error('The folder is not where it was.'), { code: 'ENOENT' });
		await level.batch([...operations, { type: 'put', key: writtenKey, value: String(written + 1) }], { sync: true });
		written++;
		sealSoon();
		if (!looks) return;
		lookAtMs = now() + lookEveryMs;
		// What was written is safe, and is no less so where this fails.
		await files.closeToOthers(folder).catch(() => undefined);
	};
	return {
		read: async (work) => await database.use(async ({ level }) => await work(level), isCorruption),
		write: async (operations) => {
			await database.use(async (opened) => {
				await put(opened, operations);
			});
		},
		isAway: database.isAway,
		close: async () => {
			await database.close();
			clearTimeout(sealing);
		},
	};
};

const nobody: Watcher = { away: () => undefined, back: () => undefined };

/**
 * Opens a folder's database. Undefined: it holds something else, entries of another format, or less than was written to
 * it. Rejects where the folder cannot be used, or its files are broken.
 */
export const openDatabase = async (
	folder: string,
	watcher = nobody,
	means: DatabaseMeans = {},
): Promise<Database | undefined> => {
	const { open = openLevel, files = diskFiles } = means;
	const level = await open(folder, { createIfMissing: true });
	let seal: WriteCounter | undefined;
	try {
		seal = await files.openSeal(folder);
		const writes = await writesIn(level);
		if (writes !== undefined && writes >= (await seal.read()) && (await isWhole(level))) {
			await files.closeToOthers(folder);
			return databaseOf(folder, { level, seal, place: await files.placeOf(folder) }, writes, watcher, means);
		}
	} catch (error) {
		await seal?.close();
		await level.close();
		throw error;
	}
	await seal.close();
	await level.close();
	return undefined;
};
