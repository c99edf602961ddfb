import { accountType } from '../config/accountSettings';
import { asText } from '../config/values';
import type { AccountOutbox } from '../outbox/accountOutbox';
import type { OutboxState } from '../outbox/accountOutboxState';
import { stoppedOutboxes } from '../outbox/stoppedOutboxes';
import { accountLabel, runningAccount, runningAccounts } from './runningAccounts';
import type { NodeAPI } from 'node-red';

/** An account whose outbox runs. */
export interface ShownOutbox extends OutboxState {
	readonly id: string;
	readonly name: string;
	/** Its account was deleted, or its flow is disabled: what it holds waits until the account is there again. */
	readonly isStopped?: true;
}

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
export const shownOutboxes = async (RED: NodeAPI): Promise<readonly ShownOutbox[]> => {
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
