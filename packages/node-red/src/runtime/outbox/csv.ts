import { outboxCells, outboxColumns } from './leadRows';
import type { QueuedLead } from './queuedLead';
import type { Language } from '@icloud-ready/core';
import type { Outbox, Search } from '@icloud-ready/outbox';
import { csvFile, filePageSize, withoutRepeats } from '@icloud-ready/outbox/view/csvFile';
import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Resolves when more can be written, or nobody reads any more. */
const drained = async (out: Writable): Promise<void> => {
	const over = new AbortController();
	await Promise.race(['drain', 'close'].map(async (event) => await once(out, event, { signal: over.signal }))).finally(
		() => over.abort(),
	);
};

/**
 * Writes every lead that is found, newest first, page by page and no faster than they are read. `begin` is called once
 * the first page is there; until then a store that cannot be read rejects with nothing written.
 */
export const writeLeads = async (
	outbox: Pick<Outbox<QueuedLead>, 'list'>,
	search: Pick<Search, 'shelf' | 'text'>,
	language: Language,
	out: Writable,
	begin: () => void,
): Promise<void> => {
	const parts = csvFile(
		withoutRepeats(async (after) => {
			const { entries, next } = await outbox.list({
				...search,
				limit: filePageSize,
				...(after === undefined ? {} : { after }),
			});
			return { leads: entries, ...(next === undefined ? {} : { next }) };
		}),
		outboxColumns(language),
		(entry) => outboxCells(entry, search.shelf, language),
	);
	const first = await parts.next();
	begin();
	for (let part = first; part.done !== true; part = await parts.next()) {
		if (!out.write(part.value)) await drained(out);
		if (out.destroyed) return;
	}
	out.end();
};
