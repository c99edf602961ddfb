import type { Matched } from '../lead/matched';
import type { Notice } from '../lead/problems';
import type { MatchReason } from '../lead/why';
import { draftOf } from '../reading/draft';
import type { Language } from '../text/language';
import type { Steps } from '../text/steps';
import { readPhone } from '../values/phone';
import type { ReadingSettings } from '../values/readingSettings';
import { toldNotices, whyText } from '../words/words';
import type { RecognizedLead, Submission } from './answer';
import type { FilledField } from './filled';
import { firstNamePath } from './names';
import { phoneSigns, withPhones } from './phones';
import { mostRead } from './mostRead';
import { phonePath, sortSteps } from './sort';

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
	if (reasons.size === 0) return {};
	const told = [...reasons].slice(0, 20).map(([name, reason]) => `${name}: ${whyText(reason, language)}`);
	return { why: told.join('; ') };
};

const inWords = (entry: FilledField, language: Language | undefined): Matched => {
	if (entry.because === undefined) return entry;
	const { field, from, value, was, because } = entry;
	return { field, from, value, ...(was === undefined ? {} : { was }), why: whyText(because, language) };
};

/** Thousands of pairs as an object; `fromEntries` keeps "__proto__" a plain key. */
function* asObject(pairs: ReadonlyMap<string, string>): Steps<Readonly<Record<string, string>>> {
	const object: Record<string, string> = Object.create(Object.prototype) as Record<string, string>;
	let left = mostRead;
	for (const [key, value] of pairs) {
		if (key === '__proto__')
			Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
		else object[key] = value;
		if (--left > 0) continue;
		left = mostRead;
		yield;
	}
	return object;
}

/** One submission as a draft. `settings` are used for phones only; everything else stays as it was typed. */
export function* assembleSteps(
	submission: Submission,
	{ defaultCountry, phone, language, phoneAsName }: ReadingSettings,
): Steps<RecognizedLead> {
	const signs = phoneSigns(submission.answers.slice(0, mostRead), defaultCountry);
	const { matched, custom, reasons, notices } = yield* sortSteps(submission, {
		defaultCountry: signs.country,
		phone,
		phoneAsName,
	});
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
		entries.push({
			field: 'customField',
			from: [...custom.keys()].join(', '),
			value: custom.size <= mostRead ? Object.fromEntries(custom) : yield* asObject(custom),
			...whyKept(reasons, language),
		});
	}
	const draft = draftOf(entries.map(({ field, value }) => [field, value]));
	return {
		draft,
		matched: entries,
		...toldNotices(more, language),
		...(submission.dedupeKey === undefined ? {} : { dedupeKey: submission.dedupeKey }),
	};
}
