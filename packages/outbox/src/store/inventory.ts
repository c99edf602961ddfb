/** How many keys there are, and a sum over all of them with their check values that does not ask for their order. */
export interface Total {
	readonly count: number;
	/** 16 hexadecimal digits. */
	readonly sum: string;
}

/**
 * What must be there: each key with the check value of its text. It holds hashes of keys, some 20 bytes for each, so that a
 * million takes no more than pages of a book would.
 */
export interface Inventory {
	/** The check value of a key's text; undefined where no such key must be there. */
	readonly checkOf: (key: string) => number | undefined;
	readonly set: (key: string, check: number) => void;
	readonly remove: (key: string) => void;
	readonly total: () => Total;
	/** Notes that a key was met; true the first time since `forgetMet`, and false where no such key must be there. */
	readonly meet: (key: string) => boolean;
	/** How many of the keys were met. */
	readonly met: () => number;
	readonly forgetMet: () => void;
}

const unused = 0;
const used = 1;
const removed = 2;
const metBit = 4;

const firstSize = 1024;
/** Beyond this share a search takes long. */
const mostFull = 0.6;

const hex = (value: number): string => (value >>> 0).toString(16).padStart(8, '0');

export const createInventory = (): Inventory => {
	let size = firstSize;
	let first = new Uint32Array(size);
	let second = new Uint32Array(size);
	let checks = new Uint32Array(size);
	let states = new Uint8Array(size);
	let [count, taken, metCount, sumFirst, sumSecond] = [0, 0, 0, 0, 0];
	/** Of the key that was hashed last: a pair for each would be a million objects. */
	let [hashFirst, hashSecond] = [0, 0];

	const hash = (key: string): void => {
		let [one, other] = [0xdeadbeef, 0x41c6ce57];
		for (let at = 0; at < key.length; at++) {
			const code = key.charCodeAt(at);
			one = Math.imul(one ^ code, 2654435761);
			other = Math.imul(other ^ code, 1597334677);
		}
		one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(other ^ (other >>> 13), 3266489909);
		other = Math.imul(other ^ (other >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
		hashFirst = one >>> 0;
		hashSecond = other >>> 0;
	};
	const add = (at: number, sign: 1 | -1): void => {
		const check = checks[at] as number;
		const one = Math.imul((first[at] as number) ^ check, 2654435761);
		const other = Math.imul(((second[at] as number) + check) | 0, 1597334677);
		sumFirst = (sumFirst + sign * (one ^ (one >>> 15))) | 0;
		sumSecond = (sumSecond + sign * (other ^ (other >>> 13))) | 0;
	};
	/** Where the key that was hashed last stands; -1 where it does not. */
	const find = (): number => {
		const mask = size - 1;
		for (let at = hashFirst & mask; states[at] !== unused; at = (at + 1) & mask)
			if (((states[at] as number) & used) !== 0 && first[at] === hashFirst && second[at] === hashSecond) return at;
		return -1;
	};
	const insert = (check: number, state: number): number => {
		const mask = size - 1;
		let at = hashFirst & mask;
		while (((states[at] as number) & used) !== 0) at = (at + 1) & mask;
		if (states[at] === unused) taken++;
		first[at] = hashFirst;
		second[at] = hashSecond;
		checks[at] = check;
		states[at] = state;
		return at;
	};
	const grow = (): void => {
		const before = { first, second, checks, states };
		if (count > size * mostFull * 0.5) size *= 2;
		first = new Uint32Array(size);
		second = new Uint32Array(size);
		checks = new Uint32Array(size);
		states = new Uint8Array(size);
		taken = 0;
		// By places: going through pairs of them takes several times as long, and nothing else is done meanwhile.
		for (let at = 0; at < before.states.length; at++) {
			const state = before.states[at] as number;
			if ((state & used) === 0) continue;
			hashFirst = before.first[at] as number;
			hashSecond = before.second[at] as number;
			insert(before.checks[at] as number, state);
		}
	};

	return {
		checkOf: (key) => {
			hash(key);
			const at = find();
			return at < 0 ? undefined : checks[at];
		},
		set: (key, check) => {
			if (taken > size * mostFull) grow();
			hash(key);
			const at = find();
			if (at >= 0) {
				add(at, -1);
				checks[at] = check;
				add(at, 1);
				return;
			}
			add(insert(check, used), 1);
			count++;
		},
		remove: (key) => {
			hash(key);
			const at = find();
			if (at < 0) return;
			add(at, -1);
			if (((states[at] as number) & metBit) !== 0) metCount--;
			states[at] = removed;
			count--;
		},
		total: () => ({ count, sum: hex(sumFirst) + hex(sumSecond) }),
		meet: (key) => {
			hash(key);
			const at = find();
			if (at < 0 || ((states[at] as number) & metBit) !== 0) return false;
			states[at] = used | metBit;
			metCount++;
			return true;
		},
		met: () => metCount,
		forgetMet: () => {
			for (let at = 0; at < size; at++) if (((states[at] as number) & used) !== 0) states[at] = used;
			metCount = 0;
		},
	};
};
