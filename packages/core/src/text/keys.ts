const known = new WeakMap<object, readonly string[]>();

/** So many are listed faster than they are looked up. */
const few = 500;

/** The keys of an object that never changes, listed once: of a hundred thousand that takes as long as all else that is done with them. */
export const keysOf = (object: object): readonly string[] => {
	const before = known.get(object);
	if (before !== undefined) return before;
	const keys = Object.keys(object);
	rememberKeys(object, keys);
	return keys;
};

/** Says the keys of an object that was made of them, in their order, so that it need not be asked. */
export const rememberKeys = (object: object, keys: readonly string[]): void => {
	if (keys.length > few) known.set(object, keys);
};
