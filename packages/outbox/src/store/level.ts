import { mkdir } from 'node:fs/promises';

export type Operation =
	| { readonly type: 'put'; readonly key: string; readonly value: string }
	| { readonly type: 'del'; readonly key: string };

export interface Range {
	readonly gt?: string;
	readonly lt?: string;
	readonly limit?: number;
	readonly reverse?: boolean;
}

interface KeyIterator {
	readonly all: () => Promise<string[]>;
	readonly nextv: (size: number) => Promise<string[]>;
	readonly close: () => Promise<void>;
}

/** The part of classic-level that is used. */
export interface Level {
	readonly open: () => Promise<void>;
	readonly get: (key: string) => Promise<string | undefined>;
	readonly put: (key: string, value: string, options: { readonly sync: boolean }) => Promise<void>;
	readonly del: (key: string, options: { readonly sync: boolean }) => Promise<void>;
	readonly batch: (operations: readonly Operation[], options: { readonly sync: boolean }) => Promise<void>;
	readonly keys: (range: Range) => KeyIterator;
	readonly values: (range: Range) => AsyncIterable<string> & { readonly all: () => Promise<string[]> };
	readonly iterator: (
		range: Range,
	) => AsyncIterable<[key: string, value: string]> & { readonly all: () => Promise<[key: string, value: string][]> };
	readonly close: () => Promise<void>;
}

interface LevelOptions {
	readonly createIfMissing: boolean;
	readonly writeBufferSize: number;
}

/**
 * What is held in memory until it is sorted into a file. A lead writes about 5 kB until it has ended, so that the default of
 * 4 MB is full after less than a thousand leads, and sorting so often takes longer than sending.
 */
const writeBufferBytes = 16 * 1024 * 1024;

interface ClassicLevel {
	new (folder: string, options: LevelOptions): Level;
	readonly repair: (folder: string) => Promise<void>;
}
const load = async (): Promise<{ readonly ClassicLevel: ClassicLevel }> =>
	(await import('classic-level')) as unknown as { readonly ClassicLevel: ClassicLevel };

/** LevelDB's own repair of what lies in a folder. Rejects where nothing can be made of it. */
export const repairLevel = async (folder: string): Promise<void> => {
	const { ClassicLevel } = await load();
	await ClassicLevel.repair(folder);
};

/** Opens a database; `createIfMissing` is true where it is left out. */
export type OpenLevel = (folder: string, options?: { readonly createIfMissing?: boolean }) => Promise<Level>;

/**
 * A database in a folder of its own, open; nobody but the user who runs this may look into it. One process at a time can
 * hold the folder. It brings native code, so it is loaded here and not before: where it does not run, everything else
 * still does. Rejects where the folder cannot be opened.
 */
export const openLevel: OpenLevel = async (folder, { createIfMissing = true } = {}) => {
	const { ClassicLevel } = await load();
	if (createIfMissing) await mkdir(folder, { recursive: true, mode: 0o700 });
	const level = new ClassicLevel(folder, { createIfMissing, writeBufferSize: writeBufferBytes });
	await level.open();
	return level;
};

export const keysAtOnce = 1000;

/** Keys of a range in order, many at once: one by one, each would cost several turns of the event loop. */
export const pagesOfKeys = async function* (level: Level, range: Range): AsyncGenerator<readonly string[]> {
	const iterator = level.keys(range);
	try {
		for (;;) {
			const keys = await iterator.nextv(keysAtOnce);
			if (keys.length === 0) return;
			yield keys;
		}
	} finally {
		await iterator.close();
	}
};
