import type { EndedLead } from '../calls/pendingCall';
import { fieldAt, fieldNamed, isRecord, issueText, labelIn, type Language, recognizeForm } from '@icloud-ready/core';

/** One field of a form as a visitor sees it again. */
export interface VisitorField {
	readonly name: string;
	readonly label: string;
	readonly typed: string;
	/** What is wrong with it; undefined where nothing is. */
	readonly wrong?: string | undefined;
	readonly isRequired: boolean;
}

/** The form that an address has by itself. */
const ownFields = ['firstName', 'lastName', 'phone', 'email', 'message'] as const;
const longestTyped = 5000;

const labelOf = (name: string, message: string, language: Language): string => {
	if (name === 'message') return message;
	const field = fieldNamed(name);
	return field === undefined ? name : labelIn(field, language);
};

const textOf = (value: unknown): string =>
	(Array.isArray(value) ? value.map(String).join(', ') : typeof value === 'string' ? value : '').slice(0, longestTyped);

/** What is wrong, by the name of the field that it was typed into, and what belongs to none. */
const wrongIn = (
	leads: readonly EndedLead[],
	typed: Readonly<Record<string, unknown>>,
	names: readonly string[],
	language: Language,
): { readonly byName: ReadonlyMap<string, string>; readonly elsewhere: readonly string[] } => {
	const matched = recognizeForm(typed).leads.flatMap((lead) => lead.matched);
	const byName = new Map<string, string>();
	const elsewhere: string[] = [];
	for (const issue of leads.flatMap(({ outcome }) => outcome?.issues ?? [])) {
		const name =
			matched.find(({ field }) => field === issue.field)?.from ??
			names.find((each) => fieldNamed(each)?.path === issue.field) ??
			names.find((each) => each === fieldAt(issue.field)?.name);
		const text = issueText(issue, language);
		if (name !== undefined && names.includes(name)) byName.set(name, text);
		else elsewhere.push(text);
	}
	return { byName, elsewhere };
};

/** The fields of a page: those of its own form, or those that were sent, with what was typed and what is wrong with it. */
export const visitorFields = (
	payload: unknown,
	leads: readonly EndedLead[],
	message: string,
	language: Language,
): { readonly fields: readonly VisitorField[]; readonly elsewhere: readonly string[] } => {
	const typed = isRecord(payload) ? payload : {};
	const sent = Object.keys(typed);
	const names = sent.every((name) => (ownFields as readonly string[]).includes(name)) ? ownFields : sent;
	const { byName, elsewhere } = wrongIn(leads, typed, names, language);
	const fields = names.map((name) => ({
		name,
		label: labelOf(name, message, language),
		typed: textOf(typed[name]),
		wrong: byName.get(name),
		isRequired: names === ownFields && (name === 'firstName' || name === 'phone'),
	}));
	return { fields, elsewhere };
};
