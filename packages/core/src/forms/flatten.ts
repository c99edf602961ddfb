import { keysOf } from '../text/keys';
import { isRecord, parseJson } from '../text/json';
import { normalizeKey, wordsOf } from '../text/text';
import type { Answer } from './answer';
import { unbracketed } from './brackets';
import { contactsIn } from './contactList';
import { isChatId } from './conversation/marks';
import { evidenceOf } from './evidence/evidenceOf';
import { contactMeanings, readLabel } from './evidence/labels';
import { plainKey } from './evidence/plainLabel';
import { roleOfName } from './evidence/roleWords';
import { standingIn } from './evidence/standing';
import { isNested } from './fitted';
import { controlAnswers, isControl, phoneOf } from './match/controls';
import { isSecretKey } from './match/secret';
import { pairAnswers, pairsSteps } from './pairs';
import { type Part, textOf } from './parts';
import { isAuthor, selfRoleOf } from './selfRole';
import { textNodes } from './textNode';
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

const encoded = /^[\w.+%[\]-]{1,80}=[^&\s]*(?:&[\w.+%[\]-]{1,80}=[^&\s]*)+$/;

/** A form as it is encoded in addresses, as its pairs. */
const encodedForm = (text: string): unknown => {
	if (text.length > 100_000 || !encoded.test(text)) return undefined;
	try {
		return unbracketed(
			Object.fromEntries(
				text.split('&').map((pair) => {
					const [name = '', ...rest] = pair.replaceAll('+', ' ').split('=');
					return [decodeURIComponent(name), decodeURIComponent(rest.join('='))];
				}),
			),
		);
	} catch {
		return undefined;
	}
};

