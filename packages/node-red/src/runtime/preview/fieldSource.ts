import type { Matched } from '@icloud-ready/core';

/** How a field's value can be taken from the message without any reading of the form. */
export interface Carried {
	readonly value: string;
	readonly valueType: 'msg' | 'str';
}

const segment = (key: string): string | undefined => {
	if (/^[A-Za-z_$][\w$]*$/.test(key)) return `.${key}`;
	return /["'\\[\]\n]/.test(key) ? undefined : `["${key}"]`;
};

interface Place {
	readonly path: string;
	readonly value: unknown;
}

/** Looks a dotted place up; a key may hold dots itself, as questions do. */
const lookUp = (value: unknown, place: string, path: string): Place | undefined => {
	if (place === '') return { path, value };
	if (typeof value !== 'object' || value === null) return undefined;
	for (const [key, inner] of Object.entries(value)) {
		if (place !== key && !place.startsWith(`${key}.`)) continue;
		const step = Array.isArray(value) ? `[${key}]` : segment(key);
		const found = step === undefined ? undefined : lookUp(inner, place.slice(key.length + 1), path + step);
		if (found !== undefined) return found;
	}
	return undefined;
};

const asShown = (value: unknown): string =>
	(Array.isArray(value) ? value.map(String).join(', ') : String(value)).trim();

/**
 * A recognized value as a field of the dialog: the place in `msg.payload` that holds it, or, where the source itself is
 * what told it, the value. Undefined where reading the form did more than that, such as parting a name.
 */
export const fieldSource = (
	payload: unknown,
	{ field, from, value, was }: Matched,
	source: string,
): Carried | undefined => {
	if (field === 'customField') return undefined;
	if (from === source) return { value: asShown(value), valueType: 'str' };
	const place = lookUp(payload, from, 'payload') ?? lookUp(payload, `body.${from}`, 'payload');
	if (place === undefined || (typeof place.value === 'object' && !Array.isArray(place.value))) return undefined;
	const there = asShown(place.value);
	const same =
		there === asShown(was ?? value) || (field === 'leadInformation.firstName' && there.includes(asShown(value)));
	return same ? { value: place.path, valueType: 'msg' } : undefined;
};
