import type { PhoneHandling } from './phone';

/** How a draft is read. */
export interface ReadingSettings {
	/** Alpha-2 country of phone numbers that have none of their own. */
	readonly defaultCountry: string;
	readonly phone: PhoneHandling;
}

/** Reading as it is without any setting of the user's: the home market, phones made international. */
export const defaultReading: ReadingSettings = { defaultCountry: 'EG', phone: 'normalize' };

/** How a lead is delivered; names and units are those of both nodes' settings. */
export interface Policy extends ReadingSettings {
	readonly unconfirmed: 'report' | 'resend';
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
	maxTries: 5,
	maxWaitSeconds: 60,
	timeoutSeconds: 30,
	dryRun: false,
};

/** How many leads of an account are on their way at once, and how many start each second (0: as the API allows). */
export const defaultFlow = { concurrency: 5, maxPerSecond: 0 } as const;

export const defaultBaseUrl = 'https://api.icloud-ready.com/api/v2';
