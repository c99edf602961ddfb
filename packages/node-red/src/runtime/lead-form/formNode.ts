import type { CallRecord } from '../calls/callRecord';
import type { Followed } from '../calls/followMessages';
import type { LeadFormSettings } from '../config/leadFormSettings';
import type { Answer } from './answer';
import type { CallRefusal, Fetched, ReceivingSecrets } from '@icloud-ready/core';
import type { Node } from 'node-red';

/** What became of a call, for the line below the node. */
export type CallResult =
	| { readonly kind: 'answered'; readonly status: number; readonly refusal?: CallRefusal; readonly at?: string }
	| { readonly kind: 'asked' }
	| { readonly kind: 'repeat' };

/** A running lead form node: what each step of a call needs of it. */
export interface FormNode {
	readonly node: Node & { readonly wires?: readonly (readonly string[])[] };
	readonly settings: LeadFormSettings;
	readonly secrets: ReceivingSecrets;
	readonly record: CallRecord;
	readonly followed: Followed;
	/** Calls that are not answered yet, by their key in the record; a repeat waits for the same. */
	readonly waiting: Map<string, Promise<Answer>>;
	/** Ends each that waits, when the node closes. */
	readonly stopping: Set<() => void>;
	/** Whether leads are fetched before the flow has them. */
	readonly fetchesLeads: boolean;
	/** The leads of which Meta named only the ID. */
	readonly fetchLeads: (payload: unknown) => Promise<Fetched>;
	readonly tell: (result: CallResult) => void;
}
