import type { Matched } from '../lead/matched';
import type { Notice } from '../lead/problems';
import type { MatchReason } from '../lead/why';
import { draftOf } from '../reading/draft';
import type { Language } from '../text/language';
import { readPhone } from '../values/phone';
import type { ReadingSettings } from '../values/readingSettings';
import { noticeText, whyText } from '../words/words';
import type { RecognizedLead, Submission } from './answer';
import type { FilledField } from './filled';
import { firstNamePath } from './names';
import { phoneSigns, withPhones } from './phones';
import { mostRead, phonePath, sort } from './sort';

/** The phone as a first name, where somebody wrote or called and gave none. */
const namedByPhone = (entries: readonly FilledField[], country: string): FilledField | undefined => {
	if (entries.some(({ field }) => field === firstNamePath)) return undefined;
	const phone = entries.find(({ field }) => field === phonePath);
	if (phone === undefined) return undefined;
	const reading = readPhone(phone.value as string | number, country);
	if (reading.kind !== 'valid') return undefined;
	return { field: firstNamePath, from: phone.from, value: reading.e164, because: { kind: 'sender' } };
};

/** Why those answers are in Custom Field that were asked for by a field's name. */
const whyKept = (
	reasons: ReadonlyMap<string, MatchReason>,
	language: Language | undefined,
): { readonly why?: string } => {
	const told = [...reasons].slice(0, 20).map(([name, reason]) => `${name}: ${whyText(reason, language)}`);
	return told.length === 0 ? {} : { why: told.join('; ') };
};

const inWords = (entry: FilledField, language: Language | undefined): Matched => {
	if (entry.because === undefined) return entry;
	const { because, ...rest } = entry;
	return { ...rest, why: whyText(because, language) };
};

/** One submission as a draft. `settings` are used for phones only; everything else stays as it was typed. */
export const assemble = (
	submission: Submission,
	{ defaultCountry, phone, language, phoneAsName = true }: ReadingSettings,
): RecognizedLead => {
	const signs = phoneSigns(submission.answers.slice(0, mostRead), defaultCountry);
	const { matched, custom, reasons, notices } = sort(submission, { defaultCountry: signs.country, phone });
	const more: Notice[] = [...notices];
	const filled = [...matched.values()].map((entry) => (phone === 'normalize' ? withPhones(entry, signs, more) : entry));
	const byPhone =
		submission.conversation === undefined || !phoneAsName ? undefined : namedByPhone(filled, signs.country);
	if (byPhone !== undefined) {
		filled.push(byPhone);
		more.push({ kind: 'phoneAsName', field: firstNamePath });
	}
	const entries: Matched[] = filled.map((entry) => inWords(entry, language));
	if (custom.size > 0) {
		// A map's keys may be any text; `fromEntries` keeps "__proto__" a plain key.
		entries.push({
			field: 'customField',
			from: [...custom.keys()].join(', '),
			value: Object.fromEntries(custom),
			...whyKept(reasons, language),
		});
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
