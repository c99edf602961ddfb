import { fields, type Field, labelIn, type Language } from '@icloud-ready/core';

/** What the list shows of a lead; each is empty where it is not known. */
export interface Person {
	readonly name: string;
	readonly phone: string;
	readonly source: string;
}

/** A field that was sent; several values are a list. */
export interface FieldValues {
	readonly path: string;
	readonly label: string;
	readonly values: readonly string[];
}

/** JSON text as data, or the text itself when it is none. */
export const parseText = (text: string): unknown => {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
};

/** The value at a dotted path; undefined where there is none. */
export const valueAt = (body: unknown, path: string): unknown =>
	path
		.split('.')
		.reduce<unknown>(
			(at, name) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined),
			body,
		);

const shown = (value: unknown): string => {
	if (value === undefined || value === null) return '';
	return typeof value === 'string' ? value : JSON.stringify(value);
};

const shownValues = (value: unknown): readonly string[] =>
	(Array.isArray(value) ? value : [value]).map(shown).filter(Boolean);

/** Who a body is about. */
export const person = (body: unknown): Person => ({
	name: [valueAt(body, 'leadInformation.firstName'), valueAt(body, 'leadInformation.lastName')]
		.map(shown)
		.filter(Boolean)
		.join(' '),
	phone: shown(valueAt(body, 'leadInformation.phone')),
	source: shown(valueAt(body, 'leadSource')),
});

/** What a body gives of the catalog's fields, in the catalog's order. */
export const fieldValues = (body: unknown, language: Language = 'en'): readonly FieldValues[] =>
	(fields as readonly Field[])
		.map((field) => ({ field, path: field.path }))
		.map(({ field, path }) => ({ path, label: labelIn(field, language), values: shownValues(valueAt(body, path)) }))
		.filter(({ values }) => values.length > 0);
