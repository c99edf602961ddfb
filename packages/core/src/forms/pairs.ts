import { isRecord } from '../text/json';
import { normalizeKey } from '../text/text';
import type { Answer } from './answer';
import { controlAnswers } from './match/controls';
import { listOf, type Part, partsOf, textOf } from './parts';

/** Forms that send each question as an object of its own, by the names that tools give its parts. */
const nameKeys = ['key', 'name', 'field', 'fieldname', 'slug', 'ref', 'id'];
const labelKeys = ['label', 'question', 'questiontext', 'title'];
const valueKeys = ['value', 'answer', 'values', 'answers', 'response', 'responses', 'text'];
const otherKeys = ['type', 'fieldtype', 'rawvalue', 'required', 'order', 'position', 'index'];
const all = new Set([...nameKeys, ...labelKeys, ...valueKeys, ...otherKeys]);

/** The first of `keys` that a part has. */
const pick = (part: ReadonlyMap<string, unknown>, keys: readonly string[]): unknown => {
	const key = keys.find((each) => part.has(each));
	return key === undefined ? undefined : part.get(key);
};

/** A question with its answer; `key` is where it stands, for a part that has no name of its own. Undefined: it is something else. */
export const pairAnswers = (part: Part, from: string, key?: string): readonly Answer[] | undefined => {
	const byKey = new Map(Object.entries(part).map(([name, value]) => [normalizeKey(name), value]));
	if (![...byKey.keys()].every((name) => all.has(name))) return undefined;
	const values = pick(byKey, valueKeys);
	const label = textOf(pick(byKey, labelKeys));
	const name = textOf(pick(byKey, nameKeys)) ?? label ?? key;
	if (!valueKeys.some((each) => byKey.has(each)) || name === undefined || byKey.size < 2) return undefined;
	const type = textOf(pick(byKey, ['type', 'fieldtype']));
	const value = Array.isArray(values) && values.length === 1 ? listOf(values)[0] : values;
	return controlAnswers({
		key: name,
		value,
		from,
		...(label === undefined || label === name ? {} : { label }),
		...(type === undefined ? {} : { type }),
	});
};

/** A list of questions with their answers, of which those without a name are called as the list, `phones`; undefined where any part of it is something else. */
export const pairsOf = (list: readonly unknown[], path: string, key?: string): readonly Answer[] | undefined => {
	if (list.length === 0 || !list.every(isRecord)) return undefined;
	const read = partsOf(list).map((part, index) => pairAnswers(part, `${path}.${index}.value`, key));
	return read.some((each) => each === undefined) ? undefined : read.flatMap((each) => each ?? []);
};
