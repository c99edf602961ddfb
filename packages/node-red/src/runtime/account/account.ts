import { type AccountConfig, accountType, missingSetting, readAccountSettings } from '../config/accountSettings';
import { monotonicMs } from '../config/monotonic';
import { isNodeNewEnough } from '../config/nodeVersion';
import { asText } from '../config/values';
import { type VariableFlaw, variableFlaw, variableOutcome } from '../config/variables';
import { createLastingRecord } from '../dedupe/dedupeStores';
import { type AccountOutbox, createAccountOutbox } from '../outbox/accountOutbox';
import { forgetStopped, outboxFolder } from '../outbox/stoppedOutboxes';
import { registerConnectionTest } from './connectionTest';
import { createDrain } from './drain';
import { networkOptions } from './network';
import { registerOutbox } from './outboxRoutes';
import { rememberAccount } from './runningAccounts';
import { createSender } from './sender';
import { flawKey } from './status';
import { createThrottle } from './throttle';
import { type AccountNode, waitingEvent, closingMs } from './types';
import { type MissingSetting, type Outcome, outcomeOf, settingText } from '@icloud-ready/core';
import type { Node, NodeAPI, NodeDef } from 'node-red';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const showEveryMs = 250;
/** A disk takes as long for one lead as for a hundred. */
const mostWrittenTogether = 256;

/** An account's settings as they stand in the flow, with no variable put in; of one in a subflow, those of the subflow. */
const asInFlow = (RED: NodeAPI, node: Node): Readonly<Record<string, unknown>> => {
	const id = (node as unknown as { readonly _alias?: string })._alias ?? node.id;
	let given: Readonly<Record<string, unknown>> = {};
	RED.nodes.eachNode((config) => {
		if (config.id === id) given = config as unknown as Readonly<Record<string, unknown>>;
	});
	const { apiKey } = (RED.nodes.getCredentials(id) ?? {}) as { readonly apiKey?: unknown };
	return { ...given, apiKey };
};

const notConfigured = (missing: MissingSetting): Outcome =>
	outcomeOf({ outcome: 'failed', cause: { kind: 'notConfigured', missing } });

/** The first thing that keeps an account from sending. */
const unusableFor = (flaw: VariableFlaw | undefined, missing: MissingSetting | undefined): Outcome | undefined => {
	// The HTTP client cannot be loaded there; npm installs the nodes all the same unless it is told to be strict.
	if (!isNodeNewEnough(process.versions.node)) return notConfigured('nodeVersion');
	if (flaw !== undefined) return variableOutcome(flaw);
	return missing === undefined ? undefined : notConfigured(missing);
};

/** The account: who sends, how many at once, over which connections, and what is kept until it ends. */
export default (RED: NodeAPI): void => {
	function Account(this: AccountNode, config: NodeDef & AccountConfig): void {
		RED.nodes.createNode(this, config);
		const { settings, flaws } = readAccountSettings(config);
		for (const each of flaws) this.warn(settingText(each));
		const apiKey = asText(this.credentials?.apiKey);
		const flaw = variableFlaw({ ...config, apiKey }, asInFlow(RED, this));
		const missing: MissingSetting | undefined = missingSetting(settings, apiKey);
		const unusable = unusableFor(flaw, missing);
		if (unusable !== undefined && flawKey(unusable) !== undefined) this.warn(`${unusable.message} ${unusable.hint}`);
		const userFolder = asText(RED.settings.userDir) || '.';
		const underWay = createDrain();
		const show = createThrottle(showEveryMs, () => this.emit(waitingEvent));
		const sender = createSender({
			settings,
			apiKey,
			unusable,
			onWait: () => this.emit(waitingEvent),
			// The HTTP client takes longer to load than all the rest, and Node-RED may start without sending anything.
			openTransport: async () =>
				(await import('../../../../http/src/transport')).createTransport(
					{
						connections: settings.concurrency,
						timeoutMs: settings.timeoutSeconds * 1000,
						...networkOptions(RED, config.tls, config.proxy),
					},
					process.env,
				),
		});
		const lasting = createLastingRecord(userFolder, (isAway) => {
			if (isAway)
				this.warn(
					'The record of created leads cannot be used, so leads of the outbox are sent without looking for duplicates, each with a warning. It is tried again by itself.',
				);
			else this.log('The record of created leads can be used again.');
		});

		const folder = outboxFolder(userFolder, this.id);
		forgetStopped(folder);
		const keepsNew = settings.outbox === 'disk';
		const outbox: AccountOutbox | undefined =
			keepsNew || existsSync(folder)
				? createAccountOutbox({
						folder,
						keepsNew,
						concurrency: settings.concurrency,
						maxWaiting: settings.outboxMax,
						keepDays: settings.keepDays,
						gateway: sender.gateway,
						now: Date.now,
						monotonicMs,
						sleep: sender.sleep,
						warn: (text) => this.warn(text),
						log: (text) => this.log(text),
						onChange: show.run,
						send: async (entry) =>
							await sender.kept(
								entry,
								outbox?.listener(entry.origin.nodeId)?.once ??
									(entry.policy.duplicates === 'always' ? lasting.once() : undefined),
							),
					})
				: undefined;

		const deliver: AccountNode['deliver'] = async (delivery, origin) => {
			const direct = async (): Promise<Outcome> => await underWay.track(sender.direct(delivery));
			if (outbox === undefined || !keepsNew || delivery.policy.dryRun === true) return await direct();
			const ready = sender.check(delivery);
			if (ready.kind === 'ended') return ready.outcome;
			const { lead, warnings, key } = ready;
			switch (
				await outbox.put({
					lead,
					warnings,
					key,
					organizationId: delivery.organizationId ?? '',
					policy: delivery.policy,
					origin: origin(),
					idempotencyKey: randomUUID(),
				})
			) {
				case 'kept':
					return 'kept';
				case 'full':
					return outcomeOf(
						{ outcome: 'failed', cause: { kind: 'outboxFull', most: settings.outboxMax } },
						{ lead, warnings },
					);
				case 'direct':
					return await direct();
			}
		};
		Object.assign(this, {
			deliver,
			storedBaseUrl: settings.baseUrl,
			heldMs: () => sender.turns.throttledMs(monotonicMs()),
			unusable,
			mostOfAList: keepsNew ? mostWrittenTogether : 2 * settings.concurrency,
			outbox,
		} satisfies Omit<AccountNode, keyof Node>);

		const { forget } = rememberAccount(this);
		const onStarted = (): void => outbox?.start();
		RED.events.on('flows:started', onStarted);
		this.on('close', (removed: boolean, done: () => void) => {
			RED.events.removeListener('flows:started', onStarted);
			show.stop();
			const { waiting, unconfirmed } = outbox?.state().counts ?? { waiting: 0, unconfirmed: 0 };
			if (removed && waiting + unconfirmed > 0)
				RED.log.warn(
					`The account was removed while its outbox held ${waiting} waiting and ${unconfirmed} unconfirmed leads. They are kept in ${folder}; undo the removal to send them.`,
				);
			const over = new AbortController();
			const closing =
				outbox?.close(delay(closingMs, undefined, { signal: over.signal }).catch(() => undefined)) ?? Promise.resolve();
			sender.stop();
			const close = async (): Promise<void> => {
				await Promise.all([closing, underWay.drained(closingMs)]);
				over.abort();
				await lasting.release();
				await sender.close();
			};
			close()
				.finally(forget)
				.then(() => done(), done);
		});
	}

	RED.nodes.registerType(accountType, Account as never, { credentials: { apiKey: { type: 'password' } } });
	registerConnectionTest(RED);
	registerOutbox(RED);
};
