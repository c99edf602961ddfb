import { accountId, groupName, jobKeyText } from './names';
import { parsedText, readStored, type Stored, withVersion } from './stored';
import * as z from 'zod/v4';

/** See `AvailableQuota`. */
const quota = z.object({
	remaining: z.int().min(0),
	quota: z.number().min(1).nullable(),
	resetMs: z.number().min(0),
	windowMs: z.number().min(0).nullable(),
});

const schema = z.discriminatedUnion('kind', [
	/** A lead has ended. */
	z.object({ kind: z.literal('ended'), jobKey: jobKeyText }),
	/** The API answered a lead of this key, `agoMs` after it left. */
	z.object({
		kind: z.literal('answered'),
		group: groupName,
		isLimited: z.boolean(),
		/** A server in trouble said so; left out where it did not, and by gateways that do not know it. */
		isOverloaded: z.boolean().optional(),
		/** What its rate limit headers said; left out where they said nothing, and by gateways that do not read them. */
		quota: quota.optional(),
		retryAfterMs: z.number().min(0).nullable(),
		agoMs: z.number(),
	}),
	/** A lead of this key got no answer, `agoMs` after it left. */
	z.object({ kind: z.literal('lost'), group: groupName, agoMs: z.number() }),
	/** A lead of this account was created for the first time. */
	z.object({ kind: z.literal('verified'), account: accountId }),
	/** Leads of this account wait for its key. */
	z.object({ kind: z.literal('keyNeeded'), account: accountId }),
]);

/** What gateways tell each other; ids and accounts are hashes, and nothing of a lead is in it. */
export type GatewayEvent = Readonly<z.infer<typeof schema>>;

export const readEvent = (text: string): Stored<GatewayEvent> => readStored(schema, 'event', parsedText(text));

export const eventText = (event: GatewayEvent): string => JSON.stringify(withVersion('event', event));
