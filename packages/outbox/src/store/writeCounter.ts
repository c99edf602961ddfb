import { open } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The number of the last write, in a file beside the database. A database whose files were cut short opens as if its last
 * writes had never been: what the counter knows and the database does not is how that shows.
 */
export interface WriteCounter {
	/** 0 where nothing was written yet. */
	readonly read: () => Promise<number>;
	/** To be called after the write itself is safe: so a power cut can leave a count that is too low, never one too high. */
	readonly write: (count: number) => Promise<void>;
	readonly close: () => Promise<void>;
}

/** The largest safe integer has as many. */
const digits = 16;
/** LevelDB leaves files alone whose names it does not know. */
const fileName = 'write-counter';

export const openWriteCounter = async (folder: string): Promise<WriteCounter> => {
	const path = join(folder, fileName);
	const file = await open(path, 'a+', 0o600).then(async (made) => {
		await made.close();
		return await open(path, 'r+');
	});
	return {
		read: async () =>
			Number(String((await file.read(Buffer.alloc(digits), 0, digits, 0)).buffer).replaceAll('\0', '')) || 0,
		write: async (count) => {
			await file.write(String(count).padStart(digits, '0'), 0);
		},
		close: async () => {
			await file.close();
		},
	};
};
