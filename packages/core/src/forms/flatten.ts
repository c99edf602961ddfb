import { isRecord, parseJson } from '../text/json';
import { normalizeKey } from '../text/text';
import type { Answer } from './answer';
import { unbracketed } from './brackets';
import { contactsIn } from './contactList';
import { evidenceOf } from './evidence/evidenceOf';
import { isNested } from './fitted';
import { controlAnswers, isControl, phoneOf } from './match/controls';
import { isSecretKey } from './match/secret';
import { pairAnswers, pairsSteps } from './pairs';
import type { Part } from './parts';
import { finish, type Steps, stride } from '../text/steps';

/** Deeper groups are opened only where they tell something of the person. */
const usual = 6;
const deepest = 24;

/** Keys under which a form sent as fields carries the whole of it as one text. */
const wholeForm = new Set(
	[
		'payload',
		'data',
		'data.json',
		'json',
		'form_data',
		'raw_request',
		'body',
		'form',
		'fields',
		'answers',
		'submission',
	].map(normalizeKey),
);

/** JSON text under a name that a whole form has, as the form; keys with brackets as the groups that they say. */
export const opened = (key: string, value: unknown): unknown => {
	if (isRecord(value)) return unbracketed(value);
	if (typeof value !== 'string' || !/^\s*[{[]/.test(value.slice(0, 50)) || !wholeForm.has(normalizeKey(key)))
		return value;
	const inner = parseJson(value);
	return typeof inner === 'object' && inner !== null ? inner : value;
};

/** Answers of which any is for a field. */
const telling = (answers: readonly Answer[]): readonly Answer[] | undefined =>
	answers.some((answer) => evidenceOf(answer).meaning !== undefined) ? answers : undefined;

/** A list with one object in it is that object, where it tells something of the person. */
const onlyEntry = (list: readonly unknown[], at: readonly string[]): readonly Answer[] | undefined => {
	const [only] = list;
	if (list.length !== 1 || !isRecord(only) || at.length >= deepest) return undefined;
	return telling(flatten(only, [...at, '0']));
};

function* ofListSteps(key: string, list: readonly unknown[], at: readonly string[]): Steps<readonly Answer[]> {
	const from = at.join('.');
	const whole: readonly Answer[] = [{ key, value: list, from }];
	if (!isNested(list)) return whole;
	return contactsIn(list, key, from) ?? (yield* pairsSteps(list, from, key)) ?? onlyEntry(list, at) ?? whole;
}

const ofEntry = (key: string, given: unknown, path: readonly string[]): readonly Answer[] => {
	const value = opened(key, given);
	if (typeof value !== 'object' || value === null)
		return [{ key, value, from: path.length === 0 ? key : `${path.join('.')}.${key}` }];
	const at = [...path, key];
	if (Array.isArray(value)) return finish(ofListSteps(key, value as readonly unknown[], at));
	if (!isRecord(value)) return [];
	const from = at.join('.');
	// CRMs write each answer as an object of its own: `firstname: { value }`.
	if (Object.keys(value).length === 1 && 'value' in value && !isRecord(value.value))
		return [{ key, value: value.value, from }];
	const phone = phoneOf(value);
	if (phone !== undefined) return [{ key, value: phone, from, type: 'tel' }];
	if (isControl(value)) return controlAnswers({ key, value, from });
	const pair = pairAnswers(value, from, key);
	if (pair !== undefined) return pair;
	if (at.length < usual) return flatten(value, at);
	return (at.length < deepest ? telling(flatten(value, at)) : undefined) ?? [{ key, value, from }];
};

/** Several sources ask for the same payload's answers. */
const known = new WeakMap<Part, readonly Answer[]>();

/** A group with more entries than these is read with pauses. */
const large = 200;

/** Whether a group is large or holds a large one, and is no question or control itself: those are small. */
const isPlainGroup = (key: string, value: unknown, levels: number): value is Part => {
	if (!isRecord(value) || levels >= usual) return false;
	const keys = Object.keys(value);
	if (keys.length > large) return true;
	return (
		keys.some((name) => isPlainGroup(name, value[name], levels + 1)) &&
		pairAnswers(value, '', key) === undefined &&
		!isControl(value)
	);
};

function* flattenInto(answers: Answer[], part: Part, path: readonly string[]): Steps<void> {
	let left = stride;
	for (const key of Object.keys(part)) {
		if (--left === 0) {
			left = stride;
			yield;
		}
		if (isSecretKey(key)) continue;
		const value = opened(key, part[key]);
		if (isPlainGroup(key, value, path.length + 1)) yield* flattenInto(answers, value, [...path, key]);
		else {
			const isLong = Array.isArray(value) && value.length > large;
			const read = isLong
				? yield* ofListSteps(key, value as readonly unknown[], [...path, key])
				: ofEntry(key, value, path);
			for (const answer of read) answers.push(answer);
		}
	}
}

/** `flattened`, giving way within a payload of thousands of values. */
export function* flattenedSteps(payload: Part): Steps<readonly Answer[]> {
	const before = known.get(payload);
	if (before !== undefined) return before;
	const answers: Answer[] = [];
	yield* flattenInto(answers, payload, []);
	known.set(payload, answers);
	return answers;
}

/** `flatten` of a whole payload, done once for each. */
export const flattened = (payload: Part): readonly Answer[] => {
	const before = known.get(payload);
	if (before !== undefined) return before;
	const answers = flatten(payload);
	known.set(payload, answers);
	return answers;
};

/** Every value of a flat or nested object with its path. */
export const flatten = (part: Part, path: readonly string[] = []): readonly Answer[] => {
	const answers: Answer[] = [];
	for (const key of Object.keys(part)) {
		if (isSecretKey(key)) continue;
		for (const answer of ofEntry(key, part[key], path)) answers.push(answer);
	}
	return answers;
};
