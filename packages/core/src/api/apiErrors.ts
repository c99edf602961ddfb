import { fields } from '../catalog/fields';
import type { Issue } from '../lead/problems';
import { isRecord } from '../text/json';
import { clean, shorten } from '../text/text';
import { issueAt } from '../words/words';
import { bodyData, saysNothing } from './responseBody';

/** Longest text of the API that is passed on. */
const longestText = 300;
const mostIssues = 20;
/** An answer of a megabyte, or of a thousand levels, is not read to its end. */
const mostRead = 50;
const deepest = 12;

const paths = fields.map(({ path, name }) => ({ path, lower: path.toLowerCase(), name: name.toLowerCase() }));

const catalogPath = (named: string): string | undefined => {
	const lower = named.toLowerCase();
	return (
		paths.find((each) => each.lower === lower || each.name === lower) ??
		paths.find((each) => each.lower.endsWith(`.${lower}`))
	)?.path;
};

/** The catalog's path that an API's way of naming a field means (a path, a list of keys, a JSON pointer, a flat name), else the name. */
const pathOf = (given: unknown): { readonly path: string; readonly known: boolean } => {
	const parts = Array.isArray(given)
		? given.slice(0, deepest).map(String)
		: typeof given === 'string'
			? given.slice(0, longestText).split(/[./[\]]+/, deepest)
			: [];
	const named = parts.filter((part) => part !== '' && !/^(?:body|data|\d+)$/.test(part));
	for (let from = 0; from < named.length; from++) {
		const path = catalogPath(named.slice(from).join('.'));
		if (path !== undefined) return { path, known: true };
	}
	return { path: named.join('.'), known: false };
};

/** The field that a sentence such as "leadInformation.phone must be …" or `"email" is not valid` begins with or quotes. */
const fieldInSentence = (text: string): string | undefined => {
	for (const [word] of text.matchAll(/[A-Za-z][\w.[\]]*/g)) {
		const { path, known } = pathOf(word.replace(/\.$/, ''));
		if (known) return path;
	}
	return undefined;
};

const found = (field: string, text: string): Issue => {
	// Some servers pass on a program's stack; its first line says it all, and the name of its exception nothing.
	const [first = ''] = clean(text.slice(0, 10 * longestText)).split(/\n[^\S\n]*at /, 1);
	const whole = shorten(first.replace(/\s+/g, ' '), longestText).replace(/^\w*(?:Error|Exception): /, '');
	const { path, known } = pathOf(field);
	// "leadInformation.phone must be …" reads better as "phone must be …"; the path stands in the issue's field.
	return issueAt(known ? path : (fieldInSentence(whole) ?? path), {
		kind: 'api',
		text: whole.replace(/leadInformation\.(?:address\.)?/g, ''),
	});
};

const maps = ['errors', 'fieldErrors', 'validationErrors', 'violations'];
const wrappers = [
	...maps,
	'issues',
	'details',
	'_errors',
	'message',
	'messages',
	'error',
	'detail',
	'formErrors',
	'children',
	'data',
];
const texts = [
	'message',
	'msg',
	'defaultMessage',
	'reason',
	'description',
	'detail',
	'error_description',
	'error',
	'title',
];
const names = ['path', 'field', 'property', 'param', 'instancePath', 'loc', 'key', 'dataPath', 'pointer', 'attribute'];

/** The result of the first way to read that gives any. */
const firstOf = <T>(all: readonly T[], readOne: (each: T) => readonly Issue[]): readonly Issue[] => {
	for (const each of all) {
		const issues = readOne(each);
		if (issues.length > 0) return issues;
	}
	return [];
};

type Entry = Readonly<Record<string, unknown>>;

const nameIn = (entry: Entry): unknown =>
	names.map((name) => entry[name]).find((value) => typeof value === 'string' || Array.isArray(value)) ??
	(isRecord(entry.source) ? entry.source.pointer : undefined);

