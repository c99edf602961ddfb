/** What n8n stores of an execution: a list in which every object and text stands once and is named by its place. */
export const parseFlatted = (text) => {
	const all = JSON.parse(text);
	const known = new Map();
	const valueOf = (reference) => {
		if (known.has(reference)) return known.get(reference);
		const stored = all[Number(reference)];
		if (typeof stored !== 'object' || stored === null) return stored;
		const value = Array.isArray(stored) ? [] : {};
		known.set(reference, value);
		for (const [key, inner] of Object.entries(stored)) value[key] = typeof inner === 'string' ? valueOf(inner) : inner;
		return value;
	};
	return valueOf('0');
};
