import type { Draft } from '../message/readMessage';
import { textOfValue, valueAt } from '@icloud-ready/outbox/view/leadTexts';
import { type Carried, fieldSource } from './fieldSource';
import {
	explain,
	fields,
	issueText,
	type Language,
	type Matched,
	type Outcome,
	readLead,
	type ReadingSettings,
} from '@icloud-ready/core';

/** One field as it would be sent. */
export interface PreviewRow {
	/** Flat name of the field. */
	readonly name: string;
	readonly path: string;
	readonly value: string;
	/** Where in the payload it was found; absent where the dialog's own fields gave it. */
	readonly from?: string;
	/** The value as it came, where it was changed. */
	readonly was?: string;
	/** Why it was taken for this field, where its name alone does not say so; of Custom Field why values are in it. */
	readonly why?: string;
	readonly carried?: Carried;
}

export interface PreviewLead {
	readonly rows: readonly PreviewRow[];
	/** Why it would not be sent. */
	readonly issues: readonly string[];
	readonly warnings: readonly string[];
	readonly notes: readonly string[];
}

/** What a create-lead node would make of a payload. */
export interface Preview {
	readonly source?: string;
	readonly leads: readonly PreviewLead[];
	/** Leads beyond those shown. */
	readonly more: number;
	/** Parts of the payload that are no lead, in words. */
	readonly problems: readonly string[];
}

const mostShown = 20;

const told = (outcome: Outcome, language?: Language): string => {
	const { message, hint } = explain(outcome, language);
	return [message, hint].filter((text) => text !== '').join(' ');
};

const previewLead = (
	{ draft, reading }: Draft & { readonly kind: 'draft' },
	payload: unknown,
	settings: ReadingSettings,
): PreviewLead => {
	const read = readLead(draft, settings);
	const lead = 'lead' in read ? read.lead : draft;
	const matched = new Map((reading.matched ?? []).map((entry) => [entry.field, entry] as const));
	const rows = fields.flatMap(({ name, path }): readonly PreviewRow[] => {
		const value = valueAt(lead, path);
		if (value === undefined || value === null || value === '') return [];
		const found: Matched | undefined = matched.get(path);
		const given = valueAt(draft, path);
		// What is filled in on the Lead tab wins, and then stands for itself.
		if (found === undefined || (path !== 'customField' && given !== found.value))
			return [{ name, path, value: textOfValue(value) }];
		const before = textOfValue(found.was ?? found.value);
		const carried = fieldSource(payload, found, reading.source ?? '');
		return [
			{
				name,
				path,
				value: textOfValue(value),
				from: found.from,
				...(before === textOfValue(value) ? {} : { was: before }),
				...(found.why === undefined ? {} : { why: found.why }),
				...(carried === undefined ? {} : { carried }),
			},
		];
	});
	return {
		rows,
		issues: 'issues' in read ? read.issues.map((issue) => issueText(issue, settings.language)) : [],
		warnings: [...(reading.warnings ?? []), ...read.warnings],
		notes: [...(reading.notes ?? []), ...(read.notes ?? [])],
	};
};

/** What `drafts`, read from `payload`, would be sent as, and why some would not be. */
export const previewOf = (drafts: readonly Draft[], payload: unknown, settings: ReadingSettings): Preview => {
	const leads = drafts.flatMap((draft) => (draft.kind === 'draft' ? [draft] : []));
	const problems = drafts.flatMap((draft) => {
		if (draft.kind === 'notALead') return [draft.message];
		return draft.kind === 'outcome' ? [told(draft.outcome, settings.language)] : [];
	});
	const source = leads[0]?.reading.source;
	return {
		...(source === undefined ? {} : { source }),
		leads: leads.slice(0, mostShown).map((draft) => previewLead(draft, payload, settings)),
		more: Math.max(0, leads.length - mostShown),
		problems: [...new Set(problems)].slice(0, mostShown),
	};
};
