/**
 * What is known of a lead's key. `sending` is written before the lead leaves and `created` when its answer came: a key
 * found at `sending` was cut off between the two, and nobody knows whether its lead exists.
 */
export type DedupeState = 'sending' | 'created';

/** Where marks are kept. A resolved `put` survives what the store is meant to survive. */
export interface DedupeStore {
	/** Marks are written together later: an outcome does not wait for its mark, but the key stays in flight until then. */
	readonly writeBehind?: boolean;
	readonly get: (key: string) => Promise<DedupeState | undefined>;
	readonly put: (key: string, mark: DedupeState) => Promise<void>;
	readonly remove: (key: string) => Promise<void>;
	readonly close: () => Promise<void>;
}

/** Marks that last as long as this object: one deploy, one run. */
export const memoryDedupeStore = (): DedupeStore => {
	const marks = new Map<string, DedupeState>();
	return {
		get: async (key) => await Promise.resolve(marks.get(key)),
		put: async (key, mark) => {
			await Promise.resolve(marks.set(key, mark));
		},
		remove: async (key) => {
			await Promise.resolve(marks.delete(key));
		},
		close: async () => {
			await Promise.resolve(marks.clear());
		},
	};
};
