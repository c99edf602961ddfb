import type { Outcome } from '../outcome/outcome';
import type { Language } from '../text/language';
import type { Explanation } from './types';
import { explain, issueText } from './words';

/** An outcome as one person reads it. */
export type WordedOutcome = Outcome & Explanation;

/**
 * An outcome put into words, for the edge where somebody reads it: `message`, `hint` and the sentences of its issues in
 * `language`. Warnings stay as they are, see `OutcomeFacts`.
 */
export const wordedOutcome = (outcome: Outcome, language: Language = 'en'): WordedOutcome => ({
	...outcome,
	...explain(outcome, language),
	issues: outcome.issues.map((issue) => ({ ...issue, message: issueText(issue, language) })),
});

/** What happened, then what to do, as one text. */
export const sentencesOf = ({ message, hint }: Explanation): string =>
	[message, hint].filter((part) => part !== '').join(' ');

/** An outcome's message in every language, for who looks for a part of it. */
export const messagesOf = (outcome: Outcome): readonly string[] =>
	(['en', 'ar'] as const).map((language) => explain(outcome, language).message);

/** The outcome object that a host passes on: everything but what only the words needed. Issues keep field and message. */
export const outcomeObject = (outcome: WordedOutcome): Readonly<Record<string, unknown>> => {
	const {
		outcome: kind,
		status,
		leadId,
		leadNumber,
		lead,
		message,
		hint,
		warnings,
		notes,
		attempts,
		waitedMs,
	} = outcome;
	const issues = outcome.issues.map(({ field, message: text }) => ({ field, message: text }));
	const shown = {
		outcome: kind,
		status,
		leadId,
		leadNumber,
		lead,
		message,
		hint,
		issues,
		warnings,
		...(notes === undefined ? {} : { notes }),
		attempts,
		waitedMs,
	};
	if (outcome.outcome !== 'dryRun') return shown;
	return { ...shown, request: outcome.request, ...(outcome.matched === undefined ? {} : { matched: outcome.matched }) };
};
