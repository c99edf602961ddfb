import { replyStatus, type LeadEnd } from '../config/replyStatus';
import type { CallRefusal } from '@icloud-ready/core';

/** What is known of a call on its way through a flow. */
export interface CallState {
	/** Nodes that hold a message of it now, and messages between two nodes. */
	readonly underWay: number;
	/** Messages of it that create-lead nodes took. */
	readonly taken: number;
	/** What became of its leads so far. */
	readonly ends: readonly LeadEnd[];
	/** A node that took a message of it and neither passed it on nor ended it: what it does with it is out of sight. */
	readonly lostAt: string | undefined;
}

export const beginning: CallState = { underWay: 0, taken: 0, ends: [], lostAt: undefined };

export type CallEnd =
	| { readonly kind: 'safe' }
	| { readonly kind: 'refused'; readonly refusal: CallRefusal; readonly at?: string };

/**
 * The answer that a call is owed, or undefined while that is not known. `isOver`: its time is over. A repeat of what was
 * created makes no second lead, so that it may always be asked for.
 */
export const callEnd = ({ underWay, taken, ends, lostAt }: CallState, isOver: boolean): CallEnd | undefined => {
	if (!isOver && (underWay > 0 || taken === 0 || lostAt !== undefined)) return undefined;
	// A part that is out of sight may still become a lead, so even what ended well is no answer.
	if (lostAt !== undefined) return { kind: 'refused', refusal: 'outOfSight', at: lostAt };
	if (taken === 0) return { kind: 'refused', refusal: 'notTaken' };
	if (underWay > 0) return { kind: 'refused', refusal: 'late' };
	return replyStatus(ends, 'always') === 200 ? { kind: 'safe' } : { kind: 'refused', refusal: 'notCreated' };
};
