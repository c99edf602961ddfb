import { isInternational } from '../../packages/core/src/values/internationalPhone';
import fc from 'fast-check';
import {
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
