import { chunkSize, createTextChunk, type Place, placeOf, type TextChunk } from './textChunk';
import { bitsOf, createStringPool } from '@icloud-ready/outbox';

/** A lead's key, and the signature of all that it is found by as a text. */
export interface SignedKey {
	readonly key: string;
	readonly signature: string;
}

/**
 * Signatures of leads in the order of their keys, which is that of their arrival: some 150 bytes for each lead. They stand in
 * chunks, so that nothing moves all of them at once.
 */
export interface TextColumns {
	readonly count: () => number;
	readonly has: (key: string) => boolean;
	/** In any order; one that is there is written over. */
	readonly put: (leads: readonly SignedKey[]) => void;
	/** Keeps those whose key is wanted, in steps of some ms. What is put between two of them stays. */
	readonly keep: (isWanted: (key: string) => boolean) => Generator<void>;
	/** Keys of those that may hold a text, newest first, before the key `before`. Whatever is put ends it. */
	readonly keys: (text: string, before?: string) => Generator<string>;
}

export const createTextColumns = (): TextColumns => {
	const accounts = createStringPool();
	const chunks: TextChunk[] = [];
	let count = 0;

	/** How many chunks begin before a place. */
	const chunksBefore = (place: Place): number => {
		let [from, to] = [0, chunks.length];
		while (from < to) {
			const middle = (from + to) >>> 1;
			if (chunks[middle]?.find(place) === 0) to = middle;
			else from = middle + 1;
		}
		return from;
	};
	/** The chunk that a place belongs to: the last that does not begin behind it. */
	const indexOf = (place: Place): number => {
		const before = chunksBefore(place);
		return chunks[before]?.isAt(0, place) === true ? before : Math.max(0, before - 1);
	};
	const insert = (index: number, place: Place, signature: string): void => {
		const chunk = chunks[index];
		const at = chunk?.find(place) ?? 0;
		if (chunk !== undefined && chunk.count() < chunkSize) return chunk.insert(at, place, signature);
		// Nearly all come behind the last: their chunks are full.
		const isLast = at === chunkSize || chunk === undefined;
		const later = isLast ? createTextChunk(accounts) : chunk.split();
		chunks.splice(index + 1, 0, later);
		insert(isLast || later.find(place) > 0 ? Math.min(index + 1, chunks.length - 1) : index, place, signature);
	};
	const put = ({ key, signature }: SignedKey): void => {
		const place = placeOf(key);
		const index = indexOf(place);
		const at = chunks[index]?.find(place) ?? 0;
		if (chunks[index]?.isAt(at, place) === true) return chunks[index].write(at, place, signature);
		insert(index, place, signature);
		count++;
	};
	return {
		count: () => count,
		has: (key) => {
			const place = placeOf(key);
			const chunk = chunks[indexOf(place)];
			return chunk?.isAt(chunk.find(place), place) === true;
		},
		put: (leads) => {
			for (const lead of leads) put(lead);
		},
		keep: function* (isWanted) {
			let before: Place | undefined;
			for (;;) {
				// By its place, since chunks may be split between two steps.
				const index = (before === undefined ? chunks.length : chunksBefore(before)) - 1;
				const chunk = chunks[index];
				if (chunk === undefined) return;
				before = placeOf(chunk.keyAt(0));
				count -= chunk.keep(isWanted);
				if (chunk.count() === 0) chunks.splice(index, 1);
				yield;
			}
		},
		keys: function* (text, before) {
			const bits = bitsOf(text);
			const place = before === undefined ? undefined : placeOf(before);
			const behind = place === undefined ? chunks.length : chunksBefore(place);
			for (const chunk of chunks.slice(0, behind).reverse()) {
				const end = place === undefined ? chunk.count() : chunk.find(place);
				for (let at = chunk.lastHolding(bits, end); at >= 0; at = chunk.lastHolding(bits, at)) yield chunk.keyAt(at);
			}
		},
	};
};
