import type { OwnFields } from '../../runtime/preview/ownFields';
import type { Preview, PreviewRow } from '../../runtime/preview/preview';
import { isFilled, type StoredField } from './storedFields';

export const isPreview = (value: unknown): value is Preview => {
	const { leads, problems, more } = (typeof value === 'object' && value !== null ? value : {}) as Partial<
		Record<keyof Preview, unknown>
	>;
	return Array.isArray(leads) && Array.isArray(problems) && typeof more === 'number';
};

export const isOwnFields = (value: unknown): value is OwnFields => {
	const { fields, left } = (typeof value === 'object' && value !== null ? value : {}) as Partial<
		Record<keyof OwnFields, unknown>
	>;
	return Array.isArray(fields) && Array.isArray(left);
};

/** Whether a form was read, so that its values have places. */
export const isRead = (rows: readonly PreviewRow[]): boolean => rows.some(({ from }) => from !== undefined);

/** The rows of the Lead tab with the placed ones among them: what a person filled in stays. */
export const withOwn = (present: readonly StoredField[], own: readonly StoredField[]): readonly StoredField[] => {
	const filled = present.filter(isFilled);
	const taken = new Set(filled.map(({ field }) => field));
	return [...filled, ...own.filter(({ field }) => !taken.has(field))];
};
