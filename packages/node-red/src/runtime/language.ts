import { explain, issueText, type Outcome } from '@icloud-ready/core';

/** An outcome with its words in the language of `msg.language`; English where it names none that is spoken here. */
export const inLanguage = (outcome: Outcome, language: unknown): Outcome => {
	if (typeof language !== 'string' || !/^ar\b/i.test(language.trim())) return outcome;
	return { ...outcome, ...explain(outcome, 'ar'), issues: outcome.issues.map((issue) => ({ ...issue, message: issueText(issue, 'ar') })) };
};
