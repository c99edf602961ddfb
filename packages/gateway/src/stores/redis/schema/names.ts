import { isId, readJobKey } from '../redisKeys';
import * as z from 'zod/v4';

/** The hash of a key of the API, which names its queue. */
export const groupName = z.string().regex(/^[\w-]{1,64}$/);
/** The hash of a key, a dot, the hash of an organization; see `Account`. */
export const accountId = z.string().regex(/^[\w-]{1,64}\.[\w-]{0,64}$/);
/** The id of a lead that its giver knows. */
export const leadId = z.string().refine(isId);
/** The id of a lead with its account behind it. */
export const jobKeyText = z.string().refine((text) => readJobKey(text) !== undefined);

/** Those of the members of a set that are what they should be; each other one is told of, and stays where it is. */
export const only = (schema: z.ZodType<string>, members: unknown, onDamaged: () => void): readonly string[] =>
	(Array.isArray(members) ? (members as readonly unknown[]) : []).flatMap((member) => {
		const read = schema.safeParse(member);
		if (!read.success) onDamaged();
		return read.success ? [read.data] : [];
	});
