import { arrivalOf, type LeadPayload, type Shelf, shelves } from '../store/entry';
import type { Change, EntryStore } from '../store/entryStore';
import {
	createColumns,
	type Facets,
	factsOfEntry,
	type IndexedFacts,
	type LeadColumns,
	phoneHash,
} from './leadColumns';
import { bitsOf } from './textSignature';

/** What a list is narrowed to; what is left out narrows nothing. */
export interface EntryFilter {
	/** What became of it; see `endOf`. */
	readonly end?: string;
	readonly source?: string;
	readonly isPartition?: (partition: string) => boolean;
	/** Arrived at or after, in ms since 1970, … */
	readonly fromMs?: number;
	/** … and before. */
	readonly toMs?: number;
}

/**
 * Which entries a filter finds, without reading them. It is made when it is first asked for, from what the store holds, and
 * follows each write from then on. Whoever takes an id from it reads the entry, and sees there whether it is so.
 */
export interface LeadIndex<Payload extends LeadPayload = LeadPayload> {
	/** These were written. */
	readonly written: (changes: readonly Change<Payload>[]) => void;
	/** Nobody knows what was written: it is made anew the next time. */
	readonly forget: () => void;
	/**
	 * Ids newest first, before the one of `after`; undefined while it is being made. `text`, in lower case: those that may
	 * hold it, and a few more.
	 */
	readonly ids: (
		shelf: Shelf,
		filter: EntryFilter & { readonly phone?: string; readonly text?: string },
		after?: string,
	) => Iterable<string> | undefined;
	/** The id of what arrived as this number. */
	readonly idOf: (shelf: Shelf, arrival: number) => string | undefined;
	readonly facets: (shelf: Shelf) => Facets | undefined;
	/** Resolves when it is made; of one that cannot be read, when that is known. */
	readonly ready: () => Promise<void>;
}

/** Few enough that leads leave in between: checking so many takes some ms. */
const pageSize = 100;

type Late = Map<number, IndexedFacts | undefined>;

/** So many are put in place in one step, which takes some ms. */
const mergedAtOnce = 2000;

/** Puts all facts into the columns in the order of arrival, step by step: shelves are in that order each. */
const merging = function* (
	columns: LeadColumns,
	runs: readonly (readonly IndexedFacts[])[],
	late: Late,
): Generator<void> {
	// What was written while they were read is known better.
	const known = runs.map((facts) => ({ facts, next: 0, isOld: true }));
	const written = [...late.values()].flatMap((facts) => facts ?? []).sort((one, other) => one.arrival - other.arrival);
	known.push({ facts: written, next: 0, isOld: false });
	for (let count = 1; ; count++) {
		let first: (typeof known)[number] | undefined;
		let arrival = Number.POSITIVE_INFINITY;
		for (const run of known) {
			const own = run.facts[run.next]?.arrival ?? Number.POSITIVE_INFINITY;
			if (own < arrival || (own === arrival && !run.isOld)) [first, arrival] = [run, own];
		}
		const facts = first?.facts[first.next++];
		if (first === undefined || facts === undefined) return;
		if (!first.isOld || !late.has(arrival)) columns.put(facts);
		if (count % mergedAtOnce === 0) yield;
	}
};

/** Whatever else there is to do has its turn. */
const others = async (): Promise<void> => {
	await new Promise<void>((resolve) => {
		setImmediate(resolve);
	});
};

export const createLeadIndex = <Payload extends LeadPayload>(
	store: Pick<EntryStore<Payload>, 'list'>,
): LeadIndex<Payload> => {
	let columns: LeadColumns | undefined;
	let late: Late | undefined;
	let making: Promise<void> | undefined;
	/** Raised with each `forget`: what was begun before is not used. */
	let era = 0;

	const forget = (): void => {
		era++;
		columns = undefined;
		late = undefined;
	};
	const one = (arrival: number, facts: IndexedFacts | undefined): void => {
		late?.set(arrival, facts);
		if (columns === undefined) return;
		if (facts === undefined) {
			columns.remove(arrival);
			if (columns.isHollow()) forget();
		} else if (!columns.put(facts)) forget();
	};
	const runOf = async (shelf: Shelf, mine: number): Promise<readonly IndexedFacts[]> => {
		const facts: IndexedFacts[] = [];
		for (let after: string | undefined; era === mine; ) {
			const page = await store.list(shelf, { limit: pageSize, ...(after === undefined ? {} : { after }) });
			for (const entry of page) facts.push(factsOfEntry(entry, shelf));
			after = page.at(-1)?.id;
			if (page.length < pageSize) break;
		}
		return facts;
	};
	const make = async (): Promise<void> => {
		const mine = era;
		late = new Map();
		const runs: (readonly IndexedFacts[])[] = [];
		for (const shelf of shelves) runs.push(await runOf(shelf, mine));
		if (era !== mine) return;
		const before = late;
		late = new Map();
		const merged = createColumns();
		for (const _ of merging(merged, runs, before)) {
			await others();
			if (era !== mine) return;
		}
		const since = late;
		late = undefined;
		columns = merged;
		for (const [arrival, facts] of since) one(arrival, facts);
	};
	const begin = (): Promise<void> => {
		making ??= make()
			.catch(() => undefined)
			.finally(() => {
				making = undefined;
			});
		return making;
	};
	const made = (): LeadColumns | undefined => {
		if (columns === undefined) void begin();
		return columns;
	};
	return {
		written: (changes) => {
			if (columns === undefined && late === undefined) return;
			for (const change of changes) {
				if (change.kind === 'put') one(arrivalOf(change.entry.id), factsOfEntry(change.entry, change.shelf));
				else if (change.kind === 'remove') one(arrivalOf(change.id), undefined);
			}
		},
		forget,
		ids: (shelf, { end, source, phone, text = '', ...filter }, after) => {
			const all = made();
			if (all === undefined) return undefined;
			const endCode = end === undefined ? undefined : all.names.ends.find(end);
			const sourceCode = source === undefined ? undefined : all.names.sources.find(source);
			// No lead has that word.
			if ((end !== undefined && endCode === undefined) || (source !== undefined && sourceCode === undefined)) return [];
			const wanted = {
				...filter,
				end: endCode,
				source: sourceCode,
				phone: phone === undefined ? undefined : phoneHash(phone),
				bits: bitsOf(text),
			};
			const before = after === undefined ? undefined : arrivalOf(after);
			return (function* () {
				for (const place of all.places(shelf, wanted, before)) yield all.idAt(place);
			})();
		},
		idOf: (shelf, arrival) => made()?.idOf(shelf, arrival),
		facets: (shelf) => made()?.facets(shelf),
		ready: async () => {
			if (columns === undefined) await begin();
		},
	};
};

/** A store whose writes the index follows. A write that failed may have been done, or a part of it. */
export const indexedStore = <Payload extends LeadPayload>(
	store: EntryStore<Payload>,
	index: LeadIndex<Payload>,
): EntryStore<Payload> => ({
	...store,
	ids: (shelf) => store.ids(shelf),
	write: async (changes) => {
		try {
			await store.write(changes);
		} catch (error) {
			index.forget();
			throw error;
		}
		index.written(changes);
	},
});
