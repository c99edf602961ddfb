import { defaultFlow, defaultPolicy, type Policy } from '../../packages/core/src';

/** The collection of the panel's Options as n8n gives it; a value is there only where the user added the option. */
export type Options = Readonly<Record<string, unknown>>;

const textOr = (given: unknown, otherwise: string): string => (typeof given === 'string' && given.trim() !== '' ? given.trim() : otherwise);

const numberOr = (given: unknown, least: number, otherwise: number): number => {
	const number = typeof given === 'string' && given.trim() === '' ? NaN : Number(given ?? NaN);
	return Number.isFinite(number) && number >= least ? number : otherwise;
};

/** How one lead is read and sent. Each lead is sent once; what is not usable in `options` has its default. */
export const policyOf = (options: Options): Policy => ({
	...defaultPolicy,
	defaultCountry: textOr(options.defaultCountry, defaultPolicy.defaultCountry),
	dryRun: options.dryRun === true || options.dryRun === 'true',
	timeoutSeconds: numberOr(options.timeoutSeconds, 0.001, defaultPolicy.timeoutSeconds),
	maxTries: 1,
});

/** How many leads of one run are on their way at once. */
export const concurrencyOf = (options: Options): number => Math.floor(numberOr(options.concurrency, 1, defaultFlow.concurrency));

/** The organization of one lead: the option's, else the credential's. */
export const organizationOf = (options: Options, ofCredential: string): string => {
	const given = options.organizationId;
	return textOr(typeof given === 'number' ? String(given) : given, ofCredential.trim());
};
