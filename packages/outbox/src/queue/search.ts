import type { Entry, LeadPayload, Shelf } from '../store/entry';
import type { EntryStore } from '../store/entryStore';
import { messagesOf } from '@icloud-ready/core';

export interface Search {
	readonly shelf: Shelf;
	/** Part of a name, a phone, an email, a message: whatever stands in the lead or was said of it. */
	readonly text?: string;
	/** The last id of the page before. */
	readonly after?: string;
	/** How many at most; 1 or more. */
	readonly limit: number;
}

/** Entries, newest first; `next` is there where more may follow. */
export interface Found<Payload extends LeadPayload = LeadPayload> {
	readonly entries: readonly Entry<Payload>[];
	readonly next?: string;
}

const pageSize = 200;
/** A search reads no more than this at once, so that it never keeps leads from leaving. */
const mostRead = 20_000;

const holdsText = ({ payload, outcome }: Entry, text: string): boolean =>
	JSON.stringify([payload.lead, outcome === null ? [] : messagesOf(outcome)])
		.toLowerCase()
		.includes(text);

/** Looks through a shelf, from the newest on. Rejects where the store cannot be read. */
export const findEntries = async <Payload extends LeadPayload>(
	store: Pick<EntryStore<Payload>, 'list'>,
	{ shelf, text = '', after, limit }: Search,
): Promise<Found<Payload>> => {
	const wanted = text.trim().toLowerCase();
	const found: Entry<Payload>[] = [];
	let last = after;
	for (let read = 0; read < mostRead; read += pageSize) {
		const page = await store.list(shelf, {
			limit: pageSize,
			newestFirst: true,
			...(last === undefined ? {} : { after: last }),
		});
		for (const entry of page) {
			last = entry.id;
			if (wanted === '' || holdsText(entry, wanted)) found.push(entry);
			if (found.length === limit) return { entries: found, next: last };
		}
		if (page.length < pageSize) return { entries: found };
	}
	return { entries: found, ...(last === undefined ? {} : { next: last }) };
};
