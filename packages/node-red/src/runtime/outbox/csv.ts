import { outboxCells, outboxColumns, outboxItem } from './leadRows';
import type { QueuedLead } from './queuedLead';
import type { Language } from '@icloud-ready/core';
import type { Outbox, Search } from '@icloud-ready/outbox';
import { csvFile, filePageSize, withoutRepeats } from '@icloud-ready/outbox/view/csvFile';
import { jsonFile } from '@icloud-ready/outbox/view/jsonFile';
import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Resolves when more can be written, or nobody reads any more. */
const drained = async (out: Writable): Promise<void> => {
	const over = new AbortController();
	await Promise.race(['drain', 'close'].map(async (event) => await once(out, event, { signal: over.signal }))).finally(
		() => over.abort(),
	);
};

export type FileType = 'csv' | 'json';

/**
 * Writes every lead that is found, newest first, page by page and no faster than they are read. `begin` is called once
 * the first page is there; until then a store that cannot be read rejects with nothing written.
 */
export const writeLeads = async (
	outbox: Pick<Outbox<QueuedLead>, 'list'>,
	search: Omit<Search, 'after' | 'limit'>,
	{ language, type }: { readonly language: Language; readonly type: FileType },
	out: Writable,
	begin: () => void,
): Promise<void> => {
	const { shelf } = search;
	const pages = withoutRepeats(async (after) => {
		const { entries, next } = await outbox.list({
			...search,
			limit: filePageSize,
			...(after === undefined ? {} : { after }),
		});
		return { leads: entries, ...(next === undefined ? {} : { next }) };
	});
	const parts =
		type === 'csv'
			? csvFile(pages, outboxColumns(language), (entry) => outboxCells(entry, shelf, language))
			: jsonFile(pages, (entry) => outboxItem(entry, shelf, language));
	const first = await parts.next();
	begin();
	for (let part = first; part.done !== true; part = await parts.next()) {
		if (!out.write(part.value)) await drained(out);
		if (out.destroyed) return;
	}
	out.end();
};
