import type { LeadPayload } from './entry';
import { nameOf, rangeOf } from './entryKeys';
import type { Change, EntryStore } from './entryStore';
import { type Level, openLevel } from './level';
import { readChecked } from './checksum';
import type { ReadEntry } from './readEntry';
import { doubtful } from './settleEntries';

/** One write for so many: a disk takes as long for one, and a million entries of some kB need no memory. */
const salvagedAtOnce = 500;

/** Puts what can be read of a store of another format where a person sees it. How many leads those are. */
export const salvage = async <Payload extends LeadPayload>(
	folder: string,
	read: ReadEntry<Payload>,
	store: Pick<EntryStore<Payload>, 'write'>,
	nowMs: number,
): Promise<number> => {
	let saved = 0;
	let page: Change<Payload>[] = [];
	const save = async (): Promise<void> => {
		await store.write(page);
		saved += page.length;
		page = [];
	};
	let level: Level | undefined;
	try {
		level = await openLevel(folder, { createIfMissing: false });
		for (const shelf of ['waiting', 'sending', 'unconfirmed'] as const) {
			for await (const [key, text] of level.iterator(rangeOf(shelf))) {
				page.push({
					kind: 'put',
					entry: doubtful(read(nameOf(key), readChecked(text).text), nowMs),
					shelf: 'unconfirmed',
					unacked: true,
				});
				if (page.length === salvagedAtOnce) await save();
			}
		}
	} catch {
		// The rest of it cannot be read.
	}
	await save();
	await level?.close();
	return saved;
};
