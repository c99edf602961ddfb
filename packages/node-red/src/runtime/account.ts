import { createLead, createRefusals, createTurns, type Host, type MissingSetting, type Outcome, type Policy, type Reading } from '@icloud-ready/core';
import type { Node, NodeAPI, NodeDef } from 'node-red';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGate } from './gate';
import { registerConnectionTest } from './connectionTest';
import { type AccountConfig, accountSettings, asText, missingSetting } from './settings';
import { createUnderWay } from './underWay';
import { networkOptions } from './network';
import { createTransport, type Transport } from './transport';

export const accountType = 'icloud-ready-account';

/** One lead to be delivered; `organizationId` is there where the message names another one than the account's. */
export interface Delivery {
	readonly draft: unknown;
	readonly policy: Partial<Policy>;
	readonly reading: Reading;
	readonly organizationId?: string;
	readonly once?: Host['once'];
}

/** What a create-lead node uses of its account. */
export interface AccountNode extends Node<{ apiKey?: string }> {
	/** Never rejects; everything that can happen to a lead is an outcome. */
	readonly deliver: (delivery: Delivery) => Promise<Outcome>;
	/** What keeps every lead from being sent, or undefined. */
	readonly missing: MissingSetting | undefined;
	/** Where the saved key belongs: it is never sent to another address. */
	readonly storedBaseUrl: string;
	/** How long the API's limit holds everything back, in ms; 0 where it does not. */
	readonly heldMs: () => number;
}

/** How long a closing account waits for what is on its way; Node-RED itself waits 15 s. */
export const closingMs = 10_000;
/** Two refusals may be a person who mends the key; then one lead asks after a second, the next after two, and so on. */
const probing = { withoutPause: 2, firstPauseMs: 1000, longestPauseMs: 300_000 };
/** What an account tells the nodes that send with it: that leads wait. */
export const waitingEvent = 'icloud-ready-waiting';

/** The account: who sends, how many at once, over which connections. */
export default (RED: NodeAPI): void => {
	function Account(this: AccountNode, config: NodeDef & AccountConfig): void {
		RED.nodes.createNode(this, config);
		const settings = accountSettings(config);
		const apiKey = asText(this.credentials?.apiKey);
		const { baseUrl, timeoutSeconds, maxTries, maxWaitSeconds } = settings;
		const gate = createGate(settings.concurrency);
		const turns = createTurns(settings.maxPerSecond, Date.now());
		const stopping = new AbortController();
		let transport: Transport | undefined;
		const underWay = createUnderWay();

		const host: Host = {
			send: async (request, limits) => {
				transport ??= createTransport({ connections: settings.concurrency, timeoutMs: timeoutSeconds * 1000, ...networkOptions(RED, config.tls, config.proxy) }, process.env);
				return await transport.send(request, limits);
			},
			sleep: async (ms) => {
				if (stopping.signal.aborted) return;
				this.emit(waitingEvent);
				// Unlike a listener of our own, this one leaves the signal when the time is over.
				await sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
			},
			now: Date.now,
			random: Math.random,
			stopped: () => stopping.signal.aborted,
			turns,
			refusals: createRefusals(probing),
		};

		const deliver = async ({ draft, policy, reading, organizationId, once }: Delivery): Promise<Outcome> => {
			const connection = { baseUrl, organizationId: organizationId ?? settings.organizationId, apiKey };
			const settled = { timeoutSeconds, maxTries, maxWaitSeconds, ...policy };
			return await underWay.track(gate.pass(async () => await createLead(draft, connection, settled, { ...host, once }, reading)));
		};
		Object.assign(this, { deliver, missing: missingSetting(settings, apiKey), storedBaseUrl: baseUrl, heldMs: () => turns.heldMs(Date.now()) } satisfies Pick<AccountNode, 'deliver' | 'missing' | 'storedBaseUrl' | 'heldMs'>);

		this.on('close', (done: () => void) => {
			stopping.abort();
			const close = async (): Promise<void> => {
				await underWay.drained(closingMs);
				await transport?.close();
			};
			close().then(done, done);
		});
	}

	RED.nodes.registerType(accountType, Account as never, { credentials: { apiKey: { type: 'password' } } });
	registerConnectionTest(RED);
};
