import { fieldAt, fieldNamed, fields } from './fields';
import type { Issue } from './issue';
import { clean, isRecord, parseJson, shorten } from './text';
import { issueAt } from './words';

/** Longest text of the API that is passed on. */
const longestText = 300;
const mostIssues = 20;

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", '#39': "'", nbsp: ' ' };

/** What a person would read on an HTML page: its title, else its text. */
const htmlText = (html: string): string => {
	const title = /<title[^>]*>([^<]*)<\/title>/i.exec(html)?.[1]?.trim() ?? '';
	const heading = /<h1[^>]*>([\s\S]*?)<\/h1>/i.exec(html)?.[1] ?? '';
	const body = html.replace(/<(script|style|head)[\s\S]*?<\/\1>/gi, ' ');
	const text = title || heading || body;
	return text
		.replace(/<[^>]*>/g, ' ')
		.replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole)
		.replace(/\s+/g, ' ')
		.trim();
};

const paths = fields.map((field) => field.path);

/** The catalog's path that an API's way of naming a field means: a path, a list of keys, a JSON pointer, a flat name. */
const pathOf = (given: unknown): string => {
	const parts = Array.isArray(given) ? given.map(String) : typeof given === 'string' ? given.split(/[./[\]]+/) : [];
	const named = parts.filter((part) => part !== '' && !/^(?:body|data|\d+)$/.test(part));
	for (let from = 0; from < named.length; from++) {
		const dotted = named.slice(from).join('.');
		const path = fieldAt(dotted)?.path ?? fieldNamed(dotted)?.path ?? paths.find((each) => each.endsWith(`.${dotted}`));
		if (path !== undefined) return path;
	}
	return named.join('.');
};

/** The field that a sentence such as "leadInformation.phone must be …" or `"email" is not valid` begins with or quotes. */
const fieldInSentence = (text: string): string => {
	for (const match of text.matchAll(/["'`]?([A-Za-z][\w.[\]]*)["'`]?/g)) {
		const path = pathOf(match[1]);
		if (fieldAt(path) !== undefined) return path;
	}
	return '';
};

const found = (field: string, text: string): Issue => {
	const whole = shorten(clean(text), longestText);
	// "leadInformation.phone must be …" reads better as "phone must be …"; the path stands in the issue's field.
	return issueAt(field === '' ? fieldInSentence(whole) : field, { kind: 'api', text: whole.replace(/leadInformation\.(?:address\.)?/g, '') });
};

const wrappers = ['errors', 'issues', 'details', 'fieldErrors', 'violations', 'message', 'messages', 'error', 'detail', 'formErrors', 'data'];
const texts = ['message', 'msg', 'reason', 'description', 'detail', 'error', 'title'];
const names = ['path', 'field', 'property', 'param', 'instancePath', 'loc', 'key', 'dataPath', 'pointer', 'attribute'];

/** Keys that carry no complaint: `{ statusCode: 400, error: "Bad Request" }` says nothing of a field. */
const isName = (text: string): boolean => /^(?:bad request|unprocessable entity|validation(?:_| )?(?:error|failed)?|error|invalid)$/i.test(text.trim());

const readEntry = (entry: Readonly<Record<string, unknown>>, field: string): readonly Issue[] => {
	const own = names.map((name) => entry[name]).find((value) => value !== undefined && value !== '' && !isRecord(value));
	const path = own === undefined ? field : pathOf(own) || field;
	const nested = isRecord(entry.constraints) ? Object.values(entry.constraints) : [];
	const sentences = [...nested, ...texts.map((name) => entry[name])].filter((value): value is string => typeof value === 'string' && value !== own);
	const children = Array.isArray(entry.children) ? read(entry.children, path) : [];
	const [sentence] = sentences;
	return sentence === undefined ? children : [found(path, sentence), ...children];
};

/** All complaints below a value; `field` is the path that the keys above it name. */
const read = (value: unknown, field: string): readonly Issue[] => {
	if (typeof value === 'string') return clean(value) === '' ? [] : [found(field, value)];
	if (Array.isArray(value)) return value.flatMap((each) => (isRecord(each) && names.some((name) => name in each) ? readEntry(each, field) : read(each, field)));
	if (!isRecord(value)) return [];
	for (const wrapper of wrappers) {
		const inside = value[wrapper];
		if (typeof inside === 'string' && (isName(inside) || wrapper === 'error')) continue;
		const issues = read(inside, field);
		if (issues.length > 0) return issues;
	}
	if (names.some((name) => name in value) && texts.some((name) => typeof value[name] === 'string')) return readEntry(value, field);
	const perField = Object.entries(value).filter(([key]) => fieldAt(pathOf(key)) !== undefined || isRecord(value[key]));
	const issues = perField.flatMap(([key, inside]) => read(inside, pathOf(field === '' ? key : `${field}.${key}`)));
	if (issues.length > 0) return issues;
	return typeof value.error === 'string' && !isName(value.error) ? read(value.error, field) : [];
};

/** A body as data: JSON text parsed, HTML as the text a person would read, everything else as it is. */
export const bodyData = (body: unknown): unknown => {
	if (typeof body !== 'string') return body;
	const data = parseJson(body);
	if (data !== undefined) return data;
	return /^\s*<(?:!doctype|html|head|body)/i.test(body) ? htmlText(body) : body;
};

/**
 * What the API found wrong, from every shape of answer that servers of its kind give: plain text, HTML, `message` as
 * text or list, `errors` as list or map, entries with a path (zod, Joi, express-validator, class-validator, Mongoose).
 * The API's guide shows none. At most 20; the same complaint once.
 */
export const apiIssues = (body: unknown): readonly Issue[] => {
	const seen = new Set<string>();
	return read(bodyData(body), '')
		.filter(({ field, message }) => !seen.has(`${field}\n${message}`) && seen.add(`${field}\n${message}`))
		.slice(0, mostIssues);
};
