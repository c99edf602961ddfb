import { batchWrites } from './batchWrites';
import type { Entry, Shelf } from './entry';
import type { Change, EntryStore } from './entryStore';
import { keysAtOnce, openLevel, type Level, type Operation } from './level';
import { type Database, type DatabaseMeans, isCorruption, openDatabase } from './levelDatabase';
import { entryText, readEntry } from './readEntry';
import { damaged } from './recover';
import type { Watcher } from './reopening';
import { reasonOf } from './storeFault';
import { rename, stat } from 'node:fs/promises';

const keyOf = (shelf: Shelf | 'untold' | 'mark' | 'note', id: string): string => `${shelf}!${id}`;
/** Behind every key of a shelf: the character after "!". */
const endOf = (shelf: Shelf | 'untold' | 'note'): string => `${shelf}"`;
const idOf = (key: string): string => key.slice(key.indexOf('!') + 1);

/** `isIdOf`: whether this entry is the newest of its mark. */
const operationsOf = (change: Change, isIdOf: (mark: string, id: string) => boolean): readonly Operation[] => {
	switch (change.kind) {
		case 'put': {
			const { entry, shelf, from, unacked } = change;
			return [
				...(from === undefined || from === shelf ? [] : [{ type: 'del', key: keyOf(from, entry.id) } as const]),
				{ type: 'put', key: keyOf(shelf, entry.id), value: entryText(entry) },
				// An older one that moves once more stays the older one.
				...(entry.submissionKey === undefined || from !== undefined
					? []
					: [{ type: 'put', key: keyOf('mark', entry.submissionKey), value: entry.id } as const]),
				...(unacked === true ? [{ type: 'put', key: keyOf('untold', entry.id), value: '' } as const] : []),
			];
		}
		case 'acked':
			return [{ type: 'del', key: keyOf('untold', change.id) }];
		case 'note':
			return [
				change.value === null
					? { type: 'del', key: keyOf('note', change.name) }
					: { type: 'put', key: keyOf('note', change.name), value: change.value },
			];
		case 'remove':
			return [
				{ type: 'del', key: keyOf(change.from, change.id) },
				{ type: 'del', key: keyOf('untold', change.id) },
				...(change.submissionKey === undefined || !isIdOf(change.submissionKey, change.id)
					? []
					: [{ type: 'del', key: keyOf('mark', change.submissionKey) } as const]),
			];
	}
};

/** All changes as one write; writes come one after another, so what is read here is still so when it is written. */
const operationsFor = async (level: Level, changes: readonly Change[]): Promise<readonly Operation[]> => {
	const newest = new Map<string, string | undefined>();
	for (const change of changes)
		if (change.kind === 'remove' && change.submissionKey !== undefined)
			newest.set(change.submissionKey, await level.get(keyOf('mark', change.submissionKey)));
	return changes.flatMap((change) => {
		if (change.kind === 'put' && change.from === undefined && change.entry.submissionKey !== undefined)
			newest.set(change.entry.submissionKey, change.entry.id);
		return operationsOf(change, (mark, id) => newest.get(mark) === id);
	});
};

/** What can be read of one entry, if need be nothing but its id; whoever gets it sees by `unreadable` that there was more. */
const entryAt = async (level: Level, shelf: Shelf, id: string): Promise<Entry | undefined> => {
	try {
		const text = await level.get(keyOf(shelf, id));
		return text === undefined ? undefined : readEntry(id, text).entry;
	} catch (error) {
		if (!isCorruption(error)) throw error;
		return readEntry(id, undefined).entry;
	}
};

