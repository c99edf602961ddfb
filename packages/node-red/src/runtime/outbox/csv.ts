import { cellsOf, columnsOf } from './leadRows';
import type { QueuedLead } from './queuedLead';
import type { Language } from '@icloud-ready/core';
import { byteOrderMark, csvLine, type Found, type Outbox, type Search } from '@icloud-ready/outbox';
import { once } from 'node:events';
import type { Writable } from 'node:stream';

const pageSize = 200;

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
	let found: Found<QueuedLead> = await outbox.list({ ...search, limit: pageSize });
	begin();
	out.write(byteOrderMark + csvLine(columnsOf(language)));
	for (;;) {
		if (out.destroyed) return;
		const lines = found.entries.map((entry) => csvLine(cellsOf(entry, language))).join('');
		if (lines !== '' && !out.write(lines)) await drained(out);
		if (found.next === undefined) break;
		found = await outbox.list({ ...search, limit: pageSize, after: found.next });
	}
	out.end();
};
