import type { Outcome } from './outcome';

/** Whether somebody has to do something about it: a lead that is in the CRM, or was not meant to get there, is as it should be. */
export const isFailure = ({ outcome }: Pick<Outcome, 'outcome'>): boolean =>
	outcome !== 'created' && outcome !== 'duplicate' && outcome !== 'dryRun';
