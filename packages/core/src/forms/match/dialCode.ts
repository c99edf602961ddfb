import { memoize } from '../../text/memoize';
import { clean, westernDigits, wordsOf } from '../../text/text';
import { isCallingCode } from '../../values/phone';
import type { Answer } from '../answer';
import { evidenceOf } from '../evidence/evidenceOf';
import { textOfAnswer } from './valueKind';

const code = new Set(['code', 'prefix', 'countrycode', 'dialcode', 'كود', 'رمز', 'مفتاح'].flatMap(wordsOf));
const whose = new Set(
	[
		'country',
		'phone',
		'mobile',
		'dial',
		'dialing',
		'calling',
		'international',
		'دولة',
		'الدولة',
		'البلد',
		'بلد',
		'الهاتف',
		'الجوال',
		'الموبايل',
		'الاتصال',
		'countrycode',
		'dialcode',
	].flatMap(wordsOf),
);

/** A bare "971" is one only where a code was asked for; "+971" beside a phone's country is one anyway. */
const asksForCode = ({ key, label = '' }: Answer, text: string): boolean => {
	if (key.length + label.length > 100) return false;
	const words = wordsOf(`${key} ${label}`);
	return words.some((word) => whose.has(word)) && (text.includes('+') || words.some((word) => code.has(word)));
};

/** The calling code in "+971", "00971", "971", "UAE (+971)" or "+971 UAE"; undefined where there is none. */
const codeIn = (text: string): string | undefined => {
	const found = /^\D{0,60}(?:\+|00) ?(\d{1,4})\D{0,60}$/.exec(text) ?? /^(\d{1,4})$/.exec(text);
	return found?.[1] !== undefined && isCallingCode(found[1]) ? found[1] : undefined;
};

/** The calling code that a form asks for beside its phone, in digits. It is no country: +1 is of many. */
export const dialCodeTold = (answers: readonly Answer[]): string | undefined => {
	for (const answer of answers) {
		const { value } = answer;
		// A code is short, and a country has one word or two.
		if (typeof value === 'string' && value.length > 130) continue;
		const text = westernDigits(clean(textOfAnswer(value)));
		if (text.length > 120 || !/\d/.test(text)) continue;
		const told = codeIn(text);
		if (told === undefined) continue;
		const { meaning, role } = evidenceOf(answer);
		if (role !== 'other' && (asksForCode(answer, text) || meaning === 'leadInformation.address.country')) return told;
	}
	return undefined;
};

const area = new Set(['area', 'areacode', 'operator', 'prefix', 'منطقة', 'المنطقة', 'الشبكة', 'شبكة'].flatMap(wordsOf));

/** Countries' own words for the code of an area. */
const areaAlone = new Set(['ddd', 'std', 'npa', 'ndc', 'vorwahl']);

const asksForArea = memoize((label: string): boolean => {
	const words = wordsOf(label);
	if (words.some((word) => areaAlone.has(word))) return true;
	return (
		words.some((word) => code.has(word) || word === 'areacode') &&
		words.some((word) => area.has(word)) &&
		!words.includes('country')
	);
});

/** The code of an area or a network that a form asks for beside its phone, in digits: `area_code`, "prefix". */
export const areaCodeTold = (answers: readonly Answer[]): string | undefined => {
	for (const answer of answers) {
		if (answer.key.length + (answer.label?.length ?? 0) > 60 || !asksForArea(`${answer.key} ${answer.label ?? ''}`))
			continue;
		const text = westernDigits(clean(textOfAnswer(answer.value)));
		if (/^0?\d{1,4}$/.test(text)) return text;
	}
	return undefined;
};
