import {
	flowSettings,
	onFirstUse,
	type Policy,
	policySettings,
	readSettings,
	settingText,
	textSetting,
} from '../../../packages/core/src';

/** The panel's Options of one item, read: each has its default where it is left out or not usable. */
export interface Options {
	/** How the lead is read and sent. */
	readonly policy: Policy;
	/** How many leads of one run are on their way at once. 1 to 50; 0 is adaptive, for all runs of the account together. @default 0 */
	readonly concurrency: number;
	/** How many leads may leave in a second. 0 to 1,000; 0 is as many as the API allows. @default 0 */
	readonly maxPerSecond: number;
	/** The organization in place of the credential's; empty where none is named. */
	readonly organizationId: string;
	/** What could not be used, in words. */
	readonly warnings: readonly string[];
}

const settings = onFirstUse(() => ({ ...policySettings(), ...flowSettings(), organizationId: textSetting() }));

/** Reads the collection of Options as n8n gives it; an expression may make anything of it. Never throws. */
export const readOptions = (given: unknown): Options => {
	const { values, flaws } = readSettings(settings(), given);
	const { concurrency, maxPerSecond, organizationId, language, ...policy } = values;
	return {
		policy: { ...policy, ...(language === undefined ? {} : { language }) },
		concurrency,
		maxPerSecond,
		organizationId,
		warnings: flaws.map((flaw) => settingText(flaw, language)),
	};
};
