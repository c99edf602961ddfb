import type { Field } from '../catalog/fieldTypes';
import type { Notice, Problem } from '../lead/problems';
import { isRecord, parseJson } from '../text/json';
import { clean, shorten, westernDigits } from '../text/text';
import { countryCode } from '../values/country';
import { readPhone } from '../values/phone';
import type { ReadingSettings } from '../values/readingSettings';

/** A field's value as the API takes it; nothing where it was empty; or what is wrong with it. */
export type Coerced =
	| { readonly kind: 'empty' }
	| {
			readonly kind: 'value';
			readonly value: unknown;
			readonly notices: readonly Notice[];
			readonly morePhones: readonly string[];
	  }
	| { readonly kind: 'problem'; readonly problem: Problem };

const empty: Coerced = { kind: 'empty' };
const none: readonly never[] = [];
const value = (of: unknown, notices: readonly Notice[] = none, morePhones: readonly string[] = none): Coerced => ({
	kind: 'value',
	value: of,
	notices,
	morePhones,
});
const problem = (of: Problem): Coerced => ({ kind: 'problem', problem: of });

/** Whether a text begins with a letter, digit or sign of ASCII, as most do: then it is something, whatever follows. */
const beginsPlain = (text: string): boolean => text.charCodeAt(0) > 0x20 && text.charCodeAt(0) < 0x7f;

/** Nothing at all: null, undefined, not a number, blank text, an empty list or object; lists within lists 8 deep. Never 0 or false. */
export const isEmpty = (given: unknown, levels = 8): boolean => {
	if (typeof given === 'string') return !beginsPlain(given) && clean(given) === '';
	if (given === null || given === undefined || Number.isNaN(given)) return true;
	if (Array.isArray(given)) return levels > 0 && given.every((each) => isEmpty(each, levels - 1));
	// What writes itself as JSON, such as a date, has no keys and is something.
	return isRecord(given) && !('toJSON' in given) && Object.values(given).every((each) => each === undefined);
};

const asText = (given: unknown): string | Problem => {
	if (typeof given === 'string') return clean(given);
	if (typeof given === 'number' || typeof given === 'bigint') return String(given);
	if (typeof given === 'boolean') return { kind: 'notText', found: 'boolean' };
	return { kind: 'notText', found: Array.isArray(given) ? 'list' : 'object' };
};

