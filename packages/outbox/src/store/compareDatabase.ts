import { readChecked } from './checksum';
import { isOwnKey } from './databaseFormat';
import { createInventory, type Inventory } from './inventory';
import { entriesStillIn } from './journal';
import type { JournalFile } from './journalFile';
import type { JournalEntry } from './journalLine';
import { type Level, pagesOfKeys } from './level';

/** Whether exactly those keys stand there that must; rejects where they cannot all be read. */
export const hasExactKeys = async (level: Level, inventory: Inventory): Promise<boolean> => {
	inventory.forgetMet();
	try {
		for await (const keys of pagesOfKeys(level, {}))
			for (const key of keys) if (!isOwnKey(key) && !inventory.meet(key)) return false;
		return inventory.met() === inventory.total().count;
	} finally {
		inventory.forgetMet();
	}
};

/** What a database holds, each text looked at. */
export interface Compared {
	readonly changed: (readonly [key: string, text: string | undefined])[];
	readonly extra: (readonly [key: string, text: string])[];
	readonly missing: JournalEntry[];
	/** What is not even what was written there some time. */
	readonly broken: (readonly [key: string, text: string])[];
	/** All of it that is as it was written, whatever the journal says. */
	readonly own: Inventory;
}

/** Holds each text against what must be there. Rejects where not all of it can be read. */
export const compareDatabase = async (
	level: Level,
	inventory: Inventory,
	journal: JournalFile,
	recent: Iterable<{ readonly entries: readonly JournalEntry[] }>,
	keepsText: (key: string) => boolean,
): Promise<Compared> => {
	const own = createInventory();
	const found: Omit<Compared, 'own'> = { changed: [], extra: [], missing: [], broken: [] };
	inventory.forgetMet();
	for await (const [key, raw] of level.iterator({})) {
		if (isOwnKey(key)) continue;
		const { text, check } = readChecked(raw);
		if (check === undefined) found.broken.push([key, text]);
		else own.set(key, check);
		const expected = inventory.checkOf(key);
		if (expected === undefined) found.extra.push([key, text]);
		// The journal has what should stand there: it is as good as missing.
		else if (expected !== check && keepsText(key)) continue;
		else if (expected !== check) found.changed.push([key, text]);
		inventory.meet(key);
	}
	for await (const entry of entriesStillIn(journal, inventory)) found.missing.push(entry);
	for (const { entries } of recent)
		for (const entry of entries) {
			const [key, check] = entry;
			if (check !== undefined && inventory.checkOf(key) === check && inventory.meet(key)) found.missing.push(entry);
		}
	inventory.forgetMet();
	return { ...found, own };
};

/** Everything in a database that is as it was written, as a journal names it. */
export async function* entriesInDatabase(
	level: Level,
	inventory: Inventory,
	keepsText: (key: string) => boolean,
): AsyncGenerator<JournalEntry> {
	for await (const [key, raw] of level.iterator({})) {
		if (isOwnKey(key)) continue;
		const { text, check } = readChecked(raw);
		if (check === undefined || inventory.checkOf(key) !== check) continue;
		yield keepsText(key) ? [key, check, text] : [key, check];
	}
}
