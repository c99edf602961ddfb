import type { Mark, Marks } from '@icloud-ready/core';
import { createHash } from 'node:crypto';
import { openLevel } from './level';

/** Keys hold phones and emails; the file needs only to know them again. */
const digest = (key: string): string => createHash('sha256').update(key).digest('base64url');

const asMark = (value: string | undefined): Mark | undefined => (value === 'sending' || value === 'created' ? value : undefined);

/** Marks in a folder of their own, each on disk before its `put` resolves. Rejects where the folder cannot be opened. */
export const openDiskMarks = async (folder: string): Promise<Marks> => {
	const level = await openLevel(folder);
	return {
		get: async (key) => asMark(await level.get(digest(key))),
		put: async (key, mark) => { await level.put(digest(key), mark, { sync: true }); },
		remove: async (key) => { await level.del(digest(key), { sync: true }); },
		close: async () => { await level.close(); },
	};
};
