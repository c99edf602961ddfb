import { type CallsUnderWay, closeReceipt, openReceipt } from './callsUnderWay';
import { callProperty, leadKeyIn, type Message, tokenOf } from './callToken';
import type { FollowedNode } from './messageHooks';
import type { PendingCall } from './pendingCall';
import type { Receipt } from './receipts';

/** Their `done` comes with the message that they merged, and not with each that went into it. */
const merging = new Set(['join', 'batch']);

export const isMerging = ({ type }: FollowedNode): boolean => merging.has(type);

interface Merged {
	readonly msg: Message;
	readonly receipt: Receipt;
}

/** What merging nodes have sent in this turn: what such a node is done with then went into it. */
export interface MergedMessages {
	readonly sent: (nodeId: string, merged: Merged) => void;
	/** Puts further calls to what the node has merged of them, before it is delivered. False: it has sent nothing in this turn. */
	readonly add: (nodeId: string, calls: readonly PendingCall[]) => boolean;
}

export const createMergedMessages = (underWay: CallsUnderWay): MergedMessages => {
	const byNode = new Map<string, readonly Merged[]>();

	const withMore = ({ msg, receipt }: Merged, calls: readonly PendingCall[]): Merged => {
		const more = calls.filter((call) => !receipt.calls.includes(call));
		if (more.length === 0) return { msg, receipt };
		const all = [...receipt.calls, ...more];
		const leadKeys = all.map((call) => leadKeyIn(call.token)).sort();
		const token = tokenOf(leadKeys.join(' '));
		underWay.byToken.set(token, all);
		for (const call of all) call.mergedTokens.add(token);
		msg[callProperty] = token;
		const both = openReceipt(underWay, msg, { nodeId: receipt.nodeId, calls: all, isAwaited: true });
		closeReceipt(underWay, msg, receipt);
		return { msg, receipt: both };
	};

	return {
		sent: (nodeId, merged) => {
			if (!byNode.has(nodeId)) setImmediate(() => byNode.delete(nodeId));
			byNode.set(nodeId, [...(byNode.get(nodeId) ?? []), merged]);
		},
		add: (nodeId, calls) => {
			const sent = byNode.get(nodeId);
			if (sent === undefined) return false;
			byNode.set(
				nodeId,
				sent.map((merged) => withMore(merged, calls)),
			);
			return true;
		},
	};
};
