import { isNote } from '../lead/notes';
import { fieldAt } from '../catalog/fields';
import type { Issue, NoLead, Notice, Problem } from '../lead/problems';
import type { MatchReason } from '../lead/why';
import type { Outcome } from '../outcome/outcome';
import { labelIn, type Language } from '../text/language';
import { arabic } from './arabic/outcomes';
import { english } from './english/outcomes';
import type { Words, Explanation } from './types';

const languages: Readonly<Record<Language, Words>> = { en: english, ar: arabic };

const labelOf = (path: string, language: Language): string => {
	const field = fieldAt(path);
	return field === undefined ? path : labelIn(field, language);
};

/** An issue's sentence in a language. */
export const issueText = ({ field, problem }: Pick<Issue, 'field' | 'problem'>, language: Language = 'en'): string =>
	languages[language].issue(labelOf(field, language), problem);

/** An issue at a dotted API path (empty: the whole draft), with its English sentence. */
export const issueAt = (field: string, problem: Problem): Issue => ({
	field,
	message: issueText({ field, problem }),
	problem,
});

/** A warning's sentence in a language. */
export const noticeText = (notice: Notice, language: Language = 'en'): string =>
	languages[language].notice('field' in notice ? labelOf(notice.field, language) : '', notice);

/** Notices in a language: what somebody should look at, and what is done to most leads; `notes` is left out where there are none. */
export const toldNotices = (
	notices: readonly Notice[],
	language: Language = 'en',
): { readonly warnings: readonly string[]; readonly notes?: readonly string[] } => {
	const warnings: string[] = [];
	const notes: string[] = [];
	for (const notice of notices) (isNote(notice) ? notes : warnings).push(noticeText(notice, language));
	return { warnings, ...(notes.length === 0 ? {} : { notes }) };
};

/** Why a value of a form went where it did, in a few words of a language. */
export const whyText = (why: MatchReason, language: Language = 'en'): string => languages[language].why(why);

/** Why a payload gives no lead, in a language. */
export const noLeadText = (noLead: NoLead, language: Language = 'en'): string => languages[language].noLead(noLead);

/**
 * An outcome in plain words: what happened to the lead, then what to do.
 * The one source of these words for both nodes, the sandbox's page and the README.
 */
export const explain = (outcome: Outcome, language: Language = 'en'): Explanation => {
	const words = languages[language];
	const texts = outcome.issues.map((issue) => issueText(issue, language));
	const explanation = words.outcome(outcome, texts);
	const [first] = outcome.issues;
	if (outcome.outcome !== 'invalid' || outcome.cause.kind === 'apiCheck' || first === undefined) return explanation;
	return { ...explanation, hint: words.remedy(labelOf(first.field, language), first.problem) };
};
