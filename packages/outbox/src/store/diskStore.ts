import { batchWrites } from './batchWrites';
import type { Entry, LeadPayload, Shelf } from './entry';
import type { DatabaseMeans } from './databaseFiles';
import { isCorruption } from './databaseFormat';
import { keyOf, nameOf, operationsFor, rangeOf } from './entryKeys';
import type { EntryStore } from './entryStore';
import { keysAtOnce, type Level } from './level';
import { type Database, openDatabase } from './levelDatabase';
import type { PayloadFormat } from './payloadFormat';
import type { ReadEntry } from './readEntry';
import type { Watcher } from './reopening';
import { salvage } from './salvage';
import { isNotItsFault } from './storeFault';
import { rename, stat } from 'node:fs/promises';

/** What can be read of one entry, if need be nothing but its id; whoever gets it sees by `unreadable` that there was more. */
const entryAt = async <Payload extends LeadPayload>(
	level: Level,
	read: ReadEntry<Payload>,
	shelf: Shelf,
	id: string,
): Promise<Entry<Payload> | undefined> => {
	try {
		const text = await level.get(keyOf(shelf, id));
		return text === undefined ? undefined : read(id, text);
	} catch (error) {
		if (!isCorruption(error)) throw error;
		return read(id, undefined);
	}
};

const storeOf = <Payload extends LeadPayload>(
	{ read, write, isAway, close }: Database,
	readEntry: ReadEntry<Payload>,
	watchers: Set<Watcher>,
): EntryStore<Payload> => ({
	write: batchWrites(async (changes) => {
		await write(await read(async (level) => await operationsFor(level, changes)));
	}),
	get: async (shelf, id) => await read(async (level) => await entryAt(level, readEntry, shelf, id)),
	list: async (shelf, { after, limit, newestFirst = false }) => {
		const { gt, lt } = rangeOf(shelf, newestFirst ? '' : after);
		const range = newestFirst && after !== undefined ? { gt, lt: keyOf(shelf, after) } : { gt, lt };
		const found = await read(async (level) => await level.iterator({ ...range, limit, reverse: newestFirst }).all());
		return found.map(([key, text]) => readEntry(nameOf(key), text));
	},
	// Page by page anew: what failed in the middle goes on behind the last key.
	ids: async function* (shelf) {
		for (let after = ''; ; ) {
			const range = rangeOf(shelf, after);
			const keys = await read(async (level) => await level.keys({ ...range, limit: keysAtOnce }).all());
			const ids = keys.map(nameOf);
			if (ids.length > 0) yield ids;
			if (ids.length < keysAtOnce) return;
			after = ids.at(-1) ?? after;
		}
	},
	unacked: async () => (await read(async (level) => await level.keys(rangeOf('unacked')).all())).map(nameOf),
	notes: async () => {
		const found = await read(async (level) => await level.iterator(rangeOf('note')).all());
		return found.map(([key, value]) => [nameOf(key), value] as const);
	},
	bySubmissionKey: async (submissionKey) =>
		await read(async (level) => await level.get(keyOf('submission', submissionKey))),
	isAway,
	watch: (watcher) => {
		watchers.add(watcher);
	},
	close,
});

export interface OpenedStore<Payload extends LeadPayload = LeadPayload> {
	readonly store: EntryStore<Payload>;
	/** Where what stood there before was moved, since it could not be used as it is; it is never deleted. */
	readonly movedTo?: string;
	/** How many leads of it could be read: they are unconfirmed now, since nobody knows which of them were sent. */
	readonly salvaged?: number;
}

/** A folder's database; undefined where its files are broken or hold something else. */
const openWhole = async (folder: string, watcher: Watcher, means: DatabaseMeans): Promise<Database | undefined> =>
	await openDatabase(folder, watcher, means).catch(async (error: unknown) => {
		const isThere = await stat(folder).then(
			() => true,
			() => false,
		);
		if (!isThere || isNotItsFault(error)) throw error;
		return undefined;
	});

/**
 * Entries in a folder of their own, on disk before a write resolves. What is damaged there, or of another format, is
 * moved aside and a new store begun. Where its disk fails later it is tried on and on, so that it comes back by itself.
 * Rejects where the folder cannot be used at all: held by another process, not writable, no space. `nowMs`: milliseconds
 * since 1970, which name what is moved aside. `format`: how its payloads are read back.
 */
export const openDiskStore = async <Payload extends LeadPayload>(
	folder: string,
	nowMs: number,
	format: PayloadFormat<Payload>,
	means: DatabaseMeans = {},
): Promise<OpenedStore<Payload>> => {
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
	const found = await openWhole(folder, watcher, means);
	if (found !== undefined) return { store: storeOf(found, readEntry, watchers) };
	const movedTo = `${folder}-damaged-${new Date(nowMs).toISOString().replace(/\D/g, '').slice(0, 14)}`;
	await rename(folder, movedTo);
	const fresh = await openDatabase(folder, watcher, means);
	if (fresh === undefined) throw new Error('A new outbox could not be begun.');
	const store = storeOf(fresh, readEntry, watchers);
	return { store, movedTo, salvaged: await salvage(movedTo, readEntry, store) };
};