const storeOf = ({ read, write, isAway, close }: Database, watchers: Set<Watcher>): EntryStore => ({
	write: batchWrites(async (changes) => {
		await write(await read(async (level) => await operationsFor(level, changes)));
	}),
	get: async (shelf, id) => await read(async (level) => await entryAt(level, shelf, id)),
	list: async (shelf, { after, limit, newestFirst = false }) => {
		const from = newestFirst
			? { gt: keyOf(shelf, ''), lt: after === undefined ? endOf(shelf) : keyOf(shelf, after) }
			: { gt: keyOf(shelf, after ?? ''), lt: endOf(shelf) };
		const found = await read(async (level) => await level.iterator({ ...from, limit, reverse: newestFirst }).all());
		return found.map(([key, text]) => readEntry(idOf(key), text).entry);
	},
	// Page by page anew: what failed in the middle goes on behind the last key.
	ids: async function* (shelf) {
		for (let after = keyOf(shelf, ''); ; ) {
			const from = after;
			const keys = await read(
				async (level) => await level.keys({ gt: from, lt: endOf(shelf), limit: keysAtOnce }).all(),
			);
			if (keys.length > 0) yield keys.map(idOf);
			if (keys.length < keysAtOnce) return;
			after = keys.at(-1) ?? after;
		}
	},
	unacked: async () =>
		(await read(async (level) => await level.keys({ gt: keyOf('untold', ''), lt: endOf('untold') }).all())).map(idOf),
	notes: async () => {
		const found = await read(async (level) => await level.iterator({ gt: keyOf('note', ''), lt: endOf('note') }).all());
		return found.map(([key, value]) => [idOf(key), value] as const);
	},
	bySubmissionKey: async (mark) => await read(async (level) => await level.get(keyOf('mark', mark))),
	isAway,
	watch: (watcher) => {
		watchers.add(watcher);
	},
	close,
});

/** Another process holds it, or the system refuses it: nothing is wrong with what is in it, and it stays where it is. */
const isNotItsFault = (error: unknown): boolean => {
	const codes = [error, (error as { readonly cause?: unknown } | null)?.cause].map((each) =>
		String((each as { readonly code?: unknown } | null | undefined)?.code),
	);
	// A file that is not there is one that it lost itself, unless the system says so of the folder.
	return (
		!['other', 'notThere'].includes(reasonOf(error)) ||
		codes.some((code) => /^E[A-Z]+$/.test(code)) ||
		/Too many open files/i.test(
			String((error as { readonly cause?: { readonly message?: unknown } } | null)?.cause?.message),
		)
	);
};

const salvagedAtOnce = 500;

/** Puts what can still be read of a damaged store where a person sees it. How many leads those are. */
const salvage = async (folder: string, store: EntryStore): Promise<number> => {
	let saved = 0;
	let page: Change[] = [];
	const save = async (): Promise<void> => {
		await store.write(page);
		saved += page.length;
		page = [];
	};
	let level: Level | undefined;
	try {
		level = await openLevel(folder, { createIfMissing: false });
		for (const shelf of ['waiting', 'sending', 'unconfirmed'] as const) {
			for await (const [key, text] of level.iterator({ gt: keyOf(shelf, ''), lt: endOf(shelf) })) {
				page.push({ kind: 'put', entry: damaged(readEntry(idOf(key), text)), shelf: 'unconfirmed', unacked: true });
				if (page.length === salvagedAtOnce) await save();
			}
		}
	} catch {
		// The rest of it cannot be read.
	}
	await save();
	await level?.close();
	return saved;
};

export interface OpenedStore {
	readonly store: EntryStore;
	/** Where what stood there before was moved, since it could not be used as it is; it is never deleted. */
	readonly movedTo?: string;
	/** How many leads of it could be read: they are unconfirmed now, since nobody knows which of them were sent. */
	readonly salvaged?: number;
}

/**
 * Entries in a folder of their own, on disk before a write resolves. What is damaged there, or of another format, is
 * moved aside and a new store begun. Where its disk fails later it is tried on and on, so that it comes back by itself. Rejects where the folder cannot be used at all: held by another process, not
 * writable, no space.
 */
export const openDiskStore = async (folder: string, nowMs: number, means: DatabaseMeans = {}): Promise<OpenedStore> => {
	const watchers = new Set<Watcher>();
	const watcher: Watcher = {
		away: (error) => {
			for (const each of watchers) each.away(error);
		},
		back: () => {
			for (const each of watchers) each.back();
		},
	};
	const found = await openDatabase(folder, watcher, means).catch(async (error: unknown) => {
		const isThere = await stat(folder).then(
			() => true,
			() => false,
		);
		if (!isThere || isNotItsFault(error)) throw error;
		return undefined;
	});
	if (found !== undefined) return { store: storeOf(found, watchers) };
	const movedTo = `${folder}-damaged-${new Date(nowMs).toISOString().replace(/\D/g, '').slice(0, 14)}`;
	await rename(folder, movedTo);
	const fresh = await openDatabase(folder, watcher, means);
	if (fresh === undefined) throw new Error('A new outbox could not be begun.');
	const store = storeOf(fresh, watchers);
	return { store, movedTo, salvaged: await salvage(movedTo, store) };
};
