import type { Matched } from '../lead/matched';
import type { Notice } from '../lead/problems';
import { draftOf } from '../reading/draft';
import { clean, westernDigits } from '../text/text';
import { countryCode } from '../values/country';
import { type PhoneReading, readPhone } from '../values/phone';
import type { ReadingSettings } from '../values/readingSettings';
import { noticeText } from '../words/words';
import type { Answer, RecognizedLead, Submission } from './answer';
import { answerText } from './fitted';
import { dialCodeTold } from './match/dialCode';
import { meaningOf } from './match/fieldOfQuestion';
import { phonePath } from './place';
import { mostRead, sort } from './sort';

/** What a form's answers tell of its phones: the country, and the calling code that was asked for apart. */
interface Told {
	readonly country: string;
	readonly dialCode?: string;
}

const countryTold = (answers: readonly Answer[]): string | undefined => {
	const told = answers
		.filter((answer) => meaningOf(answer) === 'leadInformation.address.country')
		.map(({ value }) => answerText(value));
	return countryCode(told.find((text) => text !== '') ?? '');
};

/** The number with the calling code that stood beside it; one that has its own already, or makes no number with it, alone. */
const readWith = (typed: string | number, { country, dialCode }: Told): PhoneReading => {
	const national = westernDigits(clean(String(typed).slice(0, 120)));
	if (dialCode !== undefined && /^[\d\s().-]+$/.test(national)) {
		const whole = readPhone(`+${dialCode} ${national}`, country);
		if (whole.kind === 'valid') return whole;
	}
	return readPhone(typed, country);
};

/** A phone as it will be sent, so that a preview shows it; what is no phone stays and is an issue of the lead. */
const asSent = (field: string, typed: string | number, told: Told, notices: Notice[]): string | number => {
	const reading = readWith(typed, told);
	if (reading.kind !== 'valid' || reading.rest.length > 0 || reading.e164 === typed) return typed;
	notices.push({ kind: 'phoneChanged', field, before: String(typed), after: reading.e164 });
	return reading.e164;
};

const withPhones = (found: Matched, told: Told, notices: Notice[]): Matched => {
	if (found.field === 'additionalPhones')
		return {
			...found,
			value: (found.value as readonly (string | number)[]).map((typed) => asSent(found.field, typed, told, notices)),
		};
	if (found.field !== phonePath) return found;
	const typed = found.value as string | number;
	const value = asSent(found.field, typed, told, notices);
	return value === typed ? found : { ...found, value, was: typed };
};

/** One submission as a draft. `settings` are used for phones only; everything else stays as it was typed. */
export const assemble = (
	submission: Submission,
	{ defaultCountry, phone, language }: ReadingSettings,
): RecognizedLead => {
	const read = submission.answers.slice(0, mostRead);
	const country = countryTold(read) ?? defaultCountry;
	const dialCode = dialCodeTold(read);
	const told = { country, ...(dialCode === undefined ? {} : { dialCode }) };
	const { matched, custom, notices } = sort(submission, { defaultCountry: country, phone });
	const more = [...notices];
	const entries = [...matched.values()].map((entry) => (phone === 'normalize' ? withPhones(entry, told, more) : entry));
	if (custom.size > 0) {
		// A map's keys may be any text; `fromEntries` keeps "__proto__" a plain key.
		entries.push({ field: 'customField', from: [...custom.keys()].join(', '), value: Object.fromEntries(custom) });
	}
	const draft = draftOf(entries.map(({ field, value }) => [field, value]));
	const warnings = more.map((notice) => noticeText(notice, language));
	return {
		draft,
		matched: entries,
		warnings,
		...(submission.dedupeKey === undefined ? {} : { dedupeKey: submission.dedupeKey }),
	};
};
