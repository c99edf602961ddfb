/** A map that forgets what was not used for longest, so that made-up keys cannot fill the memory. */
export interface LruMap<Value> {
	readonly get: (key: string) => Value | undefined;
	readonly set: (key: string, value: Value) => Value;
	/** Forgets this value of the key, if it still is its value. */
	readonly delete: (key: string, value: Value) => void;
}

/**
 * Each call gives the key that stands first now, to be taken out. A map's own iterator waits before it: from the start, all
 * that were taken out before would be passed each time.
 */
export const oldestKeysOf = <Value>(values: ReadonlyMap<string, Value>): (() => string | undefined) => {
	const keys = values.keys();
	return () => keys.next().value;
};

/** `onDropped`: is given what is forgotten. */
export const createLruMap = <Value>(
	most: number,
	onDropped: (value: Value) => void = () => undefined,
): LruMap<Value> => {
	const values = new Map<string, Value>();
	const nextOldest = oldestKeysOf(values);
	const set = (key: string, value: Value): Value => {
		values.delete(key);
		values.set(key, value);
		const oldest = values.size > most ? nextOldest() : undefined;
		if (oldest !== undefined) {
			const dropped = values.get(oldest);
			values.delete(oldest);
			if (dropped !== undefined) onDropped(dropped);
		}
		return value;
	};
	return {
		get: (key) => {
			const value = values.get(key);
			return value === undefined ? undefined : set(key, value);
		},
		set,
		delete: (key, value) => {
			if (values.get(key) === value) values.delete(key);
		},
	};
};
