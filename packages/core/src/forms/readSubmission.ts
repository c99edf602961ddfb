import type { LeadDraft } from '../catalog/fields';
import type { Reading } from '../lead/formReading';
import type { Matched } from '../lead/matched';
import type { Outcome } from '../outcome/outcome';
import { mergeDrafts } from '../reading/draft';
import { isRecord } from '../text/json';
import type { ReadingSettings } from '../values/readingSettings';
import { problemOutcome } from './problem';
import { type Recognized, recognizeSteps } from './recognize';

/** What one lead of a submission is to a host; `part` is what belongs to it alone, where the payload holds several. */
export type Submitted = { readonly part?: unknown } & (
	| { readonly kind: 'draft'; readonly draft: LeadDraft; readonly reading: Reading }
	| { readonly kind: 'ended'; readonly outcome: Outcome }
	/** Nobody was lost in it; `message` says what it was instead. */
	| { readonly kind: 'noLead'; readonly message: string }
);

const valueAt = (draft: LeadDraft, path: string): unknown =>
	path.split('.').reduce<unknown>((part, key) => (isRecord(part) ? part[key] : undefined), draft);

/** Of Custom Field, whose pairs are joined, those pairs that are still the form's. */
const stillPairs = (entry: Matched, merged: unknown): readonly Matched[] => {
	if (merged === entry.value || !isRecord(entry.value) || !isRecord(merged))
		return merged === entry.value ? [entry] : [];
	const pairs = Object.entries(entry.value);
	const still = pairs.filter(([key, value]) => Object.hasOwn(merged, key) && merged[key] === value);
	if (still.length === pairs.length) return [entry];
	return still.length === 0
		? []
		: [{ ...entry, from: still.map(([key]) => key).join(', '), value: Object.fromEntries(still) }];
};

/** What is still as the form gave it. */
const stillMatched = (matched: readonly Matched[], merged: LeadDraft): readonly Matched[] =>
	matched.flatMap((entry) => {
		const value = valueAt(merged, entry.field);
		if (entry.field === 'customField') return stillPairs(entry, value);
		return value === entry.value ? [entry] : [];
	});

/** The user's own values; where they depend on what a lead's form gave, made of that. */
export type Overrides = LeadDraft | ((matched: readonly Matched[]) => LeadDraft);

const submitted = (each: Recognized, overrides: Overrides): Submitted => {
	const own = 'part' in each ? { part: each.part } : {};
	if ('problem' in each) {
		const outcome = problemOutcome(each.problem);
		return outcome === undefined
			? { kind: 'noLead', message: each.problem.message, ...own }
			: { kind: 'ended', outcome, ...own };
	}
	const { draft, matched, warnings, notes, dedupeKey } = each.lead;
	const merged = mergeDrafts(draft, typeof overrides === 'function' ? overrides(matched) : overrides);
	const reading = {
		warnings,
		...(notes === undefined ? {} : { notes }),
		matched: stillMatched(matched, merged),
		source: each.source,
		...(dedupeKey === undefined ? {} : { dedupeKey }),
	};
	return { kind: 'draft', draft: merged, reading, ...own };
};

/**
 * A form submission as both hosts take it: each lead with the user's own values put over it, and with what was matched
 * where these left it as it was. Each is read when it is asked for; an `undefined` gives way within a long one, as in
 * `recognizeSteps`. Never throws.
 */
export function* submissionSteps(
	payload: unknown,
	overrides: Overrides,
	settings: Partial<ReadingSettings> = {},
): Generator<Submitted | undefined> {
	for (const each of recognizeSteps(payload, settings))
		yield each === undefined ? undefined : submitted(each, overrides);
}

/** The same, each lead all at once. */
export function* readSubmission(...given: Parameters<typeof submissionSteps>): Generator<Submitted> {
	for (const each of submissionSteps(...given)) if (each !== undefined) yield each;
}
