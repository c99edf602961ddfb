import { isRecord, parseJson } from '../text/json';
import { normalizeKey } from '../text/text';
import type { Answer } from './answer';
import { evidenceOf } from './evidence/evidenceOf';
import { type Meaning, readLabel } from './evidence/labels';
import { type Part, partsOf, textOf } from './parts';

interface Question {
	readonly label: string;
	readonly type?: string;
}

const idKeys = new Set(['id', 'ref', 'key', 'uuid', 'name', 'fieldid', 'questionid']);
const labelKeys = new Set(['title', 'label', 'question', 'text', 'questiontext', 'fieldlabel', 'heading']);
const deepest = 5;
const mostQuestions = 300;

/** A text, or the only text of a list. */
const plain = (value: unknown): string | undefined =>
	textOf(Array.isArray(value) && value.length === 1 ? (value as readonly unknown[])[0] : value);

const questionIn = (part: Part): readonly [id: string, question: Question] | undefined => {
	let [id, label, type]: (string | undefined)[] = [];
	for (const [key, value] of Object.entries(part)) {
		const name = normalizeKey(key);
		if (idKeys.has(name)) id ??= plain(value);
		else if (labelKeys.has(name)) label ??= plain(value);
		else if (name === 'type' || name === 'kind') type ??= plain(value);
	}
	return id === undefined || label === undefined || label.length > 200
		? undefined
		: [id, { label, ...(type === undefined ? {} : { type }) }];
};

/** Labels by their ids, `{ f1: 'Name', f2: 'Phone' }`: one of them at least names a person's own. */
const labelsIn = (part: Part): readonly (readonly [string, Question])[] | undefined => {
	const entries = Object.entries(part);
	if (entries.length < 2 || entries.length > mostQuestions) return undefined;
	const labels = entries.flatMap(([id, label]) =>
		typeof label === 'string' && label.length <= 200 && mayBeId.test(id) ? [[id, { label }] as const] : [],
	);
	const isTold = labels.some(([, { label }]) => telling.has(readLabel(label).meaning));
	return labels.length === entries.length && isTold ? labels : undefined;
};
const telling: ReadonlySet<Meaning> = new Set<Meaning>([
	'fullName',
	'leadInformation.firstName',
	'leadInformation.phone',
]);

const collect = (value: unknown, into: Map<string, Question>, levels: number): void => {
	if (levels === 0 || into.size >= mostQuestions) return;
	const data = typeof value === 'string' && /^\s*[{[]/.test(value) && value.length < 100_000 ? parseJson(value) : value;
	if (Array.isArray(data)) {
		const parts = partsOf(data).slice(0, mostQuestions);
		for (const part of parts) {
			const [id, question] = questionIn(part) ?? [];
			if (id !== undefined && question !== undefined) into.set(id, question);
		}
	} else if (isRecord(data)) {
		for (const [id, question] of labelsIn(data) ?? []) into.set(id, question);
		for (const inner of Object.values(data)) collect(inner, into, levels - 1);
	}
};

const asked = new WeakMap<Part, ReadonlyMap<string, Question>>();

/** The questions that a payload tells apart from their answers, sought once. */
const questionsOf = (payload: Part): ReadonlyMap<string, Question> => {
	const before = asked.get(payload);
	if (before !== undefined) return before;
	const questions = new Map<string, Question>();
	collect(payload, questions, deepest);
	asked.set(payload, questions);
	return questions;
};

/** Names under which a form says elsewhere what it asked: `Field1`, a hash. */
const mayBeId = /\d/;

/** Answers under the ids of questions, with the questions' own words where the payload says these elsewhere. */
export const withLabels = (answers: readonly Answer[], payload: Part): readonly Answer[] => {
	const isOpen = (answer: Answer): boolean =>
		answer.label === undefined && mayBeId.test(answer.key) && evidenceOf(answer).meaning === undefined;
	if (answers.length > mostQuestions || !answers.some(isOpen)) return answers;
	const questions = questionsOf(payload);
	// What is nothing but its own label was an answer of that word.
	const isAnswered = answers.some(({ key, value }) => questions.has(key) && questions.get(key)?.label !== value);
	if (questions.size === 0 || !isAnswered) return answers;
	return answers.flatMap((answer) => {
		const question = isOpen(answer) ? questions.get(answer.key) : undefined;
		if (question === undefined) return [answer];
		// The question itself, and no answer to it.
		return answer.value === question.label ? [] : [{ ...answer, ...question }];
	});
};
