import { createPlaceCheck, type DatabaseMeans, meansOf, type PlaceCheck } from '../store/databaseFiles';
import { isCorruption, room } from '../store/databaseFormat';
import type { Level } from '../store/level';
import { schemaVersion } from '../store/entryText';
import { createReopening, type Reopening, type Watcher } from '../store/reopening';
import type { DedupeState, DedupeStore } from '@icloud-ready/core';
import { createHash } from 'node:crypto';

/** Keys hold phones and emails; the file needs only to know them again. */
const digest = (key: string): string => createHash('sha256').update(key).digest('base64url');

const storedText = (state: DedupeState): string => JSON.stringify({ schemaVersion, state });

interface Opened {
	readonly level: Level;
	readonly stateIn: (text: string) => DedupeState;
	/** Which folder it is, whatever its name. */
	readonly place: number;
}

const openFolder = async (
	folder: string,
	{ files, open }: ReturnType<typeof meansOf>,
	wasOpen: boolean,
): Promise<Opened> => {
	// One that was there before and was moved away is not begun anew.
	if (wasOpen) await files.stands(folder);
	// Loaded here and not before, as what checks entries is.
	const { stateIn } = await import('./storedState');
	const level = await open(folder, { createIfMissing: !wasOpen });
	try {
		if (wasOpen) await level.batch(room, { sync: true });
		return { level, stateIn, place: await files.placeOf(folder) };
	} catch (error) {
		await level.close().catch(() => undefined);
		throw error;
	}
};

const write = async (
	database: Reopening<Opened>,
	placeCheck: PlaceCheck,
	work: (level: Level) => Promise<void>,
): Promise<void> => {
	await database.use(async ({ level, place }) => {
		if (placeCheck.isDue()) {
			await placeCheck.look(place);
			placeCheck.looked();
		}
		await work(level);
	});
};

const nobody: Watcher = { away: () => undefined, back: () => undefined };

/**
 * What is known of keys, in a folder of its own, each on disk before its `put` resolves. It is opened when a key is asked
 * for; where that fails, since another process still holds the folder or its disk is full, the call rejects and the folder
 * is tried again, by whoever asks next and, with `sleep`, in time. `watcher` hears once that it cannot be used, and once
 * that it can.
 */
export const lastingDedupeStore = (folder: string, watcher = nobody, given: DatabaseMeans = {}): DedupeStore => {
	const means = meansOf(given);
	const placeCheck = createPlaceCheck(folder, means.files, means.now);
	let wasOpen = false;
	const database = createReopening<Opened>({
		open: async () => {
			const opened = await openFolder(folder, means, wasOpen);
			wasOpen = true;
			return opened;
		},
		shut: async ({ level }) => await level.close(),
		watcher,
		sleep: means.sleep,
		now: means.now,
	});
	return {
		get: async (key) =>
			await database.use(async ({ level, stateIn }) => {
				const text = await level.get(digest(key));
				return text === undefined ? undefined : stateIn(text);
			}, isCorruption),
		put: async (key, state) =>
			await write(database, placeCheck, async (level) => {
				await level.put(digest(key), storedText(state), { sync: true });
			}),
		remove: async (key) =>
			await write(database, placeCheck, async (level) => {
				await level.del(digest(key), { sync: true });
			}),
		close: database.close,
	};
};

/** The same, opened at once. Rejects where the folder cannot be opened now. */
export const openDiskDedupeStore = async (folder: string): Promise<DedupeStore> => {
	const store = lastingDedupeStore(folder);
	try {
		await store.get('');
		return store;
	} catch (error) {
		await store.close();
		throw error;
	}
};
