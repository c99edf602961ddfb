import { baseUrlFlaw } from '../../baseUrl';
import { defaultOutbox } from '../../outboxDefaults';
import { asText, isTrue, bounded } from './values';
import { defaultFlow, defaultPolicy, type MissingSetting, tidyBaseUrl } from '@icloud-ready/core';

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
}

export interface AccountSettings {
	readonly baseUrl: string;
	readonly organizationId: string;
	readonly allowHttp: boolean;
	/** The base URL is that of a gateway. A flow without the property has none. */
	readonly gateway: boolean;
	readonly concurrency: number;
	/** 0 is as fast as the API allows. */
	readonly maxPerSecond: number;
	readonly maxTries: number;
	readonly maxWaitSeconds: number;
	readonly timeoutSeconds: number;
	/** `disk`: a lead is kept on this machine until it ends. A flow without the property sends at once, as it always did. */
	readonly outbox: 'off' | 'disk';
	/** How many leads may wait in the outbox. */
	readonly outboxMax: number;
	/** How many days the outbox remembers leads that ended. */
	readonly keepDays: number;
}

/** An account's settings with every gap filled by its default and every number in a range that works. */
export const accountSettings = (config: AccountConfig): AccountSettings => ({
	baseUrl: tidyBaseUrl(asText(config.baseUrl)),
	organizationId: asText(config.organizationId),
	allowHttp: isTrue(config.allowHttp),
	gateway: isTrue(config.gateway),
	concurrency: Math.floor(bounded(config.concurrency, defaultFlow.concurrency, 1, 1000)),
	maxPerSecond: bounded(config.maxPerSecond, defaultFlow.maxPerSecond, 0, 1000),
	maxTries: Math.floor(bounded(config.maxTries, defaultPolicy.maxTries, 1, 100)),
	maxWaitSeconds: bounded(config.maxWaitSeconds, defaultPolicy.maxWaitSeconds, 0, 86_400),
	timeoutSeconds: bounded(config.timeoutSeconds, defaultPolicy.timeoutSeconds, 1, 600),
	outbox: config.outbox === 'disk' ? 'disk' : 'off',
	outboxMax: Math.floor(bounded(config.outboxMax, defaultOutbox.outboxMax, 1, 10_000_000)),
	keepDays: bounded(config.keepDays, defaultOutbox.keepDays, 0, 3650),
});

/** The first thing an account lacks; undefined where leads can be sent. */
export const missingSetting = (
	{ baseUrl, organizationId, allowHttp }: AccountSettings,
	apiKey: string,
): MissingSetting | undefined => {
	if (apiKey === '') return 'apiKey';
	if (organizationId === '') return 'organizationId';
	return baseUrlFlaw(baseUrl, allowHttp);
};
