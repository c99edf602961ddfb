import type { EarlierAttempt } from '../store/entry';
import { explain, type Language, type Outcome, outcomeLabel } from '@icloud-ready/core';

/** An attempt as a page shows it. */
export interface ShownAttempt {
	/** Undefined where an earlier version did not note it. */
	readonly atMs?: number;
	readonly firstAtMs?: number;
	readonly times?: number;
	readonly kind: string;
	readonly label: string;
	readonly status: number | null;
	readonly message: string;
	/** What was answered, to the letter; of the last attempt alone. */
	readonly answer?: string;
}

interface Attempted {
	/** The last outcome; of a lead that was never sent there is one all the same where it was given up. */
	readonly sent: (Outcome & { readonly reply?: { readonly body: string } }) | null | undefined;
	readonly attemptedAtMs?: number | undefined;
	readonly earlier?: readonly EarlierAttempt[] | undefined;
}

/** Long enough for any answer in words. */
const longestAnswer = 2000;

/** The whole answer where it is kept, else what of it is. */
const answerOf = (sent: NonNullable<Attempted['sent']>): Pick<ShownAttempt, 'answer'> => {
	const kept = sent.outcome === 'created' && Object.keys(sent.answer).length > 0 ? JSON.stringify(sent.answer) : '';
	const answer = (sent.reply?.body ?? kept).slice(0, longestAnswer);
	return answer === '' ? {} : { answer };
};

const attemptOf = (outcome: Outcome, language: Language): Omit<ShownAttempt, 'atMs'> => ({
	kind: outcome.outcome,
	label: outcomeLabel(outcome.outcome, language),
	status: outcome.status,
	message: explain(outcome, language).message,
});

/** What was tried of a lead, the newest first, in the language of whoever looks at it. */
export const shownAttempts = (
	{ sent, attemptedAtMs, earlier = [] }: Attempted,
	language: Language,
): readonly ShownAttempt[] => {
	const last =
		sent == null || sent.attempts === 0
			? []
			: [
					{
						...attemptOf(sent, language),
						...(attemptedAtMs === undefined ? {} : { atMs: attemptedAtMs }),
						...answerOf(sent),
					},
				];
	const before = earlier.map(({ outcome, atMs, firstAtMs, times }) => ({
		...attemptOf(outcome, language),
		atMs,
		...(firstAtMs === undefined ? {} : { firstAtMs }),
		...(times === undefined ? {} : { times }),
	}));
	return [...last, ...before.reverse()];
};
