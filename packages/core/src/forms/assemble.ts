import { countryCode } from '../country';
import { draftOf } from '../draft';
import type { Notice } from '../issue';
import { readPhone } from '../phone';
import type { ReadingSettings } from '../settings';
import { noticeText } from '../words';
import type { Matched, RecognizedLead, Submission } from './answer';
import { answerText } from './fitted';
import { meaningOf } from './match';
import { phonePath, sort } from './sort';

/** The country that a form's answers tell: its phones are read with it. */
const countryTold = ({ answers }: Submission): string | undefined => {
	const told = answers.filter((answer) => meaningOf(answer) === 'leadInformation.address.country').map(({ value }) => answerText(value));
	return countryCode(told.find((text) => text !== '') ?? '');
};

/** The phone as it will be sent, so that a preview shows it; what is no phone stays and is an issue of the lead. */
const withPhone = (found: Matched, country: string, notices: Notice[]): Matched => {
	const typed = found.value as string | number;
	const reading = readPhone(typed, country);
	if (reading.kind !== 'valid' || reading.rest.length > 0 || reading.e164 === typed) return found;
	notices.push({ kind: 'phoneChanged', field: found.field, before: String(typed), after: reading.e164 });
	return { ...found, value: reading.e164, was: typed };
};

/** One submission as a draft. `settings` are used for phones only; everything else stays as it was typed. */
export const assemble = (submission: Submission, { defaultCountry, phone, language }: ReadingSettings): RecognizedLead => {
	const country = countryTold(submission) ?? defaultCountry;
	const { matched, custom, notices } = sort(submission, { defaultCountry: country, phone });
	const more = [...notices];
	const entries = [...matched.values()].map((entry) => (entry.field === phonePath && phone === 'normalize' ? withPhone(entry, country, more) : entry));
	if (custom.size > 0) {
		// A map's keys may be any text; `fromEntries` keeps "__proto__" a plain key.
		entries.push({ field: 'customField', from: [...custom.keys()].join(', '), value: Object.fromEntries(custom) });
	}
	const draft = draftOf(entries.map(({ field, value }) => [field, value]));
	const warnings = more.map((notice) => noticeText(notice, language));
	return { draft, matched: entries, warnings, ...(submission.dedupeKey === undefined ? {} : { dedupeKey: submission.dedupeKey }) };
};
