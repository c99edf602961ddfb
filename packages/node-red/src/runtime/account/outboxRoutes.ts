import { asText } from '../config/values';
import { recordDamageSeen } from '../dedupe/sharedRecord';
import { languageOf } from '../message/language';
import { writeLeads } from '../outbox/csv';
import { actedOnOf, type OutboxRow, outboxRow, type RowPlace } from '../outbox/leadRows';
import type { QueuedLead } from '../outbox/queuedLead';
import { searchOf } from '../outbox/readRequest';
import { openedOf, refuse, type Refusal, unusable } from './openedOutbox';
import { runningAccount } from './runningAccounts';
import { shownOutboxes } from './shownOutboxes';
import type { Language } from '@icloud-ready/core';
import type { Outbox, Search } from '@icloud-ready/outbox';
import { actions } from '@icloud-ready/outbox/view/actions';
import type { SelectionPage } from '@icloud-ready/outbox/view/bulkAction';
import { entryFilterOf } from '@icloud-ready/outbox/view/entryFilter';
import { selectionPageSize } from '@icloud-ready/outbox/view/limits';
import { bulkActionOf } from '@icloud-ready/outbox/view/bulkActionBody';
import type { ListPage } from '@icloud-ready/outbox/view/listState';
import { searchHeader } from '@icloud-ready/outbox/view/searchText';
import { choicesOf, pendingFacets, shownFacets } from '@icloud-ready/outbox/view/shownFacets';
import type { Node, NodeAPI } from 'node-red';

/** A page of leads, newest first. */
export type LeadsPage = ListPage<OutboxRow>;

/** `done` is false where the lead is not there any more, or somebody else acts on it just now. */
export interface ActionAnswer {
	readonly done: boolean;
}

/** How many of several leads were there to be acted on. */
export interface BulkAnswer {
	readonly done: number;
}

const notUnderstood: Refusal = {
	status: 400,
	message: 'This action on leads does not exist. Reload the editor, then try again.',
};
interface LeadsRequest {
	readonly params: Readonly<Record<string, unknown>>;
	readonly query: Readonly<Record<string, unknown>>;
	readonly headers: Readonly<Record<string, unknown>>;
}

/** What a request for leads asks, and of which outbox. */
const askedOf = ({
	params,
	query,
	headers,
}: LeadsRequest):
	| { readonly outbox: Outbox<QueuedLead>; readonly search: Search; readonly language: Language }
	| Refusal => {
	const asked = searchOf(query, headers[searchHeader]);
	if ('problem' in asked) return { status: 400, message: asked.problem };
	const opened = openedOf(asText(params.id));
	if ('status' in opened) return opened;
	const { outbox } = opened;
	const { search, filter } = asked;
	// An organization goes by its own name here: it is the partition.
	const means = { organizationOf: (partition: string): string => partition, whyOf: outbox.holdReason };
	return {
		outbox,
		search: filter === undefined ? search : { ...search, filter: entryFilterOf(filter, means) },
		language: languageOf(query.language),
	};
};

/** Leads are kept by no browser, and what was looked for is no part of the address. */
const fresh = { 'Cache-Control': 'no-store', Vary: searchHeader } as const;

