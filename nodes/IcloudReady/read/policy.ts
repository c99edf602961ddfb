import { defaultFlow, defaultPolicy, type Policy } from '../../../packages/core/src';

/** The collection of the panel's Options as n8n gives it; a value is there only where the user added the option. */
export type Options = Readonly<Record<string, unknown>>;

const textOr = (given: unknown, otherwise: string): string =>
	typeof given === 'string' && given.trim() !== '' ? given.trim() : otherwise;

const numberOr = (given: unknown, least: number, otherwise: number): number => {
	const number = typeof given === 'string' && given.trim() === '' ? NaN : Number(given ?? NaN);
	return Number.isFinite(number) && number >= least ? number : otherwise;
};

/** One of a setting's values; the first, its default, where `given` is none of them. */
const oneOf = <Value extends string>(values: readonly [Value, ...Value[]], given: unknown): Value =>
	values.find((value) => value === given) ?? values[0];

/** Whether nothing is to be sent. Without the option leads are sent; one that was saved as off stays off. */
export const dryRunOf = (given: unknown): boolean => given === true || given === 'true';

/** How one lead is read and sent. What is not usable in `options` has its default. */
export const policyOf = (options: Options): Policy => ({
	defaultCountry: textOr(options.defaultCountry, defaultPolicy.defaultCountry),
	phone: oneOf(['normalize', 'check', 'asIs'], options.phone),
	duplicates: oneOf(['allow', 'run', 'always'], options.duplicates),
	duplicateKey: oneOf(['phone', 'email', 'phoneAndCampaign', 'submission'], options.duplicateKey),
	unconfirmed: oneOf(['report', 'resend'], options.unconfirmed),
	dryRun: dryRunOf(options.dryRun),
	maxTries: Math.floor(numberOr(options.maxTries, 1, defaultPolicy.maxTries)),
	maxWaitSeconds: numberOr(options.maxWaitSeconds, 0, defaultPolicy.maxWaitSeconds),
	timeoutSeconds: numberOr(options.timeoutSeconds, 0.001, defaultPolicy.timeoutSeconds),
});

/** How many leads may leave in a second; 0 is as many as the API allows. */
export const maxPerSecondOf = (options: Options): number => numberOr(options.maxPerSecond, 0, defaultFlow.maxPerSecond);

/** How many leads of one run are on their way at once. */
export const concurrencyOf = (options: Options): number =>
	Math.floor(numberOr(options.concurrency, 1, defaultFlow.concurrency));

/** The organization of one lead: the option's, else the credential's. */
export const organizationOf = (options: Options, ofCredential: string): string => {
	const given = options.organizationId;
	return textOr(typeof given === 'number' ? String(given) : given, ofCredential.trim());
};
