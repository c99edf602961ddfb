import { arrivalOf, type Entry, entryId, type LeadPayload, type Shelf, shelves } from '../store/entry';
import { createStringPool, type StringPool } from './stringPool';
import { searchedText } from './searchedText';
import { type bitsOf, mayHold, signatureOf, signatureUnits, writeSignature } from './textSignature';

/** What entries are filtered by. */
export interface IndexedFacts {
	readonly arrival: number;
	readonly arrivedAtMs: number;
	readonly shelf: Shelf;
	/** What became of it: what a person said, else its last outcome; empty where there is none. */
	readonly end: string;
	readonly partition: string;
	readonly source: string;
	/** Of its phone's last digits; 0 where it has none. */
	readonly phone: number;
	/** Of all that it is found by as a text. */
	readonly signature: string;
}

/** What there is to filter a shelf by, each with how many entries have it. */
export interface Facets {
	readonly ends: ReadonlyMap<string, number>;
	readonly partitions: ReadonlyMap<string, number>;
	readonly sources: ReadonlyMap<string, number>;
}

/** What became of an entry, by one word: what a person said or did counts before what the API answered. */
export const endOf = ({ outcome, resolved, correctedBy }: Entry): string =>
	correctedBy === undefined ? (resolved ?? outcome?.outcome ?? '') : 'corrected';

/** Where a lead came from, as it says itself. */
export const sourceOf = ({ payload }: Pick<Entry, 'payload'>): string => payload.lead.leadSource ?? '';

/** So many digits tell two phones apart whatever stands before them, such as +20, 0020 or 0. */
const phoneDigits = 8;

/** A number for a phone, however it is written; 0 where there are too few digits. */
export const phoneHash = (text: string): number => {
	const digits = text.replace(/\D/g, '').slice(-phoneDigits);
	return digits.length < phoneDigits ? 0 : Number(digits) + 1;
};

export const factsOfEntry = <Payload extends LeadPayload>(entry: Entry<Payload>, shelf: Shelf): IndexedFacts => ({
	arrival: arrivalOf(entry.id),
	arrivedAtMs: entry.arrivedAtMs,
	shelf,
	end: endOf(entry),
	partition: entry.partition,
	source: sourceOf(entry),
	phone: phoneHash(entry.payload.lead.leadInformation.phone),
	signature: signatureOf(searchedText(entry.payload.lead, entry.outcome)),
});

const firstSize = 1024;
/** The number of a shelf where an entry is on none any more. */
const gone = 255;

