import type { DedupeKey, Dedupe, Policy } from '../../../packages/core/src';
import { lastingRecord, type RunRecord } from './lastingStore';
import { runRecord } from './runStore';
import type { IExecuteFunctions } from 'n8n-workflow';

/** The records that a run's leads ask for; each lead may ask for another, since options may be expressions. */
export interface Records {
	readonly onceOf: (policy: Policy) => Dedupe | undefined;
	/** Writes what the run has learned. Call it when all leads have ended. */
	readonly flush: () => Promise<void>;
	/** Whether a record could not be used, so that leads were sent without it. */
	readonly isFaulty: () => boolean;
}

interface Wish {
	readonly policy: Policy;
	readonly key: DedupeKey;
}

type Context = Pick<IExecuteFunctions, 'getContext' | 'getNode' | 'getWorkflow' | 'helpers'>;

/**
 * Opens what is asked for and nothing else: a run that allows duplicates costs no look into the database. `wishes`: the leads
 * that are known already, of which earlier executions are asked for in one call.
 */
export const recordsOf = (n8n: Context, wishes: readonly Wish[]): Records => {
	let faulty = false;
	const openLasting = (keys: readonly DedupeKey[]): RunRecord =>
		lastingRecord(n8n, keys, () => {
			faulty = true;
		});
	const lastingKeys = wishes.filter(({ policy }) => policy.duplicates === 'always').map(({ key }) => key);
	let lasting = lastingKeys.length === 0 ? undefined : openLasting(lastingKeys);
	let within: Dedupe | undefined;
	return {
		onceOf: ({ duplicates }) => {
			switch (duplicates) {
				case 'allow':
					return undefined;
				case 'run':
					return (within ??= runRecord(n8n));
				case 'always':
					return (lasting ??= openLasting([])).once;
			}
		},
		flush: async () => {
			await lasting?.flush();
		},
		isFaulty: () => faulty,
	};
};
