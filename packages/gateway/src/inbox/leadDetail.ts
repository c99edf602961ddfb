import type { LeadDetail } from '../leads/leadQueue';
import { givenOf } from './correctedLead';
import { type InboxRow, inboxRow } from './leadRow';
import { fields, labelIn, type Language } from '@icloud-ready/core';
import { type ShownAttempt, shownAttempts } from '@icloud-ready/outbox/view/attempts';
import { mayCorrect } from '@icloud-ready/outbox/view/actions';
import { correctionForm, type FormField } from '@icloud-ready/outbox/view/correction';
import { textsOfLead } from '@icloud-ready/outbox/view/leadTexts';

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
		attempts: shownAttempts({ ...detail, sent: row.sent }, language),
		...(list === 'waiting' ? { sinceMs } : {}),
		...(correctionOf === undefined ? {} : { correctionOf: other(correctionOf) }),
		...(correctedBy === undefined ? {} : { correctedBy: other(correctedBy) }),
		...(mayCorrect(list, row) ? { form: correctionForm(body, language) } : {}),
	};
};
