import type { PreviewRow } from '../../runtime/preview/preview';
import { isFilled, type StoredField } from './storedFields';

/** Whether a form was read, so that its values have places. */
export const isRead = (rows: readonly PreviewRow[]): boolean => rows.some(({ from }) => from !== undefined);

/** The rows of the Lead tab with the placed ones among them: what a person filled in stays. */
export const withOwn = (present: readonly StoredField[], own: readonly StoredField[]): readonly StoredField[] => {
	const filled = present.filter(isFilled);
	const taken = new Set(filled.map(({ field }) => field));
	return [...filled, ...own.filter(({ field }) => !taken.has(field))];
};
