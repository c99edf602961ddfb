import type { DuplicateKey } from '../lead/dedupeKey';
import { type ReadingSettings, defaultReading, withDefaults } from '../values/readingSettings';

/** How a lead is delivered; names and units are those of both nodes' settings. */
export interface Policy extends ReadingSettings {
	readonly unconfirmed: 'report' | 'resend';
	/** Whether a lead that was created before is skipped: never, within this run, or across runs. */
	readonly duplicates: 'allow' | 'run' | 'always';
	readonly duplicateKey: DuplicateKey;
	readonly maxTries: number;
	/** How long one lead may wait between its tries, altogether. */
	readonly maxWaitSeconds: number;
	/** How long one try may take. */
	readonly timeoutSeconds: number;
	readonly dryRun: boolean;
}

export const defaultPolicy: Policy = {
	...defaultReading,
	unconfirmed: 'report',
	duplicates: 'allow',
	duplicateKey: 'phone',
	maxTries: 5,
	maxWaitSeconds: 60,
	timeoutSeconds: 30,
	dryRun: false,
};

/** A complete policy; settings that are left out have their defaults. */
export const policyOf = (given: Partial<Policy>): Policy => withDefaults(defaultPolicy, given);

/** How many leads of an account are on their way at once, and how many start each second (0: as the API allows). */
export const defaultFlow = { concurrency: 5, maxPerSecond: 0 } as const;
