import { type LeadDraft, type Outcome, type Reading, type ReadingSettings, readSubmission, withField } from '@icloud-ready/core';

/** One lead that a message holds, or why a part of it is none. `part`: what belongs to it alone, where a message holds several. */
export type Draft = { readonly part?: unknown } & (
	| { readonly kind: 'draft'; readonly draft: unknown; readonly reading: Reading }
	| { readonly kind: 'outcome'; readonly outcome: Outcome }
	| { readonly kind: 'notALead'; readonly message: string }
);

export type Input = 'fields' | 'form' | 'lead';

/** The values of the dialog's fields for this message, by dotted API path. */
export type FieldValues = readonly { readonly field: string; readonly value: unknown }[];

const draftOf = (values: FieldValues): LeadDraft => values.reduce((draft, { field, value }) => withField(draft, field, value), {} as LeadDraft);

/** A list that holds many leads by its own length; what else may hold some is one. */
export const entriesOf = (payload: unknown): number => {
	const body: unknown = typeof payload === 'object' && payload !== null && 'body' in payload ? payload.body : payload;
	return Array.isArray(body) ? body.length : 1;
};

/** Every lead of a message, in order, each read when it is asked for. A list holds one or more per entry. */
export function* draftsIn(input: Input, payload: unknown, values: FieldValues, settings: ReadingSettings): Generator<Draft> {
	switch (input) {
		case 'fields':
			return yield { kind: 'draft', draft: draftOf(values), reading: {} };
		case 'lead':
			for (const draft of Array.isArray(payload) ? (payload as unknown[]) : [payload]) yield { kind: 'draft', draft, reading: {}, part: draft };
			return undefined;
		case 'form':
			for (const { part, ...each } of readSubmission(payload, draftOf(values), settings)) {
				const own = part === undefined ? {} : { part };
				switch (each.kind) {
					case 'draft':
						yield { ...each, ...own };
						break;
					case 'ended':
						yield { kind: 'outcome', outcome: each.outcome, ...own };
						break;
					case 'noLead':
						yield { kind: 'notALead', message: each.message, ...own };
				}
			}
			return undefined;
	}
}

/** The same, all at once. */
export const readMessage = (...message: Parameters<typeof draftsIn>): readonly Draft[] => [...draftsIn(...message)];
