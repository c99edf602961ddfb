import { fromNational, groupedPhone, isInternational } from '../../packages/core/src/values/internationalPhone';
import { byCases } from '../fixtures/cases';
import fc from 'fast-check';
import {
	type CountryCode,
	getCountries,
	getCountryCallingCode,
	getExampleNumber,
	parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';

/** What the library alone would send for a text. */
const byLibrary = (text: string): string | undefined => {
	const parsed = parsePhoneNumberFromString(text, { defaultCountry: 'EG', extract: false });
	return parsed?.isValid() === true ? parsed.number : undefined;
};

test.each(getCountries())('what it takes for a number of %s is what the library would send', (country) => {
	const example = getExampleNumber(country, examples)?.number ?? `+${getCountryCallingCode(country)}`;
	const near = fc
		.tuple(fc.nat(example.length), fc.stringMatching(/^\d{0,4}$/))
		.map(([kept, digits]) => example.slice(0, kept) + digits);
	const any = fc.stringMatching(/^\d{4,12}$/).map((digits) => `+${getCountryCallingCode(country)}${digits}`);
	fc.assert(
		fc.property(fc.oneof(near, any), (text) => !isInternational(text) || byLibrary(text) === text),
		{ numRuns: 300, seed: 7, examples: [[example]] },
	);
});

test.each(['+201001234567', '+20225195000', '+966512345678', '+971501234567'])('%s needs no library', (text) => {
	expect(isInternational(text)).toBe(true);
});

test.each(['+20100123456', '01001234567', '+2001001234567', '+20 100 123 4567', '', '+', '+0201001234567'])(
	'"%s" is left to the library',
	(text) => {
		expect(isInternational(text)).toBe(false);
	},
);

const nationalByLibrary = (text: string, country: CountryCode): string | undefined => {
	const parsed = parsePhoneNumberFromString(text, { defaultCountry: country, extract: false });
	return parsed?.isValid() === true ? parsed.number : undefined;
};

/** Digits of a country's numbers and of others, with and without what is dialed before, and with marks between. */
const typedIn = (country: CountryCode): fc.Arbitrary<string> => {
	const example = String(getExampleNumber(country, examples)?.nationalNumber ?? '1001234567');
	const digits = fc.oneof(
		fc
			.tuple(fc.nat(example.length), fc.stringMatching(/^\d{0,4}$/))
			.map(([kept, more]) => example.slice(0, kept) + more),
		fc.nat({ max: 999_999 }).map((end) => example.slice(0, -6) + String(end).padStart(6, '0')),
		fc.stringMatching(/^\d{6,12}$/),
	);
	const before = fc.constantFrom('', '0', '0', '00', '1', '8', '06', getCountryCallingCode(country));
	const mark = fc.constantFrom('', ' ', '-');
	return fc
		.tuple(before, digits, mark, fc.nat(9))
		.map(([first, rest, between, at]) => `${(first + rest).slice(0, at)}${between}${(first + rest).slice(at)}`);
};

test.each(getCountries())(
	'a number as it is written within %s is what the library makes of it, and shown as by it',
	(country) => {
		fc.assert(
			fc.property(typedIn(country), (text) => {
				const own = fromNational(text, country);
				const shown = own === undefined ? undefined : groupedPhone(own)?.shown;
				return (
					(own === undefined || own === nationalByLibrary(text, country)) &&
					(shown === undefined || shown === parsePhoneNumberFromString(own ?? '')?.formatInternational())
				);
			}),
			{ numRuns: byCases({ few: 40, more: 200, all: 2000 }), seed: 7 },
		);
	},
);

test.each<[text: string, country: string, e164: string, shown: string | undefined]>([
	['01001234567', 'EG', '+201001234567', '+20 10 01234567'],
	['010 0123-4567', 'EG', '+201001234567', '+20 10 01234567'],
	['0512345678', 'SA', '+966512345678', '+966 51 234 5678'],
	['512345678', 'SA', '+966512345678', '+966 51 234 5678'],
	['50001234', 'KW', '+96550001234', '+965 500 01234'],
	['0501234567', 'AE', '+971501234567', '+971 50 123 4567'],
])('"%s" of %s needs no library', (text, country, e164, shown) => {
	expect([fromNational(text, country), groupedPhone(e164)?.shown]).toEqual([e164, shown]);
});

test.each<[text: string, country: string]>([
	['201001234567', 'EG'],
	['00201001234567', 'EG'],
	['+201001234567', 'EG'],
	['2025550123', 'US'],
	['0100123456', 'EG'],
	['', 'EG'],
	['01001234567', ''],
])('"%s" of "%s" is left to the library', (text, country) => {
	expect(fromNational(text, country)).toBeUndefined();
});
