import type { Entry, LeadPayload, Shelf } from '../store/entry';
import type { EntryStore } from '../store/entryStore';
import { type Lead, messagesOf, type Outcome } from '@icloud-ready/core';

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

/** A part of a list, newest first: each with its place, by which the list goes on behind it. `next` is absent where it was the last. */
export interface SearchedPage<Item> {
	readonly items: readonly (readonly [place: string, item: Item])[];
	readonly next?: string;
}

/** How much of a list is read in one step, and on Redis in one round trip: a few hundred kB. */
export const searchPageSize = 200;
/** A search reads no more than this at once, so that it never keeps leads from leaving. */
const maxRead = 20_000;

/** Whether a lead or what was said of it holds a text, which is in lower case. */
export const holdsText = (lead: Lead, outcome: Outcome | null, text: string): boolean =>
	JSON.stringify([lead, outcome === null ? [] : messagesOf(outcome)])
		.toLowerCase()
		.includes(text);

/** Looks through a list page by page, for at most `limit`. Rejects where a page cannot be read. */
export const searchPages = async <Item>(
	pageAfter: (place: string | undefined) => Promise<SearchedPage<Item>>,
	isWanted: (item: Item) => boolean,
	{ after, limit }: Pick<Search, 'after' | 'limit'>,
): Promise<SearchedPage<Item>> => {
	const items: (readonly [string, Item])[] = [];
	let next = after;
	for (let read = 0; read < maxRead; read += searchPageSize) {
		const page = await pageAfter(next);
		for (const each of page.items) {
			if (isWanted(each[1])) items.push(each);
			if (items.length === limit) return { items, next: each[0] };
		}
		if (page.next === undefined) return { items };
		next = page.next;
	}
	return { items, ...(next === undefined ? {} : { next }) };
};

/** Looks through a shelf, from the newest on. Rejects where the store cannot be read. */
export const findEntries = async <Payload extends LeadPayload>(
	store: Pick<EntryStore<Payload>, 'list'>,
	{ shelf, text = '', after, limit }: Search,
): Promise<Found<Payload>> => {
	const wanted = text.trim().toLowerCase();
	const pageAfter = async (place: string | undefined): Promise<SearchedPage<Entry<Payload>>> => {
		const entries = await store.list(shelf, {
			limit: searchPageSize,
			newestFirst: true,
			...(place === undefined ? {} : { after: place }),
		});
		const last = entries.at(-1)?.id;
		return {
			items: entries.map((entry) => [entry.id, entry] as const),
			...(entries.length < searchPageSize || last === undefined ? {} : { next: last }),
		};
	};
	const { items, next } = await searchPages(
		pageAfter,
		({ payload, outcome }) => wanted === '' || holdsText(payload.lead, outcome, wanted),
		{ limit, ...(after === undefined ? {} : { after }) },
	);
	return { entries: items.map(([, entry]) => entry), ...(next === undefined ? {} : { next }) };
};
