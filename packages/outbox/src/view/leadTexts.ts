import { fields } from '@icloud-ready/core';

const record = (value: unknown): Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

/** What stands at a dotted path of a lead or a draft. */
export const valueAt = (lead: unknown, path: string): unknown =>
	path.split('.').reduce<unknown>((value, key) => record(value)[key], lead);

const pairs = (value: unknown): string =>
	Object.entries(record(value))
		.map(([key, each]) => `${key}: ${String(each)}`)
		.join('\n');

/** A value for reading; Custom Field, which is sent as JSON text, as one line for each answer. */
export const textOfValue = (value: unknown): string => {
	if (value === undefined || value === null) return '';
	if (Array.isArray(value)) return value.map(String).join(', ');
	if (typeof value === 'object') return pairs(value);
	if (typeof value !== 'string' || !value.startsWith('{')) return String(value);
	try {
		return pairs(JSON.parse(value)) || value;
	} catch {
		return value;
	}
};

/** One field of a lead for reading. */
export interface FieldText {
	/** Flat name of the field. */
	readonly name: string;
	readonly value: string;
}

/** Every field of the catalog with its value in a lead, empty where it has none. */
export const textsOfLead = (lead: unknown): readonly FieldText[] =>
	fields.map(({ name, path }) => ({ name, value: textOfValue(valueAt(lead, path)) }));
