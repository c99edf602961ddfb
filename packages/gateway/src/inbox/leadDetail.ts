import type { LeadDetail } from '../leads/leadQueue';
import { givenOf } from './correctedLead';
import { type InboxRow, inboxRow } from './leadRow';
import { explain, fields, labelIn, type Language, type Outcome, outcomeLabel } from '@icloud-ready/core';
import { mayCorrect } from '@icloud-ready/outbox/view/actions';
import { correctionForm, type FormField } from '@icloud-ready/outbox/view/correction';
import { textsOfLead } from '@icloud-ready/outbox/view/leadTexts';

/** An attempt as the page shows it. */
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

interface FieldValue {
	readonly name: string;
	readonly label: string;
	readonly value: string;
}

/** Another lead of a correction. */
interface OtherLead {
	readonly id: string;
	readonly publicId: string;
}

/** All that the page shows of one lead. */
export interface ShownLead {
	readonly list: LeadDetail['list'];
	readonly lead: InboxRow;
	readonly fields: readonly FieldValue[];
	/** The newest first. */
	readonly attempts: readonly ShownAttempt[];
	/** Of one that waits. */
	readonly sinceMs?: number;
	readonly correctionOf?: OtherLead;
	readonly correctedBy?: OtherLead;
	/** Every field to be corrected; left out where nothing can be. */
	readonly form?: readonly FormField[];
}

/** Long enough for any answer in words. */
const longestAnswer = 2000;

const attemptOf = (outcome: Outcome, language: Language): Omit<ShownAttempt, 'atMs'> => ({
	kind: outcome.outcome,
	label: outcomeLabel(outcome.outcome, language),
	status: outcome.status,
	message: explain(outcome, language).message,
});

const attemptsOf = ({ row, earlier, attemptedAtMs }: LeadDetail, language: Language): readonly ShownAttempt[] => {
	const { sent } = row;
	// Of one that was never sent there is an outcome all the same where it was given up.
	const last =
		sent === undefined || sent.attempts === 0
			? []
			: [
					{
						...attemptOf(sent, language),
						...(attemptedAtMs === undefined ? {} : { atMs: attemptedAtMs }),
						...(sent.reply === undefined ? {} : { answer: sent.reply.body.slice(0, longestAnswer) }),
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

/** `publicIdOf`: the id that a lead's giver knows, of its whole one. */
export const shownLead = (detail: LeadDetail, language: Language, publicIdOf: (id: string) => string): ShownLead => {
	const { list, row, sinceMs, correctionOf, correctedBy } = detail;
	const body = givenOf(detail);
	const labels = new Map(fields.map((field) => [field.name as string, labelIn(field, language)]));
	const other = (id: string): OtherLead => ({ id, publicId: publicIdOf(id) });
	return {
		list,
		lead: inboxRow(row, list, language),
		fields: textsOfLead(body)
			.filter(({ value }) => value !== '')
			.map(({ name, value }) => ({ name, label: labels.get(name) ?? name, value })),
		attempts: attemptsOf(detail, language),
		...(list === 'waiting' ? { sinceMs } : {}),
		...(correctionOf === undefined ? {} : { correctionOf: other(correctionOf) }),
		...(correctedBy === undefined ? {} : { correctedBy: other(correctedBy) }),
		...(mayCorrect(list, row) ? { form: correctionForm(body, language) } : {}),
	};
};
