import { isNameOrContact, type Meaning, readLabel } from './evidence/labels';
import { byValueKind, textOfAnswer } from './match/valueKind';
import type { Part } from './parts';

/** No list of questions needs more of them to be told. */
const mostLooked = 60;

/** What a question has besides its answer. */
const ofQuestion = /^(?:_?id|ref|uuid|hash|type|kind|field_?type|required|order)$/i;

/** The fields that the texts under one key name, one for each part; undefined where it is no key of questions. */
const meaningsUnder = (key: string, parts: readonly Part[]): readonly Meaning[] | undefined => {
	const texts = parts.map((part) => part[key]);
	if (!texts.every((text) => typeof text === 'string' && text.length <= 200)) return undefined;
	const meanings = (texts as readonly string[]).map((text) => readLabel(text).meaning);
	const told = new Set(meanings.filter((meaning) => isNameOrContact(meaning)));
	return told.size === 0 || new Set(texts).size < texts.length ? undefined : meanings;
};

/**
 * Which keys of a list of objects hold the questions and which the answers, told by what they hold: questions name fields of a
 * person, each another one, and the answers to these look like what was asked for. Undefined where the list is something else.
 */
export const labelKeyIn = (list: readonly Part[]): { readonly label: string; readonly value: string } | undefined => {
	// One object is a message or a person as soon as a question: any of its words may name a field.
	if (list.length < 2) return undefined;
	const parts = list.slice(0, mostLooked);
	const keys = Object.keys(parts[0] ?? {}).slice(0, 30);
	for (const label of keys) {
		const meanings = meaningsUnder(label, parts);
		if (meanings === undefined) continue;
		// What answers one question and cannot answer the next is a fact about questions.
		const score = (key: string): number =>
			parts.reduce((sum, part, at) => {
				const meaning = meanings[at];
				const text = meaning !== undefined && isNameOrContact(meaning) ? textOfAnswer(part[key]) : '';
				if (meaning === undefined || text === '') return sum;
				return readLabel(text).meaning === undefined && byValueKind(meaning, part[key]) ? sum + 1 : sum - 1;
			}, 0);
		const [best] = keys
			.filter((key) => key !== label && !ofQuestion.test(key) && !isNameOrContact(readLabel(key).meaning))
			.map((key) => ({ key, score: score(key) }))
			.sort((one, other) => other.score - one.score);
		if (best !== undefined && best.score > 0) return { label, value: best.key };
	}
	return undefined;
};
