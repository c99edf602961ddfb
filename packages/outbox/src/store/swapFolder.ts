import { readPlan, type SwapPlan } from './swapPlan';
import { open, readdir, readFile, rename, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A folder is replaced by one that is built beside it. Until that is whole the old one stays where it is; from then on
 * whoever starts next finishes, wherever it was cut off.
 */
export const builtFolder = (folder: string): string => `${folder}-repair`;

const readyFile = (folder: string): string => join(folder, 'ready');

const exists = async (path: string): Promise<boolean> =>
	await stat(path).then(
		() => true,
		() => false,
	);

const planIn = async (folder: string): Promise<SwapPlan | undefined> => {
	try {
		return readPlan(await readFile(readyFile(folder), 'utf8'));
	} catch {
		return undefined;
	}
};

/** What was copied is not safe from a power cut by itself. */
const syncFiles = async (folder: string): Promise<void> => {
	for (const name of await readdir(folder)) {
		const file = await open(join(folder, name), 'r+').catch(() => undefined);
		await file?.datasync().finally(async () => await file.close());
	}
};

/** What is built is whole: it is safe on disk from here on that it takes the place. */
export const markReady = async (folder: string, given: SwapPlan): Promise<void> => {
	await syncFiles(builtFolder(folder));
	const file = await open(readyFile(builtFolder(folder)), 'w', 0o600);
	try {
		await file.write(JSON.stringify(given), 0);
		await file.datasync();
	} finally {
		await file.close();
	}
};

/** Finishes what was built, and throws away what was not built to its end. Where the old folder was moved, if it was. */
export const finishSwap = async (folder: string): Promise<string | undefined> => {
	const built = builtFolder(folder);
	if (await exists(built)) {
		const found = await planIn(built);
		if (found === undefined) {
			await rm(built, { recursive: true, force: true });
			return undefined;
		}
		if (found.with !== undefined && (await exists(found.with))) await rename(found.with, `${found.movedTo}.journal`);
		if (await exists(folder)) await rename(folder, found.movedTo);
		await rename(built, folder);
	}
	const done = await planIn(folder);
	if (done === undefined) return undefined;
	await unlink(readyFile(folder));
	return done.movedTo;
};
