import { batchWrites } from './batchWrites';
import { type Damage, damageSeen } from './damage';
import type { Database } from './database';
import type { DatabaseMeans } from './databaseFiles';
import type { Entry, LeadPayload } from './entry';
import { keyOf, nameOf, operationsFor, rangeOf, shelfOf } from './entryKeys';
import type { Change, EntryStore } from './entryStore';
import { keysAtOnce } from './level';
import { openSafely, type Progress } from './openSafely';
import type { PayloadFormat } from './payloadFormat';
import type { ReadEntry } from './readEntry';
import type { Watcher } from './reopening';
import { salvage } from './salvage';
import { settleEntries } from './settleEntries';
import { settleOpened } from './settleOpened';
import { cachingWaiting } from './waitingCache';

/** A key whose text cannot be had leads nowhere, and nobody may take it for a new one. */
const unreadableKey = (): Error =>
	Object.assign(new Error('What is known of this key cannot be read.'), { code: 'LEVEL_CORRUPTION' });

/** Raise it when keys are laid out in another way; a store of another format is moved aside, and its leads saved from it. */
const storeFormat = '3';

interface Seen {
	damage: Damage | undefined;
}

const storeOf = <Payload extends LeadPayload>(
	database: Database,
	readEntry: ReadEntry<Payload>,
	watchers: Set<Watcher>,
	seen: Seen,
): EntryStore<Payload> => {
	const bySubmissionKey = async (submissionKey: string): Promise<string | undefined> => {
		const stored = await database.get(keyOf('submission', submissionKey));
		if (stored?.isWhole === false) throw unreadableKey();
		return stored?.text;
	};
	const get: EntryStore<Payload>['get'] = async (shelf, id) => {
		const stored = await database.get(keyOf(shelf, id));
		return stored === undefined ? undefined : readEntry(id, stored.text, stored.isWhole);
	};
	const write = batchWrites(database.write);
	const writeChanges = batchWrites<Change<Payload>>(async (changes) => {
		await write(await operationsFor(bySubmissionKey, changes));
	});
	return {
		...cachingWaiting({ get, write: writeChanges }),
		list: async (shelf, { after, limit, newestFirst = false }) => {
			const { gt, lt } = rangeOf(shelf, newestFirst ? '' : after);
			const range = newestFirst && after !== undefined ? { gt, lt: keyOf(shelf, after) } : { gt, lt };
			const found = await database.rows({ ...range, limit, reverse: newestFirst });
			return found.map(([key, { text, isWhole }]): Entry<Payload> => readEntry(nameOf(key), text, isWhole));
		},
		// Page by page anew: what failed in the middle goes on behind the last key.
		ids: async function* (shelf) {
			for (let after = ''; ; ) {
				const keys = await database.keys({ ...rangeOf(shelf, after), limit: keysAtOnce });
				const ids = keys.map(nameOf);
				if (ids.length > 0) yield ids;
				if (ids.length < keysAtOnce) return;
				after = ids.at(-1) as string;
			}
		},
		unacked: async () => (await database.keys(rangeOf('unacked'))).map(nameOf),
		notes: async () => {
			const found = await database.rows(rangeOf('note'));
			return found.flatMap(([key, stored]) => (stored.isWhole ? [[nameOf(key), stored.text] as const] : []));
		},
		bySubmissionKey,
		isAway: database.isAway,
		watch: (watcher) => {
			watchers.add(watcher);
		},
		damage: () => seen.damage,
		damageSeen: async () => {
			await write([damageSeen]);
			seen.damage = undefined;
		},
		close: database.close,
	};
};

export interface OpenedStore<Payload extends LeadPayload = LeadPayload> {
	readonly store: EntryStore<Payload>;
	/** Where what stood there before was moved, since it could not be used as it is; it is never deleted. */
	readonly movedTo?: string;
	/** How many leads of a store of another version could be read: they are unconfirmed now. */
	readonly salvaged?: number;
	/** What was found damaged at this opening, or before and nobody has seen it yet. */
	readonly damage?: Damage;
	/** Its journal was damaged, or gone, and nothing else. */
	readonly renewedJournal?: boolean;
}

export interface StoreOptions extends DatabaseMeans {
	/**
	 * The folder of its journal, which knows what must be there. Elsewhere it shows too when an older copy of the store was
	 * brought back.
	 * @default the store's own folder
	 */
	readonly journalFolder?: string | undefined;
	/** Told of a start that takes long, since something is damaged. */
	readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/**
 * Entries in a folder of their own, on disk before a write resolves. What is damaged there is mended as far as it can be, and
 * the leads of which something is lost are unconfirmed; what is of another format is moved aside, and its leads taken
 * over. Where its disk fails later it is tried on and on, so that it comes back by itself.
 * Rejects where the folder cannot be used at all: held by another process, not writable, no space. `nowMs`: milliseconds
 * since 1970, which name what is moved aside. `format`: how its payloads are read back.
 */
export const openDiskStore = async <Payload extends LeadPayload>(
	folder: string,
	nowMs: number,
	format: PayloadFormat<Payload>,
	options: StoreOptions = {},
): Promise<OpenedStore<Payload>> => {
	const { journalFolder, onProgress, ...means } = options;
	// What checks entries takes as long to load as the rest of a host's package, and many hosts keep none.
	const readEntry = (await import('./readEntry')).entryReader(format);
	const watchers = new Set<Watcher>();
	const watcher: Watcher = {
		away: (error) => {
			for (const each of watchers) each.away(error);
		},
		back: () => {
			for (const each of watchers) each.back();
		},
	};
	const seen: Seen = { damage: undefined };
	let salvaged: number | undefined;
	const opened = await openSafely({
		folder,
		format: storeFormat,
		journalFolder,
		keepsText: (key) => shelfOf(key) === undefined,
		watcher,
		means,
		nowMs,
		onProgress,
		takeOver: async (from, to) => {
			salvaged = await salvage(from, readEntry, storeOf(to, readEntry, new Set(), seen), nowMs);
		},
	});
	const { database, movedTo, renewedJournal } = opened;
	const tell = (done: number, of: number): void => onProgress?.({ stage: 'leads', done, of });
	seen.damage = await settleOpened(
		opened,
		async (findings) => await settleEntries({ database, findings, read: readEntry, nowMs, onProgress: tell }),
	);
	return {
		store: storeOf(database, readEntry, watchers, seen),
		renewedJournal,
		...(movedTo === undefined ? {} : { movedTo }),
		...(salvaged === undefined ? {} : { salvaged }),
		...(seen.damage === undefined ? {} : { damage: seen.damage }),
	};
};
