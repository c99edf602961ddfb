/** What a number counts or measures. */
export type Unit = 'leads' | 'leadsPerSecond' | 'tries' | 'seconds' | 'minutes' | 'days';

/** A number that people may set; both bounds can be chosen themselves. */
export interface Limit {
	readonly default: number;
	readonly min: number;
	readonly max: number;
	readonly unit: Unit;
	/** Only whole numbers make sense; a fraction is rounded down. */
	readonly isWhole?: boolean;
}

/**
 * Every number that can be set about the sending, for both hosts: their panels, dialogs and documents are made from this
 * list or compared with it. The upper bounds keep a slip of the keyboard from doing harm; nobody needs to come near them.
 */
export const limits = {
	/** 0 is adaptive; see `rateLimit/adaptiveConcurrency.ts`, which has the same upper bound. */
	concurrency: { default: 0, min: 0, max: 50, unit: 'leads', isWhole: true },
	maxPerSecond: { default: 0, min: 0, max: 1000, unit: 'leadsPerSecond' },
	maxTries: { default: 5, min: 1, max: 100, unit: 'tries', isWhole: true },
	maxWaitSeconds: { default: 60, min: 0, max: 86_400, unit: 'seconds' },
	timeoutSeconds: { default: 30, min: 1, max: 600, unit: 'seconds' },
	outboxMax: { default: 100_000, min: 1, max: 10_000_000, unit: 'leads', isWhole: true },
	keepDays: { default: 30, min: 0, max: 3650, unit: 'days' },
} as const satisfies Readonly<Record<string, Limit>>;

export type LimitName = keyof typeof limits;
