export const asText = (value: unknown): string =>
	typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';

/** A number within bounds from a property that may be text, as `${ENV}` gives it; the default where it is none. */
export const bounded = (value: unknown, fallback: number, least: number, most: number): number => {
	const number = typeof value === 'number' || asText(value) !== '' ? Number(value) : Number.NaN;
	return Number.isFinite(number) ? Math.min(most, Math.max(least, number)) : fallback;
};

export const isTrue = (value: unknown): boolean => value === true || value === 'true';
