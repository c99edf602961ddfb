import { type AccountConfig, accountType, readAccountSettings } from '../config/accountSettings';
import { monotonicMs } from '../config/monotonic';
import { asText } from '../config/values';
import type { LastingRecord } from '../dedupe/dedupeStores';
import type { AccountOutbox } from '../outbox/accountOutbox';
import { accountFacts } from './accountFacts';
import { registerConnectionTest } from './connectionTest';
import { deliver } from './deliver';
import { registerCorrections } from './correctionRoutes';
import { createDrain, type Drain } from './drain';
import { networkOptions } from './network';
import { openOutbox, openRecord, warnOfRemoved } from './openOutbox';
import { registerOutbox } from './outboxRoutes';
import { rememberAccount } from './runningAccounts';
import { createSender, type Sender } from './sender';
import type { Starting } from './starting';
import { flawKey } from './status';
import { createThrottle } from './throttle';
import { type AccountNode, waitingEvent, closingMs } from './types';
import { unusableFor } from './unusable';
import { explain, mostAtOnce, type Outcome, sentencesOf, settingText } from '@icloud-ready/core';
import type { Node, NodeAPI, NodeDef } from 'node-red';
import { setTimeout as delay } from 'node:timers/promises';

/** Counts change with each lead; this is as often as a person can read them. */
const showEveryMs = 250;
/** A disk takes as long for one lead as for a hundred. */
const mostWrittenTogether = 256;

const openSender = ({ RED, node, config, settings }: Starting, apiKey: string, unusable: Outcome | undefined): Sender =>
	createSender({
		settings,
		apiKey,
		unusable,
		onWait: () => node.emit(waitingEvent),
		// The HTTP client takes longer to load than all the rest, and Node-RED may start without sending anything.
		openTransport: async () =>
			(await import('../../../../http/src/transport')).createTransport(
				{
					connections: mostAtOnce(settings.concurrency),
					timeoutMs: settings.timeoutSeconds * 1000,
					...networkOptions(RED, config.tls, config.proxy),
				},
				process.env,
			),
	});

/** What an account that runs has to let go of. */
interface Running {
	readonly sender: Sender;
	readonly record: LastingRecord;
	readonly outbox: AccountOutbox | undefined;
	readonly underWay: Drain;
}

/** Starts nothing more, and waits a while for what is on its way. */
const close = async ({ sender, record, outbox, underWay }: Running): Promise<void> => {
	const over = new AbortController();
	const closing = outbox?.close(delay(closingMs, undefined, { signal: over.signal }).catch(() => undefined));
	sender.stop();
	await Promise.all([closing, underWay.drained(closingMs)]);
	over.abort();
	await record.release();
	await sender.close();
};

/** The account: who sends, how many at once, over which connections, and what is kept until it ends. */
export default (RED: NodeAPI): void => {
	function Account(this: AccountNode, config: NodeDef & AccountConfig): void {
		RED.nodes.createNode(this, config);
		const { settings, flaws } = readAccountSettings(config);
		for (const each of flaws) this.warn(settingText(each));
		const starting: Starting = {
			RED,
			node: this,
			config,
			settings,
			userFolder: asText(RED.settings.userDir) || '.',
		};
		const apiKey = asText(this.credentials?.apiKey);
		const unusable = unusableFor(RED, this, { ...config, apiKey }, settings);
		if (unusable !== undefined && flawKey(unusable) !== undefined) this.warn(sentencesOf(explain(unusable)));

		const show = createThrottle(showEveryMs, () => this.emit(waitingEvent));
		const underWay = createDrain();
		const sender = openSender(starting, apiKey, unusable);
		const record = openRecord(starting);
		const outbox = openOutbox(starting, sender, record, unusable !== undefined, show.run);
		Object.assign(this, {
			deliver: async (delivery, origin) => await deliver({ settings, sender, underWay, outbox }, delivery, origin),
			check: sender.check,
			storedBaseUrl: settings.baseUrl,
			organizationId: settings.organizationId,
			heldMs: () => sender.limiter.throttledMs(monotonicMs()),
			unusable,
			mostOfAList: outbox?.keepsNew === true ? mostWrittenTogether : 2 * mostAtOnce(settings.concurrency),
			outbox,
			facts: async () => await accountFacts({ settings, sender, outbox, now: Date.now }),
		} satisfies Omit<AccountNode, keyof Node>);

		const { forget } = rememberAccount(this);
		const onStarted = (): void => outbox?.start();
		RED.events.on('flows:started', onStarted);
		this.on('close', (removed: boolean, done: () => void) => {
			RED.events.removeListener('flows:started', onStarted);
			show.stop();
			if (removed) warnOfRemoved(starting, outbox);
			close({ sender, record, outbox, underWay })
				.finally(forget)
				.then(() => done(), done);
		});
	}

	RED.nodes.registerType(accountType, Account as never, { credentials: { apiKey: { type: 'password' } } });
	registerConnectionTest(RED);
	registerOutbox(RED);
	registerCorrections(RED);
};
