import { localeWords } from '../message/localeWords';
import { type FieldText, textsOfLead } from '@icloud-ready/outbox/view/leadTexts';
import type { QueuedLead } from './queuedLead';
import { explain, fields, labelIn, type Language, outcomeLabel } from '@icloud-ready/core';
import type { HoldReason } from '@icloud-ready/core';
import { type Entry, type Shelf, sourceOf } from '@icloud-ready/outbox';
import type { ActedOn, Resolution } from '@icloud-ready/outbox/view/actions';
import { type ShownAttempt, shownAttempts } from '@icloud-ready/outbox/view/attempts';
import { cellsOf, columnsOf } from '@icloud-ready/outbox/view/csvFile';
import { itemOf } from '@icloud-ready/outbox/view/jsonFile';
import { type ListedLead, type ListRow, listRow } from '@icloud-ready/outbox/view/listRow';

/** A kept lead as the sidebar shows it; it never holds the key. */
export interface OutboxRow extends ListRow {
	readonly email: string;
	/** What came of it so far; absent where it was not sent yet. */
	readonly outcome?: { readonly kind: string; readonly label: string; readonly message: string; readonly hint: string };
	/** What a person said of it. */
	readonly resolved?: Resolution;
	/** The node that took it in; without a name where that node is gone. */
	readonly node: { readonly id: string; readonly name?: string };
	/** The fields that have a value. */
	readonly fields: readonly FieldText[];
	/** What the list can be narrowed to by a click; each left out where there is none. */
	readonly source?: string;
	readonly organization?: string;
	readonly why?: HoldReason;
	/** Since when it waits: its arrival, or when a person had it sent again. */
	readonly sinceMs?: number;
	/** The newest first. */
	readonly attempts: readonly ShownAttempt[];
}

/** What a row is made in: the list that it is in, and the language of whoever reads it. */
export interface RowPlace {
	readonly shelf: Shelf;
	readonly language: Language;
	/** Why leads of an organization wait, `account`: a setting of it cannot be used; undefined where nothing holds them back. */
	readonly why: (organizationId: string) => HoldReason | 'account' | undefined;
	/** The name of a node that is there; undefined where it is gone. */
	readonly nodeName: (nodeId: string) => string | undefined;
}

/** What the rules of lists look at. */
export const actedOnOf = ({ outcome, resolved, correctedBy }: Entry<QueuedLead>): ActedOn => ({
	outcome: outcome?.outcome ?? null,
	...(resolved === undefined ? {} : { resolved }),
	...(correctedBy === undefined ? {} : { isCorrected: true }),
});

const listed = (entry: Entry<QueuedLead>, texts: readonly FieldText[]): ListedLead => {
	const { id, arrivedAtMs, endedAtMs, outcome } = entry;
	const valueOf = (field: string): string => texts.find(({ name }) => name === field)?.value ?? '';
	return {
		id,
		arrivedAtMs,
		...(endedAtMs === undefined ? {} : { endedAtMs }),
		name: [valueOf('firstName'), valueOf('lastName')].filter((text) => text !== '').join(' '),
		phone: valueOf('phone'),
		...(outcome === null ? {} : { sent: outcome }),
		...actedOnOf(entry),
	};
};

export const outboxRow = (entry: Entry<QueuedLead>, { shelf, language, why, nodeName }: RowPlace): OutboxRow => {
	const { outcome, resolved, partition, payload, arrivedAtMs, againAtMs = 0, attemptedAtMs, earlier } = entry;
	const source = sourceOf(entry);
	const { lead, origin } = payload;
	const texts = textsOfLead(lead).filter(({ value }) => value !== '');
	const reason = why(partition);
	const held = reason === undefined ? undefined : localeWords('createLead', language)(`outbox.held.${reason}`);
	const name = nodeName(origin.nodeId);
	// A setting that is missing holds all of an account, so that no list is narrowed to it.
	const narrowing = reason === 'account' ? undefined : reason;
	return {
		...listRow(shelf, listed(entry, texts), language, held),
		email: texts.find((each) => each.name === 'email')?.value ?? '',
		...(outcome === null
			? {}
			: {
					outcome: {
						kind: outcome.outcome,
						label: outcomeLabel(outcome.outcome, language),
						...explain(outcome, language),
					},
				}),
		...(resolved === undefined ? {} : { resolved }),
		node: { id: origin.nodeId, ...(name === undefined ? {} : { name }) },
		fields: texts,
		...(source === '' ? {} : { source }),
		...(partition === '' ? {} : { organization: partition }),
		...(shelf !== 'waiting'
			? {}
			: { sinceMs: Math.max(arrivedAtMs, againAtMs), ...(narrowing === undefined ? {} : { why: narrowing }) }),
		attempts: shownAttempts({ sent: outcome, attemptedAtMs, earlier }, language),
	};
};

/** The first line of the file. */
export const outboxColumns = (language: Language): readonly string[] =>
	columnsOf(language, { lead: fields.map((field) => labelIn(field, language)) });

/** A kept lead as a line of the file. */
export const outboxCells = (entry: Entry<QueuedLead>, shelf: Shelf, language: Language): readonly string[] => {
	const texts = textsOfLead(entry.payload.lead);
	return cellsOf(listRow(shelf, listed(entry, texts), language), { lead: texts.map(({ value }) => value) });
};

/** A kept lead as an item of the JSON file: what all lists of leads have, and its fields by their names. */
export const outboxItem = (entry: Entry<QueuedLead>, shelf: Shelf, language: Language): object => {
	const texts = textsOfLead(entry.payload.lead);
	return {
		...itemOf(listRow(shelf, listed(entry, texts), language)),
		email: texts.find(({ name }) => name === 'email')?.value ?? '',
		source: sourceOf(entry),
		organization: entry.partition,
		fields: Object.fromEntries(texts.filter(({ value }) => value !== '').map(({ name, value }) => [name, value])),
	};
};
