/** One entry of the node's `fields`: a dotted API path and the typed input that gives its value. */
export interface StoredField {
	readonly field: string;
	readonly value: string;
	readonly valueType: string;
}

const isStored = (entry: unknown): entry is StoredField => {
	if (typeof entry !== 'object' || entry === null) return false;
	const { field, value, valueType } = entry as Partial<Record<keyof StoredField, unknown>>;
	return typeof field === 'string' && typeof value === 'string' && typeof valueType === 'string';
};

/** The entries of a flow, which anybody may have written. */
export const storedFields = (given: unknown): readonly StoredField[] =>
	Array.isArray(given) ? given.filter(isStored) : [];

export const isFilled = ({ value }: { readonly value: string }): boolean => value.trim() !== '';

/** What is saved: the filled rows, and entries for fields that this form does not know, untouched. */
export const fieldsToStore = (rows: readonly StoredField[], before: readonly StoredField[]): readonly StoredField[] => {
	const shown = new Set(rows.map(({ field }) => field));
	return [...rows.filter(isFilled), ...before.filter(({ field }) => !shown.has(field))];
};

/** Of the required paths, those without a value. */
export const missingPaths = (required: readonly string[], stored: readonly StoredField[]): readonly string[] => {
	const filled = new Set(stored.filter(isFilled).map(({ field }) => field));
	return required.filter((path) => !filled.has(path));
};
