import { isRecord, parseJson } from '../text/json';
import { normalizeKey } from '../text/text';
import type { Answer } from './answer';
import { isNested } from './fitted';
import { controlAnswers, isControl, phoneOf } from './match/controls';
import { isSecretKey } from './match/secret';
import { pairAnswers, pairsOf } from './pairs';
import type { Part } from './parts';

const deepest = 6;

/** Keys under which a form sent as fields carries the whole of it as one text. */
const wholeForm = new Set(['payload', 'data', 'data.json', 'json', 'form_data', 'raw_request'].map(normalizeKey));

/** A longer key is no form's own. */
const longestKey = 1000;
const bracketKey = /^[^\s[\]]+(?:\[[^\s[\]]*\])+$/;

/** `lead[first_name]` as its parts; a form's own way to nest. `tags[]` is `tags`. */
const keyParts = (key: string): readonly string[] => {
	if (key.length > longestKey || !bracketKey.test(key)) return [key];
	const parts = key.split(/[[\]]+/).filter((part) => part !== '' && !/^\d+$/.test(part));
	return parts.length === 0 ? [key] : parts;
};

const opened = (key: string, value: unknown): unknown => {
	if (typeof value !== 'string' || !wholeForm.has(normalizeKey(key)) || !value.trimStart().startsWith('{'))
		return value;
	return parseJson(value) ?? value;
};

/** Every value of a flat or nested object with its path. */
export const flatten = (part: Part, path: readonly string[] = []): readonly Answer[] =>
	Object.entries(part).flatMap(([name, given]): readonly Answer[] => {
		const parts = keyParts(name);
		const key = parts.at(-1) ?? name;
		if (isSecretKey(key)) return [];
		const at = [...path, ...parts];
		const from = at.join('.');
		const value = opened(key, given);
		if (Array.isArray(value)) {
			const list = value as unknown[];
			return isNested(list) ? (pairsOf(list, from, key) ?? [{ key, value: list, from }]) : [{ key, value: list, from }];
		}
		if (!isRecord(value)) return [{ key, value, from }];
		// CRMs write each answer as an object of its own: `firstname: { value }`.
		if (Object.keys(value).length === 1 && 'value' in value && !isRecord(value.value))
			return [{ key, value: value.value, from }];
		const phone = phoneOf(value);
		if (phone !== undefined) return [{ key, value: phone, from, type: 'tel' }];
		if (isControl(value)) return controlAnswers({ key, value, from });
		return pairAnswers(value, from, key) ?? (at.length < deepest ? flatten(value, at) : [{ key, value, from }]);
	});
