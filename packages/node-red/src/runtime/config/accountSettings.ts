import { baseUrlFlaw } from '../../baseUrl';
import { variableOf } from './variables';
import {
	choiceSetting,
	flagSetting,
	flowSettings,
	limits,
	type MissingSetting,
	numberSetting,
	onFirstUse,
	policySettings,
	readSettings,
	type SettingFlaw,
	textSetting,
	tidyBaseUrl,
} from '@icloud-ready/core';

/** The type of the account's node. */
export const accountType = 'icloud-ready-account';

/** An account's properties as the editor saves them; a flow that was written by hand may hold anything. */
export interface AccountConfig {
	readonly name?: unknown;
	readonly baseUrl?: unknown;
	readonly organizationId?: unknown;
	readonly maxPerSecond?: unknown;
	readonly concurrency?: unknown;
	readonly maxTries?: unknown;
	readonly maxWaitSeconds?: unknown;
	readonly timeoutSeconds?: unknown;
	readonly tls?: unknown;
	readonly proxy?: unknown;
	readonly allowHttp?: unknown;
	readonly gateway?: unknown;
	readonly outbox?: unknown;
	readonly outboxMax?: unknown;
	readonly keepDays?: unknown;
	readonly keepInvalid?: unknown;
}

export interface AccountSettings {
	readonly baseUrl: string;
	readonly organizationId: string;
	/** Plain http to another machine is wanted. @default false */
	readonly allowHttp: boolean;
	/** The base URL is that of a gateway. @default false */
	readonly gateway: boolean;
	/** Leads on their way at the same time. 1 to 50, whole; 0 is adaptive. @default 0 */
	readonly concurrency: number;
	/** Leads that start in a second at most. 0 to 1,000; 0 is as fast as the API allows. @default 0 */
	readonly maxPerSecond: number;
	/** How often a lead is sent at most. 1 to 100, whole. @default 5 */
	readonly maxTries: number;
	/** How long a lead may wait between its tries, in seconds. 0 to 86,400. @default 60 */
	readonly maxWaitSeconds: number;
	/** How long one try may take, in seconds. 1 to 600. @default 30 */
	readonly timeoutSeconds: number;
	/** `disk`: a lead is kept on this machine until it ends. @default 'off' */
	readonly outbox: 'off' | 'disk';
	/** How many leads may wait in the outbox. 1 to 10,000,000, whole. @default 100000 */
	readonly outboxMax: number;
	/** How many days the outbox remembers leads that ended. 0 to 3,650. @default 30 */
	readonly keepDays: number;
	/** The outbox keeps invalid leads too, which a person may correct and send. @default false */
	readonly keepInvalid: boolean;
}

const settings = onFirstUse(() => {
	const { maxTries, maxWaitSeconds, timeoutSeconds } = policySettings();
	return {
		baseUrl: textSetting(),
		organizationId: textSetting(),
		allowHttp: flagSetting(),
		gateway: flagSetting(),
		...flowSettings(),
		maxTries,
		maxWaitSeconds,
		timeoutSeconds,
		outbox: choiceSetting(['off', 'disk']),
		outboxMax: numberSetting(limits.outboxMax),
		keepDays: numberSetting(limits.keepDays),
		keepInvalid: flagSetting(),
	};
});

/**
 * An account's settings, each gap filled by its default; `flaws` tells which defaults took the place of what somebody
 * set. A variable that is not set is none of them: it keeps the account from sending, which is told by itself.
 */
export const readAccountSettings = (
	config: AccountConfig,
): { readonly settings: AccountSettings; readonly flaws: readonly SettingFlaw[] } => {
	const { values, flaws } = readSettings(settings(), config);
	return {
		settings: { ...values, baseUrl: tidyBaseUrl(values.baseUrl) },
		flaws: flaws.filter(({ setting }) => variableOf(config[setting as keyof AccountConfig]) === undefined),
	};
};

export const accountSettings = (config: AccountConfig): AccountSettings => readAccountSettings(config).settings;

/** The first thing an account lacks; undefined where leads can be sent. */
export const missingSetting = (
	{ baseUrl, organizationId, allowHttp }: AccountSettings,
	apiKey: string,
): MissingSetting | undefined => {
	if (apiKey === '') return 'apiKey';
	if (organizationId === '') return 'organizationId';
	return baseUrlFlaw(baseUrl, allowHttp);
};
