import { type LeadDraft, mergeDrafts, type Outcome, problemOutcome, problemsOf, type Reading, type ReadingSettings, recognizeForm, withField } from '@icloud-ready/core';
import { withoutRedundant } from './redundant';

/** One lead that a message holds, or why a part of it is none. */
export type Draft =
	/** `part`: the entry of a list that it was read from. */
	| { readonly kind: 'draft'; readonly draft: unknown; readonly reading: Reading; readonly part?: unknown }
	| { readonly kind: 'outcome'; readonly outcome: Outcome }
	| { readonly kind: 'notALead'; readonly message: string };

export type Input = 'fields' | 'form' | 'lead';

/** The values of the dialog's fields for this message, by dotted API path. */
export type FieldValues = readonly { readonly field: string; readonly value: unknown }[];

const draftOf = (values: FieldValues): LeadDraft => values.reduce((draft, { field, value }) => withField(draft, field, value), {} as LeadDraft);

const readForm = (payload: unknown, values: FieldValues, settings: ReadingSettings): readonly Draft[] => {
	const recognized = recognizeForm(payload, settings);
	const { source, leads } = recognized;
	const drafts = leads.map(({ draft, matched, warnings, dedupeKey }): Draft => ({
		kind: 'draft',
		draft: mergeDrafts(draft, draftOf(withoutRedundant(values, matched))),
		reading: { warnings, matched, source, ...(dedupeKey === undefined ? {} : { dedupeKey }) },
	}));
	const others = problemsOf(recognized).map((problem): Draft => {
		const outcome = problemOutcome(problem);
		return outcome === undefined ? { kind: 'notALead', message: problem.message } : { kind: 'outcome', outcome };
	});
	return [...drafts, ...others];
};

/** Every lead of a message, in order. A list holds one or more per entry, each read by itself so that none hides another. */
export const readMessage = (input: Input, payload: unknown, values: FieldValues, settings: ReadingSettings): readonly Draft[] => {
	switch (input) {
		case 'fields':
			return [{ kind: 'draft', draft: draftOf(values), reading: {} }];
		case 'lead':
			return (Array.isArray(payload) ? (payload as unknown[]) : [payload]).map((draft) => ({ kind: 'draft', draft, reading: {}, part: draft }));
		case 'form': {
			const parts: readonly unknown[] = Array.isArray(payload) ? payload : [payload];
			if (parts.length === 0) return readForm(payload, values, settings);
			return parts.flatMap((part) => readForm(part, values, settings).map((draft) => (draft.kind === 'draft' ? { ...draft, part } : draft)));
		}
	}
};

