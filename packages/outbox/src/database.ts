import { chmod, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Level, openLevel, type Operation, pagesOfKeys } from './level';
import { openSeal, type Seal } from './seal';

/** Raise it when entries are written in another shape; a store of another format is moved aside. */
const format = '1';
const formatKey = 'format';
const writtenKey = 'written';

/** A database that holds entries of this format and nothing was lost from, or undefined. It is closed again then. */
export interface Database {
	readonly level: Level;
	readonly write: (operations: readonly Operation[]) => Promise<void>;
	readonly close: () => Promise<void>;
}

/** Files of the database that come later are readable by others where their folder lets them in; the folder does not. */
const closeToOthers = async (folder: string): Promise<void> => {
	await chmod(folder, 0o700);
	for (const name of await readdir(folder)) await chmod(join(folder, name), 0o600).catch(() => undefined);
};
const closeToOthersEveryMs = 1000;
const sealAfterMs = 100;

/** Whether every key can be read: a file that was cut short shows only when it is. */
const isWhole = async (level: Level): Promise<boolean> => {
	try {
		for await (const keys of pagesOfKeys(level, {})) if (!keys.every((key) => typeof key === 'string')) return false;
		return true;
	} catch {
		return false;
	}
};

/** How many writes it holds; undefined where it is not ours. */
const writesIn = async (level: Level): Promise<number | undefined> => {
	const found = await level.get(formatKey);
	if (found === format) return Number(await level.get(writtenKey)) || 0;
	if (found !== undefined || (await level.keys({ limit: 1 }).all()).length > 0) return undefined;
	await level.put(formatKey, format, { sync: true });
	return 0;
};

const databaseOf = (folder: string, level: Level, seal: Seal, writes: number): Database => {
	let written = writes;
	let closedToOthersAtMs = 0;
	let isClosed = false;
	let sealing: NodeJS.Timeout | undefined;
	/** Several writes have one seal: until it is written it is too low, which it may be. */
	const sealSoon = (): void => {
		sealing ??= setTimeout(() => {
			sealing = undefined;
			seal.write(written).catch(() => undefined);
		}, sealAfterMs);
	};
	const put = async (operations: readonly Operation[]): Promise<void> => {
		await level.batch([...operations, { type: 'put', key: writtenKey, value: String(written + 1) }], { sync: true });
		written++;
		sealSoon();
	};
	return {
		level,
		write: async (operations) => {
			try {
				await put(operations);
			} catch (error) {
				if (isClosed) throw error;
				// After one failed write the database takes none until it is opened anew.
				await level.close();
				await level.open();
				await put(operations);
			}
			if (performance.now() < closedToOthersAtMs + closeToOthersEveryMs) return;
			closedToOthersAtMs = performance.now();
			await closeToOthers(folder);
		},
		close: async () => {
			isClosed = true;
			await level.close();
			clearTimeout(sealing);
			await seal.write(written).catch(() => undefined);
			await seal.close();
		},
	};
};

/**
 * Opens a folder's database. Undefined: it holds something else, entries of another format, or less than was written to
 * it. Rejects where the folder cannot be used, or its files are broken.
 */
export const openDatabase = async (folder: string): Promise<Database | undefined> => {
	const level = await openLevel(folder);
	let seal: Seal | undefined;
	try {
		seal = await openSeal(folder);
		const writes = await writesIn(level);
		if (writes !== undefined && writes >= await seal.read() && await isWhole(level)) {
			await closeToOthers(folder);
			return databaseOf(folder, level, seal, writes);
		}
	} catch (error) {
		await seal?.close();
		await level.close();
		throw error;
	}
	await seal.close();
	await level.close();
	return undefined;
};
