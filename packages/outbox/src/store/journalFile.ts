import { mkdir, open, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A file of lines of ASCII that only grows. */
export interface JournalFile {
	/** Which file it is, whatever its name. */
	readonly place: number;
	/** Everything in it, in pieces of any size. */
	readonly pieces: () => AsyncIterable<string>;
	/** Cuts what stands behind so many bytes, and goes on there. */
	readonly cutTo: (bytes: number) => Promise<void>;
	/** How long it is, in bytes. */
	readonly bytes: () => number;
	/** Not safe from a power cut before `sync`. Where it fails, the next begins at the same place. */
	readonly append: (text: string) => Promise<void>;
	readonly sync: () => Promise<void>;
	readonly close: () => Promise<void>;
}

const pieceBytes = 1024 * 1024;

/** Opens it, with its folder, where it is there; begins it where it is not. */
export const openJournalFile = async (path: string): Promise<JournalFile> => {
	await mkdir(dirname(path), { recursive: true, mode: 0o700 });
	const file = await open(path, 'a+', 0o600).then(async (made) => {
		await made.close();
		return await open(path, 'r+');
	});
	const { ino, size } = await stat(path);
	let end = size;
	return {
		place: ino,
		pieces: async function* () {
			const buffer = Buffer.alloc(pieceBytes);
			for (let at = 0; ; ) {
				const { bytesRead } = await file.read(buffer, 0, pieceBytes, at);
				if (bytesRead === 0) return;
				at += bytesRead;
				yield buffer.toString('latin1', 0, bytesRead);
			}
		},
		cutTo: async (bytes) => {
			await file.truncate(bytes);
			end = bytes;
		},
		bytes: () => end,
		append: async (text) => {
			const { bytesWritten } = await file.write(text, end, 'latin1');
			if (bytesWritten !== text.length) throw Object.assign(new Error('No space left on device'), { code: 'ENOSPC' });
			end += text.length;
		},
		sync: async () => await file.datasync(),
		close: async () => await file.close(),
	};
};

/** Writes a journal anew: the one that was there is there until the new one is whole and safe. */
export const replaceJournalFile = async (path: string, lines: AsyncIterable<string>): Promise<void> => {
	await mkdir(dirname(path), { recursive: true, mode: 0o700 });
	const file = await open(`${path}.new`, 'w', 0o600);
	try {
		let at = 0;
		for await (const text of lines) {
			await file.write(text, at, 'latin1');
			at += text.length;
		}
		await file.sync();
	} finally {
		await file.close();
	}
	await rename(`${path}.new`, path);
};
