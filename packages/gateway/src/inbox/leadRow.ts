import type { LeadRow, List, QueueCounts } from '../leads/leadQueue';
import { inboxWords } from './words';
import { fieldAt, type HoldReason, labelIn, type Language } from '@icloud-ready/core';
import { cellsOf, columnsOf } from '@icloud-ready/outbox/view/csvFile';
import { type ListedLead, type ListRow, listRow } from '@icloud-ready/outbox/view/listRow';
import { itemOf } from '@icloud-ready/outbox/view/jsonFile';
import { listWords } from '@icloud-ready/outbox/view/listWords';
import type { ListPage } from '@icloud-ready/outbox/view/listState';

/** A lead as the page shows it, in the language that it asked for. */
export interface InboxRow extends ListRow {
	/** The ID that its giver knows. */
	readonly publicId: string;
	readonly email?: string;
	readonly source?: string;
	/** Its name for filters, and for people where that is known. */
	readonly organization?: { readonly value: string; readonly label: string };
}

/** What the page is told each time it asks. */
export interface LeadsPage extends ListPage<InboxRow> {
	readonly counts: QueueCounts;
	/** What holds leads of this page back, with how many; the most first. */
	readonly held: readonly { readonly why: HoldReason; readonly text: string; readonly count: number }[];
}

type InboxLead = ListedLead &
	Pick<LeadRow, 'publicId' | 'why'> &
	Partial<Pick<LeadRow, 'email' | 'source' | 'organization' | 'organizationId'>>;

/** Enough of a hash to tell organizations apart that no lead names. */
const shownHash = 6;

/** An organization as people read it. */
export const organizationLabel = (organization: string, organizationId: string | undefined): string =>
	organizationId === undefined || organizationId === '' ? `#${organization.slice(0, shownHash)}` : organizationId;

const ownFacts = ({ email = '', source = '', organization, organizationId }: InboxLead) => ({
	...(email === '' ? {} : { email }),
	...(source === '' ? {} : { source }),
	...(organization === undefined
		? {}
		: { organization: { value: organization, label: organizationLabel(organization, organizationId) } }),
});

export const inboxRow = (lead: InboxLead, list: List | 'sending', language: Language): InboxRow => ({
	...listRow(list, lead, language, lead.why === undefined ? undefined : inboxWords[language].held[lead.why]),
	publicId: lead.publicId,
	...ownFacts(lead),
});

/** Reasons why leads wait, each with how many of them. */
const heldIn = (leads: readonly LeadRow[], language: Language): LeadsPage['held'] => {
	const reasons = [...new Set(leads.flatMap(({ why }) => why ?? []))];
	return reasons
		.map((why) => ({
			why,
			text: inboxWords[language].held[why],
			count: leads.filter((lead) => lead.why === why).length,
		}))
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

const labelAt = (path: string, language: Language): string => {
	const field = fieldAt(path);
	return field === undefined ? '' : labelIn(field, language);
};

/** The first line of the file. */
export const inboxColumns = (language: Language): readonly string[] => {
	const { fact } = inboxWords[language];
	return columnsOf(language, {
		lead: [
			fact.name,
			...['leadInformation.phone', 'leadInformation.email', 'leadSource'].map((path) => labelAt(path, language)),
			listWords[language].fact.organization,
		],
		more: [fact.id],
	});
};

/** A lead as a line of the file. */
export const inboxCells = (row: InboxRow): readonly string[] =>
	cellsOf(row, {
		lead: [row.name, row.phone, row.email ?? '', row.source ?? '', row.organization?.label ?? ''],
		more: [row.publicId],
	});

/** A lead as an item of the JSON file. */
export const inboxItem = (row: InboxRow): object => ({
	...itemOf(row),
	email: row.email ?? '',
	source: row.source ?? '',
	organization: row.organization?.label ?? '',
	gatewayId: row.publicId,
});
