import { type Connection, type Host, type Outcome, type Policy, prepareLead, type ReadyLead, sendOnce } from '../../packages/core/src';
import type { Entry } from './entries';
import type { Memory, Place } from './finished';
import type { Records } from './records';

/** A lead with all that sending it takes. */
export interface Dispatch extends Place {
	readonly entry: Entry;
	readonly connection: Connection;
	readonly policy: Policy;
}

export interface Delivered extends Place {
	readonly outcome: Outcome;
}

/** A dispatch that was checked: ready to be sent, or ended already. What it was read from is let go. */
export type Prepared = Omit<Dispatch, 'entry'> & { readonly state: ReadyLead | { readonly kind: 'ended'; readonly outcome: Outcome } };

/**
 * Starts `work` in order, at most `limit` at a time, and none after `halted`. What has started is taken out of `all`, so that
 * nothing is held that is done with. Results keep the order; undefined: not started.
 */
export const inOrder = async <Given, Result>(
	all: (Given | undefined)[],
	limit: number,
	halted: () => boolean,
	work: (each: Given) => Promise<Result>,
): Promise<readonly (Result | undefined)[]> => {
	const results: (Result | undefined)[] = all.map(() => undefined);
	let next = 0;
	const lane = async (): Promise<void> => {
		while (next < all.length && !halted()) {
			const index = next++;
			const each = all[index] as Given;
			all[index] = undefined;
			results[index] = await work(each);
		}
	};
	await Promise.all(Array.from({ length: Math.min(limit, all.length) }, lane));
	return results;
};

/** Checks a lead, and recalls it where an earlier try of the same run has finished it. */
export const prepared = (dispatch: Dispatch, memory: Memory): Prepared => {
	const { entry, ...rest } = dispatch;
	const { connection, policy } = rest;
	const state = entry.kind === 'ended' ? entry : prepareLead(entry.draft, connection, policy, entry.reading);
	const outcome = state.kind === 'ready' ? memory.recall(state, rest, policy) : undefined;
	return { ...rest, state: outcome === undefined ? state : { kind: 'ended', outcome } };
};

const send = async ({ state, connection, policy }: Prepared, host: Host, records: Records): Promise<Outcome> =>
	state.kind === 'ended' ? state.outcome : await sendOnce(state, connection, policy, { ...host, once: records.onceOf(policy) });

export interface Delivering {
	readonly concurrency: number;
	/** Whether no more are started after this one. */
	readonly stops: (outcome: Outcome) => boolean;
	/** Told of each as it ends. */
	readonly onEnd: Memory['note'];
}

/** The API's answer says all of a created lead; ten thousand of what was sent would be held for nothing. */
const slim = (outcome: Outcome): Outcome => (outcome.outcome === 'created' ? { ...outcome, lead: null } : outcome);

/**
 * Sends a run's leads, of which it empties `leads`, and gives each its outcome, in their order; undefined for those that were
 * not started since one before them `stops` the run. What was under way then is awaited.
 */
export const deliver = async (
	leads: (Prepared | undefined)[],
	host: Host,
	records: Records,
	{ concurrency, stops, onEnd }: Delivering,
): Promise<readonly (Delivered | undefined)[]> => {
	let halted = false;
	return await inOrder<Prepared, Delivered>(leads, concurrency, () => halted, async (lead) => {
		const { itemIndex, ofItem } = lead;
		const outcome = await send(lead, host, records);
		halted ||= stops(outcome);
		onEnd(outcome, { itemIndex, ofItem });
		return { itemIndex, ofItem, outcome: slim(outcome) };
	});
};
