import { explain, issueText, type Language, type Outcome } from '@icloud-ready/core';

/** The language that a message or a dialog names (`ar`, `ar-EG`); English where it names none that is spoken here. */
export const languageOf = (given: unknown): Language =>
	typeof given === 'string' && /^ar\b/i.test(given.trim()) ? 'ar' : 'en';

/** An outcome with its words in the language of `msg.language`. Its warnings are told in it from the start. */
export const inLanguage = (outcome: Outcome, given: unknown): Outcome => {
	const language = languageOf(given);
	if (language === 'en') return outcome;
	return {
		...outcome,
		...explain(outcome, language),
		issues: outcome.issues.map((issue) => ({ ...issue, message: issueText(issue, language) })),
	};
};
