import type { meansOf } from './databaseFiles';
import { formatOperation } from './databaseFormat';
import { builtFolder, finishSwap, markReady } from './swapFolder';
import { cp, rm } from 'node:fs/promises';

/**
 * LevelDB's own repair, on a copy: it brings back what it can of tables whose list is damaged. Where even that cannot be
 * opened an empty one takes the place, and all that must be there is missing. Where the old one was moved.
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
	if (!isEmpty) {
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
