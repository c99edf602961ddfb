import type { Origin } from '../message/origin';
import type { DedupeKey, Lead, Policy } from '@icloud-ready/core';
import type { LeadPayload } from '@icloud-ready/outbox';

/** What an account's outbox keeps of a lead. Its partition is the organization that its message named; empty: the account's own. */
export interface QueuedLead extends LeadPayload {
	readonly lead: Lead;
	readonly warnings: readonly string[];
	readonly notes?: readonly string[] | undefined;
	readonly key: DedupeKey;
	/** How its node wants it delivered, where that differs from the account. */
	readonly policy: Partial<Policy>;
	readonly origin: Origin;
	/** What was given where that is no lead, and is kept for a person to put right. */
	readonly draft?: Readonly<Record<string, unknown>> | undefined;
}
