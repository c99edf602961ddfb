import { phoneMetadata } from '../phoneMetadata';
import { type CountryCode, getCountries, getCountryCallingCode, Metadata } from 'libphonenumber-js/core';

/** The part of a numbering plan that its types leave out. */
interface Plan {
	readonly nationalNumberPattern: () => string;
	/** What stands before a number within its country, such as 0; undefined where nothing does. */
	readonly nationalPrefixForParsing: () => string | undefined;
	readonly type: (
		name: string,
	) => { readonly pattern: () => string; readonly possibleLengths: () => readonly number[] | undefined } | undefined;
}

const types = [
	'FIXED_LINE',
	'MOBILE',
	'PREMIUM_RATE',
	'TOLL_FREE',
	'SHARED_COST',
	'VOIP',
	'PERSONAL_NUMBER',
	'PAGER',
	'UAN',
	'VOICEMAIL',
];

type Check = (national: string) => boolean;

const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`);

/** Whether the digits behind a country's calling code are one of its numbers, and nothing of them is a prefix to take off. */
const checkOf = (country: CountryCode): Check => {
	const metadata = new Metadata(phoneMetadata());
	metadata.selectNumberingPlan(country);
	const plan = metadata.numberingPlan as unknown as Plan;
	const any = whole(plan.nationalNumberPattern());
	const prefix = plan.nationalPrefixForParsing();
	const prefixed = prefix === undefined || prefix === '' ? undefined : new RegExp(`^(?:${prefix})`);
	const kinds = types.flatMap((name) => {
		const type = plan.type(name);
		const pattern = type?.pattern() ?? '';
		return pattern === '' ? [] : [{ pattern: whole(pattern), lengths: type?.possibleLengths() }];
	});
	return (national) =>
		any.test(national) &&
		prefixed?.test(national) !== true &&
		kinds.some(({ pattern, lengths }) => lengths?.includes(national.length) !== false && pattern.test(national));
};

/** By calling code, the one country that has it; a code that several share needs more than patterns. */
const onlyCountries = (): ReadonlyMap<string, CountryCode> => {
	const byCode = new Map<string, CountryCode | undefined>();
	for (const country of getCountries(phoneMetadata())) {
		const code = getCountryCallingCode(country, phoneMetadata());
		byCode.set(code, byCode.has(code) ? undefined : country);
	}
	return new Map([...byCode].flatMap(([code, country]) => (country === undefined ? [] : [[code, country]])));
};

let countries: ReadonlyMap<string, CountryCode> | undefined;
const checks = new Map<string, Check>();

/**
 * Whether a text is a valid number exactly as it is to be sent, such as `+201001234567`: most are, and the library, which
 * makes its patterns anew for each number, takes ten times as long. False says nothing: the library is to be asked.
 */
export const isInternational = (text: string): boolean => {
	if (!/^\+[1-9]\d{6,14}$/.test(text)) return false;
	countries ??= onlyCountries();
	for (let length = 1; length <= 3; length++) {
		const code = text.slice(1, 1 + length);
		const country = countries.get(code);
		if (country === undefined) continue;
		const check = checks.get(code) ?? checkOf(country);
		checks.set(code, check);
		return check(text.slice(1 + length));
	}
	return false;
};