/** What a person sees and does of what waits, for whoever may see or change accounts. */
export const registerOutbox = (RED: NodeAPI): void => {
	const mayRead = RED.auth.needsPermission('icloud-ready-account.read');
	const mayWrite = RED.auth.needsPermission('icloud-ready-account.write');
	/** The name of a node that is in the flows; empty where it has none. */
	const nodeName = (id: string): string | undefined => {
		const node = RED.nodes.getNode(id) as Node | null;
		return node === null ? undefined : asText(node.name);
	};

	RED.httpAdmin.get('/icloud-ready/outbox', mayRead, (_request, response) => {
		shownOutboxes(RED)
			.then((all) => response.json(all))
			.catch(() => refuse(response, unusable));
	});

	RED.httpAdmin.get('/icloud-ready/outbox/:id/leads', mayRead, (request, response) => {
		const asked = askedOf(request);
		if ('status' in asked) return refuse(response, asked);
		const { outbox, search, language } = asked;
		const why: RowPlace['why'] = (organizationId) => {
			const held = outbox.holdReason(organizationId);
			return held !== undefined && runningAccount(asText(request.params.id))?.unusable !== undefined ? 'account' : held;
		};
		const place = { shelf: search.shelf, language, why, nodeName };
		outbox
			.list(search)
			.then(({ entries, next }) =>
				response.set(fresh).json({
					leads: entries.map((entry) => outboxRow(entry, place)),
					...(next === undefined ? {} : { next }),
				} satisfies LeadsPage),
			)
			.catch(() => refuse(response, unusable));
	});

	RED.httpAdmin.get('/icloud-ready/outbox/:id/selection', mayRead, (request, response) => {
		const asked = askedOf(request);
		if ('status' in asked) return refuse(response, asked);
		asked.outbox
			.list({ ...asked.search, limit: selectionPageSize })
			.then(({ entries, next }) =>
				response.set(fresh).json({
					leads: entries.map((entry) => ({ id: entry.id, ...actedOnOf(entry) })),
					...(next === undefined ? {} : { next }),
				} satisfies SelectionPage),
			)
			.catch(() => refuse(response, unusable));
	});

	RED.httpAdmin.post('/icloud-ready/outbox/:id/actions', mayWrite, (request, response) => {
		const opened = openedOf(asText(request.params.id));
		if ('status' in opened) return refuse(response, opened);
		const wanted = bulkActionOf(request.body);
		if (wanted === undefined) return refuse(response, notUnderstood);
		const { action, ids, bulkId } = wanted;
		Promise.all([...new Set(ids)].map(async (id) => await opened.outbox[action](id, bulkId)))
			.then((done) => response.json({ done: done.filter(Boolean).length } satisfies BulkAnswer))
			.catch(() => refuse(response, unusable));
	});

	for (const [type, contentType] of [
		['csv', 'text/csv; charset=utf-8'],
		['json', 'application/json; charset=utf-8'],
	] as const) {
		RED.httpAdmin.get(`/icloud-ready/outbox/:id/leads.${type}`, mayRead, (request, response) => {
			const { params, query, headers } = request;
			// The whole list, whatever page was looked at.
			const asked = askedOf({ params, query: { ...query, after: undefined, limit: undefined }, headers });
			if ('status' in asked) return refuse(response, asked);
			const { outbox, search, language } = asked;
			const begin = (): void => {
				response.set(fresh);
				response.setHeader('Content-Type', contentType);
				response.setHeader('Content-Disposition', `attachment; filename="icloud-ready-leads-${search.shelf}.${type}"`);
			};
			writeLeads(outbox, search, { language, type }, response, begin).catch(() => {
				// A file that ends early must not look whole.
				if (response.headersSent) response.destroy();
				else refuse(response, unusable);
			});
		});
	}

	RED.httpAdmin.get('/icloud-ready/outbox/:id/facets', mayRead, (request, response) => {
		const asked = askedOf(request);
		if ('status' in asked) return refuse(response, asked);
		const { outbox, search, language } = asked;
		const facets = outbox.facets(search.shelf);
		response
			.set(fresh)
			.json(
				facets === undefined
					? pendingFacets
					: shownFacets({ ...facets, organizations: choicesOf(facets.partitions) }, language),
			);
	});

	RED.httpAdmin.post('/icloud-ready/outbox/:id/damage-seen', mayWrite, (request, response) => {
		const id = asText(request.params.id);
		const opened = openedOf(id);
		if ('status' in opened) return refuse(response, opened);
		Promise.all([runningAccount(id)?.outbox?.damageSeen(), recordDamageSeen()])
			.then(() => response.json({ done: true } satisfies ActionAnswer))
			.catch(() => refuse(response, unusable));
	});

	for (const action of actions) {
		RED.httpAdmin.post(`/icloud-ready/outbox/:id/leads/:lead/${action}`, mayWrite, (request, response) => {
			const opened = openedOf(asText(request.params.id));
			if ('status' in opened) return refuse(response, opened);
			opened.outbox[action](asText(request.params.lead))
				.then((done) => response.json({ done } satisfies ActionAnswer))
				.catch(() => refuse(response, unusable));
		});
	}
};
