import type { DatabaseState } from './databaseState';
import { baseText, entriesStillIn } from './journal';
import type { JournalEntry } from './journalLine';

/** A journal is written anew where it is longer than this, and several times as long as what it says. */
export const longBytes = 8 * 1024 * 1024;
const bytesOfEntry = 100;
const mostTimes = 4;

/** Writes the journal anew from these entries, which are all that must be there, and goes on in that file. */
export const renewJournal = async (state: DatabaseState, entries: AsyncIterable<JournalEntry>): Promise<void> => {
	const { inventory, opened, means, journalPath, written } = state;
	await state.appended;
	await state.syncing;
	const before = opened.journal;
	await means.files.replaceJournal(journalPath, baseText(entries, written, inventory.total()));
	opened.journal = await means.files.openJournal(journalPath);
	state.journaled = written;
	state.synced = written;
	await before.close().catch(() => undefined);
};

/** So that it does not grow for years. Where that fails now it is as good as before. */
export const compactWhereLong = async (state: DatabaseState): Promise<void> => {
	const { inventory, opened } = state;
	const bytes = opened.journal.bytes();
	if (bytes < state.compactAt || bytes < mostTimes * bytesOfEntry * inventory.total().count) return;
	state.compactAt = bytes + longBytes;
	inventory.forgetMet();
	try {
		await renewJournal(state, entriesStillIn(opened.journal, inventory));
		state.compactAt = longBytes;
	} catch {
		// The next write looks whether it is still where it was.
	} finally {
		inventory.forgetMet();
	}
};
