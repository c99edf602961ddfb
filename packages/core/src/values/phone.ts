import { phoneMetadata } from '../phoneMetadata';
import { clean, westernDigits } from '../text/text';
import type { Choice } from './choices';
import { fromNational, groupedPhone, isInternational } from './internationalPhone';
import {
	type CountryCode,
	getCountries,
	getCountryCallingCode,
	isSupportedCountry,
	parsePhoneNumberFromString,
} from 'libphonenumber-js/core';

/** How a phone is treated: made international, only checked, or passed on untouched. */
export type PhoneHandling = Choice<'phone'>;

export type PhoneReading =
	| { readonly kind: 'valid'; readonly e164: string; readonly rest: readonly string[] }
	| { readonly kind: 'invalid' }
	/** A spreadsheet showed the number as `1.00123E+09`: digits are gone for good. */
	| { readonly kind: 'lostDigits' };

const scientific = /^[+-]?\d+(?:[.,]\d+)?e\+?\d+$/i;
const separators = /[/\\|,;،؛\n]| (?:or|and|&|و|أو|او) | - (?=\+?\d{6})/i;
/** Longer text is a message, not a phone; two numbers with words between them are well below it. */
const longest = 120;

/** By what somebody is reached at a number, as people write it beside: "01001234567 واتس", "Mob. 050 123 4567". */
const wayBefore =
	/^\(?(?:p|tel|phone|mobile|mob|cell|whats ?app|whats|wa|telegram|واتس ?[اآ]ب|واتس|موبايل|تليفون|تلفون|هاتف|جوال|رقم)(?!\p{L})[\s):.،-]{0,4}(?=[+(\d])/iu;
const wayAfter =
	/(?<=\d)[\s(،-]{1,3}(?:tel|phone|mobile|mob|cell|whats ?app|whats|wa|telegram|واتس ?[اآ]ب|واتس|موبايل|تليفون|تلفون|هاتف|جوال)\)?$/iu;

/** A number as typed, reduced to `+` and digits with the marks of other tools taken off. */
const dialable = (text: string): string =>
	text
		.replace(/^['"=]+|(?<!['"])['"]+$/g, '')
		.replace(wayBefore, '')
		.replace(wayAfter, '')
		.replace(/^(?:\+\s*)?00(?=[1-9])/, '+')
		.replace(/\.0$/, '')
		.trim();

const parseOne = (text: string, country: string): string | undefined => {
	const dialed = dialable(text);
	if (!/\d/.test(dialed)) return undefined;
	const region = isSupportedCountry(country as CountryCode, phoneMetadata()) ? (country as CountryCode) : undefined;
	const parsed = parsePhoneNumberFromString(
		dialed,
		region === undefined ? {} : { defaultCountry: region, extract: false },
		phoneMetadata(),
	);
	if (parsed?.isValid() === true) return parsed.number;
	if (dialed.startsWith('+')) return undefined;
	// A number that holds its country's code but no "+", as WhatsApp sends it. One that is shorter, or begins with 1, is
	// more often the home country's with a digit too many (a seventh of such slips would become numbers of strangers).
	const digits = dialed.replace(/\D/g, '');
	if (!/^[2-9]\d{10}/.test(digits)) return undefined;
	const international = parsePhoneNumberFromString(`+${digits}`, { extract: false }, phoneMetadata());
	return international?.isValid() === true ? international.number : undefined;
};

/**
 * E.164 of what people type: Arabic and Persian digits, spaces, `00`, `p:`, a leading apostrophe or quotes, the zero that
 * a spreadsheet ate (libphonenumber adds the trunk prefix's country by itself) or the `.0` it added, two numbers in one field.
 * `country` is alpha-2 and used where the number has no country of its own. Nothing is guessed: what is no valid number
 * of a country is `invalid`.
 */
export const readPhone = (given: string | number, country: string): PhoneReading => {
	const text = westernDigits(clean(String(given)));
	if (isInternational(text)) return { kind: 'valid', e164: text, rest: [] };
	if (text.length > longest) return { kind: 'invalid' };
	if (scientific.test(text)) return { kind: 'lostDigits' };
	const whole = fromNational(text, country) ?? parseOne(text, country);
	if (whole !== undefined) return { kind: 'valid', e164: whole, rest: [] };
	const parts = text.split(separators).map((part) => parseOne(part, country));
	const [first, ...rest] = parts.filter((part): part is string => part !== undefined);
	if (first === undefined || parts.length < 2 || parts.includes(undefined)) return { kind: 'invalid' };
	return { kind: 'valid', e164: first, rest: [...new Set(rest)].filter((other) => other !== first) };
};

type Grouped = NonNullable<ReturnType<typeof groupedPhone>>;

const groupedByLibrary = (e164: string): Grouped | undefined => {
	const parsed = parsePhoneNumberFromString(e164, { extract: false }, phoneMetadata());
	return parsed === undefined
		? undefined
		: {
				callingCode: parsed.countryCallingCode,
				national: parsed.nationalNumber,
				shown: parsed.formatInternational(),
			};
};
const whole = (text: string): Grouped => ({ callingCode: '', national: text, shown: text });

/** A number in E.164 in groups that can be read out: "+20 100 123 4567". What is none stays as it is. */
export const shownPhone = (e164: string): string => {
	const { callingCode, national, shown } = groupedPhone(e164) ?? groupedByLibrary(e164) ?? whole(e164);
	// Egypt's eight digits in a row are where people lose their place.
	if (!/\d{7}/.test(shown)) return shown;
	return callingCode === '' ? shown : `+${callingCode} ${national.replace(/^(\d{3})(\d{3})(?=\d)/, '$1 $2 ')}`;
};

let callingCodes: ReadonlySet<string> | undefined;

/** Whether digits are a country's calling code, such as 971. */
export const isCallingCode = (digits: string): boolean => {
	callingCodes ??= new Set(
		getCountries(phoneMetadata()).map((country) => getCountryCallingCode(country, phoneMetadata())),
	);
	return callingCodes.has(digits);
};

/** Every country that has phone numbers: its alpha-2 code and its calling code, without a plus sign. */
export const phoneCountries = (): readonly { readonly code: string; readonly callingCode: string }[] =>
	getCountries(phoneMetadata()).map((code) => ({ code, callingCode: getCountryCallingCode(code, phoneMetadata()) }));
