import { fieldAt, fields, type Lead } from '../catalog/fields';
import type { Issue, Notice } from '../lead/problems';
import { isRecord, parseJson } from '../text/json';
import { plainData } from '../text/plainData';
import { countryCode } from '../values/country';
import { readingOf, type ReadingSettings } from '../values/readingSettings';
import { issueAt, toldNotices } from '../words/words';
import { coerce, isEmpty } from './coerce';
import { buildDraft, contentOf } from './draft';

export type LeadReading =
	| ({ readonly lead: Lead } & ReadingNotices)
	| ({ readonly issues: readonly Issue[] } & ReadingNotices);

/** What was changed or left out, in words: what somebody should look at, and what is done to most leads. */
interface ReadingNotices {
	readonly warnings: readonly string[];
	/** @default none */
	readonly notes?: readonly string[];
}

/** What something that is no lead is, as the end of a sentence. */
const kindOf = (value: unknown): string => {
	if (isEmpty(value)) return 'empty';
	if (Array.isArray(value)) return 'a list';
	if (ArrayBuffer.isView(value)) return 'bytes, such as a file';
	if (typeof value === 'object') return 'nested without an end';
	return typeof value === 'string' ? 'text' : `a ${typeof value}`;
};

/** The lead's own country decides how its phone is read, where it tells one. */
const countryOfLead = (given: unknown): string | undefined =>
	typeof given === 'string' ? countryCode(given) : undefined;

/**
 * Draft to lead: trims, drops what is empty, makes each value what its field's kind says and asks for the required ones.
 * Takes the API body's shape, flat names, or either as JSON text. Never throws; what is wrong comes as issues, all at
 * once, each with the dotted API path it concerns.
 */
export const readLead = (draft: unknown, settings: Partial<ReadingSettings> = {}): LeadReading => {
	const data = plainData(typeof draft === 'string' ? parseJson(draft) : draft);
	if (!isRecord(data)) {
		return { issues: [issueAt('', { kind: 'notALead', found: kindOf(draft) })], warnings: [] };
	}
	const content = contentOf(data);
	const issues: Issue[] = [...content.issues];
	const notices: Notice[] = [...content.notices];
	const country = fieldAt('leadInformation.address.country');
	const reading = readingOf(settings);
	const local = {
		...reading,
		defaultCountry: countryOfLead(country && content.given.get(country)) ?? reading.defaultCountry,
	};

	const { put, draft: read } = buildDraft();
	const morePhones: string[] = [];
	for (const field of fields) {
		const coerced = coerce(field, content.given.get(field), local);
		switch (coerced.kind) {
			case 'value':
				put(field.path, coerced.value);
				for (const notice of coerced.notices) notices.push(notice);
				if (field.kind === 'phone') morePhones.push(...coerced.morePhones);
				break;
			case 'problem':
				issues.push(issueAt(field.path, coerced.problem));
				break;
			case 'empty':
				if ('required' in field && !issues.some((issue) => issue.field === field.path))
					issues.push(issueAt(field.path, { kind: 'missing' }));
		}
	}
	if (issues.length > 0) return { issues, ...toldNotices(notices, reading.language) };
	if (morePhones.length > 0) {
		const { additionalPhones: listed } = read;
		put('additionalPhones', [...new Set([...(Array.isArray(listed) ? (listed as string[]) : []), ...morePhones])]);
		notices.push(...morePhones.map((value) => ({ kind: 'secondPhone', field: 'additionalPhones', value }) as const));
	}
	// Every required field is filled and every value has its kind's type, which the loop above cannot tell the types.
	return { lead: read as Lead, ...toldNotices(notices, reading.language) };
};