const thousands = /^[+-]?\d{1,3}(?:[,،٬\s']\d{3})+(?:[.٫]\d+)?$/;

/**
 * The longest number there is has 309 digits, and the longest address 64 characters, "@" and 255 more. Longer text is no
 * such thing, and patterns are kept from it: over megabytes they can run out of room.
 */
const longestNumber = 400;
const longestEmail = 320;

/** A number from a number or from text with Arabic digits and marks between thousands; undefined where it is none. */
const readNumber = (given: string | number): number | undefined => {
	if (typeof given === 'number') return Number.isFinite(given) ? given : undefined;
	if (given.length > longestNumber) return undefined;
	const text = westernDigits(clean(given));
	const plain = thousands.test(text) ? text.replace(/[,،٬\s']/g, '') : text;
	const dotted = plain.replace('٫', '.');
	if (!/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(dotted)) return undefined;
	const number = Number(dotted);
	return Number.isFinite(number) ? number : undefined;
};

const yes = new Set(['true', 'yes', 'y', '1', 'on', 'نعم', 'أجل', 'اجل', 'ايوه', 'أيوه', 'صح']);
const no = new Set(['false', 'no', 'n', '0', 'off', 'لا', 'خطأ', 'كلا']);

const asBoolean = (given: unknown): Coerced => {
	if (typeof given === 'boolean') return value(given);
	const text =
		typeof given === 'string' || typeof given === 'number' ? westernDigits(clean(String(given))).toLowerCase() : '';
	if (yes.has(text)) return value(true);
	if (no.has(text)) return value(false);
	return problem({ kind: 'notYesOrNo', value: shorten(typeof given === 'string' ? given : JSON.stringify(given)) });
};

/** Entries of a list given as a list, as JSON text, or as text parted by comma, Arabic comma, semicolon or new line. */
export const listEntries = (given: unknown): readonly unknown[] | undefined => {
	if (Array.isArray(given)) return given as unknown[];
	if (typeof given === 'number') return [given];
	if (typeof given !== 'string') return undefined;
	const json = given.trimStart().startsWith('[') ? parseJson(given) : undefined;
	return Array.isArray(json) ? (json as unknown[]) : given.split(/[,،;؛\n]/);
};

// One "@", something on both sides, a dot in the domain: stricter rules refuse addresses that exist.
const isEmail = (text: string): boolean =>
	text.length <= longestEmail && /^[^\s@,;]+@[^\s@,;.]+(?:\.[^\s@,;.]+)+$/.test(text);

const asEmail = (given: unknown): Coerced => {
	const text = asText(given);
	if (typeof text !== 'string') return problem(text);
	const address = text.replace(/^mailto:/i, '');
	return isEmail(address) ? value(address) : problem({ kind: 'notAnEmail', value: shorten(address) });
};

const asPhone = (field: Field, given: unknown, { phone, defaultCountry }: ReadingSettings): Coerced => {
	const text = asText(given);
	if (typeof text !== 'string') return problem(text);
	if (phone === 'asIs') return value(text);
	const reading = readPhone(text, defaultCountry);
	if (reading.kind === 'lostDigits') return problem({ kind: 'phoneLostDigits', value: text });
	if (reading.kind === 'invalid') return problem({ kind: 'notAPhone', value: shorten(text), country: defaultCountry });
	if (phone === 'check')
		return reading.rest.length === 0
			? value(text)
			: problem({ kind: 'notAPhone', value: shorten(text), country: defaultCountry });
	return value(
		reading.e164,
		reading.e164 === text ? none : [{ kind: 'phoneChanged', field: field.path, before: text, after: reading.e164 }],
		reading.rest,
	);
};

const asCountry = (field: Field, given: unknown): Coerced => {
	const text = asText(given);
	if (typeof text !== 'string') return problem(text);
	const code = countryCode(text);
	return code === undefined
		? value(text, [{ kind: 'unknownCountry', field: field.path, value: shorten(text) }])
		: value(code);
};

const asCustomField = (given: unknown): Coerced => {
	if (typeof given === 'string') return value(clean(given));
	if (typeof given === 'number' || typeof given === 'boolean') return value(String(given));
	if (!isRecord(given) && !Array.isArray(given)) return problem({ kind: 'notAnObject' });
	return value(JSON.stringify(given));
};

const withoutRepeats = (list: readonly unknown[]): readonly unknown[] =>
	list.length === 1 ? list : [...new Set(list)];

const asList = (given: unknown, each: (entry: unknown) => Coerced): Coerced => {
	const entries = listEntries(given);
	if (entries === undefined) return problem({ kind: 'notAList' });
	const found: unknown[] = [];
	const notices: Notice[] = [];
	for (const entry of entries) {
		if (isEmpty(entry)) continue;
		const coerced = each(entry);
		if (coerced.kind === 'problem') return coerced;
		if (coerced.kind === 'empty') continue;
		found.push(coerced.value, ...coerced.morePhones);
		notices.push(...coerced.notices);
	}
	return found.length === 0 ? empty : value(withoutRepeats(found), notices);
};

const asPlainText = (given: unknown): Coerced => {
	const text = asText(given);
	return typeof text === 'string' ? value(text) : problem(text);
};

/** One field's value, made what its kind says. Nothing is guessed: what does not fit is a problem. */
export const coerce = (field: Field, given: unknown, settings: ReadingSettings): Coerced => {
	if (isEmpty(given)) return empty;
	switch (field.kind) {
		case 'text':
		case 'longText':
		case 'choice':
			return asPlainText(given);
		case 'email':
			return asEmail(given);
		case 'phone':
			return asPhone(field, given, settings);
		case 'country':
			return asCountry(field, given);
		case 'number': {
			const number = typeof given === 'string' || typeof given === 'number' ? readNumber(given) : undefined;
			return number === undefined
				? problem({
						kind: 'notANumber',
						value: shorten(typeof given === 'string' ? clean(given) : JSON.stringify(given)),
					})
				: value(number);
		}
		case 'boolean':
			return asBoolean(given);
		case 'textList':
			return asList(given, asPlainText);
		case 'emailList':
			return asList(given, asEmail);
		case 'phoneList':
			return asList(given, (entry) => asPhone(field, entry, settings));
		case 'json':
			return asCustomField(given);
	}
};
