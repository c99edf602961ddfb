import type { Entry, LeadPayload, Shelf } from '../store/entry';
import type { EntryStore } from '../store/entryStore';
import { endOf, sourceOf } from './leadColumns';
import type { EntryFilter, LeadIndex } from './leadIndex';
import { holdsText } from './searchedText';
import { bitsOf } from './textSignature';

export interface Search {
	readonly shelf: Shelf;
	/** Part of a name, a phone, an email, a message: whatever stands in the lead or was said of it. */
	readonly text?: string;
	/** The last id of the page before. */
	readonly after?: string;
	/** How many at most; 1 or more. */
	readonly limit: number;
	readonly filter?: EntryFilter;
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
/**
 * A search reads no more than this at once, or than was asked for: what was found so far is told, and whoever asks goes on behind it. So the first
 * rows come soon, and leads leave in between.
 */
const maxRead = 400;

/** Looks through a list page by page, for at most `limit`. Rejects where a page cannot be read. */
export const searchPages = async <Item>(
	pageAfter: (place: string | undefined) => Promise<SearchedPage<Item>>,
	isWanted: (item: Item) => boolean,
	{
		after,
		limit,
		pageSize = searchPageSize,
	}: Pick<Search, 'after' | 'limit'> & {
		/**
		 * So many are on a page.
		 * @default searchPageSize
		 */
		readonly pageSize?: number;
	},
): Promise<SearchedPage<Item>> => {
	const items: (readonly [string, Item])[] = [];
	let next = after;
	for (let read = 0; read < Math.max(maxRead, limit); read += pageSize) {
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

const isAny = (filter: EntryFilter): boolean => Object.values(filter).some((value) => value !== undefined);

const passes = <Payload extends LeadPayload>(
	entry: Entry<Payload>,
	{ end, source, isPartition, fromMs = Number.NEGATIVE_INFINITY, toMs = Number.POSITIVE_INFINITY }: EntryFilter,
): boolean =>
	(end === undefined || endOf(entry) === end) &&
	(source === undefined || sourceOf(entry) === source) &&
	isPartition?.(entry.partition) !== false &&
	entry.arrivedAtMs >= fromMs &&
	entry.arrivedAtMs < toMs;

/** A whole phone, which the index knows. */
const phoneForm = /^\+?[\d\s().-]{8,24}$/;
const arrivalForm = /^\d{1,15}$/;

/** Where entries are looked for: in the store, or in the index as soon as that is made. */
export interface Searched<Payload extends LeadPayload> {
	readonly store: Pick<EntryStore<Payload>, 'list' | 'get'>;
	readonly index: LeadIndex<Payload>;
}

/** Reads the entries that the index names, and takes those that are as it says. */
const takeIndexed = async <Payload extends LeadPayload>(
	{ store }: Searched<Payload>,
	ids: Iterable<string>,
	isWanted: (entry: Entry<Payload>) => boolean,
	{ shelf, limit }: Pick<Search, 'shelf' | 'limit'>,
): Promise<Found<Payload>> => {
	const entries: Entry<Payload>[] = [];
	let read = 0;
	for (const id of ids) {
		const entry = await store.get(shelf, id);
		read++;
		if (entry !== undefined && isWanted(entry)) entries.push(entry);
		if (entries.length === limit || read === Math.max(maxRead, limit)) return { entries, next: id };
	}
	return { entries };
};

/** What is found by a whole phone, which stands for one lead or few; undefined where it finds none. */
const findByPhone = async <Payload extends LeadPayload>(
	searched: Searched<Payload>,
	text: string,
	{ shelf, after, limit, filter = {} }: Search,
): Promise<Found<Payload> | undefined> => {
	const ids = phoneForm.test(text) ? searched.index.ids(shelf, { ...filter, phone: text }, after) : undefined;
	if (ids === undefined) return undefined;
	const found = await takeIndexed(searched, ids, (entry) => passes(entry, filter), { shelf, limit });
	return found.entries.length === 0 ? undefined : found;
};

/** The lead whose id somebody typed. */
const findByArrival = async <Payload extends LeadPayload>(
	{ store, index }: Searched<Payload>,
	text: string,
	{ shelf, after, filter = {} }: Search,
): Promise<Entry<Payload> | undefined> => {
	const id = after === undefined && arrivalForm.test(text) ? index.idOf(shelf, Number(text)) : undefined;
	const entry = id === undefined ? undefined : await store.get(shelf, id);
	return entry !== undefined && passes(entry, filter) ? entry : undefined;
};

/** Looks through a shelf, from the newest on, for what holds a text that is in lower case. */
const findByText = async <Payload extends LeadPayload>(
	{ store, index }: Searched<Payload>,
	text: string,
	{ shelf, after, limit, filter = {} }: Search,
): Promise<Found<Payload>> => {
	const isWanted = (entry: Entry<Payload>): boolean =>
		passes(entry, filter) && (text === '' || holdsText(entry.payload.lead, entry.outcome, text));
	// What is too short for the index to tell is in many leads, or stands in the newest ones.
	const isTold = isAny(filter) || bitsOf(text).length > 0;
	const indexed = isTold ? index.ids(shelf, { ...filter, text }, after) : undefined;
	if (indexed !== undefined) return await takeIndexed({ store, index }, indexed, isWanted, { shelf, limit });
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
	const { items, next } = await searchPages(pageAfter, isWanted, { limit, ...(after === undefined ? {} : { after }) });
	return { entries: items.map(([, entry]) => entry), ...(next === undefined ? {} : { next }) };
};

/** The place before all entries. */
const newest = `${'9'.repeat(15)}~`;

/**
 * Entries of a shelf, newest first; the one whose id was typed before all others, and perhaps once more at its place. Rejects where
 * the store cannot be read.
 */
export const findEntries = async <Payload extends LeadPayload>(
	searched: Searched<Payload>,
	search: Search,
): Promise<Found<Payload>> => {
	const text = (search.text ?? '').trim().toLowerCase();
	if (text === '') return await findByText(searched, text, search);
	const byPhone = await findByPhone(searched, text, search);
	if (byPhone !== undefined) return byPhone;
	const named = await findByArrival(searched, text, search);
	return named === undefined ? await findByText(searched, text, search) : { entries: [named], next: newest };
};
