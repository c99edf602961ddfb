import accountNode from '../../packages/node-red/src/runtime/account/account';
import createLeadNode from '../../packages/node-red/src/runtime/create-lead/createLead';
import leadFormNode from '../../packages/node-red/src/runtime/lead-form/leadForm';
import { apiKey, helper } from './flow';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

type FlowNode = Readonly<Record<string, unknown>>;

const core = async (file: string): Promise<unknown> =>
	(
		(await import(require.resolve(`@node-red/nodes/core/${file}`, { paths: [require.resolve('node-red')] }))) as {
			default: unknown;
		}
	).default;

let server: Server | undefined;
let routes: RequestListener | undefined;

/** The helper's runtime has no hooks, and its server does not lead to the routes of nodes. */
const withHooks =
	(node: (RED: never) => void, hooks: unknown) =>
	(RED: { readonly httpNode: unknown }): void => {
		routes = RED.httpNode as RequestListener;
		node(Object.create(RED, { hooks: { value: hooks } }) as never);
	};
const listen = async (): Promise<number> => {
	server ??= createServer((request, response) => routes?.(request, response));
	const listening = server;
	if (!listening.listening) await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', () => resolve()));
	return (listening.address() as AddressInfo).port;
};
afterAll(async () => {
	server?.closeAllConnections();
	await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
});

const at = { z: 'tab', x: 1, y: 1 };

export interface Receiving {
	/** The address of the lead form node. */
	readonly url: string;
	/** Posts JSON, or what is given. */
	readonly post: (body: unknown, init?: RequestInit) => Promise<Response>;
	/** What reached a helper node. */
	readonly heard: (id: string) => readonly Readonly<Record<string, unknown>>[];
	readonly logged: () => readonly string[];
	readonly statuses: () => readonly unknown[];
}

interface Options {
	/** Of the lead form node. */
	readonly form?: FlowNode;
	readonly credentials?: Readonly<Record<string, string>>;
	readonly lead?: FlowNode;
	readonly account?: FlowNode;
	readonly key?: string;
	/** Nodes between: the lead form node is wired to the first named in `first`. */
	readonly between?: readonly FlowNode[];
	/** @default 'lead' */
	readonly first?: string;
}

/** A lead form node at /ad-leads, what stands between, and a create-lead node. */
export const startReceiving = async (baseUrl: string, options: Options = {}): Promise<Receiving> => {
	const { form = {}, credentials = {}, lead = {}, account = {}, key = apiKey, between = [], first = 'lead' } = options;
	const files = [
		'common/24-complete.js',
		'common/25-catch.js',
		'common/60-link.js',
		'function/10-function.js',
		'function/10-switch.js',
		'function/15-change.js',
		'function/89-delay.js',
		'function/89-trigger.js',
		'sequence/17-split.js',
		'network/21-httpin.js',
	];
	const util = (await import(require.resolve('@node-red/util', { paths: [require.resolve('node-red')] }))) as {
		readonly hooks: unknown;
	};
	const helpers = between.filter(({ type }) => type === 'helper').map(({ id }) => String(id));
	await helper.load(
		[
			accountNode,
			withHooks(createLeadNode, util.hooks),
			withHooks(leadFormNode, util.hooks),
			...(await Promise.all(files.map(core))),
		] as never,
		[
			{ id: 'tab', type: 'tab', label: 'test' },
			{ id: 'account', type: 'icloud-ready-account', baseUrl, organizationId: 'org-1', ...account },
			{
				...at,
				id: 'form',
				type: 'icloud-ready-lead-form',
				path: 'ad-leads',
				answerSeconds: 20,
				wires: [[first]],
				...form,
			},
			...between.map((node) =>
				'z' in node || node.type === 'subflow' || node.type === 'tab' ? node : { ...at, ...node },
			),
			{
				...at,
				id: 'lead',
				type: 'icloud-ready-create-lead',
				account: 'account',
				routing: 'pair',
				wires: [['created'], ['rest']],
				...lead,
			},
			{ ...at, id: 'created', type: 'helper', wires: [] },
			{ ...at, id: 'rest', type: 'helper', wires: [] },
		] as never,
		{ account: { apiKey: key }, form: credentials } as never,
	);
	const heard = new Map<string, Readonly<Record<string, unknown>>[]>();
	for (const id of [...helpers, 'created', 'rest']) {
		heard.set(id, []);
		helper.getNode(id).on('input', (msg) => {
			heard.get(id)?.push(msg as unknown as Readonly<Record<string, unknown>>);
		});
	}
	const log = helper.log();
	const url = `http://127.0.0.1:${await listen()}/ad-leads`;
	return {
		url,
		post: async (body, init = {}) =>
			await fetch(url, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: typeof body === 'string' ? body : JSON.stringify(body),
				...init,
			}),
		heard: (id) => heard.get(id) ?? [],
		logged: () => log.args.flatMap(([event]) => (event !== undefined && event.level <= 30 ? [String(event.msg)] : [])),
		statuses: () => helper.getNode('form').status.args.flat(),
	};
};
