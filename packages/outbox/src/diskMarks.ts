import type { Mark, Marks } from '@icloud-ready/core';
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';

/** Keys hold phones and emails; the file needs only to know them again. */
const digest = (key: string): string => createHash('sha256').update(key).digest('base64url');

/** The part of classic-level that is used. */
interface Level {
	readonly open: () => Promise<void>;
	readonly get: (key: string) => Promise<string | undefined>;
	readonly put: (key: string, value: string, options: { readonly sync: boolean }) => Promise<void>;
	readonly del: (key: string, options: { readonly sync: boolean }) => Promise<void>;
	readonly close: () => Promise<void>;
}

const asMark = (value: string | undefined): Mark | undefined => (value === 'sending' || value === 'created' ? value : undefined);

/**
 * Marks in a folder of their own, each on disk before its `put` resolves. One process at a time can hold the folder.
 * Rejects where the folder cannot be opened. The database brings native code, so it is loaded here and not before: where
 * it does not run, everything else still does.
 */
export const openDiskMarks = async (folder: string): Promise<Marks> => {
	const { ClassicLevel } = (await import('classic-level')) as unknown as { readonly ClassicLevel: new (folder: string) => Level };
	await mkdir(folder, { recursive: true, mode: 0o700 });
	const level = new ClassicLevel(folder);
	await level.open();
	return {
		get: async (key) => asMark(await level.get(digest(key))),
		put: async (key, mark) => { await level.put(digest(key), mark, { sync: true }); },
		remove: async (key) => { await level.del(digest(key), { sync: true }); },
		close: async () => { await level.close(); },
	};
};
