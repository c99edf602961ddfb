import { entriesInDatabase, hasExactKeys } from './compareDatabase';
import { longBytes, renewJournal } from './compactJournal';
import { type Database, databaseOf } from './database';
import { type DatabaseMeans, meansOf } from './databaseFiles';
import { findingsOf } from './databaseFindings';
import { checkingKey, headOf, unsureText } from './databaseFormat';
import type { DatabaseState, Opened } from './databaseState';
import { type Findings, isClean } from './findings';
import { readJournal } from './journal';
import type { JournalFile } from './journalFile';
import { catchUp, placesOf, reopen, shut } from './reopenDatabase';
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
	readonly means: DatabaseMeans;
}

export interface OpenedDatabase {
	readonly database: Database;
	/** Undefined where all is as it was written last. Else `settled` is to be called once what was found is dealt with. */
	readonly findings?: Findings;
	/** Its journal was damaged, or gone, and was written anew: the database itself shows that it lacks nothing. */
	readonly renewedJournal: boolean;
	readonly settled: () => Promise<void>;
}

/**
 * Opens a folder's database and holds it against its journal. Undefined: it holds something else, or entries of another
 * format. Rejects where the folder cannot be used, or its files are broken.
 */
export const openDatabase = async (options: DatabaseOptions): Promise<OpenedDatabase | undefined> => {
	const { folder, journalPath, keepsText, watcher } = options;
	const means = meansOf(options.means);
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
		const read = await readJournal(journal, head.recent, head.written);
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
