import { compareDatabase, entriesInDatabase, hasExactKeys } from './compareDatabase';
import { longBytes, renewJournal } from './compactJournal';
import { appendLine, type Database, databaseOf } from './database';
import { type DatabaseMeans, type FolderFiles, lockPath, meansOf } from './databaseFiles';
import type { DatabaseState, Opened } from './databaseState';
import { checkingKey, type DatabaseHead, headOf, room, unsureText } from './databaseFormat';
import { type Findings, isClean } from './findings';
import { readJournal, type ReadJournal } from './journal';
import type { JournalFile } from './journalFile';
import { applyTo, type JournalLine, lineText } from './journalLine';
import type { Level } from './level';
import { createReopening, type Watcher } from './reopening';

export interface DatabaseOptions {
	readonly folder: string;
	/** How keys are laid out in it, by name. */
	readonly format: string;
	/** The file of its journal. Outside of the folder it shows too when an older copy of that was brought back. */
	readonly journalPath: string;
	/** Whether what stands at a key is short enough to be kept in the journal too, from which it can be put back. */
	readonly keepsText: (key: string) => boolean;
	readonly watcher: Watcher;
	readonly means?: DatabaseMeans;
}

export interface OpenedDatabase {
	readonly database: Database;
	/** Undefined where all is as it was written last. Else `settled` is to be called once what was found is dealt with. */
	readonly findings?: Findings;
	/** Its journal was damaged, or gone, and was written anew: the database itself shows that it lacks nothing. */
	readonly renewedJournal: boolean;
	readonly settled: () => Promise<void>;
}

const placesOf = async (files: FolderFiles, folder: string): Promise<Pick<Opened, 'place' | 'lockPlace'>> => ({
	place: await files.placeOf(folder),
	lockPlace: await files.placeOf(lockPath(folder)),
});

const notThere = (): Error => Object.assign(new Error('Another database stands there.'), { code: 'ENOENT' });

/** What the database knows of writes that the journal's file lacks. */
const catchUp = async (state: DatabaseState, recent: ReadonlyMap<number, JournalLine>): Promise<void> => {
	for (let write = state.journaled + 1; write <= state.written; write++) {
		const line = recent.get(write);
		if (line === undefined) throw notThere();
		await appendLine(state, write, lineText(line));
	}
};

/** Goes on in the journal that was used before, or in one that was written anew meanwhile. */
const journalAgain = async (state: DatabaseState): Promise<JournalFile> => {
	const { means, journalPath, opened } = state;
	const place = await means.files.placeOf(journalPath);
	const journal = await means.files.openJournal(journalPath);
	try {
		if (place === opened.journal.place) {
			await journal.cutTo(opened.journal.bytes());
			return journal;
		}
		const { lastWrite, isWhole } = await readJournal(journal, new Map());
		if (!isWhole || lastWrite !== state.written) throw notThere();
		state.journaled = lastWrite;
		return journal;
	} catch (error) {
		await journal.close().catch(() => undefined);
		throw error;
	}
};

/**
 * Opens it once more. A write that failed may have been done: that is read here, before anybody goes on. Rejects where
 * another database stands in its place, and where nothing can be written.
 */
const reopen = async (state: DatabaseState): Promise<Opened> => {
	const { folder, means } = state;
	await means.files.stands(folder);
	const level = await means.open(folder, { createIfMissing: false });
	let journal: JournalFile | undefined;
	try {
		const head = await headOf(level, state.format);
		const next = state.written + 1;
		const done = head?.recent.get(next);
		if (head === undefined || head.written < state.written || head.written > next) throw notThere();
		if (head.written === next && done === undefined) throw notThere();
		await level.batch(room, { sync: true });
		journal = await journalAgain(state);
		state.opened = { level, journal, ...(await placesOf(means.files, folder)) };
		state.appended = Promise.resolve();
		if (done !== undefined && head.written === next) {
			applyTo(state.inventory, done.entries);
			state.written = next;
		}
		await catchUp(state, head.recent);
		return state.opened;
	} catch (error) {
		await journal?.close().catch(() => undefined);
		await level.close().catch(() => undefined);
		throw error;
	}
};

const shut = async (state: DatabaseState, { level, journal }: Opened): Promise<void> => {
	await state.appended.catch(() => undefined);
	await state.syncing;
	await level.close().catch(() => undefined);
	await journal.sync().catch(() => undefined);
	await journal.close().catch(() => undefined);
};

interface Looked {
	readonly head: DatabaseHead;
	readonly read: ReadJournal;
}

