import { arrivalOf, type LeadPayload, type Shelf, shelves } from '../store/entry';
import type { Change, EntryStore } from '../store/entryStore';
import { createColumns, factsOfEntry, type IndexedFacts, type LeadColumns, phoneHash } from './leadColumns';
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

/** What there is to filter a shelf by, each with how many entries have it. */
export interface Facets {
	readonly ends: ReadonlyMap<string, number>;
	readonly partitions: ReadonlyMap<string, number>;
	readonly sources: ReadonlyMap<string, number>;
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

/** All facts in the order of arrival: shelves are in that order each. */
const merged = (runs: readonly (readonly IndexedFacts[])[], late: Late): LeadColumns => {
	const columns = createColumns();
	const next = runs.map(() => 0);
	const rest = [...late.values()].flatMap((facts) => facts ?? []).sort((one, other) => one.arrival - other.arrival);
	let atRest = 0;
	for (;;) {
		let first: { readonly run: number; readonly facts: IndexedFacts } | undefined;
		for (const [run, all] of runs.entries()) {
			const facts = all[next[run] as number];
			if (facts !== undefined && (first === undefined || facts.arrival < first.facts.arrival)) first = { run, facts };
		}
		const waiting = rest[atRest];
		if (waiting !== undefined && (first === undefined || waiting.arrival <= first.facts.arrival)) {
			columns.put(waiting);
			atRest++;
			continue;
		}
		if (first === undefined) return columns;
		next[first.run] = (next[first.run] as number) + 1;
		// What was written while it was being made is known better.
		if (!late.has(first.facts.arrival)) columns.put(first.facts);
	}
};

const countUp = (counts: Map<string, number>, name: string): void => {
	counts.set(name, (counts.get(name) ?? 0) + 1);
};

export const createLeadIndex = <Payload extends LeadPayload>(
	store: Pick<EntryStore<Payload>, 'list'>,
): LeadIndex<Payload> => {
	let columns: LeadColumns | undefined;
	let late: Late | undefined;
	let making: Promise<void> | undefined;
	/** Raised with each `forget`: what was begun before is not used. */
	let era = 0;

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
		columns = merged(runs, late);
		late = undefined;
	};
	const begin = (): Promise<void> => {
		making ??= make()
			.catch(() => undefined)
			.finally(() => {
				making = undefined;
			});
		return making;
	};
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
		facets: (shelf) => {
			const all = made();
			if (all === undefined) return undefined;
			const facets = {
				ends: new Map<string, number>(),
				partitions: new Map<string, number>(),
				sources: new Map<string, number>(),
			};
			for (const place of all.places(shelf, {})) {
				const { end, partition, source } = all.namesAt(place);
				countUp(facets.ends, end);
				countUp(facets.partitions, partition);
				countUp(facets.sources, source);
			}
			return facets;
		},
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
