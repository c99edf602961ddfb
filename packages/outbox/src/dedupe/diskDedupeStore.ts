import { type Level, openLevel } from '../store/level';
import { type DatabaseMeans, diskFiles, isCorruption, lookEveryMs, room } from '../store/levelDatabase';
import { createReopening, type Watcher } from '../store/reopening';
import type { DedupeState, DedupeStore } from '@icloud-ready/core';
import { createHash } from 'node:crypto';

/** Keys hold phones and emails; the file needs only to know them again. */
const digest = (key: string): string => createHash('sha256').update(key).digest('base64url');

const asMark = (value: string | undefined): DedupeState | undefined =>
	value === 'sending' || value === 'created' ? value : undefined;

interface Opened {
	readonly level: Level;
	readonly place: number;
}

const nobody: Watcher = { away: () => undefined, back: () => undefined };

/**
 * Marks in a folder of their own, each on disk before its `put` resolves. It is opened when a mark is asked for; where that
 * fails, since another process still holds the folder or its disk is full, the call rejects and the folder is tried again,
 * by whoever asks next and, with `sleep`, in time. `watcher` hears once that it cannot be used, and once that it can.
 */
export const lastingDiskMarks = (
	folder: string,
	watcher = nobody,
	{ open = openLevel, files = diskFiles, sleep, now = () => performance.now() }: DatabaseMeans = {},
): DedupeStore => {
	let wasOpen = false;
	let lookAtMs = Number.NEGATIVE_INFINITY;
	const database = createReopening<Opened>({
		open: async () => {
			// One that was there before and was moved away is not begun anew.
			if (wasOpen) await files.stands(folder);
			const level = await open(folder, { createIfMissing: !wasOpen });
			try {
				if (wasOpen) await level.batch(room, { sync: true });
				wasOpen = true;
				return { level, place: await files.placeOf(folder) };
			} catch (error) {
				await level.close().catch(() => undefined);
				throw error;
			}
		},
		shut: async ({ level }) => {
			await level.close();
		},
		watcher,
		sleep,
		now,
	});
	const write = async (work: (level: Level) => Promise<void>): Promise<void> => {
		await database.use(async ({ level, place }) => {
			if (now() >= lookAtMs) {
				if ((await files.placeOf(folder)) !== place)
					throw Object.assign(new Error('The folder is not where it was.'), { code: 'ENOENT' });
				lookAtMs = now() + lookEveryMs;
			}
			await work(level);
		});
	};
	return {
		get: async (key) => asMark(await database.use(async ({ level }) => await level.get(digest(key)), isCorruption)),
		put: async (key, mark) => {
			await write(async (level) => {
				await level.put(digest(key), mark, { sync: true });
			});
		},
		remove: async (key) => {
			await write(async (level) => {
				await level.del(digest(key), { sync: true });
			});
		},
		close: database.close,
	};
};

/** The same, opened at once. Rejects where the folder cannot be opened now. */
export const openDiskDedupeStore = async (folder: string): Promise<DedupeStore> => {
	const marks = lastingDiskMarks(folder);
	try {
		await marks.get('');
		return marks;
	} catch (error) {
		await marks.close();
		throw error;
	}
};
