import { type JournalLine, readLine } from './journalLine';
import type { Level, Operation } from './level';

const formatKey = 'format';
const writtenKey = 'written';
const roomKey = 'room';
export const formatOperation = (format: string): Operation => ({ type: 'put', key: formatKey, value: format });

/** Leads need some kB each; a disk that has less than this for good is full. */
const roomBytes = 64 * 1024;
/** It is written to see whether anything can be. */
export const room: readonly Operation[] = [
	{ type: 'put', key: roomKey, value: 'x'.repeat(roomBytes) },
	{ type: 'del', key: roomKey },
];

/** Something that was written cannot be read any more. */
export const isCorruption = (error: unknown): boolean =>
	(error as { readonly code?: unknown } | null)?.code === 'LEVEL_CORRUPTION';

/** It is being held against its journal: where that was cut off, it begins anew. */
export const checkingKey = 'checking';

/**
 * So many writes stand in the database with what the journal says of them, until the journal's file is safe: nobody waits
 * for that, and a power cut may leave a journal that is shorter.
 */
export const recentWrites = 128;
const recentKey = (write: number): string => `recent!${String(write % recentWrites).padStart(3, '0')}`;
const recentRange = { gt: 'recent!', lt: 'recent"' } as const;

/** Whether a key stands for the database itself and not for what is kept in it. */
export const isOwnKey = (key: string): boolean =>
	key === formatKey || key === writtenKey || key === roomKey || key === checkingKey || key.startsWith('recent!');

/** What goes with each write, in the same batch. `text`: of its line. */
export const numbered = (write: number, text: string): readonly Operation[] => [
	{ type: 'put', key: recentKey(write), value: text },
	{ type: 'put', key: writtenKey, value: String(write) },
];

/** The last writes by their numbers, as far as they can be read. */
const recentIn = async (level: Level): Promise<ReadonlyMap<number, JournalLine>> => {
	const recent = new Map<number, JournalLine>();
	for (const [, text] of await level.iterator(recentRange).all()) {
		const line = readLine(text);
		if (line !== undefined) recent.set(line.write, line);
	}
	return recent;
};

/** What a database says of itself. */
export interface DatabaseHead {
	/** The number of its last write. */
	readonly written: number;
	readonly recent: ReadonlyMap<number, JournalLine>;
	/** It was being held against its journal when the program ended. */
	readonly wasChecking: boolean;
}

/** Undefined where it is of another format. An empty one becomes of this. */
export const headOf = async (level: Level, format: string): Promise<DatabaseHead | undefined> => {
	const found = await level.get(formatKey);
	const recent = await recentIn(level);
	// One of ours may have lost the key of its format.
	if (found !== format && (found !== undefined || recent.size === 0)) {
		if (found !== undefined || (await level.keys({ limit: 1 }).all()).length > 0) return undefined;
	}
	if (found === undefined) await level.put(formatKey, format, { sync: true });
	const written = Number(await level.get(writtenKey)) || 0;
	return {
		written: Math.max(written, ...recent.keys()),
		recent,
		wasChecking: (await level.get(checkingKey)) !== undefined,
	};
};
