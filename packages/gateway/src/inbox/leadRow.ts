import type { LeadRow, List, QueueCounts } from '../leads/leadQueue';
import { inboxWords } from './words';
import { fieldAt, labelIn, type Language } from '@icloud-ready/core';
import { cellsOf, columnsOf } from '@icloud-ready/outbox/view/csvFile';
import { type ListedLead, type ListRow, listRow } from '@icloud-ready/outbox/view/listRow';
import type { ListPage } from '@icloud-ready/outbox/view/listState';

/** A lead as the page shows it, in the language that it asked for. */
export interface InboxRow extends ListRow {
	/** The ID that its giver knows. */
	readonly publicId: string;
}

/** What the page is told each time it asks. */
export interface LeadsPage extends ListPage<InboxRow> {
	readonly counts: QueueCounts;
	/** What holds leads of this page back, with how many; the most first. */
	readonly held: readonly { readonly text: string; readonly count: number }[];
}

type InboxLead = ListedLead & Pick<LeadRow, 'publicId' | 'why'>;

export const inboxRow = (lead: InboxLead, list: List, language: Language): InboxRow => ({
	...listRow(list, lead, language, lead.why === undefined ? undefined : inboxWords[language].held[lead.why]),
	publicId: lead.publicId,
});

/** Reasons why leads wait, each with how many of them. */
const heldIn = (leads: readonly LeadRow[], language: Language): LeadsPage['held'] => {
	const reasons = [...new Set(leads.flatMap(({ why }) => why ?? []))];
	return reasons
		.map((why) => ({ text: inboxWords[language].held[why], count: leads.filter((lead) => lead.why === why).length }))
		.sort((one, other) => other.count - one.count);
};

export const leadsPage = (
	counts: QueueCounts,
	{ leads, next }: { readonly leads: readonly LeadRow[]; readonly next?: string },
	list: List,
	language: Language,
): LeadsPage => ({
	counts,
	leads: leads.map((lead) => inboxRow(lead, list, language)),
	held: list === 'waiting' ? heldIn(leads, language) : [],
	...(next === undefined ? {} : { next }),
});

/** The first line of the file. */
export const inboxColumns = (language: Language): readonly string[] => {
	const { fact } = inboxWords[language];
	const phone = fieldAt('leadInformation.phone');
	return columnsOf(language, {
		lead: [fact.name, phone === undefined ? '' : labelIn(phone, language)],
		more: [fact.id],
	});
};

/** A lead as a line of the file. */
export const inboxCells = (row: InboxRow): readonly string[] =>
	cellsOf(row, { lead: [row.name, row.phone], more: [row.publicId] });
