import {
	carriedBy,
	type CallsUnderWay,
	closeReceipt,
	createCallsUnderWay,
	forgetCall,
	openReceipt,
	sentFrom,
} from './callsUnderWay';
import { callProperty, type Message, takeLeadKey } from './callToken';
import { createMergedMessages, isMerging, type MergedMessages } from './mergedMessages';
import { type CompleteEvent, isCreateLead, isEndOfTheWay, type ReceiveEvent, type SendEvent } from './messageHooks';
import type { PendingCall } from './pendingCall';
import type { NodeAPI } from 'node-red';

/** Where calls are known by their token while they are on their way. */
export interface Followed {
	readonly begin: (call: PendingCall) => void;
	readonly end: (call: PendingCall) => void;
	/** A create-lead node has got a message, which is its to end now: what leaves it is followed no further. */
	readonly take: (msg: object, nodeId: string) => Taken;
}

/** What a create-lead node learns of a message that it takes. */
export interface Taken {
	/** Whoever waits for the end of it. */
	readonly calls: readonly PendingCall[];
	/** Names its leads in the record, whether or not somebody still waits; undefined where it is of no call. */
	readonly leadKey: string | undefined;
}

/** What a node sends belongs to the calls of what it had got. */
const onSend = (underWay: CallsUnderWay, events: readonly SendEvent[]): void => {
	for (const { msg, source } of events) {
		if (isCreateLead(source.node)) continue;
		const from = sentFrom(underWay, source.id, msg);
		for (const receipt of from) {
			receipt.isSentOn = true;
			// What is sent is counted a moment later, in this very turn.
			if (receipt.closeWhenSent !== undefined) setImmediate(receipt.closeWhenSent);
			receipt.closeWhenSent = undefined;
		}
		const [first] = from;
		if (carriedBy(underWay, msg) === undefined && first !== undefined) msg[callProperty] = first.token;
	}
};

const preDeliver = (underWay: CallsUnderWay, merged: MergedMessages, event: SendEvent): void => {
	const { msg, source, destination } = event;
	if (isCreateLead(source.node)) return;
	const calls = carriedBy(underWay, msg);
	if (calls === undefined || calls.length === 0) return;
	const receipt = openReceipt(underWay, msg, { nodeId: destination.id, calls, isAwaited: true });
	if (isMerging(source.node)) merged.sent(source.id, { msg, receipt });
};

const onReceive = (underWay: CallsUnderWay, { msg, destination }: ReceiveEvent): void => {
	const calls = carriedBy(underWay, msg);
	if (calls === undefined || calls.length === 0) return;
	const awaited = underWay.receipts.at(msg, destination.id);
	if (awaited === undefined) openReceipt(underWay, msg, { nodeId: destination.id, calls, isAwaited: false });
	else awaited.isAwaited = false;
	if (destination.node.type === 'catch') for (const call of calls) call.caught++;
};

/** A node that never says when it is done: it is, with the first message that it sends on. */
const postReceive = (underWay: CallsUnderWay, { msg, destination }: ReceiveEvent): void => {
	const receipt = underWay.receipts.at(msg, destination.id);
	if (receipt === undefined || destination.node._expectedDoneCount !== 0) return;
	if (receipt.isSentOn || isEndOfTheWay(destination.node)) closeReceipt(underWay, msg, receipt);
	else receipt.closeWhenSent = () => closeReceipt(underWay, msg, receipt);
};

const onComplete = (underWay: CallsUnderWay, merged: MergedMessages, event: CompleteEvent): void => {
	const { msg, error, node } = event;
	const receipt = underWay.receipts.at(msg, node.id);
	if (receipt === undefined || receipt.isAwaited) return;
	if (isMerging(node.node) && merged.add(node.id, receipt.calls)) receipt.isSentOn = true;
	if (receipt.isTaken || receipt.isSentOn || (error === undefined && isEndOfTheWay(node.node))) {
		closeReceipt(underWay, msg, receipt);
		return;
	}
	const caught = receipt.calls.map((call) => call.caught);
	// Node-RED tells Catch nodes after this hook, and a message that one of them got is in sight again.
	setImmediate(() => {
		const at = node.node.name === undefined || node.node.name === '' ? node.node.type : node.node.name;
		for (const [index, call] of receipt.calls.entries())
			if (error === undefined || call.caught === caught[index]) call.lost(at);
		closeReceipt(underWay, msg, receipt);
	});
};

const follow = (hooks: NodeAPI['hooks']): Followed => {
	const underWay = createCallsUnderWay();
	const merged = createMergedMessages(underWay);
	const whileUnderWay =
		<Event>(handle: (event: Event) => void) =>
		(event: Event): void => {
			if (underWay.byToken.size > 0) handle(event);
		};
	const handlers = {
		onSend: whileUnderWay<readonly SendEvent[]>((events) => onSend(underWay, events)),
		preDeliver: whileUnderWay<SendEvent>((event) => preDeliver(underWay, merged, event)),
		onReceive: whileUnderWay<ReceiveEvent>((event) => onReceive(underWay, event)),
		// What was held before the last call was answered is closed after it, too.
		postReceive: (event: ReceiveEvent) => postReceive(underWay, event),
		onComplete: (event: CompleteEvent) => onComplete(underWay, merged, event),
	};
	for (const [name, handle] of Object.entries(handlers)) hooks.add(`${name}.icloud-ready`, handle as never);

	return {
		begin: (call) => {
			underWay.byToken.set(call.token, [call]);
		},
		end: (call) => forgetCall(underWay, call),
		take: (msg, nodeId) => {
			const receipt = underWay.receipts.at(msg, nodeId);
			if (receipt !== undefined) receipt.isTaken = true;
			return { calls: receipt?.calls ?? [], leadKey: takeLeadKey(msg as Message) };
		},
	};
};

/** Where a runtime has no hooks, nothing is followed, and no call that waits for its leads is answered by 200. */
const blind: Followed = {
	begin: () => undefined,
	end: () => undefined,
	take: (msg) => ({ calls: [], leadKey: takeLeadKey(msg as Message) }),
};

let following: { readonly hooks: unknown; readonly followed: Followed } | undefined;

/** The one follower of a runtime; its hooks cost a comparison of numbers while no call is on its way. */
export const followedOf = (RED: NodeAPI): Followed => {
	const hooks = RED.hooks as NodeAPI['hooks'] | undefined;
	if (hooks === undefined) return blind;
	if (following?.hooks !== hooks) {
		hooks.remove('*.icloud-ready');
		following = { hooks, followed: follow(hooks) };
	}
	return following.followed;
};
