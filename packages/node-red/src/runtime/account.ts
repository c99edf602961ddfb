import { type MissingSetting, type Outcome, outcomeOf } from '@icloud-ready/core';
import type { Origin } from '@icloud-ready/outbox';
import type { Node, NodeAPI, NodeDef } from 'node-red';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { registerConnectionTest } from './connectionTest';
import { networkOptions } from './network';
import { type AccountOutbox, createAccountOutbox } from './outbox';
import { registerOutbox } from './outboxRoutes';
import { createLastingRecord } from './record';
import { createSender, type Delivery } from './sender';
import { type AccountConfig, accountSettings, accountType, asText, missingSetting } from './settings';
import { createThrottle } from './throttle';
import { createUnderWay } from './underWay';

/** What a create-lead node uses of its account. */
export interface AccountNode extends Node<{ apiKey?: string }> {
	/**
	 * Never rejects; everything that can happen to a lead is an outcome. `kept`: it is in the outbox, and its outcome is
	 * told to the node that `origin` names.
	 */
	readonly deliver: (delivery: Delivery, origin: () => Origin) => Promise<Outcome | 'kept'>;
	/** Where the saved key belongs: it is never sent to another address. */
	readonly storedBaseUrl: string;
	/** How long the API's limit holds everything back, in ms; 0 where it does not. */
	readonly heldMs: () => number;
	/** Undefined where nothing is kept, nor was before. */
	readonly outbox: AccountOutbox | undefined;
}

/** How long a closing account waits for what is on its way; Node-RED itself waits 15 s. */
export const closingMs = 10_000;
/** What an account tells the nodes that send with it: that leads wait, or that its outbox has changed. */
export const waitingEvent = 'icloud-ready-waiting';
const showEveryMs = 250;

/** The account: who sends, how many at once, over which connections, and what is kept until it ends. */
export default (RED: NodeAPI): void => {
	function Account(this: AccountNode, config: NodeDef & AccountConfig): void {
		RED.nodes.createNode(this, config);
		const settings = accountSettings(config);
		const apiKey = asText(this.credentials?.apiKey);
		const missing: MissingSetting | undefined = missingSetting(settings, apiKey);
		const userFolder = asText(RED.settings.userDir) || '.';
		const underWay = createUnderWay();
		const show = createThrottle(showEveryMs, () => this.emit(waitingEvent));
		const sender = createSender({
			settings, apiKey, missing, onWait: () => this.emit(waitingEvent),
			// The HTTP client takes longer to load than all the rest, and Node-RED may start without sending anything.
			openTransport: async () => (await import('./transport')).createTransport({ connections: settings.concurrency, timeoutMs: settings.timeoutSeconds * 1000, ...networkOptions(RED, config.tls, config.proxy) }, process.env),
		});
		const lasting = createLastingRecord(userFolder, (isAway) => {
			if (isAway) this.warn('The record of created leads cannot be used, so leads of the outbox are sent without looking for duplicates, each with a warning. It is tried again by itself.');
			else this.log('The record of created leads can be used again.');
		});

		const folder = join(userFolder, 'icloud-ready', `outbox-${encodeURIComponent(this.id)}`);
		const keepsNew = settings.outbox === 'disk';
		const outbox: AccountOutbox | undefined = keepsNew || existsSync(folder)
			? createAccountOutbox({
				folder, keepsNew, concurrency: settings.concurrency, most: settings.outboxMax, keepDays: settings.keepDays,
				gateway: sender.gateway, now: Date.now, sleep: sender.sleep, warn: (text) => this.warn(text), log: (text) => this.log(text), onChange: show.run,
				send: async (entry) => await sender.kept(entry, outbox?.listener(entry.origin.nodeId)?.once ?? (entry.policy.duplicates === 'always' ? lasting.once() : undefined)),
			})
			: undefined;

		const deliver: AccountNode['deliver'] = async (delivery, origin) => {
			const direct = async (): Promise<Outcome> => await underWay.track(sender.direct(delivery));
			if (outbox === undefined || !keepsNew || delivery.policy.dryRun === true) return await direct();
			const ready = sender.check(delivery);
			if (ready.kind === 'ended') return ready.outcome;
			const { lead, warnings, key } = ready;
			switch (await outbox.put({ lead, warnings, key, organizationId: delivery.organizationId ?? '', policy: delivery.policy, origin: origin(), token: randomUUID() })) {
				case 'kept':
					return 'kept';
				case 'full':
					return outcomeOf({ outcome: 'failed', cause: { kind: 'outboxFull', most: settings.outboxMax } }, { lead, warnings });
				case 'direct':
					return await direct();
			}
		};
		Object.assign(this, { deliver, storedBaseUrl: settings.baseUrl, heldMs: () => sender.turns.heldMs(Date.now()), outbox } satisfies Omit<AccountNode, keyof Node>);

		const onStarted = (): void => outbox?.start();
		RED.events.on('flows:started', onStarted);
		this.on('close', (removed: boolean, done: () => void) => {
			RED.events.removeListener('flows:started', onStarted);
			show.stop();
			const { waiting, unconfirmed } = outbox?.state().counts ?? { waiting: 0, unconfirmed: 0 };
			if (removed && waiting + unconfirmed > 0) RED.log.warn(`The account was removed while its outbox held ${waiting} waiting and ${unconfirmed} unconfirmed leads. They are kept in ${folder}; undo the removal to send them.`);
			const over = new AbortController();
			const closing = outbox?.close(delay(closingMs, undefined, { signal: over.signal }).catch(() => undefined)) ?? Promise.resolve();
			sender.stop();
			const close = async (): Promise<void> => {
				await Promise.all([closing, underWay.drained(closingMs)]);
				over.abort();
				await lasting.release();
				await sender.close();
			};
			close().then(done, done);
		});
	}

	RED.nodes.registerType(accountType, Account as never, { credentials: { apiKey: { type: 'password' } } });
	registerConnectionTest(RED);
	registerOutbox(RED);
};
