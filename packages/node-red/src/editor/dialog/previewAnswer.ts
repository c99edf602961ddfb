import type { Preview, PreviewRow } from '../../runtime/preview';
import type { StoredField } from './storedFields';

export const isPreview = (value: unknown): value is Preview => {
	const { leads, problems, more } = (typeof value === 'object' && value !== null ? value : {}) as Partial<Record<keyof Preview, unknown>>;
	return Array.isArray(leads) && Array.isArray(problems) && typeof more === 'number';
};

/** What "Make these my fields" fills in, and which rows it has to leave out. */
export const fieldsOf = (rows: readonly PreviewRow[]): { readonly fields: readonly StoredField[]; readonly left: readonly PreviewRow[] } => ({
	fields: rows.flatMap(({ path, carried }) => (carried === undefined ? [] : [{ field: path, value: carried.value, valueType: carried.valueType }])),
	left: rows.filter(({ carried }) => carried === undefined),
});
