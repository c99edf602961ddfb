import type { Message } from './callToken';
import type { Node } from 'node-red';

/** A node as Node-RED's hooks give it. */
export type FollowedNode = Node & {
	readonly wires?: readonly (readonly string[])[];
	/** How many of its listeners say when they are done; those of older nodes do not. */
	readonly _expectedDoneCount?: number;
};

/** What `onSend`, in a list, and `preDeliver` are given. */
export interface SendEvent {
	readonly msg: Message;
	readonly source: { readonly id: string; readonly node: FollowedNode };
	readonly destination: { readonly id: string; readonly node?: FollowedNode };
}

/** What `onReceive` and `postReceive` are given. */
export interface ReceiveEvent {
	readonly msg: Message;
	readonly destination: { readonly id: string; readonly node: FollowedNode };
}

/** What `onComplete` is given. */
export interface CompleteEvent {
	readonly msg: Message;
	readonly error?: unknown;
	readonly node: { readonly id: string; readonly node: FollowedNode };
}

/** What it sends is the lead's outcome, and no part of the call any more. */
const createLeadType = 'icloud-ready-create-lead';

export const isCreateLead = ({ type }: FollowedNode): boolean => type === createLeadType;

/** A node that holds back nothing: it has no way on, or is there to choose which messages go on. */
export const isEndOfTheWay = ({ type, wires }: FollowedNode): boolean =>
	type === 'switch' || (wires ?? []).every((targets) => targets.length === 0);
