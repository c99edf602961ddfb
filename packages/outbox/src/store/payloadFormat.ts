import type { LeadPayload } from './entry';
import type { Lead } from '@icloud-ready/core';
import type * as z from 'zod/v4';

export type Json = Readonly<Record<string, unknown>>;

/** What was found where a payload should stand. */
export interface DamagedPayload {
	/** The payload's own JSON, whatever is in it; empty where there is none. */
	readonly payload: Json;
	/** The first text of this name in what is not JSON as a whole, such as an entry that was cut short. */
	readonly textOf: (name: string) => string | undefined;
}

/** How a payload is read back; its owner passes this in wherever a store is opened. */
export interface PayloadFormat<Payload extends LeadPayload> {
	/** What a payload must be like for its lead to be sent. */
	readonly schema: z.ZodType<Payload>;
	/** What stands for one that cannot be read: a person sees it, and nobody sends it. `lead`: as much of it as could be read. */
	readonly standIn: (lead: Lead, found: DamagedPayload) => Payload;
}
