import type { DuplicateKey } from './duplicates';
import { countryCode } from './country';
import type { PhoneHandling } from './phone';
import type { Language } from './words';

/** How a draft is read. */
export interface ReadingSettings {
	/** Alpha-2 country of phone numbers that have none of their own. */
	readonly defaultCountry: string;
	readonly phone: PhoneHandling;
	/** The language of warnings; English where none is named. */
	readonly language?: Language;
}

/** Reading as it is without any setting of the user's: the home market, phones made international. */
export const defaultReading: ReadingSettings = { defaultCountry: 'EG', phone: 'normalize' };

/** Settings of which some are left out, or present without a value, filled up from `defaults`. */
export const filledUp = <Settings extends object>(defaults: Settings, given: Partial<Settings>): Settings => {
	const filled = { ...defaults };
	for (const name of Object.keys(given) as (keyof Settings)[]) {
		const value = given[name];
		if (value !== undefined) filled[name] = value;
	}
	return filled;
};

/** Complete reading settings; the default country may come as people write it, such as `eg` or `Egypt`. */
export const readingOf = (given: Partial<ReadingSettings>): ReadingSettings => {
	const reading = filledUp(defaultReading, given);
	return { ...reading, defaultCountry: countryCode(reading.defaultCountry) ?? reading.defaultCountry };
};

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
export const policyOf = (given: Partial<Policy>): Policy => filledUp(defaultPolicy, given);

/** How many leads of an account are on their way at once, and how many start each second (0: as the API allows). */
export const defaultFlow = { concurrency: 5, maxPerSecond: 0 } as const;

/** An answer of the API is a few kilobytes; of one that goes on and on, no more than this is read. */
export const mostAnswerBytes = 1024 * 1024;

export const defaultBaseUrl = 'https://api.icloud-ready.com/api/v2';
