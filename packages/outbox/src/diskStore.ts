import type { Outcome } from '@icloud-ready/core';
import { rename, stat } from 'node:fs/promises';
import { type Database, openDatabase } from './database';
import type { Entry, Shelf } from './entry';
import type { Change, EntryStore } from './entryStore';
import { openLevel, type Level, type Operation, pagesOfKeys } from './level';
import { damaged } from './recover';
import { writeTogether } from './together';

const keyOf = (shelf: Shelf | 'untold' | 'mark' | 'note', id: string): string => `${shelf}!${id}`;
/** Behind every key of a shelf: the character after "!". */
const endOf = (shelf: Shelf | 'untold' | 'note'): string => `${shelf}"`;
const idOf = (key: string): string => key.slice(key.indexOf('!') + 1);

/** An ended lead is its outcome's lead as well, and is written once. */
const textOf = (entry: Entry): string =>
	JSON.stringify(entry.outcome === null || entry.outcome.lead !== entry.lead ? entry : { ...entry, outcome: { ...entry.outcome, lead: undefined } });
const entryOf = (text: string): Entry => {
	const entry = JSON.parse(text) as Entry;
	const { outcome, lead } = entry;
	return outcome === null || 'lead' in outcome ? entry : { ...entry, outcome: { ...(outcome as Outcome), lead } };
};

/** `isIdOf`: whether this entry is the newest of its mark. */
const operationsOf = (change: Change, isIdOf: (mark: string, id: string) => boolean): readonly Operation[] => {
	switch (change.kind) {
		case 'put': {
			const { entry, shelf, from, untold } = change;
			return [
				...(from === undefined || from === shelf ? [] : [{ type: 'del', key: keyOf(from, entry.id) } as const]),
				{ type: 'put', key: keyOf(shelf, entry.id), value: textOf(entry) },
				// An older one that moves once more stays the older one.
				...(entry.mark === undefined || from !== undefined ? [] : [{ type: 'put', key: keyOf('mark', entry.mark), value: entry.id } as const]),
				...(untold === true ? [{ type: 'put', key: keyOf('untold', entry.id), value: '' } as const] : []),
			];
		}
		case 'told':
			return [{ type: 'del', key: keyOf('untold', change.id) }];
		case 'note':
			return [change.value === null ? { type: 'del', key: keyOf('note', change.name) } : { type: 'put', key: keyOf('note', change.name), value: change.value }];
		case 'remove':
			return [
				{ type: 'del', key: keyOf(change.from, change.id) },
				{ type: 'del', key: keyOf('untold', change.id) },
				...(change.mark === undefined || !isIdOf(change.mark, change.id) ? [] : [{ type: 'del', key: keyOf('mark', change.mark) } as const]),
			];
	}
};

/** All changes as one write; writes come one after another, so what is read here is still so when it is written. */
const operationsFor = async (level: Level, changes: readonly Change[]): Promise<readonly Operation[]> => {
	const newest = new Map<string, string | undefined>();
	for (const change of changes) if (change.kind === 'remove' && change.mark !== undefined) newest.set(change.mark, await level.get(keyOf('mark', change.mark)));
	return changes.flatMap((change) => {
		if (change.kind === 'put' && change.from === undefined && change.entry.mark !== undefined) newest.set(change.entry.mark, change.entry.id);
		return operationsOf(change, (mark, id) => newest.get(mark) === id);
	});
};

const storeOf = ({ level, write, close }: Database): EntryStore => ({
	write: writeTogether(async (changes) => { await write(await operationsFor(level, changes)); }),
	get: async (shelf, id) => {
		const text = await level.get(keyOf(shelf, id));
		return text === undefined ? undefined : entryOf(text);
	},
	list: async (shelf, { after, limit, newestFirst = false }) => {
		const from = newestFirst ? { gt: keyOf(shelf, ''), lt: after === undefined ? endOf(shelf) : keyOf(shelf, after) } : { gt: keyOf(shelf, after ?? ''), lt: endOf(shelf) };
		return (await level.values({ ...from, limit, reverse: newestFirst }).all()).map(entryOf);
	},
	ids: async function* (shelf) {
		for await (const keys of pagesOfKeys(level, { gt: keyOf(shelf, ''), lt: endOf(shelf) })) yield keys.map(idOf);
	},
	untold: async () => (await level.keys({ gt: keyOf('untold', ''), lt: endOf('untold') }).all()).map(idOf),
	notes: async () => {
		const range = { gt: keyOf('note', ''), lt: endOf('note') };
		const [keys, values] = [await level.keys(range).all(), await level.values(range).all()];
		return keys.map((key, index) => [idOf(key), values[index] ?? ''] as const);
	},
	marked: async (mark) => await level.get(keyOf('mark', mark)),
	close,
});

const causeOf = (error: unknown): { readonly code?: unknown } => ((error as { readonly cause?: unknown } | undefined)?.cause ?? {}) as { readonly code?: unknown };

/** Another process holds it, or the system refuses it: nothing is wrong with what is in it, and it stays where it is. */
const isNotItsFault = (error: unknown): boolean => {
	const code = String(causeOf(error).code ?? (error as { readonly code?: unknown }).code);
	const text = String((causeOf(error) as { readonly message?: unknown }).message ?? '');
	return code === 'LEVEL_LOCKED' || /^E[A-Z]+$/.test(code) || /No space left|Read-only|Permission denied|Too many open files/i.test(text);
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
			for await (const text of level.values({ gt: keyOf(shelf, ''), lt: endOf(shelf) })) {
				const entry = damaged(text);
				if (entry !== undefined) page.push({ kind: 'put', entry, shelf: 'unconfirmed', untold: true });
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
 * moved aside and a new store begun. Rejects where the folder cannot be used at all: held by another process, not
 * writable, no space.
 */
export const openDiskStore = async (folder: string, nowMs: number): Promise<OpenedStore> => {
	const found = await openDatabase(folder).catch(async (error: unknown) => {
		const isThere = await stat(folder).then(() => true, () => false);
		if (!isThere || isNotItsFault(error)) throw error;
		return undefined;
	});
	if (found !== undefined) return { store: storeOf(found) };
	const movedTo = `${folder}-damaged-${new Date(nowMs).toISOString().replace(/\D/g, '').slice(0, 14)}`;
	await rename(folder, movedTo);
	const fresh = await openDatabase(folder);
	if (fresh === undefined) throw new Error('A new outbox could not be begun.');
	const store = storeOf(fresh);
	return { store, movedTo, salvaged: await salvage(movedTo, store) };
};
