import type { QueuedLead } from '../../../../packages/node-red/src/runtime/outbox/queuedLead';
import { queuedLeadFormat } from '../../../../packages/node-red/src/runtime/outbox/queuedLeadFormat';
import { journalsFolder } from '../../../../packages/node-red/src/runtime/outbox/stoppedOutboxes';
import { type EntryStore, openDiskStore } from '../../../../packages/outbox/src';
import { type NodeRed, startWithNodes } from '../host';
import { type Api, startApi } from './api';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const node = (
	id: string,
	type: string,
	more: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => ({ id, z: 'tab', x: 1, y: 1, type, ...more });

/** A POST of one lead or a list of them into create-lead, answered when the node says that it is done with the message. */
export const outboxFlow = (
	baseUrl: string,
	account: Readonly<Record<string, unknown>>,
): readonly Readonly<Record<string, unknown>>[] => [
	{ id: 'tab', type: 'tab', label: 'test' },
	{ id: 'account', type: 'icloud-ready-account', baseUrl, organizationId: 'org-1', ...account },
	node('in', 'http in', { url: '/lead', method: 'post', wires: [['lead']] }),
	node('lead', 'icloud-ready-create-lead', {
		account: 'account',
		input: 'lead',
		wires: Array.from({ length: 8 }, () => ['end']),
	}),
	// Takes what leaves, so that nothing goes to Catch and the log.
	node('end', 'function', { func: 'return null;', outputs: 1, wires: [[]] }),
	node('done', 'complete', { scope: ['lead'], uncaught: false, wires: [['ok']] }),
	node('ok', 'function', {
		func: 'msg.payload = "ok"; msg.statusCode = 200; return msg;',
		outputs: 1,
		wires: [['answer']],
	}),
	node('answer', 'http response', { wires: [] }),
];

/** An alerts node whose messages are lines of a file, with the time at which each left. */
export const alertNodes = (filename: string): readonly Readonly<Record<string, unknown>>[] => [
	node('alerts', 'icloud-ready-alerts', { account: 'account', minutes: 1, wires: [['line']] }),
	node('line', 'function', {
		func: 'return { payload: JSON.stringify({ atMs: Date.now(), ...msg }) };',
		outputs: 1,
		wires: [['keep']],
	}),
	node('keep', 'file', { filename, filenameType: 'str', appendNewline: true, overwriteFile: 'false', wires: [[]] }),
];

export const leadOf = (number: number): Readonly<Record<string, string>> => ({
	firstName: `Mona ${number}`,
	phone: phoneOf(number),
});
export const phoneOf = (number: number): string => `+2010${String(10_000_000 + number)}`;

/** Posts leads; resolves when they are acknowledged. Rejects where no answer came. */
export const post = async (url: string, payload: unknown): Promise<void> => {
	const response = await fetch(`${url}/lead`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', connection: 'close' },
		body: JSON.stringify(payload),
	});
	if (!response.ok || (await response.text()) !== 'ok') throw new Error(`Not acknowledged: ${response.status}`);
};

export interface OutboxWorld {
	readonly api: Api;
	readonly nodeRed: NodeRed;
	readonly userFolder: string;
	/** Deploys the flow with an account of these properties and a key, and further nodes. */
	readonly deploy: (
		account: Readonly<Record<string, unknown>>,
		key?: string,
		more?: readonly Readonly<Record<string, unknown>>[],
	) => Promise<void>;
	/** Where `alertNodes` write. */
	readonly alertsFile: string;
	/** The store of the outbox, once Node-RED has ended. */
	readonly openStore: () => Promise<EntryStore<QueuedLead>>;
	/** Ends the process as a power cut would, and starts a new one. */
	readonly restart: (how: 'kill' | 'stop') => Promise<void>;
}

/** Node-RED 5 with our package and an API, for all tests of a file. */
export const useOutboxWorld = (): (() => OutboxWorld) => {
	let world: OutboxWorld | undefined;
	let close = async (): Promise<void> => await Promise.resolve();
	beforeAll(async () => {
		const api = await startApi();
		const userFolder = mkdtempSync(join(tmpdir(), 'icloud-ready-outbox-'));
		let nodeRed = await startWithNodes('node-red-5', { userFolder });
		close = async () => {
			await nodeRed.kill();
			await api.close();
			rmSync(userFolder, { recursive: true, force: true });
		};
		world = {
			api,
			get nodeRed() {
				return nodeRed;
			},
			userFolder,
			deploy: async (account, key = api.key, more = []) => {
				await nodeRed.deploy([...outboxFlow(api.baseUrl, account), ...more], { account: { apiKey: key } });
			},
			alertsFile: join(userFolder, 'alerts.jsonl'),
			openStore: async () =>
				(
					await openDiskStore(join(userFolder, 'icloud-ready', 'outbox-account'), Date.now(), queuedLeadFormat, {
						journalFolder: journalsFolder(userFolder),
					})
				).store,
			restart: async (how) => {
				await nodeRed[how]();
				nodeRed = await nodeRed.startAgain();
			},
		};
	});
	afterAll(async () => {
		await close();
	});
	return () => {
		if (world === undefined) throw new Error('The world is not open yet.');
		return world;
	};
};
