import type { AccountNode } from '../account/types';
import type { CreateLeadSettings } from '../config/createLeadSettings';
import type { DedupeStores, LastingRecord } from '../dedupe/dedupeStores';
import type { Draft } from '../message/readMessage';
import type { FailureLog } from './failureLog';
import type { EndedLead } from '../calls/pendingCall';
import type { StatusLine } from './statusLine';
import type { Node, NodeAPI, NodeMessage } from 'node-red';

/** A message as this node reads and writes it. */
export type LeadMessage = NodeMessage & {
	icloudReady?: unknown;
	parts?: unknown;
	readonly organizationId?: unknown;
	readonly language?: unknown;
};

/** Sends messages on: one place for each output. */
export type Send = (outputs: (LeadMessage | null)[]) => void;

/** What of a message becomes an outcome. */
export type LeadOrOutcome = Draft & { readonly kind: 'draft' | 'outcome' };

/** A running create-lead node: what each step on a lead's way needs of it. */
export interface LeadNode {
	readonly RED: NodeAPI;
	readonly node: Node;
	readonly settings: CreateLeadSettings;
	/** Null where none is chosen, or the chosen one is not there. */
	readonly account: () => AccountNode | null;
	/** The record of created leads, where duplicates are skipped. */
	readonly record: DedupeStores | undefined;
	/** The lasting record, for leads of calls: a repeat of a call is no second lead, whatever is chosen here. */
	readonly callRecord: LastingRecord;
	readonly line: StatusLine;
	readonly failures: FailureLog;
	/** Its flow is being stopped: the nodes behind it may have stopped before it. */
	readonly isClosed: () => boolean;
}

/** One message on its way through the node. */
export interface Arrival {
	readonly msg: LeadMessage;
	readonly send: Send;
	/** What became of its leads so far; each adds its own. */
	readonly ends: EndedLead[];
	/** Names the leads of a received call in the record of created leads; undefined where it is of none. */
	readonly leadKey: string | undefined;
}
