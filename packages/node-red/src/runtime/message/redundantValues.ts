import type { FieldValues } from './evaluateFields';
import { type Matched, splitName } from '@icloud-ready/core';

const firstNamePath = 'leadInformation.firstName';
const lastNamePath = 'leadInformation.lastName';

const plain = (value: unknown): string | undefined =>
	typeof value === 'string' || typeof value === 'number' ? String(value).trim().replace(/\s+/g, ' ') : undefined;
const sameText = (one: unknown, other: unknown): boolean => {
	if (Array.isArray(one) && Array.isArray(other))
		return one.length === other.length && one.every((each, index) => sameText(each, other[index]));
	const text = plain(one);
	return text !== undefined && text === plain(other);
};

/** Whether a whole name is the one that both of a form's names were parted from. */
const isWholeName = (value: unknown, first: Matched, last: Matched | undefined): boolean => {
	const text = plain(value);
	if (text === undefined || (last !== undefined && last.from !== first.from)) return false;
	const { firstName, lastName } = splitName(text);
	return sameText(firstName, first.value) && sameText(lastName ?? '', last?.value ?? '');
};

/**
 * The dialog's values that differ from what reading the form found. One that holds the same answer says less than the
 * reading, which knows the country of a phone and where a name parts, so that the reading stands.
 */
export const withoutRedundant = (values: FieldValues, matched: readonly Matched[]): FieldValues => {
	if (values.length === 0) return values;
	const found = new Map(matched.map((entry) => [entry.field, entry] as const));
	return values.filter(({ field, value }) => {
		const entry = found.get(field);
		if (entry === undefined) return true;
		if (sameText(value, entry.was ?? entry.value)) return false;
		return field !== firstNamePath || !isWholeName(value, entry, found.get(lastNamePath));
	});
};
