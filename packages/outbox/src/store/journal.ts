import { createInventory, type Inventory, type Total } from './inventory';
import type { JournalFile } from './journalFile';
import { applyTo, type JournalEntry, type JournalLine, lineText, readLine } from './journalLine';

/** The lines of a journal; undefined for one that is not as it was written. `endsAt`: in bytes. */
async function* linesIn(
	pieces: AsyncIterable<string>,
): AsyncGenerator<{ readonly line: JournalLine | undefined; readonly endsAt: number }> {
	let [rest, endsAt] = ['', 0];
	for await (const piece of pieces) {
		const texts = (rest + piece).split('\n');
		rest = texts.pop() as string;
		for (const text of texts) {
			endsAt += text.length + 1;
			yield { line: readLine(text), endsAt };
		}
	}
	// A line that was not written to its end.
	if (rest !== '') yield { line: undefined, endsAt: endsAt + rest.length };
}

/** What a journal says. */
export interface ReadJournal {
	readonly inventory: Inventory;
	/** The number of the last write that it knows. */
	readonly lastWrite: number;
	/** That of the last one that its own file holds: what comes after it stands in the database alone. */
	readonly lastInFile: number;
	/** Nothing is missing of it: then everything that it names must be there, and nothing else. */
	readonly isWhole: boolean;
	/** The file is to be cut there: behind it stands nothing that can be read. */
	readonly goodBytes: number;
	/** Something before that cannot be read, and is to be written anew. */
	readonly isDamaged: boolean;
}

const isSame = (one: Total, other: Total): boolean => one.count === other.count && one.sum === other.sum;

/**
 * Reads a journal. `recent`: the last writes by their numbers, as the database itself holds them, which fill what a power
 * cut or a damaged file left out. `written`: the number of its last write, which may be one that cannot be read there.
 */
export const readJournal = async (
	file: JournalFile,
	recent: ReadonlyMap<number, JournalLine>,
	written = 0,
): Promise<ReadJournal> => {
	let inventory = createInventory();
	let [lastWrite, lastInFile, goodBytes] = [0, 0, 0];
	let isWhole = true;
	let total: Total = inventory.total();
	let hasBase = false;
	let [isGap, isDamaged] = [false, false];

	const apply = (line: JournalLine): void => {
		applyTo(inventory, line.entries);
		lastWrite = line.write;
		total = line.total;
	};
	/** Writes that are missing before this one. */
	const fill = (until: number): void => {
		while (lastWrite + 1 < until) {
			const line = recent.get(lastWrite + 1);
			if (line === undefined) {
				isWhole = false;
				return;
			}
			apply(line);
		}
	};
	for await (const { line, endsAt } of linesIn(file.pieces())) {
		if (line === undefined) {
			isGap = true;
			continue;
		}
		goodBytes = endsAt;
		isDamaged ||= isGap;
		if (line.kind === 'write') {
			fill(line.write);
			if (line.write > lastWrite) apply(line);
			isGap = false;
		} else {
			// Parts have no numbers of their own: one that is missing shows in the sum.
			if (!hasBase) inventory = createInventory();
			hasBase = true;
			apply(line);
			if (line.kind === 'base' && !isSame(total, inventory.total())) isWhole = false;
		}
		lastInFile = lastWrite;
	}
	const newest = Math.max(written, ...recent.keys());
	if (newest > lastWrite) fill(newest + 1);
	// What cannot be read at its end is a crash's or a power cut's where the database has it.
	if (isGap && newest <= lastInFile) isWhole = false;
	return {
		inventory,
		lastWrite,
		lastInFile,
		isWhole: isWhole && isSame(total, inventory.total()),
		goodBytes,
		isDamaged,
	};
};

const entriesInPart = 500;

/** A journal's text of nothing but what must be there. */
export async function* baseText(
	entries: AsyncIterable<JournalEntry>,
	write: number,
	total: Total,
): AsyncGenerator<string> {
	let part: JournalEntry[] = [];
	const text = (kind: 'part' | 'base'): string => `${lineText({ kind, write, total, entries: part })}\n`;
	for await (const entry of entries) {
		part.push(entry);
		if (part.length < entriesInPart) continue;
		yield text('part');
		part = [];
	}
	yield text('base');
}

/** The entries of a journal that are to be there still, each once. It notes in the inventory which were met. */
export async function* entriesStillIn(file: JournalFile, inventory: Inventory): AsyncGenerator<JournalEntry> {
	for await (const { line } of linesIn(file.pieces()))
		for (const entry of line?.entries ?? []) {
			const [key, check] = entry;
			if (check !== undefined && inventory.checkOf(key) === check && inventory.meet(key)) yield entry;
		}
}

/** The text of a key as a journal keeps it, by its check value; undefined where it does not. */
export const textIn = async (file: JournalFile, key: string, check: number): Promise<string | undefined> => {
	for await (const { line } of linesIn(file.pieces()))
		for (const [each, itsCheck, text] of line?.entries ?? [])
			if (each === key && itsCheck === check && text !== undefined) return text;
	return undefined;
};