/** Facts of entries in the order of their arrival, in some 170 bytes each, most of them their signatures. */
export const createColumns = () => {
	const [ends, partitions, sources] = [createStringPool(), createStringPool(), createStringPool()];
	let size = firstSize;
	let count = 0;
	let goneCount = 0;
	let arrivals = new Float64Array(size);
	let times = new Float64Array(size);
	let shelfOf = new Uint8Array(size);
	let endCodes = new Uint8Array(size);
	let partitionCodes = new Uint32Array(size);
	let sourceCodes = new Uint32Array(size);
	let phones = new Uint32Array(size);
	let signatures = new Uint16Array(size * signatureUnits);

	const grow = (): void => {
		size *= 2;
		const larger = <Column extends { set: (from: never) => void }>(made: Column, from: Column): Column => {
			made.set(from as never);
			return made;
		};
		arrivals = larger(new Float64Array(size), arrivals);
		times = larger(new Float64Array(size), times);
		shelfOf = larger(new Uint8Array(size), shelfOf);
		endCodes = larger(new Uint8Array(size), endCodes);
		partitionCodes = larger(new Uint32Array(size), partitionCodes);
		sourceCodes = larger(new Uint32Array(size), sourceCodes);
		phones = larger(new Uint32Array(size), phones);
		signatures = larger(new Uint16Array(size * signatureUnits), signatures);
	};
	/** The place of the first that arrived at `arrival` or later. */
	const placeOf = (arrival: number): number => {
		let [low, high] = [0, count];
		while (low < high) {
			const middle = (low + high) >>> 1;
			if ((arrivals[middle] as number) < arrival) low = middle + 1;
			else high = middle;
		}
		return low;
	};
	const write = (place: number, facts: IndexedFacts): void => {
		arrivals[place] = facts.arrival;
		times[place] = facts.arrivedAtMs;
		shelfOf[place] = shelves.indexOf(facts.shelf);
		endCodes[place] = ends.codeOf(facts.end);
		partitionCodes[place] = partitions.codeOf(facts.partition);
		sourceCodes[place] = sources.codeOf(facts.source);
		phones[place] = facts.phone;
		writeSignature(signatures, place, facts.signature);
	};
	return {
		/** False where it arrived before the last and is not known: the columns would be out of order. */
		put: (facts: IndexedFacts): boolean => {
			const place = placeOf(facts.arrival);
			if (place < count && arrivals[place] !== facts.arrival) return false;
			if (place === size) grow();
			write(place, facts);
			if (place === count) count++;
			return true;
		},
		remove: (arrival: number): void => {
			const place = placeOf(arrival);
			if (place === count || arrivals[place] !== arrival || shelfOf[place] === gone) return;
			shelfOf[place] = gone;
			goneCount++;
		},
		/** Most of it is of entries that were forgotten since: made anew it is small again. */
		isHollow: (): boolean => goneCount > firstSize && goneCount > count / 2,
		names: { ends, partitions, sources },
		/**
		 * Places of a shelf, newest first, before `before`. A number of a name that is left out takes any; `isPartition` is asked
		 * once for each partition.
		 */
		places: function* (
			shelf: Shelf,
			wanted: {
				readonly end?: number | undefined;
				readonly source?: number | undefined;
				readonly phone?: number | undefined;
				readonly bits?: ReturnType<typeof bitsOf> | undefined;
				readonly isPartition?: ((partition: string) => boolean) | undefined;
				readonly fromMs?: number | undefined;
				readonly toMs?: number | undefined;
			},
			before = Number.POSITIVE_INFINITY,
		): Generator<number> {
			const { end, source, phone, bits = [], isPartition, fromMs = -Infinity, toMs = Infinity } = wanted;
			const shelfCode = shelves.indexOf(shelf);
			const asked = new Map<number, boolean>();
			const isOfPartition = (code: number): boolean => {
				if (isPartition === undefined) return true;
				const known = asked.get(code);
				if (known !== undefined) return known;
				const is = isPartition(partitions.nameOf(code));
				asked.set(code, is);
				return is;
			};
			for (let place = placeOf(before) - 1; place >= 0; place--) {
				if (shelfOf[place] !== shelfCode) continue;
				if (end !== undefined && endCodes[place] !== end) continue;
				if (source !== undefined && sourceCodes[place] !== source) continue;
				if (phone !== undefined && phones[place] !== phone) continue;
				const atMs = times[place] as number;
				if (atMs < fromMs || atMs >= toMs) continue;
				if (mayHold(signatures, place, bits) && isOfPartition(partitionCodes[place] as number)) yield place;
			}
		},
		idAt: (place: number): string =>
			entryId(arrivals[place] as number, partitions.nameOf(partitionCodes[place] as number)),
		/** The id of what arrived as this number, where it stands on this shelf. */
		idOf: (shelf: Shelf, arrival: number): string | undefined => {
			const place = placeOf(arrival);
			const isThere = place < count && arrivals[place] === arrival && shelfOf[place] === shelves.indexOf(shelf);
			return isThere ? entryId(arrival, partitions.nameOf(partitionCodes[place] as number)) : undefined;
		},
		/** By numbers as long as they are counted: it is asked for whenever somebody opens a list. */
		facets: (shelf: Shelf): Facets => {
			const shelfCode = shelves.indexOf(shelf);
			const [ofEnds, ofPartitions, ofSources]: [number[], number[], number[]] = [[], [], []];
			const up = (counts: number[], code: number): void => {
				counts[code] = (counts[code] ?? 0) + 1;
			};
			for (let place = count - 1; place >= 0; place--) {
				if (shelfOf[place] !== shelfCode) continue;
				up(ofEnds, endCodes[place] as number);
				up(ofPartitions, partitionCodes[place] as number);
				up(ofSources, sourceCodes[place] as number);
			}
			const named = (counts: readonly number[], names: StringPool): ReadonlyMap<string, number> => {
				const found = new Map<string, number>();
				for (const [code, each] of counts.entries()) if (each > 0) found.set(names.nameOf(code), each);
				return found;
			};
			return {
				ends: named(ofEnds, ends),
				partitions: named(ofPartitions, partitions),
				sources: named(ofSources, sources),
			};
		},
	};
};

export type LeadColumns = ReturnType<typeof createColumns>;
