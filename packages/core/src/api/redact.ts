import type { Reply } from '../outcome/outcome';
import { hidden } from '../outcome/shownRequest';
import { parseJson } from '../text/json';
import { memoize } from '../text/memoize';
import { bodyData } from './responseBody';

/** A shorter text is no key, and would strike out half of every answer. */
const shortestKey = 4;
const shortestCore = 8;
/** Below so many levels nothing is passed on, since what is not read cannot be known to be without the key. */
const deepest = 100;
const [openBrace, openBracket] = [0x7b, 0x5b];

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 of text in which each character is one byte, as in every header; without padding. */
const base64 = (text: string): string => {
	const bits = [...text].map((letter) => letter.charCodeAt(0).toString(2).padStart(8, '0')).join('');
	return (bits.match(/.{1,6}/g) ?? []).map((six) => alphabet[parseInt(six.padEnd(6, '0'), 2)]).join('');
};

/** Base64 of what contains the key looks different by where the key begins; this is what each of the three has in common. */
const base64Cores = (key: string): readonly string[] =>
	[0, 1, 2].map((offset) =>
		base64(`${'\0'.repeat(offset)}${key}`).slice(
			Math.ceil((offset * 8) / 6),
			Math.floor(((offset + key.length) * 8) / 6),
		),
	);

const quoted = (text: string): string => text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
const names: ReadonlyMap<string, string> = new Map([
	['&', 'amp'],
	['<', 'lt'],
	['>', 'gt'],
	['"', 'quot'],
	["'", 'apos'],
]);

/** One letter as text, in an address, in JSON and in HTML; hexadecimal digits in either case. */
const spelled = (letter: string): string => {
	const code = letter.charCodeAt(0);
	const hex = code
		.toString(16)
		.padStart(2, '0')
		.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
	const name = names.get(letter);
	return `(?:\\\\?${quoted(letter)}|%${hex}|\\\\u00${hex}|&#0*${code};|&#[xX]0*${hex};${name === undefined ? '' : `|&${name};`})`;
};

/** Every form in which a server may repeat the key: its letters, however each is spelled, or base64 of it or of more. */
const makeForms = (key: string): RegExp => {
	const cores = base64Cores(key)
		.flatMap((core) => [core, core.replaceAll('+', '-').replaceAll('/', '_')])
		.filter((core) => core.length >= shortestCore);
	return new RegExp([[...key].map(spelled).join(''), ...cores.map(quoted)].join('|'), 'g');
};

/** The forms of the keys that were asked for lately are kept, however long: leads come one after the other with the same few. */
const formsOf = memoize(makeForms, { longest: Number.POSITIVE_INFINITY, most: 100 });

/** A copy of data without the key, in whatever text or name inside it. */
export const withoutKey = <Data>(value: Data, apiKey: string): Data => {
	if (apiKey.length < shortestKey) return value;
	const forms = formsOf(apiKey);
	const clean = (each: unknown, levels: number): unknown => {
		if (typeof each === 'string') return each.replace(forms, hidden);
		if (typeof each !== 'object' || each === null) return each;
		if (levels === 0) return hidden;
		if (Array.isArray(each)) return each.map((one) => clean(one, levels - 1));
		return Object.fromEntries(
			Object.entries(each).map(([name, one]) => [name.replace(forms, hidden), clean(one, levels - 1)]),
		);
	};
	return clean(value, deepest) as Data;
};

/** Whether data in JSON has so few objects and lists that it cannot be deep. */
const isShallow = (json: string): boolean => {
	let left = deepest;
	for (let at = 0; at < json.length; at++) {
		const code = json.charCodeAt(at);
		if ((code === openBrace || code === openBracket) && --left < 0) return false;
	}
	return true;
};

/** Whether one look at a text shows that the key is not in it, in none of its forms; false says nothing. */
export const isSurelyWithout = (text: string, apiKey: string): boolean =>
	apiKey.length < shortestKey || (!text.includes('\\') && text.search(formsOf(apiKey)) === -1);

/**
 * JSON text as data, where one look at the whole of it shows that the key is not inside: without a backslash all its texts
 * stand in it letter by letter. Undefined where that cannot be told.
 */
export const surelyClean = (body: unknown, apiKey: string): unknown =>
	typeof body === 'string' && isSurelyWithout(body, apiKey) && isShallow(body) ? parseJson(body) : undefined;

/**
 * A reply without the key: a server may repeat it ("invalid token abc…"), and nothing that is passed on may hold it. The
 * body is read first, since JSON and HTML can spell the key in letters that only a reader puts together (`ab\/cd`).
 */
export const withoutKeyInside = (reply: Reply, apiKey: string): Reply =>
	'fault' in reply
		? reply
		: { ...reply, body: surelyClean(reply.body, apiKey) ?? withoutKey(bodyData(reply.body), apiKey) };
