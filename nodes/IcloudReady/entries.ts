import { type LeadDraft, type Matched, mergeDrafts, type Outcome, problemOutcome, problemsOf, type Reading, type ReadingSettings, recognizeForm } from '../../packages/core/src';
import { draftOf, type Given, overridesOf } from './given';

/** One lead of an item: a draft to be sent, or one that ended while it was read. */
export type Entry =
	| { readonly kind: 'draft'; readonly draft: unknown; readonly reading: Reading }
	| { readonly kind: 'ended'; readonly outcome: Outcome };

/** What one item holds; `noLead` says in words why it holds nobody, where that is so. */
export interface ItemReading {
	readonly entries: readonly Entry[];
	readonly noLead?: string;
}

const single = (draft: unknown): ItemReading => ({ entries: [{ kind: 'draft', draft, reading: {} }] });

const valueAt = (draft: LeadDraft, path: string): unknown =>
	path.split('.').reduce<unknown>((part, key) => (part as Readonly<Record<string, unknown>> | undefined)?.[key], draft);

/** Only what is still as the form gave it; Custom Field is joined and never replaced as a whole. */
const stillMatched = (matched: readonly Matched[], read: LeadDraft, merged: LeadDraft): readonly Matched[] =>
	matched.filter(({ field }) => field === 'customField' || valueAt(read, field) === valueAt(merged, field));

/** The leads of one item; a form submission may hold several or none. */
export const readItem = (given: Given, settings: ReadingSettings): ItemReading => {
	switch (given.leadInput) {
		case 'json':
			return single(given.leadJson);
		case 'fields':
			return single(draftOf({ ...given.additionalFields, firstName: given.firstName, phone: given.phone }));
		case 'form': {
			const recognized = recognizeForm(given.submission, settings);
			const { source, leads } = recognized;
			const overrides = overridesOf(given.additionalFields);
			const entries = leads.map(({ draft, matched, warnings, dedupeKey }): Entry => {
				const merged = mergeDrafts(draft, overrides);
				const reading = { matched: stillMatched(matched, draft, merged), warnings, source, ...(dedupeKey === undefined ? {} : { dedupeKey }) };
				return { kind: 'draft', draft: merged, reading };
			});
			const problems = problemsOf(recognized).map((problem) => ({ problem, outcome: problemOutcome(problem) }));
			const ended = problems.flatMap(({ outcome }): readonly Entry[] => (outcome === undefined ? [] : [{ kind: 'ended', outcome }]));
			const noLead = problems.find(({ outcome }) => outcome === undefined)?.problem.message;
			return { entries: [...entries, ...ended], ...(noLead === undefined ? {} : { noLead }) };
		}
	}
};
