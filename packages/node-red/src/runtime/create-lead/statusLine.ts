import { statusOf, type Tally, type Translate } from '../account/status';
import { createThrottle } from '../account/throttle';
import type { Outcome } from '@icloud-ready/core';
import type { Node, NodeStatus } from 'node-red';

/** Keeps count of a node's leads and shows it below the node. */
export interface StatusLine {
	readonly began: () => void;
	readonly ended: (outcome: Outcome) => void;
	/** It is in the outbox now, and ends later. */
	readonly kept: () => void;
	/** One of the outbox has ended. */
	readonly keptEnded: (outcome: Outcome) => void;
	/** Shows anew what may have changed elsewhere: the account's limit, the record. */
	readonly refresh: (change?: { readonly recordFault: boolean }) => void;
	readonly show: (status: NodeStatus) => void;
	readonly stop: () => void;
}

const showEveryMs = 100;

export const createStatusLine = (
	node: Pick<Node, 'status'>,
	translate: Translate,
	account: () => Pick<Tally, 'heldMs' | 'outbox'>,
): StatusLine => {
	let tally: Omit<Tally, 'heldMs' | 'outbox'> = { sending: 0, created: 0, last: undefined, recordFault: false };
	// A status is sent to every open editor: a thousand a second would be work that nobody can read.
	const showNow = (): void => node.status(statusOf({ ...tally, ...account() }, translate));
	const show = createThrottle(showEveryMs, showNow);
	const change = (by: Partial<typeof tally>): void => {
		tally = { ...tally, ...by };
		show.run();
	};
	const told = (outcome: Outcome): Pick<Tally, 'last' | 'created'> => ({
		last: outcome,
		created: tally.created + (outcome.outcome === 'created' ? 1 : 0),
	});
	return {
		began: () => change({ sending: tally.sending + 1 }),
		ended: (outcome) => change({ sending: tally.sending - 1, ...told(outcome) }),
		kept: () => change({ sending: tally.sending - 1 }),
		keptEnded: (outcome) => change(told(outcome)),
		refresh: (by) => {
			change(by ?? {});
			if (by !== undefined) showNow();
		},
		show: (status) => {
			node.status(status);
		},
		stop: show.stop,
	};
};
