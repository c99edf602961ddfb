import { coerce, isEmpty, listEntries } from '../coerce';
import { countryCode } from '../country';
import { withField } from '../draft';
import { fieldAt, type LeadDraft } from '../fields';
import type { Notice } from '../issue';
import { splitName } from '../person';
import { readPhone } from '../phone';
import type { ReadingSettings } from '../settings';
import { clean, isRecord, shorten } from '../text';
import { noticeText } from '../words';
import type { Answer, Matched, RecognizedLead, Submission } from './answer';
import { meaningOf } from './match';

/** An answer as one text: several choices parted by commas, anything deeper as JSON. */
export const answerText = (value: unknown): string => {
	if (typeof value === 'string') return clean(value);
	if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) return value.map(answerText).join(', ');
	return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
};

const phonePath = 'leadInformation.phone';
const firstNamePath = 'leadInformation.firstName';
const lastNamePath = 'leadInformation.lastName';

/** Where a second answer for a filled field goes. */
const overflow: Readonly<Record<string, string>> = { [phonePath]: 'additionalPhones', 'leadInformation.email': 'additionalEmails' };

/** A value as its field takes it from a form, or undefined where it is kept in Custom Field instead. */
const fitted = (path: string, value: unknown): unknown => {
	const field = fieldAt(path);
	if (field === undefined || isRecord(value)) return undefined;
	switch (field.kind) {
		case 'number':
		case 'boolean':
			return coerce(field, value, { defaultCountry: '', phone: 'asIs' }).kind === 'value' ? value : undefined;
		case 'textList':
		case 'emailList':
		case 'phoneList':
			return listEntries(value)?.map((entry) => (typeof entry === 'string' ? clean(entry) : entry)).filter((entry) => !isEmpty(entry));
		case 'phone':
			return typeof value === 'number' ? value : answerText(value);
		case 'text':
		case 'longText':
		case 'choice':
		case 'country':
		case 'email':
			return answerText(value);
		case 'json':
			return undefined;
	}
};

interface Sorted {
	readonly matched: ReadonlyMap<string, Matched>;
	readonly custom: ReadonlyMap<string, string>;
	readonly notices: readonly Notice[];
}

/** Every answer on the field it means, or in Custom Field under the question's own words. None is dropped. */
const sort = ({ answers, known = [], extra = {} }: Submission): Sorted => {
	const matched = new Map<string, Matched>();
	const custom = new Map<string, string>();
	const notices: Notice[] = [];
	const wholeNames: Answer[] = [];

	const keep = ({ key, label }: Pick<Answer, 'key' | 'label'>, value: unknown): void => {
		const name = clean(label ?? key) || key;
		const text = answerText(value);
		const before = custom.get(name);
		if (before === undefined) custom.set(name, text);
		else if (before !== text) custom.set(name, `${before}, ${text}`);
	};

	const place = (path: string, answer: Answer): void => {
		const value = fitted(path, answer.value);
		const more = overflow[path];
		if (value === undefined) {
			keep(answer, answer.value);
			notices.push({ kind: 'moved', field: path, value: shorten(answerText(answer.value)) });
		} else if (!matched.has(path)) {
			matched.set(path, { field: path, from: answer.from, value });
		} else if (more === undefined) {
			keep(answer, answer.value);
		} else {
			const listed = matched.get(more)?.value;
			matched.set(more, { field: more, from: answer.from, value: [...(Array.isArray(listed) ? (listed as unknown[]) : []), value] });
		}
	};

	for (const answer of answers) {
		if (isEmpty(answer.value)) continue;
		const meaning = meaningOf(answer);
		if (meaning === 'fullName' && !isRecord(answer.value)) wholeNames.push(answer);
		else if (meaning === undefined || meaning === 'fullName' || meaning === 'customField') keep(answer, answer.value);
		else place(meaning, answer);
	}
	for (const answer of wholeNames) {
		if (matched.has(firstNamePath)) {
			const parts = [matched.get(firstNamePath), matched.get(lastNamePath)].flatMap((part) => (part === undefined ? [] : [String(part.value)]));
			if (parts.join(' ') !== answerText(answer.value)) keep(answer, answer.value);
			continue;
		}
		const { firstName, lastName } = splitName(answerText(answer.value));
		matched.set(firstNamePath, { field: firstNamePath, from: answer.from, value: firstName });
		if (lastName === undefined) continue;
		if (matched.has(lastNamePath)) matched.set(firstNamePath, { field: firstNamePath, from: answer.from, value: answerText(answer.value) });
		else matched.set(lastNamePath, { field: lastNamePath, from: answer.from, value: lastName });
	}
	for (const { field, value, from } of known) {
		if (!isEmpty(value) && !matched.has(field)) matched.set(field, { field, from, value });
	}
	for (const [name, value] of Object.entries(extra)) if (!isEmpty(value)) keep({ key: name }, value);
	return { matched, custom, notices };
};

/** The phone as it will be sent, so that a preview shows it; what is no phone stays and is an issue of the lead. */
const withPhone = (found: Matched, country: string, notices: Notice[]): Matched => {
	const typed = found.value as string | number;
	const reading = readPhone(typed, country);
	if (reading.kind !== 'valid' || reading.rest.length > 0 || reading.e164 === typed) return found;
	notices.push({ kind: 'phoneChanged', field: found.field, before: String(typed), after: reading.e164 });
	return { ...found, value: reading.e164, was: typed };
};

/** One submission as a draft. `settings` are used for the phone only; everything else stays as it was typed. */
export const assemble = (submission: Submission, { defaultCountry, phone }: ReadingSettings): RecognizedLead => {
	const { matched, custom, notices } = sort(submission);
	const told = matched.get('leadInformation.address.country')?.value;
	const country = (typeof told === 'string' ? countryCode(told) : undefined) ?? defaultCountry;
	const more = [...notices];
	const entries = [...matched.values()].map((entry) => (entry.field === phonePath && phone === 'normalize' ? withPhone(entry, country, more) : entry));
	let draft: LeadDraft = entries.reduce((so, { field, value }) => withField(so, field, value), {} as LeadDraft);
	if (custom.size > 0) {
		// A map's keys may be any text; defining each keeps "__proto__" a plain key.
		const customField = Object.fromEntries(custom);
		draft = withField(draft, 'customField', customField);
		entries.push({ field: 'customField', from: [...custom.keys()].join(', '), value: customField });
	}
	const warnings = more.map((notice) => noticeText(notice));
	return { draft, matched: entries, warnings, ...(submission.dedupeKey === undefined ? {} : { dedupeKey: submission.dedupeKey }) };
};
