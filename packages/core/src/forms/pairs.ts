import { isRecord } from '../text/json';
import { normalizeKey } from '../text/text';
import type { Answer } from './answer';
import { type Meaning, named } from './evidence/labels';
import { roleOfName } from './evidence/roleWords';
import { isNested } from './fitted';
import { controlAnswers } from './match/controls';
import { labelKeyIn } from './questionList';
import { finish, type Steps, stride } from '../text/steps';
import { listOf, type Part, partsOf, textOf } from './parts';

/** Names that tools give the parts of a question; where these are others, what they hold tells them (`questionList.ts`). */
const nameKeys = [
	'customkey',
	'key',
	'name',
	'field',
	'fieldname',
	'slug',
	'alias',
	'ref',
	'code',
	'id',
	'fieldid',
	'columnid',
	'questionid',
	'elementid',
	'attributeid',
	'attribute',
	'property',
	'variable',
	'parameter',
	'header',
];
const labelKeys = [
	'label',
	'question',
	'questiontext',
	'questiontitle',
	'title',
	'fieldlabel',
	'heading',
	'prompt',
	'q',
];
const valueKeys = [
	'displayvalue',
	'value',
	'answer',
	'answertext',
	'values',
	'answers',
	'response',
	'responses',
	'responsetext',
	'uservalue',
	'text',
	'a',
];
/** Values that may be a text of the question as well. */
const doubtful = new Set(['text', 'values', 'answers', 'responses', 'a']);
const otherKeys = ['type', 'fieldtype', 'rawvalue', 'required', 'order', 'position', 'index'];
const usual = new Set([...nameKeys, ...labelKeys, ...valueKeys, ...otherKeys]);
/** So many of a list tell whether it is one of questions. */
const mostLooked = 60;
/** What has more parts is no question. */
const mostParts = 14;
const typeKeys = ['type', 'fieldtype', 'inputtype', 'questiontype', 'kind'];

/** Fields that a question has none of, and a person has. */
const personal: ReadonlySet<Meaning> = new Set<Meaning>([
	'leadInformation.phone',
	'leadInformation.email',
	'leadInformation.firstName',
	'leadInformation.lastName',
]);

/** The first of `keys` that a part has. */
const pick = (part: ReadonlyMap<string, unknown>, keys: readonly string[]): readonly [string, unknown] | undefined => {
	const key = keys.find((each) => part.has(each) && part.get(each) !== null);
	return key === undefined ? undefined : [key, part.get(key)];
};

/** A value out of objects that hold it with what belongs to it: `{ value, enum }`, `{ label, id }` of a choice. */
const plainValue = (value: unknown): unknown => {
	if (Array.isArray(value)) {
		const list = listOf(value).map(plainValue);
		return list.length === 1 ? list[0] : list;
	}
	if (!isRecord(value)) return value;
	const inner = value.value ?? value.label ?? value.text;
	return inner !== undefined && inner !== null && typeof inner !== 'object' && Object.keys(value).length < 6
		? inner
		: value;
};

/** A list of what was answered and nothing else: texts, and objects that name no question of their own. */
const isAnswerList = (value: unknown): boolean =>
	Array.isArray(value) &&
	value.length > 0 &&
	listOf(value).every(
		(each) =>
			typeof plainValue(each) !== 'object' &&
			(!isRecord(each) || !Object.keys(each).some((name) => asking.has(normalizeKey(name)))),
	);
const asking: ReadonlySet<string> = new Set([...labelKeys, 'name', 'key', 'field', 'fieldname']);

/** What a list holds that has no more. */
const onlyOf = (value: unknown): unknown => (Array.isArray(value) && value.length === 1 ? listOf(value)[0] : value);

const isPersonsOwn = (names: readonly string[]): boolean =>
	names.some((name) => !usual.has(name) && personal.has(named(name)));

/** A record with people in groups of their own, `{ title, value, person_id: { … } }`, is a deal and no question. */
const holdsPeople = (part: Part): boolean =>
	Object.entries(part).some(([name, value]) => {
		if (!isRecord(value) || valueKeys.includes(normalizeKey(name))) return false;
		const role = roleOfName(name);
		return role === 'person' || role === 'contact' || role === 'other' || role === 'user';
	});

/** Facts about an answer that stand beside it, where no question is named: `{ value, currency }`. */
const besides = (part: Part, key: string, from: string): readonly Answer[] =>
	Object.entries(part).flatMap(([name, value]): readonly Answer[] =>
		usual.has(normalizeKey(name)) || typeof value === 'boolean' || (typeof value === 'object' && value !== null)
			? []
			: [{ key: `${key}_${name}`, value, from: `${from}.${name}` }],
	);

const twoLetters = /\p{L}{2}/u;

