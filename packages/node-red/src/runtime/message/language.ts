import { type Language, type Outcome, type WordedOutcome, wordedOutcome } from '@icloud-ready/core';

/** The language that a message or a dialog names (`ar`, `ar-EG`); English where it names none that is spoken here. */
export const languageOf = (given: unknown): Language =>
	typeof given === 'string' && /^ar\b/i.test(given.trim()) ? 'ar' : 'en';

/** An outcome with its words in the language of `msg.language`. */
export const inLanguage = (outcome: Outcome, given: unknown): WordedOutcome =>
	wordedOutcome(outcome, languageOf(given));
