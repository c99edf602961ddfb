import { valueAt } from './leadTexts';
import {
	fieldNamed,
	fields,
	issueText,
	type Issue,
	labelIn,
	type Language,
	type Lead,
	type LeadDraft,
	readLead,
	type ReadingSettings,
	withField,
} from '@icloud-ready/core';
import * as z from 'zod/v4';

const maxIdLength = 1000;
const maxValueLength = 10_000;

const schema = z.object({
	id: z.string().min(1).max(maxIdLength),
	/** Values by the flat name of their field; one that is empty is left out of the lead. */
	values: z.partialRecord(z.enum(fields.map(({ name }) => name)), z.string().max(maxValueLength)),
});

/** A lead and what its fields are to be. */
export type Correction = Readonly<z.infer<typeof schema>>;

/** Undefined where the body does not say both. */
export const correctionOf = (body: unknown): Correction | undefined => schema.safeParse(body).data;

/** What the core's checks say of a correction. */
export interface CheckedCorrection {
	/** By the flat name of the field; empty where the whole lead is meant. */
	readonly issues: readonly { readonly name: string; readonly message: string }[];
	readonly warnings: readonly string[];
}

/** A field as somebody can change it. */
export interface FormField {
	readonly name: string;
	readonly label: string;
	readonly value: string;
	readonly isRequired: boolean;
	readonly isLong: boolean;
}

/** A value as text; a list in one line, pairs as JSON. */
const editable = (value: unknown): string => {
	if (value === undefined || value === null) return '';
	if (Array.isArray(value)) return value.map(String).join(', ');
	return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
};

/** Every field of a lead as it was given, in the API body's shape. */
export const correctionForm = (given: unknown, language: Language): readonly FormField[] =>
	fields.map((field) => ({
		name: field.name,
		label: labelIn(field, language),
		value: editable(valueAt(given, field.path)),
		isRequired: 'required' in field,
		isLong: field.kind === 'longText' || field.kind === 'json',
	}));

/** The fields of the lead as it was given, with those that a person changed. What is sent is what stands in the form. */
const draftOf = (given: unknown, values: Correction['values']): LeadDraft => {
	let draft: LeadDraft = {};
	for (const field of fields) {
		const value = values[field.name] ?? valueAt(given, field.path);
		if (value !== undefined && value !== null && value !== '') draft = withField(draft, field.path, value);
	}
	return draft;
};

const nameOf = ({ field }: Issue): string =>
	fields.find(({ path }) => path === field)?.name ?? fieldNamed(field)?.name ?? '';

/** Reads a correction with the core's own checks: a lead to be sent, or what keeps it from being one. */
export const readCorrection = (
	given: unknown,
	values: Correction['values'],
	language: Language,
	settings: Partial<ReadingSettings> = {},
): CheckedCorrection & { readonly lead?: Lead } => {
	const read = readLead(draftOf(given, values), { ...settings, language });
	const { warnings, notes = [] } = read;
	const said = { warnings: [...warnings, ...notes] };
	return 'issues' in read
		? { ...said, issues: read.issues.map((issue) => ({ name: nameOf(issue), message: issueText(issue, language) })) }
		: { ...said, issues: [], lead: read.lead };
};
