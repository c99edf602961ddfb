import type { Notice } from '../lead/problems';
import { clean, westernDigits } from '../text/text';
import { countryCode } from '../values/country';
import { gulfCountryOf } from '../values/gulfCity';
import { type PhoneReading, readPhone } from '../values/phone';
import type { Answer } from './answer';
import { evidenceOf } from './evidence/evidenceOf';
import type { FilledField } from './filled';
import { answerText } from './fitted';
import { areaCodeTold, dialCodeTold } from './match/dialCode';
import { phonePath } from './sort';

/** What a form's answers tell of its phones: the country, and the parts that were asked for apart. */
export interface PhoneSigns {
	readonly country: string;
	/** The form itself says the country, and not the settings. */
	readonly isTold: boolean;
	/** A city of the Gulf that somebody lives in: it tells whose a number is that several countries have. */
	readonly city?: 'SA' | 'AE';
	readonly dialCode?: string;
	readonly areaCode?: string;
}

/** The signs in a form's answers; `defaultCountry` where there is none. */
export const phoneSigns = (answers: readonly Answer[], defaultCountry: string): PhoneSigns => {
	let [told, toldCity] = ['', ''];
	for (const answer of answers) {
		const { meaning } = evidenceOf(answer);
		if (meaning === 'leadInformation.address.country') told ||= answerText(answer.value);
		else if (meaning === 'leadInformation.address.city') toldCity ||= answerText(answer.value);
	}
	const city = gulfCountryOf(toldCity);
	const country = countryCode(told);
	const dialCode = dialCodeTold(answers);
	const areaCode = areaCodeTold(answers);
	return {
		country: country ?? defaultCountry,
		isTold: country !== undefined,
		...(city === undefined ? {} : { city }),
		...(dialCode === undefined ? {} : { dialCode }),
		...(areaCode === undefined ? {} : { areaCode }),
	};
};

const only = (reading: PhoneReading): boolean => reading.kind === 'valid' && reading.rest.length === 0;

/** The number with the parts that stood beside it; one that has its own already, or makes no number with them, alone. */
const readWith = (typed: string | number, { country, dialCode, areaCode }: PhoneSigns): PhoneReading => {
	const national = westernDigits(clean(String(typed).slice(0, 120)));
	const alone = readPhone(typed, country);
	if (!/^[\d\s().-]+$/.test(national)) return alone;
	const code = dialCode === undefined ? '' : `+${dialCode} `;
	// With an area of its own beside it, a whole number needs none.
	const whole = areaCode === undefined || only(alone) ? [] : [`${code}${areaCode}${national}`];
	if (code !== '') whole.unshift(`${code}${national}`);
	for (const each of whole) {
		const reading = readPhone(each, country);
		if (reading.kind === 'valid') return reading;
	}
	return alone;
};

/** A mobile number of Saudi Arabia and the Emirates, which in Egypt is one of a landline. */
const ofGulf = /^0?5\d{8}$/;

/** A phone as it will be sent, so that a preview shows it; what is no phone stays and is an issue of the lead. */
const asSent = (field: string, typed: string | number, signs: PhoneSigns, notices: Notice[]): string | number => {
	const first = readWith(typed, signs);
	const isUnsure =
		!signs.isTold &&
		signs.dialCode === undefined &&
		first.kind === 'valid' &&
		first.e164.startsWith('+20') &&
		ofGulf.test(westernDigits(String(typed)).replace(/[\s().-]/g, ''));
	const reading = isUnsure && signs.city !== undefined ? readPhone(typed, signs.city) : first;
	if (reading.kind !== 'valid' || reading.rest.length > 0 || reading.e164 === typed) return typed;
	notices.push({ kind: 'phoneChanged', field, before: String(typed), after: reading.e164 });
	if (isUnsure && signs.city === undefined)
		notices.push({ kind: 'countryUnsure', field, value: String(typed), country: signs.country });
	return reading.e164;
};

/** A matched field with its phones as they will be sent. */
export const withPhones = (found: FilledField, signs: PhoneSigns, notices: Notice[]): FilledField => {
	if (found.field === 'additionalPhones')
		return {
			...found,
			value: (found.value as readonly (string | number)[]).map((typed) => asSent(found.field, typed, signs, notices)),
		};
	if (found.field !== phonePath) return found;
	const typed = found.value as string | number;
	const value = asSent(found.field, typed, signs, notices);
	return value === typed ? found : { ...found, value, was: typed };
};
