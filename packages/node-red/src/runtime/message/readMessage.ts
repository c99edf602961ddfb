import type { Input } from '../config/createLeadSettings';
import type { FieldValues } from './evaluateFields';
import { withoutRedundant } from './redundantValues';
import {
	type LeadDraft,
	type Outcome,
	type Reading,
	type ReadingSettings,
	submissionSteps,
	withField,
} from '@icloud-ready/core';

/** One lead that a message holds, or why a part of it is none. `part`: what belongs to it alone, where a message holds several. */
export type Draft = { readonly part?: unknown } & (
	| { readonly kind: 'draft'; readonly draft: unknown; readonly reading: Reading }
	| { readonly kind: 'outcome'; readonly outcome: Outcome }
	| { readonly kind: 'notALead'; readonly message: string }
);

const draftOf = (values: FieldValues): LeadDraft =>
	values.reduce((draft, { field, value }) => withField(draft, field, value), {} as LeadDraft);

/** About how many leads a payload may hold, without reading it: the longest list in it, or what a text of its length could. */
export const mostLeadsIn = (payload: unknown, levels = 2): number => {
	if (typeof payload === 'string') return Math.ceil(payload.length / 40);
	if (Array.isArray(payload)) return Math.max(1, payload.length);
	if (levels === 0 || typeof payload !== 'object' || payload === null || ArrayBuffer.isView(payload)) return 1;
	return Object.values(payload).reduce<number>(
		(most, value) => (typeof value === 'object' ? Math.max(most, mostLeadsIn(value, levels - 1)) : most),
		1,
	);
};

/**
 * Every lead of a message, in order, each read when it is asked for. A list holds one or more per entry; an `undefined` gives way
 * within a long submission.
 */
export function* draftsIn(
	input: Input,
	payload: unknown,
	values: FieldValues,
	settings: ReadingSettings,
): Generator<Draft | undefined> {
	switch (input) {
		case 'fields':
			return yield { kind: 'draft', draft: draftOf(values), reading: {} };
		case 'lead':
			for (const draft of Array.isArray(payload) ? (payload as unknown[]) : [payload])
				yield { kind: 'draft', draft, reading: {}, part: draft };
			return undefined;
		case 'form':
			for (const read of submissionSteps(payload, (matched) => draftOf(withoutRedundant(values, matched)), settings)) {
				if (read === undefined) {
					yield undefined;
					continue;
				}
				const { part, ...each } = read;
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
export const readMessage = (...message: Parameters<typeof draftsIn>): readonly Draft[] =>
	[...draftsIn(...message)].filter((draft) => draft !== undefined);
