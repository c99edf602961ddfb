import type { Outcome } from '@icloud-ready/core';
import type { Node, NodeStatus } from 'node-red';
import { statusOf, type Tally, type Translate } from './status';

/** Keeps count of a node's leads and shows it below the node. */
export interface StatusLine {
	readonly began: () => void;
	readonly ended: (outcome: Outcome) => void;
	/** Shows anew what may have changed elsewhere: the account's limit, the record. */
	readonly refresh: (change?: { readonly recordFault: boolean }) => void;
	readonly show: (status: NodeStatus) => void;
}

export const createStatusLine = (node: Pick<Node, 'status'>, translate: Translate, heldMs: () => number): StatusLine => {
	let tally: Omit<Tally, 'heldMs'> = { sending: 0, created: 0, last: undefined, recordFault: false };
	const change = (by: Partial<typeof tally>): void => {
		tally = { ...tally, ...by };
		node.status(statusOf({ ...tally, heldMs: heldMs() }, translate));
	};
	return {
		began: () => change({ sending: tally.sending + 1 }),
		ended: (outcome) => change({ sending: tally.sending - 1, last: outcome, created: tally.created + (outcome.outcome === 'created' ? 1 : 0) }),
		refresh: (by = { recordFault: tally.recordFault }) => change(by),
		show: (status) => { node.status(status); },
	};
};
