import { compareDatabase } from './compareDatabase';
import type { DatabaseHead } from './databaseFormat';
import type { Findings } from './findings';
import type { ReadJournal } from './journal';
import type { JournalFile } from './journalFile';
import type { Level } from './level';

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

/** What a database lacks, or has otherwise, than its journal says; where the journal is damaged, than it says of itself. */
export const findingsOf = async (
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
