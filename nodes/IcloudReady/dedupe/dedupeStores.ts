import type { DedupeKey, Dedupe, Policy } from '../../../packages/core/src';
import { lastingRecord } from './lastingStore';
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

/** Opens what `wishes` need and nothing else: a run that allows duplicates costs no look into the database. */
export const recordsOf = (n8n: Context, wishes: readonly Wish[]): Records => {
	let faulty = false;
	const lastingKeys = wishes.filter(({ policy }) => policy.duplicates === 'always').map(({ key }) => key);
	const lasting =
		lastingKeys.length === 0
			? undefined
			: lastingRecord(n8n, lastingKeys, () => {
					faulty = true;
				});
	const within = wishes.some(({ policy }) => policy.duplicates === 'run') ? runRecord(n8n) : undefined;
	return {
		onceOf: ({ duplicates }) => {
			switch (duplicates) {
				case 'allow':
					return undefined;
				case 'run':
					return within;
				case 'always':
					return lasting?.once;
			}
		},
		flush: async () => {
			await lasting?.flush();
		},
		isFaulty: () => faulty,
	};
};
