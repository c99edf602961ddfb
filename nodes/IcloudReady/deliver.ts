import { type Connection, createLead, createRefusals, type Host, neverAgain, type Outcome, type Policy } from '../../packages/core/src';
import type { Entry } from './entries';

/** A lead with all that sending it takes. */
export interface Dispatch {
	readonly itemIndex: number;
	readonly entry: Entry;
	readonly connection: Connection;
	readonly policy: Policy;
}

export interface Delivered {
	readonly itemIndex: number;
	readonly outcome: Outcome;
}

/** Starts `work` in order, at most `limit` at a time, and none after `halted`. Results keep the order; undefined: not started. */
export const inOrder = async <Given, Result>(
	all: readonly Given[],
	limit: number,
	halted: () => boolean,
	work: (each: Given) => Promise<Result>,
): Promise<readonly (Result | undefined)[]> => {
	const results: (Result | undefined)[] = all.map(() => undefined);
	let next = 0;
	const lane = async (): Promise<void> => {
		while (next < all.length && !halted()) {
			const index = next++;
			results[index] = await work(all[index] as Given);
		}
	};
	await Promise.all(Array.from({ length: Math.min(limit, all.length) }, lane));
	return results;
};

/**
 * Sends a run's leads and gives each its outcome, in their order; undefined for those that were not started since one
 * before them `stops` the run.
 */
export const deliver = async (
	leads: readonly Dispatch[],
	host: Host,
	{ concurrency, stops }: { readonly concurrency: number; readonly stops: (outcome: Outcome) => boolean },
): Promise<readonly (Delivered | undefined)[]> => {
	let halted = false;
	// After a refused key the rest is not sent, after a refused organization the rest of that one; a run is over soon.
	const shared: Host = { ...host, refusals: createRefusals(neverAgain) };
	return inOrder(leads, concurrency, () => halted, async ({ itemIndex, entry, connection, policy }) => {
		const outcome = entry.kind === 'ended' ? entry.outcome : await createLead(entry.draft, connection, policy, shared, entry.reading);
		halted ||= stops(outcome);
		return { itemIndex, outcome };
	});
};
