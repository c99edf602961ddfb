/** A map that forgets what was not used for longest, so that made-up keys cannot fill the memory. */
export interface Latest<Value> {
	readonly get: (key: string) => Value | undefined;
	readonly set: (key: string, value: Value) => Value;
}

export const createLatest = <Value>(most: number): Latest<Value> => {
	const values = new Map<string, Value>();
	const set = (key: string, value: Value): Value => {
		values.delete(key);
		values.set(key, value);
		const [oldest] = values.keys();
		if (values.size > most && oldest !== undefined) values.delete(oldest);
		return value;
	};
	return {
		get: (key) => {
			const value = values.get(key);
			return value === undefined ? undefined : set(key, value);
		},
		set,
	};
};
