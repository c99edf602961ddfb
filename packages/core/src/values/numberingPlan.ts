import { phoneMetadata } from '../phoneMetadata';
import { type CountryCode, getCountries, getCountryCallingCode, Metadata } from 'libphonenumber-js/core';

/** How the digits of some numbers are grouped. */
interface Format {
	readonly pattern: () => string;
	readonly internationalFormat: () => string;
	readonly leadingDigitsPatterns: () => readonly string[];
}

/** The part of a numbering plan that the library's types leave out. */
interface Plan {
	readonly callingCode: () => string;
	/** What is dialed before the calling code of another country, such as 00. */
	readonly IDDPrefix: () => string;
	readonly nationalNumberPattern: () => string;
	/** What stands before a number within its country, such as 0; undefined where nothing does. */
	readonly nationalPrefixForParsing: () => string | undefined;
	readonly formats: () => readonly Format[];
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

/** The numbers of a country whose calling code is its own, by patterns that are made once. */
export interface NumberingPlan {
	readonly callingCode: string;
	/** Whether the digits behind the calling code are one of its numbers, and nothing of them is a prefix to take off. */
	readonly isNumber: (national: string) => boolean;
	/** What stands before a number within the country, where it is always the same, such as 0. */
	readonly prefix: string | undefined;
	/** Whether digits begin as those that call another country. */
	readonly goesAbroad: (digits: string) => boolean;
	/** Digits of a number in groups that can be read out; undefined where the plan groups none such. */
	readonly grouped: (national: string) => string | undefined;
}

const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`);
const beginning = (pattern: string): RegExp => new RegExp(`^(?:${pattern})`);

/** All that the library's formats put between digits. */
const punctuation = /[-\s()[\]./~]+/g;

const planOf = (country: CountryCode): NumberingPlan => {
	const metadata = new Metadata(phoneMetadata());
	metadata.selectNumberingPlan(country);
	const plan = metadata.numberingPlan as unknown as Plan;
	const any = whole(plan.nationalNumberPattern());
	const prefix = plan.nationalPrefixForParsing();
	const prefixed = prefix === undefined || prefix === '' ? undefined : beginning(prefix);
	const abroad = beginning(plan.IDDPrefix());
	const kinds = types.flatMap((name) => {
		const type = plan.type(name);
		const pattern = type?.pattern() ?? '';
		return pattern === '' ? [] : [{ pattern: whole(pattern), lengths: type?.possibleLengths() }];
	});
	const formats = plan.formats().map((format) => {
		const leading = format.leadingDigitsPatterns().at(-1);
		return {
			leading: leading === undefined ? undefined : beginning(leading),
			pattern: whole(format.pattern()),
			format: format.internationalFormat(),
		};
	});
	return {
		callingCode: plan.callingCode(),
		isNumber: (national) =>
			any.test(national) &&
			prefixed?.test(national) !== true &&
			kinds.some(({ pattern, lengths }) => lengths?.includes(national.length) !== false && pattern.test(national)),
		prefix: prefix !== undefined && /^\d+$/.test(prefix) ? prefix : undefined,
		goesAbroad: (digits) => abroad.test(digits),
		grouped: (national) => {
			const found = formats.find(({ leading, pattern }) => leading?.test(national) !== false && pattern.test(national));
			return found === undefined
				? undefined
				: national.replace(found.pattern, found.format).replace(punctuation, ' ').trim();
		},
	};
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
let countriesAlone: ReadonlySet<string> | undefined;
const plans = new Map<string, NumberingPlan>();

const madeOnce = (country: CountryCode): NumberingPlan => {
	const plan = plans.get(country) ?? planOf(country);
	plans.set(country, plan);
	return plan;
};

/** The plan of a country, by its alpha-2 code; undefined where its calling code is that of others too, or it has none. */
export const planOfCountry = (country: string): NumberingPlan | undefined => {
	countries ??= onlyCountries();
	countriesAlone ??= new Set(countries.values());
	return countriesAlone.has(country) ? madeOnce(country as CountryCode) : undefined;
};

/** The plan of the one country that has the calling code with which digits begin; undefined where several have it. */
export const planOfDigits = (digits: string): NumberingPlan | undefined => {
	countries ??= onlyCountries();
	for (let length = 1; length <= 3; length++) {
		const country = countries.get(digits.slice(0, length));
		if (country !== undefined) return madeOnce(country);
	}
	return undefined;
};
