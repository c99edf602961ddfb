import { type Level, type OpenLevel, type Operation, pagesOfKeys } from './level';

/** Raise it when keys are laid out in another way; a store of another format is moved aside, and its leads saved from it. */
const format = '2';
const formatKey = 'format';
export const writtenKey = 'written';
const roomKey = 'room';

/** Leads need some kB each; a disk that has less than this for good is full. */
const roomBytes = 64 * 1024;
/** It is written to see whether anything can be. */
export const room: readonly Operation[] = [
	{ type: 'put', key: roomKey, value: 'x'.repeat(roomBytes) },
	{ type: 'del', key: roomKey },
];

/** Something that was written cannot be read any more. */
export const isCorruption = (error: unknown): boolean =>
	(error as { readonly code?: unknown } | null)?.code === 'LEVEL_CORRUPTION';

/** Whether every key can be read: a file that was cut short shows only when it is. */
export const isWhole = async (level: Level): Promise<boolean> => {
	try {
		for await (const keys of pagesOfKeys(level, {})) if (!keys.every((key) => typeof key === 'string')) return false;
		return true;
	} catch {
		return false;
	}
};

/** How many writes it holds; undefined where it is not ours. An empty one becomes ours. */
export const writesIn = async (level: Level): Promise<number | undefined> => {
	const found = await level.get(formatKey);
	if (found === format) return Number(await level.get(writtenKey)) || 0;
	if (found !== undefined || (await level.keys({ limit: 1 }).all()).length > 0) return undefined;
	await level.put(formatKey, format, { sync: true });
	return 0;
};

/** Opens one that was open before; rejects where less or more was written to it than `written`, and where nothing can be. */
export const openWritten = async (folder: string, open: OpenLevel, written: number): Promise<Level> => {
	const level = await open(folder, { createIfMissing: false });
	try {
		const found = await writesIn(level);
		// The last write may be there although it failed.
		if (found !== written && found !== written + 1)
			throw Object.assign(new Error('Another database stands there.'), { code: 'ENOENT' });
		await level.batch(room, { sync: true });
		return level;
	} catch (error) {
		await level.close().catch(() => undefined);
		throw error;
	}
};
