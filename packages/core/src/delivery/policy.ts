import type { DuplicateKey } from '../lead/dedupeKey';
import { type Choice, choices } from '../values/choices';
import { limits } from '../values/limits';
import { type ReadingSettings, defaultReading, withDefaults } from '../values/readingSettings';

export { choices } from '../values/choices';
export { type Limit, type LimitName, limits } from '../values/limits';

/** How a lead is delivered; names and units are those of both nodes' settings. */
export interface Policy extends ReadingSettings {
	/** What is done with a lead whose answer was lost. @default 'report' */
	readonly unconfirmed: Choice<'unconfirmed'>;
	/** Whether a lead that was created before is skipped: never, within this run, or across runs. @default 'allow' */
	readonly duplicates: Choice<'duplicates'>;
	/** By what two leads are the same; matters only where duplicates are skipped. @default 'phone' */
	readonly duplicateKey: DuplicateKey;
	/** How often a lead is sent at most, while it certainly was not created. 1 to 100, whole. @default 5 */
	readonly maxTries: number;
	/** How long one lead may wait between its tries, altogether, in seconds. 0 to 86,400. @default 60 */
	readonly maxWaitSeconds: number;
	/** How long one try may take, in seconds. 1 to 600. @default 30 */
	readonly timeoutSeconds: number;
	/** Nothing is sent; the outcome shows what would be. @default false */
	readonly dryRun: boolean;
}

export const defaultPolicy: Policy = {
	...defaultReading,
	unconfirmed: choices.unconfirmed[0],
	duplicates: choices.duplicates[0],
	duplicateKey: choices.duplicateKey[0],
	maxTries: limits.maxTries.default,
	maxWaitSeconds: limits.maxWaitSeconds.default,
	timeoutSeconds: limits.timeoutSeconds.default,
	dryRun: false,
};

/** A complete policy; settings that are left out have their defaults. What a person stored is read by `readPolicy`. */
export const policyOf = (given: Partial<Policy>): Policy => withDefaults(defaultPolicy, given);

/** How many leads of an account are on their way at once, and how many start each second. */
export interface Flow {
	/** Leads on their way at the same time. 1 to 50, whole; 0 is adaptive: as many as the API answers without slowing down. @default 0 */
	readonly concurrency: number;
	/** Leads that start in a second at most. 0 to 1,000; 0 is as fast as the API allows. @default 0 */
	readonly maxPerSecond: number;
}

export const defaultFlow: Flow = {
	concurrency: limits.concurrency.default,
	maxPerSecond: limits.maxPerSecond.default,
};