/** JSON text under a name that a whole form has, as the form; keys with brackets as the groups that they say. */
export const opened = (key: string, value: unknown): unknown => {
	if (isRecord(value)) return unbracketed(value);
	if (typeof value !== 'string') return value;
	const isJson = /^\s*[{[]/.test(value.slice(0, 50));
	if ((!isJson && !value.includes('=')) || !wholeForm.has(normalizeKey(key))) return value;
	if (!isJson) return encodedForm(value) ?? value;
	const inner = parseJson(value);
	if (isRecord(inner)) return unbracketed(inner);
	return typeof inner === 'object' && inner !== null ? inner : value;
};

/** Answers of which any is for a field, or is of somebody in a chat. */
const telling = (answers: readonly Answer[]): readonly Answer[] | undefined =>
	answers.some((answer) => {
		const { meaning, refused } = evidenceOf(answer);
		return meaning !== undefined || refused !== undefined || isChatId(answer.value);
	})
		? answers
		: undefined;

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
	return (
		textNodes(list, key, from) ??
		contactsIn(list, key, from) ??
		(yield* pairsSteps(list, from, key)) ??
		onlyEntry(list, at) ??
		whole
	);
}

/** `a/b` as a form calls what stands in a group of it, where it is no name of a field: "Country/Region". */
const pathKey = /^[a-z\d_]+(?:\/[a-z\d_]+)+$/i;

const ofPath = (key: string, value: unknown, path: readonly string[]): readonly Answer[] => {
	const at = path.length === 0 ? '' : `${path.join('.')}.`;
	if (!key.includes('/') || !pathKey.test(key) || readLabel(key).meaning !== undefined)
		return [{ key: plainKey(key), value, from: `${at}${key}` }];
	return [{ key: key.slice(key.lastIndexOf('/') + 1), value, from: `${at}${key.replaceAll('/', '.')}` }];
};

/** JSON text under any name, where it tells somebody whom one could call or write to, or asks for a name in so many words. */
const inJsonText = (key: string, value: unknown, path: readonly string[]): readonly Answer[] | undefined => {
	if (typeof value !== 'string' || !/^(?:\{.*\}|\[\s*\{.*\}\s*\])\s*$/su.test(value) || path.length >= usual)
		return undefined;
	const inner = parseJson(value);
	const at = [...path, key];
	const answers = isRecord(inner)
		? flatten(inner, at)
		: Array.isArray(inner)
			? finish(pairsSteps(inner as readonly unknown[], at.join('.'), key))
			: undefined;
	return answers?.some(isTold) === true ? answers : undefined;
};
/** "name" alone may be of anything. */
const isTold = (answer: Answer): boolean => {
	const { meaning } = evidenceOf(answer);
	return contactMeanings.has(meaning) || (meaning === 'fullName' && wordsOf(answer.label ?? answer.key).length > 1);
};

/** A text in pieces, as editors of rich text keep it. */
const textInPieces = (list: readonly unknown[]): string | undefined => {
	const pieces = list.map((each) => (isRecord(each) ? textOf(each.plain_text) : undefined));
	return pieces.length > 0 && !pieces.includes(undefined) ? pieces.join(' ') : undefined;
};

/** A choice: its name, and how it is shown. */
const isChoice = (part: Part): boolean => Object.keys(part).every((key) => /^(?:id|name|color|description)$/.test(key));

/** The value of an object that says its type and holds the value under that: `{ type: "email", email: "…" }`. */
const typedValue = (part: Part): { readonly type: string; readonly value: unknown } | undefined => {
	const { type } = part;
	if (typeof type !== 'string' || type === 'type' || !Object.hasOwn(part, type) || Object.keys(part).length > 4)
		return undefined;
	const held = part[type];
	if (typeof held !== 'object') return { type, value: held };
	if (Array.isArray(held)) {
		const text = textInPieces(held as readonly unknown[]);
		return text === undefined ? undefined : { type, value: text };
	}
	const chosen = held === null ? null : isChoice(held as Part) ? (held as Part).name : undefined;
	return chosen === null || typeof chosen === 'string' ? { type, value: chosen } : undefined;
};

const asPersons = (answer: Answer): Answer => (answer.whose === undefined ? { ...answer, whose: 'person' } : answer);

/** What a place that is no home has: a name of its own. */
const ofPlace = /^(?:_?id|name|title|label|venue)$/i;
const ofTime = /^(?:start|end|date|time|slot|starts|ends)/i;
const isHome = (part: Part, place: Part, path: readonly string[]): boolean => {
	const { role } = standingIn(path.join('.'));
	const keys = keysOf(part);
	return (
		(role === undefined || role === 'person' || role === 'contact' || role === 'user') &&
		!Object.keys(place).some((key) => ofPlace.test(key)) &&
		!keys.some((key) => ofTime.test(key)) &&
		keys.some((key) => key.length <= 40 && contactMeanings.has(readLabel(key).meaning))
	);
};

/** What databases and CRMs call a value that stands alone in an object, some after its type: `{ stringValue: … }`, `{ S: … }`. */
const alone =
	/^(?:value|(?:string|integer|double|number|text|boolean|date|timestamp)_?[vV]alue|S|N|BOOL|\$(?:oid|date|number[A-Za-z]+))$/;

const ofEntry = (name: string, given: unknown, path: readonly string[]): readonly Answer[] => {
	const value = opened(name, given);
	if (typeof value !== 'object' || value === null) return inJsonText(name, value, path) ?? ofPath(name, value, path);
	const at = [...path, name];
	const key = plainKey(name);
	if (Array.isArray(value)) return finish(ofListSteps(key, value as readonly unknown[], at));
	if (!isRecord(value)) return [];
	const from = at.join('.');
	// CRMs write each answer as an object of its own: `firstname: { value }`.
	const [only = '', another] = Object.keys(value);
	if (another === undefined && alone.test(only) && !isRecord(value[only])) return [{ key, value: value[only], from }];
	const node = textNodes([value], key, from);
	if (node !== undefined) return node;
	const typed = typedValue(value);
	if (typed !== undefined) return [{ key, value: typed.value, from, type: typed.type }];
	const phone = phoneOf(value);
	if (phone !== undefined) return [{ key, value: phone, from, type: 'tel' }];
	if (isControl(value)) return controlAnswers({ key, value, from });
	const pair = pairAnswers(value, from, key);
	if (pair !== undefined) return pair;
	if (isAuthor(key) && selfRoleOf(value) === 'person') return flatten(value, at).map(asPersons);
	if (at.length < usual) return flatten(value, at);
	return (at.length < deepest ? telling(flatten(value, at)) : undefined) ?? [{ key, value, from }];
};

/** What an entry of a group gives; a place without a name beside a person's phone or email is where they live. */
const ofGroupEntry = (part: Part, key: string, value: unknown, path: readonly string[]): readonly Answer[] => {
	const answers = ofEntry(key, value, path);
	return isRecord(value) && roleOfName(key) === 'location' && isHome(part, value, path)
		? answers.map((answer) => (evidenceOf(answer).refused === 'region' ? answer : asPersons(answer)))
		: answers;
};

/** Several sources ask for the same payload's answers. */
const known = new WeakMap<Part, readonly Answer[]>();

/** A group with more entries than these is read with pauses. */
const large = 200;

/** Whether a group is large or holds a large one, and is no question or control itself: those are small. */
const isPlainGroup = (key: string, value: unknown, levels: number): value is Part => {
	if (!isRecord(value) || levels >= usual) return false;
	const keys = keysOf(value);
	if (keys.length > large) return true;
	return (
		keys.some((name) => isPlainGroup(name, value[name], levels + 1)) &&
		pairAnswers(value, '', key) === undefined &&
		!isControl(value)
	);
};

function* flattenInto(answers: Answer[], part: Part, path: readonly string[]): Steps<void> {
	let left = stride;
	for (const key of keysOf(part)) {
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
				? yield* ofListSteps(plainKey(key), value as readonly unknown[], [...path, key])
				: ofGroupEntry(part, key, value, path);
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
	for (const key of keysOf(part)) {
		if (isSecretKey(key)) continue;
		for (const answer of ofGroupEntry(part, key, part[key], path)) answers.push(answer);
	}
	return answers;
};
