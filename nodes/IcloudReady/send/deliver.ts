import { type Outcome, outcomeOf, sendOnce } from '../../../packages/core/src';
import type { Records } from '../dedupe/dedupeStores';
import type { RetryMemory, Place } from '../dedupe/retryMemory';
import type { Prepared } from '../read/prepare';
import type { RunAccounts } from './runAccounts';

export interface Delivered extends Place {
	readonly outcome: Outcome;
	/** Nothing was to be sent, so that no outcome of it is a failure of the run. */
	readonly dryRun: boolean;
}

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

const send = async (
	{ state, account, connection, policy, maxPerSecond }: Prepared,
	accounts: RunAccounts,
	records: Records,
): Promise<Outcome> => {
	if (state.kind === 'ended') return state.outcome;
	if (account === undefined)
		return outcomeOf({ outcome: 'failed', cause: { kind: 'notConfigured', missing: 'account' } }, { lead: state.lead });
	return await sendOnce(state, connection, policy, {
		...accounts.hostOf(account, maxPerSecond),
		dedupe: records.onceOf(policy),
	});
};

export interface Delivering {
	readonly concurrency: number;
	/** Whether no more are started after this one. */
	readonly stops: (delivered: Delivered) => boolean;
	/** Told of each as it ends. */
	readonly onEnd: RetryMemory['remember'];
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
	return await inOrder<Prepared, Delivered>(
		leads,
		concurrency,
		() => halted,
		async (lead) => {
			const { itemIndex, ofItem, policy, connection } = lead;
			const outcome = await send(lead, accounts, records);
			const delivered: Delivered = { itemIndex, ofItem, outcome: slim(outcome), dryRun: policy.dryRun };
			halted ||= stops(delivered);
			onEnd(outcome, { itemIndex, ofItem, connection });
			return delivered;
		},
	);
};
