import { type bitsOf, mayHold, type StringPool, signatureUnits, writeSignature } from '@icloud-ready/outbox';

/** So many leads a chunk holds at most: moving all of them within it takes far less than 1 ms. */
export const chunkSize = 1024;
const [timeDigits, halfDigits] = [13, 8];

/** Where a lead stands among others: by when it arrived, and by what tells it from those of the same time. */
export interface Place {
	readonly ms: number;
	readonly high: number;
	readonly low: number;
	readonly account: string;
}

export const placeOf = (key: string): Place => {
	const random = timeDigits + 1;
	return {
		ms: Number(key.slice(0, timeDigits)),
		high: Number.parseInt(key.slice(random, random + halfDigits), 16),
		low: Number.parseInt(key.slice(random + halfDigits, random + 2 * halfDigits), 16),
		account: key.slice(random + 2 * halfDigits + 1),
	};
};
const hex = (half: number): string => half.toString(16).padStart(halfDigits, '0');

/** Some leads that follow each other, in the order of their keys. */
export interface TextChunk {
	readonly count: () => number;
	/** Where the first stands that is no less than a place. */
	readonly find: (place: Place) => number;
	readonly isAt: (at: number, place: Place) => boolean;
	readonly keyAt: (at: number) => string;
	/** Where the last stands before `end` that may hold a text; -1 where none does. */
	readonly lastHolding: (bits: ReturnType<typeof bitsOf>, end: number) => number;
	/** Writes over what stands there. */
	readonly write: (at: number, place: Place, signature: string) => void;
	/** Puts one before what stands there, where there is room. */
	readonly insert: (at: number, place: Place, signature: string) => void;
	/** Makes a chunk of its own of the later half. */
	readonly split: () => TextChunk;
	/** Keeps those whose key is wanted; tells how many went. */
	readonly keep: (isWanted: (key: string) => boolean) => number;
}

/** The columns that a chunk stands in. */
interface Rows {
	readonly times: Float64Array;
	readonly highs: Uint32Array;
	readonly lows: Uint32Array;
	readonly owners: Uint32Array;
	readonly signatures: Uint16Array;
}

/** `accounts`: the account of a key stands there as a number, since few have many leads. */
export const createTextChunk = (
	accounts: StringPool,
	from?: { readonly rows: Rows; readonly at: number },
): TextChunk => {
	const rows: Rows = {
		times: new Float64Array(chunkSize),
		highs: new Uint32Array(chunkSize),
		lows: new Uint32Array(chunkSize),
		owners: new Uint32Array(chunkSize),
		signatures: new Uint16Array(chunkSize * signatureUnits),
	};
	const { times, highs, lows, owners, signatures } = rows;
	let count = 0;
	if (from !== undefined) {
		const { rows: others, at } = from;
		times.set(others.times.subarray(at));
		highs.set(others.highs.subarray(at));
		lows.set(others.lows.subarray(at));
		owners.set(others.owners.subarray(at));
		signatures.set(others.signatures.subarray(at * signatureUnits));
		count = chunkSize - at;
	}

	/** Less than nothing where what stands at `at` comes before. */
	const compare = (at: number, { ms, high, low }: Place): number =>
		(times[at] ?? 0) - ms || (highs[at] ?? 0) - high || (lows[at] ?? 0) - low;
	/** Moves what stands from `begin` to before `end`, to where it begins at `at`. */
	const shift = (begin: number, end: number, at: number): void => {
		for (const column of [times, highs, lows, owners]) column.copyWithin(at, begin, end);
		signatures.copyWithin(at * signatureUnits, begin * signatureUnits, end * signatureUnits);
	};
	const keyAt = (at: number): string =>
		`${String(times[at] ?? 0).padStart(timeDigits, '0')}-${hex(highs[at] ?? 0)}${hex(lows[at] ?? 0)}~${accounts.nameOf(owners[at] ?? 0)}`;
	const write = (at: number, { ms, high, low, account }: Place, signature: string): void => {
		times[at] = ms;
		highs[at] = high;
		lows[at] = low;
		owners[at] = accounts.codeOf(account);
		writeSignature(signatures, at, signature);
	};
	return {
		count: () => count,
		find: (place) => {
			let [low, high] = [0, count];
			while (low < high) {
				const middle = (low + high) >>> 1;
				if (compare(middle, place) < 0) low = middle + 1;
				else high = middle;
			}
			return low;
		},
		isAt: (at, place) => at < count && compare(at, place) === 0,
		keyAt,
		lastHolding: (bits, end) => {
			let at = end - 1;
			while (at >= 0 && !mayHold(signatures, at, bits)) at--;
			return at;
		},
		write,
		insert: (at, place, signature) => {
			shift(at, count, at + 1);
			write(at, place, signature);
			count++;
		},
		split: () => {
			const later = createTextChunk(accounts, { rows, at: chunkSize / 2 });
			count = chunkSize / 2;
			return later;
		},
		keep: (isWanted) => {
			const before = count;
			let kept = 0;
			for (let at = 0; at < before; at++) {
				if (!isWanted(keyAt(at))) continue;
				if (kept !== at) shift(at, at + 1, kept);
				kept++;
			}
			count = kept;
			return before - kept;
		},
	};
};
