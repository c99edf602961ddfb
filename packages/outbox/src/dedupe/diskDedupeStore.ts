import { batchWrites } from '../store/batchWrites';
import { type Damage, damageSeen } from '../store/damage';
import type { Database } from '../store/database';
import { type DatabaseMeans, meansOf } from '../store/databaseFiles';
import type { Operation } from '../store/level';
import { openSafely } from '../store/openSafely';
import { createReopening, type Watcher } from '../store/reopening';
import { settleFindings } from '../store/settleFindings';
import { settleOpened } from '../store/settleOpened';
import type { DedupeState, DedupeStore } from '@icloud-ready/core';
import { createHash } from 'node:crypto';

/** Keys hold phones and emails; the file needs only to know them again. */
const keyOf = (key: string): string => `mark!${createHash('sha256').update(key).digest('base64url')}`;

/** Raise it when marks are laid out in another way. */
const recordFormat = 'record 1';

/** What is told of a record when it is opened. */
export interface RecordFindings {
	/** What was found damaged, now or before, and no person has seen yet. */
	readonly damage?: Damage;
	/** Where what stood there before was moved: it was damaged, or of another version. */
	readonly movedTo?: string;
	/** Its journal was damaged, or gone, and nothing else. */
	readonly renewedJournal?: boolean;
}

export interface RecordOptions extends DatabaseMeans {
	/**
	 * The folder of its journal, which knows what must be there. Elsewhere it shows too when an older copy was brought back.
	 * @default the record's own folder
	 */
	readonly journalFolder?: string | undefined;
	/**
	 * Milliseconds since 1970, which name what is moved aside.
	 * @default Date.now
	 */
	readonly nowMs?: () => number;
	readonly onOpened?: (found: RecordFindings) => void;
}

export interface DiskDedupeStore extends DedupeStore {
	/** A person has seen what was found damaged. */
	readonly damageSeen: () => Promise<void>;
}

interface Opened {
	readonly database: Database;
	readonly write: (operations: readonly Operation[]) => Promise<void>;
	readonly stateIn: (text: string) => DedupeState;
	readonly storedText: (state: DedupeState) => string;
}

const openRecord = async (folder: string, watcher: Watcher, options: RecordOptions): Promise<Opened> => {
	const { journalFolder, nowMs = Date.now, onOpened, ...means } = options;
	// Loaded here and not before, as what checks entries is.
	const { stateIn, storedText } = await import('./storedState');
	const opened = await openSafely({
		folder,
		format: recordFormat,
		journalFolder,
		keepsText: () => true,
		watcher,
		means,
		nowMs: nowMs(),
		// Nothing of another format was ever published.
		takeOver: async () => await Promise.resolve(),
	});
	const { database, movedTo, renewedJournal } = opened;
	const damage = await settleOpened(
		opened,
		async (findings) =>
			await settleFindings({
				database,
				findings,
				nowMs: nowMs(),
				// Something was known of it: nobody knows what.
				standIn: (key) => [{ type: 'put', key, value: storedText('sending') }],
			}),
	);
	onOpened?.({
		renewedJournal,
		...(damage === undefined ? {} : { damage }),
		...(movedTo === undefined ? {} : { movedTo }),
	});
	return { database, write: batchWrites(database.write), stateIn, storedText };
};

const nobody: Watcher = { away: () => undefined, back: () => undefined };

/**
 * What is known of keys, in a folder of its own, each on disk before its `put` resolves. It is opened when a key is asked
 * for; where that fails, since another process still holds the folder or its disk is full, the call rejects and the folder
 * is tried again, by whoever asks next and, with `sleep`, in time. `watcher` hears once that it cannot be used, and once
 * that it can. What is lost or damaged in it is put back from its journal.
 */
export const lastingDedupeStore = (folder: string, watcher = nobody, options: RecordOptions = {}): DiskDedupeStore => {
	const { now, sleep } = meansOf(options);
	const opening = createReopening<Opened>({
		open: async () => await openRecord(folder, watcher, options),
		shut: async ({ database }) => await database.close(),
		watcher,
		sleep,
		now,
	});
	/** Once it is open it comes back by itself. */
	const use = async <Result>(work: (opened: Opened) => Promise<Result>): Promise<Result> =>
		await opening.use(work, () => true);
	return {
		get: async (key) =>
			await use(async ({ database, stateIn }) => {
				const stored = await database.get(keyOf(key));
				return stored === undefined ? undefined : stateIn(stored.isWhole ? stored.text : '');
			}),
		put: async (key, state) =>
			await use(async ({ write, storedText }) => {
				await write([{ type: 'put', key: keyOf(key), value: storedText(state) }]);
			}),
		remove: async (key) =>
			await use(async ({ write }) => {
				await write([{ type: 'del', key: keyOf(key) }]);
			}),
		damageSeen: async () => await use(async ({ write }) => await write([damageSeen])),
		close: opening.close,
	};
};

/** The same, opened at once. Rejects where the folder cannot be opened now. */
export const openDiskDedupeStore = async (folder: string, options: RecordOptions = {}): Promise<DiskDedupeStore> => {
	const store = lastingDedupeStore(folder, nobody, options);
	try {
		await store.get('');
		return store;
	} catch (error) {
		await store.close();
		throw error;
	}
};
