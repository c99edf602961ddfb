import { type Connection, type Outcome, outcomeOf, type Policy, prepareLead, type ReadyLead, sendOnce } from '../../packages/core/src';
import type { Account } from './account';
import type { Entry } from './entries';
import type { Memory, Place } from './finished';
import type { Records } from './records';
import type { RunAccounts } from './runAccounts';

/** A lead with all that sending it takes. */
export interface Dispatch extends Place {
	readonly entry: Entry;
	/** Absent where it could not be read, so that nothing is sent. */
	readonly account?: Account;
	readonly connection: Connection;
	readonly policy: Policy;
	/** The user's cap of the account's leads in a second; 0 is none. */
	readonly maxPerSecond: number;
}

export interface Delivered extends Place {
	readonly outcome: Outcome;
	/** Nothing was to be sent, so that no outcome of it is a failure of the run. */
	readonly dryRun: boolean;
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
	const outcome = state.kind === 'ready' ? memory.recall(state, rest) : undefined;
	return { ...rest, state: outcome === undefined ? state : { kind: 'ended', outcome } };
};

const send = async ({ state, account, connection, policy, maxPerSecond }: Prepared, accounts: RunAccounts, records: Records): Promise<Outcome> => {
	if (state.kind === 'ended') return state.outcome;
	if (account === undefined) return outcomeOf({ outcome: 'failed', cause: { kind: 'notConfigured', missing: 'account' } }, { lead: state.lead });
	return await sendOnce(state, connection, policy, { ...accounts.hostOf(account, maxPerSecond), once: records.onceOf(policy) });
};

export interface Delivering {
	readonly concurrency: number;
	/** Whether no more are started after this one. */
	readonly stops: (delivered: Delivered) => boolean;
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
	accounts: RunAccounts,
	records: Records,
	{ concurrency, stops, onEnd }: Delivering,
): Promise<readonly (Delivered | undefined)[]> => {
	let halted = false;
	return await inOrder<Prepared, Delivered>(leads, concurrency, () => halted, async (lead) => {
		const { itemIndex, ofItem, policy, connection } = lead;
		const outcome = await send(lead, accounts, records);
		const delivered: Delivered = { itemIndex, ofItem, outcome: slim(outcome), dryRun: policy.dryRun };
		halted ||= stops(delivered);
		onEnd(outcome, { itemIndex, ofItem, connection });
		return delivered;
	});
};
