import { type FieldPath, fields, fullNameSynonyms } from '../fields';
import { normalizeKey } from '../text';
import type { Answer } from './answer';

/** What an answer is about: a field of the catalog, a person's whole name, or nothing that a lead has a field for. */
export type Meaning = FieldPath | 'fullName' | undefined;

const meanings: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
	...fields.flatMap((field) => [...field.synonyms, field.label, field.labelAr, field.name].map((name) => [normalizeKey(name), field.path] as const)),
	...fullNameSynonyms.map((name) => [normalizeKey(name), 'fullName'] as const),
]);

/** Groups that have a name of their own, which is never a person's. */
const nameless = new Set(['form', 'page', 'ad', 'adset', 'adgroup', 'adsquad', 'campaign', 'site', 'account', 'advertiser', 'product', 'project', 'unit', 'meta']);

const ofType = (type: string): Meaning => {
	const key = normalizeKey(type);
	if (key === 'tel' || key.includes('phone')) return 'leadInformation.phone';
	return key.includes('email') ? 'leadInformation.email' : undefined;
};

/**
 * The meaning of an answer: its type wins over its name, since people label a phone field in a thousand ways; then its
 * key, then its label.
 */
export const meaningOf = ({ key, label, type, from }: Answer): Meaning => {
	const typed = type === undefined ? undefined : ofType(type);
	if (typed !== undefined) return typed;
	const found = meanings.get(normalizeKey(key)) ?? (label === undefined ? undefined : meanings.get(normalizeKey(label)));
	const parent = normalizeKey(from.split('.').at(-2) ?? '');
	return found === 'fullName' && nameless.has(parent) ? undefined : found;
};
