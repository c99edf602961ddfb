import type { meansOf } from './databaseFiles';
import { formatOperation } from './databaseFormat';
import { builtFolder, finishSwap, markReady } from './swapFolder';
import { cp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The file of a journal in the folder of its database. */
export const journalName = 'journal';

/** What must be there, an empty database would not know any more. Rejects where it is there and cannot be copied. */
const takeJournal = async (folder: string, built: string): Promise<void> => {
	const path = join(folder, journalName);
	const isThere = await stat(path).then(
		() => true,
		() => false,
	);
	if (isThere) await cp(path, join(built, journalName));
};

/**
 * LevelDB's own repair, on a copy: it brings back what it can of tables whose list is damaged. Where even that cannot be
 * opened an empty one takes the place, with the journal, so that all that must be there is missing. Where the old one was
 * moved.
 */
export const repairFolder = async (
	folder: string,
	movedTo: string,
	{ open, repair }: Pick<ReturnType<typeof meansOf>, 'open' | 'repair'>,
	format: string,
	isEmpty = false,
): Promise<string> => {
	const built = builtFolder(folder);
	await rm(built, { recursive: true, force: true });
	if (isEmpty) await takeJournal(folder, built);
	else {
		await cp(folder, built, { recursive: true });
		await repair(built);
	}
	const level = await open(built, { createIfMissing: true });
	await level.batch([formatOperation(format)], { sync: true });
	await level.close();
	await markReady(folder, { movedTo });
	await finishSwap(folder);
	return movedTo;
};
