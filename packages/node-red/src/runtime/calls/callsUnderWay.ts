import { callProperty, type Message } from './callToken';
import type { PendingCall } from './pendingCall';
import { createReceipts, type Receipt, type Receipts } from './receipts';

/** Calls that are waited for, by their tokens, and the messages of theirs that nodes hold. */
export interface CallsUnderWay {
	/** A message that was merged of several has a token of its own, with all their calls. */
	readonly byToken: Map<string, readonly PendingCall[]>;
	readonly receipts: Receipts;
}

export const createCallsUnderWay = (): CallsUnderWay => ({ byToken: new Map(), receipts: createReceipts() });

/** Calls that a message says it is of; undefined where it carries no token. */
export const carriedBy = ({ byToken }: CallsUnderWay, msg: Message): readonly PendingCall[] | undefined => {
	const token = msg[callProperty];
	return typeof token === 'string' ? (byToken.get(token) ?? []) : undefined;
};

/** Receipts of a node that a message it sends comes from. */
export const sentFrom = (underWay: CallsUnderWay, nodeId: string, msg: Message): readonly Receipt[] => {
	const own = [...underWay.receipts.of(nodeId)].filter(({ isAwaited }) => !isAwaited);
	const carried = carriedBy(underWay, msg);
	const ofCall = carried === undefined ? own : own.filter(({ calls }) => calls.some((call) => carried.includes(call)));
	const same = ofCall.filter(({ msgid }) => msgid !== undefined && msgid === msg._msgid);
	return same.length > 0 || carried === undefined ? same : ofCall;
};

/** A message is on its way to a node (`isAwaited`), or has come there. */
export const openReceipt = (
	{ receipts }: CallsUnderWay,
	msg: Message,
	{ nodeId, calls, isAwaited }: Pick<Receipt, 'nodeId' | 'calls' | 'isAwaited'>,
): Receipt => {
	const token = String(msg[callProperty]);
	const receipt = { nodeId, calls, token, msgid: msg._msgid, isSentOn: false, isTaken: false, isAwaited };
	receipts.open(msg, receipt);
	return receipt;
};

/** The node is done with the message. */
export const closeReceipt = ({ receipts }: CallsUnderWay, msg: Message, receipt: Receipt): void => {
	receipts.close(msg, receipt);
	for (const call of receipt.calls) call.left();
};

/** The call is answered: nothing is kept of it, nor of what was merged of it alone. */
export const forgetCall = ({ byToken, receipts }: CallsUnderWay, call: PendingCall): void => {
	byToken.delete(call.token);
	receipts.forget(call);
	for (const token of call.mergedTokens) {
		const left = (byToken.get(token) ?? []).filter((each) => each !== call);
		if (left.length === 0) byToken.delete(token);
		else byToken.set(token, left);
	}
};
