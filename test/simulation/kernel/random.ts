/** Chance that is the same for the same seed. */
export interface Random {
	/** From 0 up to but not 1. */
	readonly next: () => number;
	/** A whole number from `least` to `most`, both among them. */
	readonly int: (least: number, most: number) => number;
	readonly chance: (share: number) => boolean;
	readonly pick: <Value>(values: readonly [Value, ...Value[]]) => Value;
}

/** A seed for one subject of a run, so that what one of them draws does not shift what another does. */
export const seedOf = (seed: number, subject: string): number => {
	let hash = 2166136261 ^ seed;
	// A single digit would meet itself here and be gone: nine seeds were one.
	for (const letter of `${seed < 10 ? '0' : ''}${seed}:${subject}`)
		hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619);
	return hash >>> 0;
};

/** Mulberry32: small, quick, and good enough for choosing what goes wrong. */
export const createRandom = (seed: number): Random => {
	let state = seed >>> 0;
	const next = (): number => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
	const int: Random['int'] = (least, most) => least + Math.floor(next() * (most - least + 1));
	return {
		next,
		int,
		chance: (share) => next() < share,
		pick: (values) => values[int(0, values.length - 1)] ?? values[0],
	};
};
