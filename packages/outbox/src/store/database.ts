import { lockPath } from './databaseFiles';
import { isCorruption, numbered, recentWrites } from './databaseFormat';
import { readChecked } from './checksum';
import { compactWhereLong } from './compactJournal';
import type { DatabaseState, Opened } from './databaseState';
import { textIn } from './journal';
import { applyTo, type JournalLine, lineText, prepared, undoOf } from './journalLine';
import type { Level, Operation, Range } from './level';
import type { Reopening } from './reopening';

/** What stands at a key: what was written there last, or something else; `text` is undefined where its bytes cannot be had. */
export type Stored =
	| { readonly text: string; readonly isWhole: true }
	| { readonly text: string | undefined; readonly isWhole: false };

/**
 * A database of which a journal says what must be in it. It comes back by itself where its disk failed for a while.
 * Everything rejects where it cannot be used now.
 */
export interface Database {
	readonly get: (key: string) => Promise<Stored | undefined>;
	readonly rows: (range: Range) => Promise<readonly (readonly [key: string, stored: Stored])[]>;
	readonly keys: (range: Range) => Promise<readonly string[]>;
	/** All or nothing, on disk when it resolves. One write at a time. */
	readonly write: (operations: readonly Operation[]) => Promise<void>;
	readonly isAway: () => boolean;
	readonly close: () => Promise<void>;
}

/** A disk has time for it in between; until then the database holds those writes too. */
const syncEvery = 32;

const syncJournal = async (state: DatabaseState): Promise<void> => {
	const { journaled } = state;
	await state.opened.journal.sync();
	state.synced = Math.max(state.synced, journaled);
};

/** `text`: of the line. */
export const appendLine = async (state: DatabaseState, write: number, text: string): Promise<void> => {
	if (write - state.synced >= recentWrites - 1) {
		await state.syncing;
		if (write - state.synced >= recentWrites - 1) await syncJournal(state);
	}
	await state.opened.journal.append(`${text}\n`);
	state.journaled = write;
	if (state.journaled - state.synced < syncEvery || state.syncing !== undefined) return;
	// Whoever needs it safe tries again.
	state.syncing = syncJournal(state)
		.catch(() => undefined)
		.finally(() => {
			state.syncing = undefined;
		});
};

const notThere = (): Error => Object.assign(new Error('The folder is not where it was.'), { code: 'ENOENT' });

/** How often it is looked at everything, in ms: a call of the system costs as much as a lead. */
const lookEveryMs = 100;

/**
 * A database's files stay open when their folder is moved away or deleted, and the next start would not find them. Its lock
 * is one of them, so that no other file can be taken for it.
 */
const lookAround = async (state: DatabaseState, { place, lockPlace, journal }: Opened): Promise<void> => {
	const { folder, journalPath, means } = state;
	const { files, now } = means;
	const nowMs = now();
	if ((await files.placeOf(lockPath(folder))) !== lockPlace) throw notThere();
	if (nowMs - state.lookedAtMs < lookEveryMs) return;
	const [, folderPlace, journalPlace] = await Promise.all([
		files.stands(folder),
		files.placeOf(folder),
		files.placeOf(journalPath),
	]);
	if (folderPlace !== place || journalPlace !== journal.place) throw notThere();
	state.lookedAtMs = nowMs;
};

const nothing: ReadonlySet<string> = new Set();

const write = async (state: DatabaseState, opened: Opened, operations: readonly Operation[]): Promise<void> => {
	const { inventory, keepsText } = state;
	const { entries, stored } = prepared(operations, keepsText);
	// Its last line may still be under way, and fails here where it did.
	await state.appended;
	state.removing = new Set(operations.filter(({ type }) => type === 'del').map(({ key }) => key));
	const undo = undoOf(inventory, entries);
	applyTo(inventory, entries);
	const line: JournalLine = { kind: 'write', write: state.written + 1, total: inventory.total(), entries };
	const text = lineText(line);
	try {
		await opened.level.batch([...stored, ...numbered(line.write, text)], { sync: true });
	} catch (error) {
		// Whether it was done shows when the database is opened anew.
		applyTo(inventory, undo);
		throw error;
	} finally {
		state.removing = nothing;
	}
	state.written = line.write;
	// Nobody waits for it: until it is safe the database has it too.
	state.appended = appendLine(state, line.write, text);
	state.appended.catch(() => undefined);
	await lookAround(state, opened);
	await compactWhereLong(state);
};

const storedOf = ({ inventory }: DatabaseState, key: string, raw: string): Stored | undefined => {
	const expected = inventory.checkOf(key);
	const { text, check } = readChecked(raw);
	// What must not be there is what a write took away that was lost.
	return expected === undefined ? undefined : { text, isWhole: check === expected };
};

interface Look<Result> {
	readonly result: Result;
	/** The database and the inventory say the same of it. */
	readonly agrees: boolean;
}

/** Looks until they agree, or nothing was written meanwhile: only then they differ for good. */
const lookStill = async <Result>(state: DatabaseState, look: () => Promise<Look<Result>>): Promise<Result> => {
	for (;;) {
		const { writesBegun, writing } = state;
		const { result, agrees } = await look();
		if (agrees || (writing === undefined && state.writesBegun === writesBegun)) return result;
		await state.writing?.catch(() => undefined);
	}
};

const lookAt = async (state: DatabaseState, level: Level, key: string): Promise<Look<Stored | undefined>> => {
	// Most keys that are looked for are new, and a database takes longer to say so than to write.
	if (state.inventory.checkOf(key) === undefined && !state.removing.has(key))
		return { result: undefined, agrees: true };
	let raw: string | undefined;
	try {
		raw = await level.get(key);
	} catch (error) {
		if (!isCorruption(error)) throw error;
		return { result: { text: undefined, isWhole: false }, agrees: false };
	}
	if (raw !== undefined) {
		const result = storedOf(state, key, raw);
		return { result, agrees: result?.isWhole === true };
	}
	return state.inventory.checkOf(key) === undefined
		? { result: undefined, agrees: true }
		: { result: { text: undefined, isWhole: false }, agrees: false };
};

export const databaseOf = (state: DatabaseState, database: Reopening<Opened>): Database => {
	const get = async (key: string): Promise<Stored | undefined> => {
		const stored = await lookStill(
			state,
			async () => await database.use(async ({ level }) => await lookAt(state, level, key)),
		);
		const check = state.inventory.checkOf(key);
		if (stored?.isWhole !== false || check === undefined || !state.keepsText(key)) return stored;
		const text = await textIn(state.opened.journal, key, check).catch(() => undefined);
		return text === undefined ? stored : { text, isWhole: true };
	};
	return {
		get,
		rows: async (range) => {
			const rows = await database.use(async ({ level }) => await level.iterator(range).all(), isCorruption);
			const read: (readonly [string, Stored])[] = [];
			for (const [key, raw] of rows) {
				const now = storedOf(state, key, raw);
				const stored = now?.isWhole === true ? now : await get(key);
				if (stored !== undefined) read.push([key, stored]);
			}
			return read;
		},
		keys: async (range) => await database.use(async ({ level }) => await level.keys(range).all(), isCorruption),
		write: async (operations) => {
			state.writesBegun++;
			const writing = database.use(async (opened) => {
				await write(state, opened, operations);
			});
			state.writing = writing;
			try {
				await writing;
			} finally {
				state.writing = undefined;
			}
		},
		isAway: database.isAway,
		close: database.close,
	};
};
