import { coerce } from './coerce';
import { countryCode } from './country';
import { contentOf, withField } from './draft';
import { fieldAt, fields, type Lead, type LeadDraft } from './fields';
import type { Issue, Notice } from './issue';
import { defaultReading, type ReadingSettings } from './settings';
import { isRecord, parseJson } from './text';
import { issueAt, noticeText } from './words';

export type LeadReading =
	| { readonly lead: Lead; readonly warnings: readonly string[] }
	| { readonly issues: readonly Issue[]; readonly warnings: readonly string[] };

const kindOf = (value: unknown): string => (value === null ? 'nothing' : Array.isArray(value) ? 'a list' : typeof value === 'string' ? 'text' : `a ${typeof value}`);

/** The lead's own country decides how its phone is read, where it tells one. */
const countryOfLead = (given: unknown): string | undefined => (typeof given === 'string' ? countryCode(given) : undefined);

/**
 * Draft to lead: trims, drops what is empty, makes each value what its field's kind says and asks for the required ones.
 * Takes the API body's shape, flat names, or either as JSON text. Never throws; what is wrong comes as issues, all at
 * once, each with the dotted API path it concerns.
 */
export const readLead = (draft: unknown, settings: Partial<ReadingSettings> = {}): LeadReading => {
	const data = typeof draft === 'string' ? parseJson(draft) : draft;
	if (!isRecord(data)) {
		return { issues: [issueAt('', { kind: 'notALead', found: typeof draft === 'string' ? 'text' : kindOf(data) })], warnings: [] };
	}
	const content = contentOf(data);
	const issues: Issue[] = [...content.issues];
	const notices: Notice[] = [...content.notices];
	const country = fieldAt('leadInformation.address.country');
	const reading: ReadingSettings = { ...defaultReading, ...settings };
	const local = { ...reading, defaultCountry: countryOfLead(country && content.given.get(country)) ?? reading.defaultCountry };

	let lead: LeadDraft = {};
	const morePhones: string[] = [];
	for (const field of fields) {
		const coerced = coerce(field, content.given.get(field), local);
		if (coerced.kind === 'problem') issues.push(issueAt(field.path, coerced.problem));
		if (coerced.kind === 'value') {
			lead = withField(lead, field.path, coerced.value);
			notices.push(...(coerced.notices ?? []));
			if (field.kind === 'phone') morePhones.push(...(coerced.morePhones ?? []));
		}
		const meant = issues.some((issue) => issue.field === field.path);
		if (coerced.kind === 'empty' && 'required' in field && !meant) issues.push(issueAt(field.path, { kind: 'missing' }));
	}
	const warnings = (all: readonly Notice[]): readonly string[] => all.map((notice) => noticeText(notice));
	if (issues.length > 0) return { issues, warnings: warnings(notices) };
	if (morePhones.length > 0) {
		const listed = lead.additionalPhones;
		lead = { ...lead, additionalPhones: [...new Set([...(Array.isArray(listed) ? (listed as string[]) : []), ...morePhones])] };
		notices.push(...morePhones.map((value) => ({ kind: 'secondPhone', field: 'additionalPhones', value }) as const));
	}
	// Every required field is filled and every value has its kind's type, which the loop above cannot tell the types.
	return { lead: lead as Lead, warnings: warnings(notices) };
};
