import type { List } from '../leads/leadQueue';
import { answer, headers, type InboxContext, json, languageIn, wordsIn } from './answers';
import { etagOf } from './etag';
import { fileStream } from './fileStream';
import type { InboxHost } from './host';
import { inboxCells, inboxColumns, inboxItem, inboxRow, leadsPage, organizationLabel } from './leadRow';
import { shownLead } from './leadDetail';
import { idOf, searchOf } from './request';
import { csvFile, filePageSize, withoutRepeats } from '@icloud-ready/outbox/view/csvFile';
import { jsonFile } from '@icloud-ready/outbox/view/jsonFile';
import { selectionPageSize } from '@icloud-ready/outbox/view/limits';
import type { Search } from '@icloud-ready/outbox/view/readSearch';
import { pendingFacets, shownFacets } from '@icloud-ready/outbox/view/shownFacets';
import type { SelectionPage } from '@icloud-ready/outbox/view/bulkAction';

type Queue = InboxHost['queue'];

/** Reads what a request for leads asks, and answers 400 in words where it cannot be understood. */
export const searching =
	(work: (c: InboxContext, search: Search<List>) => Promise<Response>) =>
	async (c: InboxContext): Promise<Response> => {
		const search = searchOf(
			(name) => c.req.query(name),
			(name) => c.req.header(name),
		);
		return search === undefined ? json(400, { message: wordsIn(c).problem.asked }) : await work(c, search);
	};

export const giveLeads = async (c: InboxContext, queue: Queue, search: Search<List>): Promise<Response> => {
	const { list, ...rest } = search;
	const [counts, found] = await Promise.all([queue.counts(), queue.list(list, rest)]);
	const text = JSON.stringify(leadsPage(counts, found, list, languageIn(c)));
	const etag = etagOf(text);
	return c.req.header('if-none-match') === etag
		? new Response(null, { status: 304, headers: { ...headers, etag } })
		: answer(200, 'application/json', text, { etag });
};

/** Only what the rules look at, of many leads at once. */
export const giveSelection = async (_c: InboxContext, queue: Queue, search: Search<List>): Promise<Response> => {
	const { list, ...rest } = search;
	const { leads, next } = await queue.list(list, { ...rest, limit: selectionPageSize });
	return json(200, {
		leads: leads.map(({ id, outcome, resolved, isCorrected }) => ({
			id,
			outcome,
			...(resolved === undefined ? {} : { resolved }),
			...(isCorrected === undefined ? {} : { isCorrected }),
		})),
		...(next === undefined ? {} : { next }),
	} satisfies SelectionPage);
};

const pagesOf = (queue: Queue, { list, text, filter }: Search<List>) =>
	withoutRepeats(
		async (after) =>
			await queue.list(list, {
				text,
				limit: filePageSize,
				...(after === undefined ? {} : { after }),
				...(filter === undefined ? {} : { filter }),
			}),
	);

const attachment = (list: List, type: 'csv' | 'json') => ({
	'content-disposition': `attachment; filename="icloud-ready-leads-${list}.${type}"`,
});

export const giveCsv = async (c: InboxContext, queue: Queue, search: Search<List>): Promise<Response> => {
	const [language, { list }] = [languageIn(c), search];
	const parts = csvFile(pagesOf(queue, search), inboxColumns(language), (lead) =>
		inboxCells(inboxRow(lead, list, language)),
	);
	return answer(200, 'text/csv', await fileStream(parts), attachment(list, 'csv'));
};

export const giveJson = async (c: InboxContext, queue: Queue, search: Search<List>): Promise<Response> => {
	const [language, { list }] = [languageIn(c), search];
	const parts = jsonFile(pagesOf(queue, search), (lead) => inboxItem(inboxRow(lead, list, language)));
	return answer(200, 'application/json', await fileStream(parts), attachment(list, 'json'));
};

export const giveFacets = async (c: InboxContext, queue: Queue, { list }: Search<List>): Promise<Response> => {
	const facets = await queue.facets(list);
	if (facets === undefined) return json(200, pendingFacets);
	const organizations = facets.organizations.map(({ organization, organizationId }) => ({
		value: organization,
		label: organizationLabel(organization, organizationId),
	}));
	return json(200, shownFacets({ ...facets, organizations }, languageIn(c)));
};

export const giveLead = async (c: InboxContext, { queue, publicIdOf }: InboxHost): Promise<Response> => {
	const id = idOf(c.req.query('id'));
	if (id === undefined) return json(400, { message: wordsIn(c).problem.asked });
	const detail = await queue.find(id);
	return detail === undefined
		? json(404, { message: wordsIn(c).problem.gone })
		: json(200, shownLead(detail, languageIn(c), publicIdOf));
};
