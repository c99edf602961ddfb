import { bitsOf, createNames, larger, mayHold, signatureUnits, writeSignature } from '@icloud-ready/outbox';

/** A lead's key, and the signature of all that it is found by as a text. */
export interface SignedKey {
	readonly key: string;
	readonly signature: string;
}

/**
 * Signatures of leads in the order of their keys, which is that of their arrival: some 150 bytes for each lead. The account
 * of a key stands there as a number, since few have many leads.
 */
export interface TextColumns {
	readonly count: () => number;
	readonly has: (key: string) => boolean;
	/** In any order; one that is there is written over. */
	readonly put: (leads: readonly SignedKey[]) => void;
	/** Keeps those whose key is wanted. */
	readonly keep: (isWanted: (key: string) => boolean) => void;
	/** Keys of those that may hold a text, newest first, before the key `before`. Whatever is put ends it. */
	readonly keys: (text: string, before?: string) => Generator<string>;
}

const firstSize = 1024;
const [timeDigits, halfDigits] = [13, 8];

interface Place {
	readonly ms: number;
	readonly high: number;
	readonly low: number;
	readonly account: string;
}

const placeOf = (key: string): Place => {
	const random = timeDigits + 1;
	return {
		ms: Number(key.slice(0, timeDigits)),
		high: Number.parseInt(key.slice(random, random + halfDigits), 16),
		low: Number.parseInt(key.slice(random + halfDigits, random + 2 * halfDigits), 16),
		account: key.slice(random + 2 * halfDigits + 1),
	};
};
const hex = (half: number): string => half.toString(16).padStart(halfDigits, '0');

export const createTextColumns = (): TextColumns => {
	const accounts = createNames();
	let size = firstSize;
	let count = 0;
	let times = new Float64Array(size);
	let highs = new Uint32Array(size);
	let lows = new Uint32Array(size);
	let owners = new Uint32Array(size);
	let signatures = new Uint16Array(size * signatureUnits);

	const resize = (least: number): void => {
		while (size < least) size *= 2;
		times = larger(new Float64Array(size), times);
		highs = larger(new Uint32Array(size), highs);
		lows = larger(new Uint32Array(size), lows);
		owners = larger(new Uint32Array(size), owners);
		signatures = larger(new Uint16Array(size * signatureUnits), signatures);
	};
	/** Less than nothing where what stands at `at` comes before. */
	const compare = (at: number, { ms, high, low }: Place): number =>
		(times[at] ?? 0) - ms || (highs[at] ?? 0) - high || (lows[at] ?? 0) - low;
	/** Where the first stands that is no less. */
	const find = (place: Place): number => {
		let [from, to] = [0, count];
		while (from < to) {
			const middle = (from + to) >>> 1;
			if (compare(middle, place) < 0) from = middle + 1;
			else to = middle;
		}
		return from;
	};
	const isAt = (at: number, place: Place): boolean => at < count && compare(at, place) === 0;
	const write = (at: number, { ms, high, low, account }: Place, signature: string): void => {
		times[at] = ms;
		highs[at] = high;
		lows[at] = low;
		owners[at] = accounts.codeOf(account);
		writeSignature(signatures, at, signature);
	};
	/** Moves what stands from `from` to before `to`, to where it begins at `at`. */
	const shift = (from: number, to: number, at: number): void => {
		for (const column of [times, highs, lows, owners]) column.copyWithin(at, from, to);
		signatures.copyWithin(at * signatureUnits, from * signatureUnits, to * signatureUnits);
	};
	const keyAt = (at: number): string =>
		`${String(times[at] ?? 0).padStart(timeDigits, '0')}-${hex(highs[at] ?? 0)}${hex(lows[at] ?? 0)}~${accounts.nameOf(owners[at] ?? 0)}`;

	return {
		count: () => count,
		has: (key) => {
			const place = placeOf(key);
			return isAt(find(place), place);
		},
		put: (leads) => {
			const added = new Map<string, { readonly place: Place; readonly signature: string }>();
			for (const { key, signature } of leads) {
				const place = placeOf(key);
				const at = find(place);
				if (isAt(at, place)) write(at, place, signature);
				else added.set(key, { place, signature });
			}
			const sorted = [...added].sort(([one], [other]) => (one < other ? 1 : -1)).map(([, each]) => each);
			if (count + sorted.length > size) resize(count + sorted.length);
			// From the end on, so that each moves once, and what arrived before all of them does not.
			let end = count;
			for (const [index, { place, signature }] of sorted.entries()) {
				const at = find(place);
				const behind = sorted.length - index;
				shift(at, end, at + behind);
				write(at + behind - 1, place, signature);
				end = at;
			}
			count += sorted.length;
		},
		keep: (isWanted) => {
			let kept = 0;
			for (let at = 0; at < count; at++) {
				if (!isWanted(keyAt(at))) continue;
				if (kept !== at) shift(at, at + 1, kept);
				kept++;
			}
			count = kept;
		},
		keys: function* (text, before) {
			const bits = bitsOf(text);
			const from = before === undefined ? count : find(placeOf(before));
			for (let at = from - 1; at >= 0; at--) if (mayHold(signatures, at, bits)) yield keyAt(at);
		},
	};
};