/** Whether the database itself shows that nothing of it is missing. */
const vouchesForItself = (
	{ head, read }: Looked,
	own: { readonly count: number; readonly sum: string },
	ownBroken: boolean,
): boolean => {
	const last =
		head.recent.get(head.written)?.total ?? (head.written === 0 ? { count: 0, sum: '0'.repeat(16) } : undefined);
	return !ownBroken && head.written >= read.lastInFile && last?.count === own.count && last.sum === own.sum;
};

const findingsOf = async (
	level: Level,
	journal: JournalFile,
	looked: Looked,
	keepsText: (key: string) => boolean,
): Promise<{ readonly findings: Findings; readonly inventory: ReadJournal['inventory'] }> => {
	const { head, read } = looked;
	const compared = await compareDatabase(level, read.inventory, journal, head.recent.values(), keepsText);
	const { own, broken, ...found } = compared;
	const isOlder = head.written < read.lastWrite && read.isWhole;
	if (read.isWhole) return { findings: { ...found, isSure: true, unnamed: 0, isOlder }, inventory: read.inventory };
	const nothing = { missing: [], changed: [], extra: [] };
	if (!head.wasUnsure && vouchesForItself(looked, own.total(), broken.length > 0))
		return { findings: { ...nothing, isSure: true, unnamed: 0, isOlder: false }, inventory: own };
	const missing = found.missing.filter(([key]) => own.checkOf(key) === undefined);
	const known = own.total().count + missing.length + broken.length;
	return {
		// What the journal does not name, or names otherwise, may have come after what it lost.
		findings: {
			missing,
			changed: broken,
			extra: [],
			isSure: false,
			unnamed: Math.max(0, (head.recent.get(head.written)?.total.count ?? 0) - known),
			isOlder: false,
		},
		inventory: own,
	};
};

/**
 * Opens a folder's database and holds it against its journal. Undefined: it holds something else, or entries of another
 * format. Rejects where the folder cannot be used, or its files are broken.
 */
export const openDatabase = async (options: DatabaseOptions): Promise<OpenedDatabase | undefined> => {
	const { folder, journalPath, keepsText, watcher } = options;
	const means = meansOf(options.means ?? {});
	const { files } = means;
	const level = await means.open(folder, { createIfMissing: true });
	let journal: JournalFile | undefined;
	try {
		const head = await headOf(level, options.format);
		if (head === undefined) {
			await level.close();
			return undefined;
		}
		journal = await files.openJournal(journalPath);
		const read = await readJournal(journal, head.recent);
		if (journal.bytes() !== read.goodBytes) await journal.cutTo(read.goodBytes);
		const isQuick = read.isWhole && !read.isDamaged && !head.wasChecking && head.written === read.lastWrite;
		const isSame = isQuick && (await hasExactKeys(level, read.inventory));
		const compared = isSame ? undefined : await findingsOf(level, journal, { head, read }, keepsText);
		const findings = compared !== undefined && !isClean(compared.findings) ? compared.findings : undefined;
		if (findings !== undefined) await level.put(checkingKey, findings.isSure ? '' : unsureText, { sync: true });
		const opened: Opened = { level, journal, ...(await placesOf(files, folder)) };
		const state: DatabaseState = {
			folder,
			format: options.format,
			journalPath,
			keepsText,
			means,
			inventory: compared?.inventory ?? read.inventory,
			opened,
			written: Math.max(head.written, read.lastWrite),
			journaled: read.lastInFile,
			synced: 0,
			syncing: undefined,
			appended: Promise.resolve(),
			lookedAtMs: Number.NEGATIVE_INFINITY,
			compactAt: longBytes,
			writing: undefined,
			writesBegun: 0,
			removing: new Set(),
		};
		const renews = compared !== undefined;
		if (read.isWhole && !read.isDamaged) await catchUp(state, head.recent);
		else state.journaled = state.written;
		await journal.sync();
		state.synced = state.journaled;
		const renew = async (): Promise<void> =>
			await renewJournal(state, entriesInDatabase(state.opened.level, state.inventory, keepsText));
		if (renews && findings === undefined) await renew();
		if (head.wasChecking && findings === undefined) await level.del(checkingKey, { sync: true });
		await files.closeToOthers(folder);
		const reopening = createReopening<Opened>(
			{
				open: async () => await reopen(state),
				shut: async (each) => await shut(state, each),
				watcher,
				now: means.now,
				sleep: means.sleep,
			},
			opened,
		);
		return {
			database: databaseOf(state, reopening),
			...(findings === undefined ? {} : { findings }),
			renewedJournal: findings === undefined && (read.isDamaged || !read.isWhole),
			settled: async () => {
				await renew();
				await state.opened.level.del(checkingKey, { sync: true });
			},
		};
	} catch (error) {
		await journal?.close().catch(() => undefined);
		await level.close().catch(() => undefined);
		throw error;
	}
};
