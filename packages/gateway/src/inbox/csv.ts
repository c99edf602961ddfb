import type { LeadQueue } from '../leads/leadQueue';
import { cellsOf, columnsOf, shownLead } from './leadRow';
import type { Search } from './request';
import type { Language } from '@icloud-ready/core';
import { byteOrderMark, csvLine } from '@icloud-ready/outbox';

const pageSize = 200;

/**
 * Every lead that is found, newest first, as a file: read page by page and no faster than it is taken. Rejects where the
 * store cannot be read at the start; later the file breaks off, so that it does not look whole.
 */
export const csvFile = async (
	queue: Pick<LeadQueue, 'list'>,
	{ list, text }: Pick<Search, 'list' | 'text'>,
	language: Language,
): Promise<ReadableStream<Uint8Array>> => {
	const read = async (after?: string): ReturnType<LeadQueue['list']> =>
		await queue.list(list, { text, limit: pageSize, ...(after === undefined ? {} : { after }) });
	const encoder = new TextEncoder();
	let found: Awaited<ReturnType<typeof read>> | undefined = await read();
	return new ReadableStream({
		start: (out) => {
			out.enqueue(encoder.encode(byteOrderMark + csvLine(columnsOf(language))));
		},
		pull: async (out) => {
			// A page without a find is no reason to be asked again.
			while (found !== undefined) {
				const { leads, next }: Awaited<ReturnType<typeof read>> = found;
				found = next === undefined ? undefined : await read(next);
				if (leads.length === 0) continue;
				out.enqueue(encoder.encode(leads.map((lead) => csvLine(cellsOf(shownLead(lead, list, language)))).join('')));
				return;
			}
			out.close();
		},
	});
};
