import { type FieldPath, fields, fullNameSynonyms } from '../../catalog/fields';
import { clean, normalizeKey } from '../../text/text';
import { isTitle } from '../../values/person';
import type { Answer } from '../answer';
import { groupToSay, inGroup } from './group';
import { meaningOfQuestion } from './questionText';
import { suits, textOfAnswer } from './valueKind';

/** What an answer is about: a field of the catalog, a person's whole name, or nothing that a lead has a field for. */
export type Meaning = FieldPath | 'fullName' | undefined;

const meanings: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
	...fields.flatMap((field) =>
		[...field.synonyms, field.label, field.labelAr, field.name].map(
			(name) => [normalizeKey(name), field.path] as const,
		),
	),
	...fullNameSynonyms.map((name) => [normalizeKey(name), 'fullName'] as const),
]);

const ofType = (type: string): Meaning => {
	const key = normalizeKey(type);
	if (key === 'tel' || key.includes('phone')) return 'leadInformation.phone';
	return key.includes('email') ? 'leadInformation.email' : undefined;
};

const first = (texts: readonly string[], find: (text: string) => Meaning): Meaning => {
	for (const text of texts) {
		const found = find(text);
		if (found !== undefined) return found;
	}
	return undefined;
};

const named = (name: string): Meaning => meanings.get(normalizeKey(name));

const meant = ({ key, label, type, from, value }: Answer): Meaning => {
	const typed = type === undefined ? undefined : ofType(type);
	if (typed !== undefined) return typed;
	const texts = label === undefined ? [key] : [key, label];
	const found = first(texts, named) ?? first(texts, (text) => meaningOfQuestion(text, value, named));
	const meaning = inGroup(found, key, from, named);
	// "Title: Mr." is how somebody is addressed, and no position.
	if (meaning === 'leadInformation.title' && isTitle(textOfAnswer(value))) return 'leadInformation.salutation';
	return meaning === undefined || suits(meaning, value) ? meaning : undefined;
};

/** Answers never change, and are asked about again and again. */
const known = new WeakMap<Answer, { readonly meaning: Meaning }>();

/**
 * The meaning of an answer: its type wins over its name, since people label a phone field in a thousand ways; then its
 * key, then its label; then either of them as a question in more words.
 */
export const meaningOf = (answer: Answer): Meaning => {
	const before = known.get(answer);
	if (before !== undefined) return before.meaning;
	const meaning = meant(answer);
	known.set(answer, { meaning });
	return meaning;
};

/** What an answer that no field takes is called: an `id` or a `name` in a group by what it is of, any other by its own words. */
export const titleOf = ({
	key,
	label,
	from = key,
}: Pick<Answer, 'key' | 'label'> & { readonly from?: string }): string => {
	const title = clean(label ?? key) || key;
	const group = label === undefined ? groupToSay(key, from) : undefined;
	return group === undefined ? title : `${group}_${title}`;
};
