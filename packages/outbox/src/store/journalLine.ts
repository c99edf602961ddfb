import { checked, checkOf, readChecked } from './checksum';
import type { Inventory, Total } from './inventory';
import type { Operation } from './level';
import * as z from 'zod/v4';

/** A key that must be there, with the check value of its text and, where it is short, the text itself; or one that must not. */
export type JournalEntry = readonly [key: string, check: number, text?: string] | readonly [key: string];

/** One write as the journal keeps it, or a part of all that must be there. */
export interface JournalLine {
	/** The number of the write; of a part: that of the last write before it. */
	readonly write: number;
	/** `part`: of all that must be there, and more follows; `base`: the last such part. */
	readonly kind: 'write' | 'part' | 'base';
	/** What must be there after it. */
	readonly total: Total;
	readonly entries: readonly JournalEntry[];
}

const isEntry = (entry: unknown): boolean =>
	Array.isArray(entry) &&
	typeof entry[0] === 'string' &&
	(entry.length === 1 || typeof entry[1] === 'number') &&
	(entry.length < 3 || typeof entry[2] === 'string');

/** Its check value vouches for the rest; of a million entries each is looked at once and not built anew. */
const line = z.tuple([
	z.enum(['write', 'part', 'base']),
	z.int().min(0),
	z.int().min(0),
	z.string(),
	z.custom<readonly JournalEntry[]>((entries) => Array.isArray(entries) && entries.every(isEntry)),
]);

/** One byte for each sign, so that what is counted in signs is counted in bytes. */
const ascii = (json: string): string =>
	json.replace(/[\u007f-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Without the end of the line. */
export const lineText = ({ kind, write, total, entries }: JournalLine): string =>
	checked(ascii(JSON.stringify([kind, write, total.count, total.sum, entries])));

/** Undefined where it is not as it was written. */
export const readLine = (text: string): JournalLine | undefined => {
	const { text: json, check } = readChecked(text);
	if (check === undefined) return undefined;
	try {
		const [kind, write, count, sum, entries] = line.parse(JSON.parse(json));
		return { kind, write, total: { count, sum }, entries };
	} catch {
		return undefined;
	}
};

interface Prepared {
	/** What the write does, as the journal keeps it. */
	readonly entries: readonly JournalEntry[];
	/** The same as the database keeps it. */
	readonly stored: readonly Operation[];
}

/** `keepsText`: whether the text of a key is short enough to be kept twice. */
export const prepared = (operations: readonly Operation[], keepsText: (key: string) => boolean): Prepared => {
	const entries: JournalEntry[] = [];
	const stored: Operation[] = [];
	for (const operation of operations) {
		const { key } = operation;
		if (operation.type === 'del') {
			entries.push([key]);
			stored.push(operation);
			continue;
		}
		const { value } = operation;
		const check = checkOf(value);
		entries.push(keepsText(key) ? [key, check, value] : [key, check]);
		stored.push({ type: 'put', key, value: checked(value, check) });
	}
	return { entries, stored };
};

/** Notes in an inventory what a write does. */
export const applyTo = (inventory: Inventory, entries: readonly JournalEntry[]): void => {
	for (const [key, check] of entries)
		if (check === undefined) inventory.remove(key);
		else inventory.set(key, check);
};

/** What takes it back, asked before it is noted. */
export const undoOf = (inventory: Inventory, entries: readonly JournalEntry[]): readonly JournalEntry[] =>
	[...new Set(entries.map(([key]) => key))].map((key): JournalEntry => {
		const before = inventory.checkOf(key);
		return before === undefined ? [key] : [key, before];
	});
