/** Reads n8n's execution data: a list of values in which a text inside an object or list is the index of another value. */
export const parseFlatted = (text: string): unknown => {
	const values = JSON.parse(text) as readonly unknown[];
	const known = new Map<number, unknown>();
	const at = (index: number): unknown => {
		const value = values[index];
		if (typeof value !== 'object' || value === null) return value;
		const before = known.get(index);
		if (before !== undefined) return before;
		const read: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
		known.set(index, read);
		for (const [key, each] of Object.entries(value))
			Object.assign(read, { [key]: typeof each === 'string' ? at(Number(each)) : (each as unknown) });
		return read;
	};
	return at(0);
};
