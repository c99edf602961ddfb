import { fieldAt, type FieldPath, fields, fullNameSynonyms } from '../fields';
import { clean, normalizeKey } from '../text';
import type { Answer } from './answer';
import { meaningOfQuestion } from './question';

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

/** The name of the group that a value stands in, made comparable. */
const parentOf = (from: string): string => normalizeKey(from.split('.').at(-2) ?? '');

const first = (texts: readonly string[], find: (text: string) => Meaning): Meaning => {
	for (const text of texts) {
		const found = find(text);
		if (found !== undefined) return found;
	}
	return undefined;
};

/** What a `name` or `first` within a group means: `company.name` is the company, `name.first` the first name. */
const inGroup = (found: Meaning, key: string, parent: string): Meaning => {
	const group = meanings.get(parent);
	if (found === undefined) return group === 'fullName' ? meanings.get(`${key}name`) : undefined;
	if (found !== 'fullName') return found;
	const kind = group === undefined || group === 'fullName' ? undefined : fieldAt(group)?.kind;
	if (kind === 'text' || kind === 'choice' || kind === 'country') return group;
	return nameless.has(parent) ? undefined : found;
};

const named = (name: string): Meaning => meanings.get(normalizeKey(name));

/**
 * The meaning of an answer: its type wins over its name, since people label a phone field in a thousand ways; then its
 * key, then its label; then either of them as a question in more words.
 */
export const meaningOf = ({ key, label, type, from, value }: Answer): Meaning => {
	const typed = type === undefined ? undefined : ofType(type);
	if (typed !== undefined) return typed;
	const texts = label === undefined ? [key] : [key, label];
	const found = first(texts, named) ?? first(texts, (text) => meaningOfQuestion(text, value, named));
	return inGroup(found, normalizeKey(key), parentOf(from));
};

/** What an answer that no field takes is called: a `name` that is not a person's by what it is the name of. */
export const titleOf = ({ key, label, from = key }: Pick<Answer, 'key' | 'label'> & { readonly from?: string }): string => {
	const title = clean(label ?? key) || key;
	const parent = parentOf(from);
	return label === undefined && nameless.has(parent) && named(key) === 'fullName' ? `${parent}_${title}` : title;
};