/** A complaint with a name of its field: zod, Joi, Ajv, express-validator, class-validator with its children. */
const readEntry = (entry: Entry, field: string, levels: number): readonly Issue[] => {
	const own = nameIn(entry);
	const { path: name, known } = pathOf(own);
	const path = name || field;
	const constraints = isRecord(entry.constraints) ? Object.values(entry.constraints).slice(0, mostRead) : [];
	const sentence = texts
		.map((key) => entry[key])
		.find((value) => typeof value === 'string' && value !== own && (known || !saysNothing(value)));
	const sentences = (constraints.length > 0 ? constraints : [sentence]).filter((value) => typeof value === 'string');
	if (sentences.length === 0)
		return firstOf(wrappers, (wrapper) =>
			typeof entry[wrapper] === 'string' ? [] : read(entry[wrapper], path, levels),
		);
	return [...sentences.map((text) => found(path, text)), ...read(entry.children, path, levels)];
};

const isText = (value: unknown): boolean =>
	typeof value === 'string' || (Array.isArray(value) && value.every((each) => typeof each === 'string'));
const isDeep = (value: unknown): boolean => (Array.isArray(value) ? value.some(isRecord) : isRecord(value));

/** Keys that are fields' names, or hold what may have such keys; in a map of errors every key is a name. */
const readKeys = (value: Entry, field: string, levels: number, isMap: boolean): readonly Issue[] =>
	Object.keys(value)
		.filter((key) => !wrappers.includes(key))
		.slice(0, mostRead)
		.flatMap((key) => {
			const { path, known } = pathOf(field === '' ? key : `${field}.${key}`);
			const inside = value[key];
			if (!known && !isDeep(inside) && !(isMap && isText(inside))) return [];
			return read(inside, known || isMap ? path : field, levels - 1, isMap);
		});

/** All complaints below a value; `field` is the path that the keys above it name. */
const read = (value: unknown, field: string, levels: number, isMap = false): readonly Issue[] => {
	if (typeof value === 'string') return clean(value) === '' ? [] : [found(field, value)];
	if (typeof value !== 'object' || value === null || levels <= 0) return [];
	if (Array.isArray(value)) {
		return value
			.slice(0, mostRead)
			.flatMap((each) =>
				isRecord(each) && nameIn(each) !== undefined
					? readEntry(each, field, levels - 1)
					: read(each, field, levels - 1, isMap),
			);
	}
	const entry = value as Entry;
	const wrapped = firstOf(wrappers, (wrapper) => {
		const inside = entry[wrapper];
		if (typeof inside === 'string' && (saysNothing(inside) || wrapper === 'error')) return [];
		return read(inside, field, levels - 1, maps.includes(wrapper));
	});
	if (wrapped.length > 0) return wrapped;
	const isComplaint = nameIn(entry) !== undefined && texts.some((name) => typeof entry[name] === 'string');
	const named = isComplaint ? readEntry(entry, field, levels - 1) : [];
	const keyed = named.length > 0 ? named : readKeys(entry, field, levels, isMap);
	if (keyed.length > 0) return keyed;
	const text = texts.map((name) => entry[name]).find((each) => typeof each === 'string' && !saysNothing(each));
	return typeof text === 'string' ? read(text, field, levels) : [];
};

/**
 * What the API found wrong, from every shape of answer that servers of its kind give: plain text, HTML, `message` as
 * text or list, `errors` as list or map, entries with a path (zod, Joi, express-validator, class-validator, Mongoose).
 * The API's guide shows none. At most 20; the same complaint once.
 */
export const apiIssues = (body: unknown): readonly Issue[] => {
	const seen = new Set<string>();
	return read(bodyData(body), '', deepest)
		.filter(({ field, message }) => !seen.has(`${field}\n${message}`) && seen.add(`${field}\n${message}`))
		.slice(0, mostIssues);
};