/** Of several names of a question the one that is words, where it is not the first. */
const inWords = (byKey: ReadonlyMap<string, unknown>, own: string | undefined): string | undefined =>
	own === undefined
		? undefined
		: nameKeys
				.map((key) => textOf(byKey.get(key)))
				.find(
					(text) =>
						text !== undefined &&
						text !== own &&
						twoLetters.test(text) &&
						(/\s/.test(text) || named(text) !== undefined),
				);

/** A question and its answer under names with one stem: `{ identifierKey: "phonenumber", identifierValue: … }`. */
const stemPair = (byKey: ReadonlyMap<string, unknown>, from: string): readonly Answer[] | undefined => {
	for (const [name, value] of byKey) {
		if (!name.endsWith('value') || name.length <= 5 || isNested(value)) continue;
		const stem = name.slice(0, -5);
		const asked = ['key', 'name', 'label', 'type']
			.map((end) => textOf(byKey.get(stem + end)))
			.find((text) => text !== undefined);
		if (asked !== undefined && personal.has(named(asked))) return [{ key: asked, value, from: `${from}.${name}` }];
	}
	return undefined;
};

/** A question with its answer; `key` is where it stands, for a part that has no name of its own. Undefined: it is something else. */
export const pairAnswers = (part: Part, from: string, key?: string): readonly Answer[] | undefined => {
	const byKey = new Map(Object.entries(part).map(([name, value]) => [normalizeKey(name), value]));
	const names = [...byKey.keys()];
	if (byKey.size < 2 || byKey.size > mostParts || isPersonsOwn(names) || holdsPeople(part)) return undefined;
	const stemmed = stemPair(byKey, from);
	if (stemmed !== undefined) return stemmed;
	const isUsual = names.every((name) => usual.has(name));
	const isValue = (each: string): boolean =>
		!doubtful.has(each) || (each !== 'values' && isAnswerList(byKey.get(each)));
	const found = pick(byKey, isUsual ? valueKeys : valueKeys.filter(isValue));
	const own = textOf(pick(byKey, nameKeys)?.[1]);
	const label = textOf(onlyOf(pick(byKey, labelKeys)?.[1])) ?? inWords(byKey, own);
	const name = own ?? (key !== undefined && named(key) !== undefined ? key : undefined) ?? label ?? key;
	if (name === undefined || !valueKeys.some((each) => byKey.has(each))) return undefined;
	if (found === undefined) return isUsual ? [] : undefined;
	const [valueKey, values] = found;
	// What is asked for nowhere is an answer only where it is plain.
	if (label === undefined && own === undefined && isNested(values)) return undefined;
	if (!isUsual && label === undefined && own !== undefined && valueKey !== 'value' && valueKey !== 'answer')
		return undefined;
	const type = textOf(pick(byKey, typeKeys)?.[1]);
	return [
		...controlAnswers({
			key: name,
			value: plainValue(values),
			from,
			...(label === undefined || label === name ? {} : { label }),
			...(type === undefined ? {} : { type }),
		}),
		...(label === undefined && own === undefined && key !== undefined ? besides(part, key, from) : []),
	];
};

/** Whether a part names its question by one of the usual keys. */
const isNamed = (part: Part): boolean =>
	Object.keys(part).some((name) => {
		const key = normalizeKey(name);
		return nameKeys.includes(key) || labelKeys.includes(key);
	});

/** Questions and answers under whatever keys, told by what stands under them. */
const inColumns = (parts: readonly Part[], path: string): readonly Answer[] | undefined => {
	const keys = labelKeyIn(parts);
	return keys === undefined
		? undefined
		: parts.flatMap((part, index) => {
				const label = textOf(part[keys.label]);
				return label === undefined
					? []
					: controlAnswers({ key: label, value: plainValue(part[keys.value]), from: `${path}.${index}.${keys.value}` });
			});
};

/** A list of questions with their answers, of which those without a name are called as the list, `phones`; undefined where any part of it is something else. */
export function* pairsSteps(
	list: readonly unknown[],
	path: string,
	key?: string,
): Steps<readonly Answer[] | undefined> {
	if (list.length === 0 || !list.every(isRecord)) return undefined;
	const parts = partsOf(list);
	const hasNames = isNamed(parts[0] ?? {});
	const apart = hasNames ? undefined : inColumns(parts, path);
	if (apart !== undefined) return apart;
	const read: (readonly Answer[])[] = [];
	for (const [index, part] of parts.entries()) {
		if (index % stride === stride - 1) yield;
		const answers = pairAnswers(part, `${path}.${index}.value`, key);
		if (answers === undefined) break;
		read.push(answers);
	}
	if (read.length === parts.length) return read.flat();
	return hasNames ? inColumns(parts, path) : undefined;
}

/** The same, all at once. */
const pairsOf = (...list: Parameters<typeof pairsSteps>): readonly Answer[] | undefined => finish(pairsSteps(...list));

/** Whether a list is one of questions with their answers, by as many of them as it takes to tell. */
export const isPairs = (list: readonly unknown[], key?: string): boolean =>
	pairsOf(list.slice(0, mostLooked), '', key) !== undefined;
