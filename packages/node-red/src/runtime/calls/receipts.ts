import type { PendingCall } from './pendingCall';

/** A message of one or more calls at a node, from the moment it is on its way there until the node is done with it. */
export interface Receipt {
	readonly nodeId: string;
	readonly calls: readonly PendingCall[];
	/** What the message carried. */
	readonly token: string;
	/** As it was when it came: a node may change it. */
	readonly msgid: unknown;
	/** The node sent something of the same call on. */
	isSentOn: boolean;
	/** A create-lead node has ended it. */
	isTaken: boolean;
	/** Handed over by another node; the node itself has not got it yet. */
	isAwaited: boolean;
	/** Of a node that does not say when it is done. */
	closeWhenSent?: (() => void) | undefined;
}

/** The receipts that are open, found by their message or by their node. */
export interface Receipts {
	readonly open: (msg: object, receipt: Receipt) => void;
	readonly at: (msg: object, nodeId: string) => Receipt | undefined;
	readonly of: (nodeId: string) => ReadonlySet<Receipt>;
	readonly close: (msg: object, receipt: Receipt) => void;
	/** A call that is answered: of a node that is never done with its message nothing is kept. */
	readonly forget: (call: PendingCall) => void;
}

const none: ReadonlySet<Receipt> = new Set();

export const createReceipts = (): Receipts => {
	// One message object may be handed on as it is, so that two nodes hold it for a moment.
	const byMessage = new WeakMap<object, readonly Receipt[]>();
	const byNode = new Map<string, Set<Receipt>>();
	const byCall = new Map<PendingCall, Set<Receipt>>();
	const letGo = (receipt: Receipt): void => {
		const own = byNode.get(receipt.nodeId);
		own?.delete(receipt);
		if (own?.size === 0) byNode.delete(receipt.nodeId);
	};
	return {
		open: (msg, receipt) => {
			byMessage.set(msg, [...(byMessage.get(msg) ?? []), receipt]);
			const own = byNode.get(receipt.nodeId) ?? new Set();
			byNode.set(receipt.nodeId, own.add(receipt));
			for (const call of receipt.calls) {
				byCall.set(call, (byCall.get(call) ?? new Set()).add(receipt));
				call.entered();
			}
		},
		at: (msg, nodeId) => byMessage.get(msg)?.find((receipt) => receipt.nodeId === nodeId),
		of: (nodeId) => byNode.get(nodeId) ?? none,
		close: (msg, receipt) => {
			byMessage.set(
				msg,
				(byMessage.get(msg) ?? []).filter((each) => each !== receipt),
			);
			letGo(receipt);
			for (const call of receipt.calls) byCall.get(call)?.delete(receipt);
		},
		forget: (call) => {
			for (const receipt of byCall.get(call) ?? [])
				if (receipt.calls.every((each) => each === call || !byCall.has(each))) letGo(receipt);
			byCall.delete(call);
		},
	};
};
