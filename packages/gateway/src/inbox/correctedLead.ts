import { type CorrectedLead, type LeadDetail } from '../leads/leadQueue';
import { leadOfBody, readBody } from '../leads/submittedLead';
import type { Correction } from './request';
import { fieldNamed, fields, issueText, type Language, type LeadDraft, readLead, withField } from '@icloud-ready/core';
import { valueAt } from '@icloud-ready/outbox/view/leadTexts';

/** What the core's checks say of a lead as a person corrected it. */
export interface Checked {
	/** By the flat name of the field; empty where the whole lead is meant. */
	readonly issues: readonly { readonly name: string; readonly message: string }[];
	readonly warnings: readonly string[];
}

/** The fields of the lead as it was given, with those that a person changed. */
const draftOf = (body: unknown, values: Correction['values']): LeadDraft => {
	let draft: LeadDraft = {};
	for (const field of fields) {
		const value = values[field.name] ?? valueAt(body, field.path);
		if (value !== undefined && value !== null && value !== '') draft = withField(draft, field.path, value);
	}
	return draft;
};

const nameOf = (path: string): string => fields.find((field) => field.path === path)?.name ?? '';

/** Reads a correction: a lead to be sent, or what keeps it from being one. */
export const readCorrection = (
	detail: Pick<LeadDetail, 'body' | 'row'>,
	values: Correction['values'],
	language: Language,
): Checked & { readonly corrected?: CorrectedLead } => {
	const body = readBody(detail.body) ?? detail.row.sent?.lead ?? {};
	const read = readLead(draftOf(body, values), { language });
	const { warnings, notes = [] } = read;
	const said = { warnings: [...warnings, ...notes] };
	if ('issues' in read)
		return {
			...said,
			issues: read.issues.map((issue) => ({
				name: nameOf(issue.field) || (fieldNamed(issue.field)?.name ?? ''),
				message: issueText(issue, language),
			})),
		};
	const text = JSON.stringify(read.lead);
	// What the page's lists show, as of any lead that is given.
	const lead = leadOfBody(readBody(text) ?? {}) ?? read.lead;
	return { ...said, issues: [], corrected: { body: text, lead } };
};
