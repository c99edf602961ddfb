import type { PendingCall } from './pendingCall';
import { createReceipts, type Receipt } from './receipts';
import type { Node, NodeAPI } from 'node-red';
import { randomUUID } from 'node:crypto';

/** The property that carries a call through nodes that make a message of another; a function that returns a new object keeps `_msgid` alone. */
export const callProperty = '_icloudReadyCall';

type Message = Record<string, unknown>;
type FollowedNode = Node & {
	readonly wires?: readonly (readonly string[])[];
	/** How many of its listeners say when they are done; those of older nodes do not. */
	readonly _expectedDoneCount?: number;
};

interface SendEvent {
	readonly msg: Message;
	readonly source: { readonly id: string; readonly node: FollowedNode };
	readonly destination: { readonly id: string; readonly node?: FollowedNode };
}
interface ReceiveEvent {
	readonly msg: Message;
	readonly destination: { readonly id: string; readonly node: FollowedNode };
}
interface CompleteEvent {
	readonly msg: Message;
	readonly error?: unknown;
	readonly node: { readonly id: string; readonly node: FollowedNode };
}

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

/** A call's token: its own alone, with the key of its leads, which a message keeps longer than the call is waited for. */
export const tokenOf = (leadKey: string): string => `${randomUUID()}:${leadKey}`;
const leadKeyIn = (token: unknown): string | undefined =>
	typeof token === 'string' && token.includes(':') ? token.slice(token.indexOf(':') + 1) : undefined;

/** What it sends is the lead's outcome, and no part of the call any more. */
const createLeadType = 'icloud-ready-create-lead';
/** Their `done` comes with the message that they merged, and not with each that went into it. */
const merging = new Set(['join', 'batch']);

/** A node that holds back nothing: it has no way on, or is there to choose which messages go on. */
const isEndOfTheWay = ({ type, wires }: FollowedNode): boolean =>
	type === 'switch' || (wires ?? []).every((targets) => targets.length === 0);

