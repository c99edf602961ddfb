import { accountLabel } from '../account/runningAccounts';
import type { AccountNode } from '../account/types';
import { accountType } from '../config/accountSettings';
import { type AlertsConfig, readAlertsSettings } from '../config/alertsSettings';
import { monotonicMs } from '../config/monotonic';
import { asText } from '../config/values';
import { languageOf } from '../message/language';
import { openAlertMemory } from './alertMemory';
import { type AlertMessage, alertMessage } from './alertMessage';
import { watchAccount } from './watchAccount';
import { settingText } from '@icloud-ready/core';
import type { Node, NodeAPI, NodeMessage } from 'node-red';
import { setTimeout as delay } from 'node:timers/promises';

const alertsType = 'icloud-ready-alerts';

/** What needs a person at an account, as messages: one when it begins and one when it is over. */
export default (RED: NodeAPI): void => {
	function Alerts(this: Node, config: AlertsConfig): void {
		RED.nodes.createNode(this, config);
		const { settings, flaws } = readAlertsSettings(config);
		for (const each of flaws) this.warn(settingText(each));
		const accountId = asText(config.account);
		const account = (): AccountNode | null => {
			const found = RED.nodes.getNode(accountId) as AccountNode | null;
			return found?.type === accountType ? found : null;
		};
		const chosen = account();
		if (chosen === null) {
			this.status({ fill: 'red', shape: 'ring', text: RED._('status.noAccount') });
			this.warn('No account is selected, so no alerts are sent. Select one in the settings of the node.');
			return;
		}

		const memory = openAlertMemory(asText(RED.settings.userDir) || '.', this.id, chosen.id);
		const stopping = new AbortController();
		let watching: Promise<void> | undefined;
		let shown: number | undefined;
		const show = (open: number): void => {
			if (open === shown) return;
			shown = open;
			if (open === 0) this.status({ fill: 'green', shape: 'dot', text: RED._('status.well') });
			else this.status({ fill: 'red', shape: 'ring', text: RED._('status.open', { count: String(open) }) });
		};
		/** Nodes behind it run by then. */
		const onStarted = (): void => {
			watching ??= watchAccount({
				waitingMinutes: settings.minutes,
				facts: async () => await account()?.facts(),
				memory,
				tell: (alert) =>
					this.send(
						alertMessage(alert, {
							account: accountLabel(RED, chosen),
							organizationId: chosen.organizationId,
							language: languageOf((RED.settings as { readonly lang?: unknown }).lang),
						}) as NodeMessage & AlertMessage,
					),
				onLooked: show,
				onUnwritten: () =>
					this.warn(
						'What was told cannot be written into the folder icloud-ready of the user folder, so it may be told again after a restart. Check that the disk has room and that the folder can be written.',
					),
				now: Date.now,
				monotonicMs,
				sleep: async (ms) => {
					await delay(ms, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
				},
				stopped: () => stopping.signal.aborted,
			});
		};
		RED.events.on('flows:started', onStarted);
		this.on('close', (removed: boolean, done: () => void) => {
			RED.events.removeListener('flows:started', onStarted);
			stopping.abort();
			void (watching ?? Promise.resolve())
				.then(async () => await (removed ? memory.remove() : undefined))
				.then(done, done);
		});
	}

	RED.nodes.registerType(alertsType, Alerts as never);
};
