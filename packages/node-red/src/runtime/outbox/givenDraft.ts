import { fieldNamed, fields, isRecord, type Lead, type LeadDraft, parseJson, withField } from '@icloud-ready/core';
import { textOfValue, valueAt } from '@icloud-ready/outbox/view/leadTexts';

type Given = Readonly<Record<string, unknown>>;

/** Characters of one value that are kept: more is no value of a field, and fills the disk. */
const maxValueLength = 10_000;

const kept = (value: unknown): unknown => {
	if (typeof value === 'string') return value.slice(0, maxValueLength);
	const text = JSON.stringify(value) as string | undefined;
	return text === undefined || text.length > maxValueLength ? undefined : (JSON.parse(text) as unknown);
};

/** A draft in the API body's shape with the fields of the catalog alone, flat names in their places. Never throws. */
export const draftAsGiven = (draft: unknown): Given => {
	const whole = typeof draft === 'string' ? parseJson(draft) : draft;
	if (!isRecord(whole)) return {};
	let given: LeadDraft = {};
	for (const field of fields) {
		try {
			const value = kept(
				valueAt(whole, field.path) ?? (fieldNamed(field.name) === field ? whole[field.name] : undefined),
			);
			if (value !== undefined && value !== null && value !== '') given = withField(given, field.path, value);
		} catch {
			// What has no JSON can be shown to nobody.
		}
	}
	return given as Given;
};

/** By what people know it; what is missing is empty. */
export const personOf = (given: Given): Lead => {
	const of = (path: string): string => textOfValue(valueAt(given, path));
	const [lastName, email] = [of('leadInformation.lastName'), of('leadInformation.email')];
	return {
		leadInformation: {
			firstName: of('leadInformation.firstName'),
			phone: of('leadInformation.phone'),
			...(lastName === '' ? {} : { lastName }),
			...(email === '' ? {} : { email }),
		},
	};
};
