import { appendLine } from './database';
import { type FolderFiles, lockPath } from './databaseFiles';
import { headOf, room } from './databaseFormat';
import type { DatabaseState, Opened } from './databaseState';
import { readJournal } from './journal';
import type { JournalFile } from './journalFile';
import { applyTo, type JournalLine, lineText } from './journalLine';

export const placesOf = async (files: FolderFiles, folder: string): Promise<Pick<Opened, 'place' | 'lockPlace'>> => ({
	place: await files.placeOf(folder),
	lockPlace: await files.placeOf(lockPath(folder)),
});

const notThere = (): Error => Object.assign(new Error('Another database stands there.'), { code: 'ENOENT' });

/** What the database knows of writes that the journal's file lacks. */
export const catchUp = async (state: DatabaseState, recent: ReadonlyMap<number, JournalLine>): Promise<void> => {
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
export const reopen = async (state: DatabaseState): Promise<Opened> => {
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

/** Waits for what is being written, and closes both. Never rejects. */
export const shut = async (state: DatabaseState, { level, journal }: Opened): Promise<void> => {
	await state.appended.catch(() => undefined);
	await state.syncing;
	await level.close().catch(() => undefined);
	await journal.sync().catch(() => undefined);
	await journal.close().catch(() => undefined);
};