const follow = (RED: NodeAPI): Followed => {
	const calls = new Map<string, readonly PendingCall[]>();
	const receipts = createReceipts();
	/** What a merging node has sent in this turn: what it is done with then went into it. */
	const merged = new Map<string, { readonly msg: Message; readonly receipt: Receipt }[]>();

	const carriedBy = (msg: Message): readonly PendingCall[] | undefined => {
		const token = msg[callProperty];
		return typeof token === 'string' ? (calls.get(token) ?? []) : undefined;
	};

	/** Receipts of a node that a message it sends comes from. */
	const behind = (nodeId: string, msg: Message): readonly Receipt[] => {
		const own = [...receipts.of(nodeId)].filter(({ isAwaited }) => !isAwaited);
		const carried = carriedBy(msg);
		const ofCall =
			carried === undefined ? own : own.filter(({ calls: all }) => all.some((call) => carried.includes(call)));
		const same = ofCall.filter(({ msgid }) => msgid !== undefined && msgid === msg._msgid);
		return same.length > 0 || carried === undefined ? same : ofCall;
	};

	const open = (msg: Message, nodeId: string, of: readonly PendingCall[], isAwaited: boolean): Receipt => {
		const token = String(msg[callProperty]);
		const receipt = { nodeId, calls: of, token, msgid: msg._msgid, isSentOn: false, isTaken: false, isAwaited };
		receipts.open(msg, receipt);
		return receipt;
	};

	const close = (msg: Message, receipt: Receipt): void => {
		receipts.close(msg, receipt);
		for (const call of receipt.calls) call.left();
	};

	const onSend = (events: readonly SendEvent[]): void => {
		if (calls.size === 0) return;
		for (const { msg, source } of events) {
			if (source.node.type === createLeadType) continue;
			const from = behind(source.id, msg);
			for (const receipt of from) {
				receipt.isSentOn = true;
				// What is sent is counted a moment later, in this very turn.
				if (receipt.closeWhenSent !== undefined) setImmediate(receipt.closeWhenSent);
				receipt.closeWhenSent = undefined;
			}
			const [first] = from;
			if (carriedBy(msg) === undefined && first !== undefined) msg[callProperty] = first.token;
		}
	};

	/** A node that never says when it is done: it is, with the first message that it sends on. */
	const postReceive = ({ msg, destination }: ReceiveEvent): void => {
		const receipt = receipts.at(msg, destination.id);
		if (receipt === undefined || destination.node._expectedDoneCount !== 0) return;
		if (receipt.isSentOn || isEndOfTheWay(destination.node)) close(msg, receipt);
		else receipt.closeWhenSent = () => close(msg, receipt);
	};

	const preDeliver = ({ msg, source, destination }: SendEvent): void => {
		if (calls.size === 0 || source.node.type === createLeadType) return;
		const carried = carriedBy(msg);
		if (carried === undefined || carried.length === 0) return;
		const receipt = open(msg, destination.id, carried, true);
		if (!merging.has(source.node.type)) return;
		if (!merged.has(source.id)) setImmediate(() => merged.delete(source.id));
		merged.set(source.id, [...(merged.get(source.id) ?? []), { msg, receipt }]);
	};

	const onReceive = ({ msg, destination }: ReceiveEvent): void => {
		if (calls.size === 0) return;
		const carried = carriedBy(msg);
		if (carried === undefined || carried.length === 0) return;
		const awaited = receipts.at(msg, destination.id);
		if (awaited === undefined) open(msg, destination.id, carried, false);
		else awaited.isAwaited = false;
		if (destination.node.type === 'catch') for (const call of carried) call.caught++;
	};

	/** Puts a further call to a message that was merged of it, before the message is delivered. */
	const mergeInto = (nodeId: string, of: readonly PendingCall[]): boolean => {
		const sent = merged.get(nodeId);
		if (sent === undefined) return false;
		merged.set(
			nodeId,
			sent.map(({ msg, receipt }) => {
				const more = of.filter((call) => !receipt.calls.includes(call));
				if (more.length === 0) return { msg, receipt };
				const all = [...receipt.calls, ...more];
				const token = tokenOf(
					all
						.map((call) => leadKeyIn(call.token))
						.sort()
						.join(' '),
				);
				calls.set(token, all);
				for (const call of all) call.mergedTokens.add(token);
				msg[callProperty] = token;
				const both = open(msg, receipt.nodeId, all, true);
				close(msg, receipt);
				return { msg, receipt: both };
			}),
		);
		return true;
	};

	const onComplete = ({ msg, error, node }: CompleteEvent): void => {
		const receipt = receipts.at(msg, node.id);
		if (receipt === undefined || receipt.isAwaited) return;
		if (merging.has(node.node.type) && mergeInto(node.id, receipt.calls)) receipt.isSentOn = true;
		if (receipt.isTaken || receipt.isSentOn || (error === undefined && isEndOfTheWay(node.node))) {
			close(msg, receipt);
			return;
		}
		const caught = receipt.calls.map((call) => call.caught);
		// Node-RED tells Catch nodes after this hook, and a message that one of them got is in sight again.
		setImmediate(() => {
			const at = node.node.name === undefined || node.node.name === '' ? node.node.type : node.node.name;
			for (const [index, call] of receipt.calls.entries())
				if (error === undefined || call.caught === caught[index]) call.lost(at);
			close(msg, receipt);
		});
	};

	RED.hooks.add('onSend.icloud-ready', onSend as never);
	RED.hooks.add('preDeliver.icloud-ready', preDeliver as never);
	RED.hooks.add('onReceive.icloud-ready', onReceive as never);
	RED.hooks.add('postReceive.icloud-ready', postReceive as never);
	RED.hooks.add('onComplete.icloud-ready', onComplete as never);

	return {
		begin: (call) => {
			calls.set(call.token, [call]);
		},
		end: (call) => {
			calls.delete(call.token);
			receipts.forget(call);
			for (const token of call.mergedTokens) {
				const left = (calls.get(token) ?? []).filter((each) => each !== call);
				if (left.length === 0) calls.delete(token);
				else calls.set(token, left);
			}
		},
		take: (msg, nodeId) => {
			const receipt = receipts.at(msg, nodeId);
			const leadKey = leadKeyIn((msg as Message)[callProperty]);
			Reflect.deleteProperty(msg, callProperty);
			if (receipt !== undefined) receipt.isTaken = true;
			return { calls: receipt?.calls ?? [], leadKey };
		},
	};
};

/** Where a runtime has no hooks, nothing is followed, and no call that waits for its leads is answered by 200. */
const blind: Followed = {
	begin: () => undefined,
	end: () => undefined,
	take: (msg) => {
		const leadKey = leadKeyIn((msg as Message)[callProperty]);
		Reflect.deleteProperty(msg, callProperty);
		return { calls: [], leadKey };
	},
};

let following: { readonly hooks: unknown; readonly followed: Followed } | undefined;

/** The one follower of a runtime; its hooks cost a comparison of numbers while no call is on its way. */
export const followedOf = (RED: NodeAPI): Followed => {
	const hooks = RED.hooks as NodeAPI['hooks'] | undefined;
	if (hooks === undefined) return blind;
	if (following?.hooks !== hooks) {
		hooks.remove('*.icloud-ready');
		following = { hooks, followed: follow(RED) };
	}
	return following.followed;
};
