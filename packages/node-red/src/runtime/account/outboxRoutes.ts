import { accountType } from '../config/accountSettings';
import { asText } from '../config/values';
import { languageOf } from '../message/language';
import type { AccountOutbox, OutboxState } from '../outbox/accountOutbox';
import { writeLeads } from '../outbox/csv';
import { shownLead, type ShownLead } from '../outbox/leadRows';
import type { QueuedLead } from '../outbox/queuedLead';
import { searchOf } from '../outbox/readRequest';
import { stoppedOutboxes } from '../outbox/stoppedOutboxes';
import { accountLabel, runningAccount, runningAccounts } from './runningAccounts';
import type { Language } from '@icloud-ready/core';
import type { Outbox, Search } from '@icloud-ready/outbox';
import type { Node, NodeAPI } from 'node-red';

/** An account whose outbox runs. */
export interface ShownOutbox extends OutboxState {
	readonly id: string;
	readonly name: string;
	/** Its account was deleted, or its flow is disabled: what it holds waits until the account is there again. */
	readonly isStopped?: true;
}

/** A page of leads, newest first; `next` is there where more may follow. */
export interface LeadsPage {
	readonly leads: readonly ShownLead[];
	readonly next?: string;
}

/** `done` is false where the lead is not there any more, or somebody else acts on it just now. */
export interface ActionAnswer {
	readonly done: boolean;
}

const actions = ['retry', 'arrived', 'discard'] as const;

interface Refusal {
	readonly status: 400 | 404 | 503;
	readonly message: string;
}

const unusable: Refusal = {
	status: 503,
	message:
		'The outbox cannot be used just now. Check that its folder can be written and that the disk has room; it is tried again by itself.',
};
const opening: Refusal = { status: 503, message: 'The outbox is still being opened. Try again in a moment.' };
const unknownAccount: Refusal = {
	status: 404,
	message:
		'No running account with an outbox has this ID. Deploy the account, or enable its flow, then reload the list.',
};

/** One that was turned off and has sent everything is closed again. */
const isShown = (outbox: AccountOutbox): boolean =>
	outbox.keepsNew || outbox.opened() !== undefined || outbox.state().isBroken;

/** Names of which two are alike get their id along. */
const toldApart = (all: readonly ShownOutbox[]): readonly ShownOutbox[] =>
	all.map((each) =>
		each.name === '' || all.filter(({ name }) => name === each.name).length === 1
			? each
			: { ...each, name: `${each.name} (${each.id})` },
	);

/** The outboxes of the accounts that run, then those that hold leads although nobody runs them. */
const outboxes = async (RED: NodeAPI): Promise<readonly ShownOutbox[]> => {
	const running = runningAccounts().flatMap((account): readonly ShownOutbox[] => {
		const { id, outbox } = account;
		return outbox !== undefined && isShown(outbox) ? [{ id, name: accountLabel(RED, account), ...outbox.state() }] : [];
	});
	const names = new Map<string, string>();
	RED.nodes.eachNode((config) => {
		if (config.type === accountType) names.set(config.id, asText((config as { readonly name?: unknown }).name));
	});
	const stopped = await stoppedOutboxes(
		asText(RED.settings.userDir) || '.',
		(id) => runningAccount(id) !== undefined,
		Date.now(),
	);
	return toldApart([
		...running,
		...stopped.map(
			({ id, counts }): ShownOutbox => ({ id, name: names.get(id) ?? '', counts, isBroken: false, isStopped: true }),
		),
	]);
};

const openedOf = (id: string): { readonly outbox: Outbox<QueuedLead> } | Refusal => {
	const account = runningAccount(id);
	if (account?.outbox === undefined) return unknownAccount;
	const outbox = account.outbox.opened();
	if (outbox !== undefined) return { outbox };
	return account.outbox.state().isBroken ? unusable : opening;
};

/** What a request for leads asks, and of which outbox. */
const askedOf = (
	id: string,
	query: Readonly<Record<string, unknown>>,
): { readonly outbox: Outbox<QueuedLead>; readonly search: Search; readonly language: Language } | Refusal => {
	const asked = searchOf(query);
	if ('problem' in asked) return { status: 400, message: asked.problem };
	const opened = openedOf(id);
	return 'status' in opened
		? opened
		: { outbox: opened.outbox, search: asked.search, language: languageOf(query.language) };
};

const refuse = (
	response: { readonly status: (code: number) => { readonly json: (body: unknown) => unknown } },
	{ status, message }: Refusal,
): void => {
	response.status(status).json({ message });
};

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
		outboxes(RED).then(
			(all) => response.json(all),
			() => refuse(response, unusable),
		);
	});

	RED.httpAdmin.get('/icloud-ready/outbox/:id/leads', mayRead, (request, response) => {
		const asked = askedOf(asText(request.params.id), request.query);
		if ('status' in asked) return refuse(response, asked);
		const { outbox, search, language } = asked;
		outbox.list(search).then(
			({ entries, next }) =>
				response.json({
					leads: entries.map((entry) => shownLead(entry, language, nodeName)),
					...(next === undefined ? {} : { next }),
				} satisfies LeadsPage),
			() => refuse(response, unusable),
		);
	});

	RED.httpAdmin.get('/icloud-ready/outbox/:id/leads.csv', mayRead, (request, response) => {
		const { shelf, text, language: asksFor } = request.query;
		const asked = askedOf(asText(request.params.id), { shelf, text, language: asksFor });
		if ('status' in asked) return refuse(response, asked);
		const { outbox, search, language } = asked;
		const begin = (): void => {
			response.setHeader('Content-Type', 'text/csv; charset=utf-8');
			response.setHeader('Content-Disposition', `attachment; filename="icloud-ready-leads-${search.shelf}.csv"`);
		};
		writeLeads(outbox, search, language, response, begin).catch(() => {
			// A file that ends early must not look whole.
			if (response.headersSent) response.destroy();
			else refuse(response, unusable);
		});
	});

	for (const action of actions) {
		RED.httpAdmin.post(`/icloud-ready/outbox/:id/leads/:lead/${action}`, mayWrite, (request, response) => {
			const opened = openedOf(asText(request.params.id));
			if ('status' in opened) return refuse(response, opened);
			opened.outbox[action](asText(request.params.lead)).then(
				(done) => response.json({ done } satisfies ActionAnswer),
				() => refuse(response, unusable),
			);
		});
	}
};
