import { planOfCountry, planOfDigits } from './numberingPlan';

const international = /^\+[1-9]\d{6,14}$/;

/**
 * Whether a text is a valid number exactly as it is to be sent, such as `+201001234567`: most are, and the library, which
 * makes its patterns anew for each number, takes ten times as long. False says nothing: the library is to be asked.
 */
export const isInternational = (text: string): boolean => {
	if (!international.test(text)) return false;
	const plan = planOfDigits(text.slice(1));
	return plan?.isNumber(text.slice(1 + plan.callingCode.length)) === true;
};

/** Digits with spaces, hyphens or parentheses between, as most write the number of their own country. */
const national = /^\(?\d(?:[ ()-]{0,3}\d){5,15}$/;

/**
 * E.164 of a number as it is written within its country, with the prefix that is dialed there or without it: `010 0123 4567`.
 * Undefined says nothing: the library is to be asked.
 */
export const fromNational = (text: string, country: string): string | undefined => {
	if (!national.test(text)) return undefined;
	const plan = planOfCountry(country);
	const digits = text.replace(/[ ()-]+/g, '');
	if (plan === undefined || digits.startsWith('00') || plan.goesAbroad(digits)) return undefined;
	if (plan.prefix !== undefined && digits.startsWith(plan.prefix)) {
		const rest = digits.slice(plan.prefix.length);
		return plan.isNumber(rest) ? `+${plan.callingCode}${rest}` : undefined;
	}
	// What begins as the country's own code may be written with that, and without a plus sign.
	return !digits.startsWith(plan.callingCode) && plan.isNumber(digits) ? `+${plan.callingCode}${digits}` : undefined;
};

/** A number in groups, `+20 10 01234567`; undefined where the library is to be asked. */
export const groupedPhone = (
	e164: string,
): { readonly callingCode: string; readonly national: string; readonly shown: string } | undefined => {
	if (!international.test(e164)) return undefined;
	const plan = planOfDigits(e164.slice(1));
	if (plan === undefined) return undefined;
	const { callingCode } = plan;
	const digits = e164.slice(1 + callingCode.length);
	const shown = plan.isNumber(digits) ? plan.grouped(digits) : undefined;
	return shown === undefined ? undefined : { callingCode, national: digits, shown: `+${callingCode} ${shown}` };
};
