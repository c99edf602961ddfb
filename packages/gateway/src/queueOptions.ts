import type { Lead, Outcome } from '@icloud-ready/core';
import { readBody } from './given';
import type { Credentials, Secrets } from './secrets';
import type { Sent } from './sent';

/** What a queue tells of its leads. */
export interface QueueEvents {
	/** One sending is over. */
	readonly attempt: (id: string, sent: Sent, lead: Lead) => void;
	/** A lead has ended, so long after it arrived; undefined where nobody knows. */
	readonly ended: (id: string, outcome: Outcome, tookMs: number | undefined, lead: Lead) => void;
	/** What whoever runs the gateway should know. */
	readonly notice: (text: string) => void;
}

/** What every store of leads is told. */
export interface QueueOptions {
	readonly secrets: Secrets;
	/** Leads of one key that are on their way at once. */
	readonly concurrency: number;
	/** Leads of one key that leave in a second; 0: as the API allows. */
	readonly maxPerSecond: number;
	/** How many may wait. */
	readonly most: number;
	/** How long ended ones are kept. */
	readonly keepDays: number;
	readonly events: QueueEvents;
}

/** Whether the API says that it created the lead in the very organization that was asked for. */
export const isOf = ({ outcome, reply }: Sent, { organizationId }: Credentials): boolean =>
	outcome === 'created' && organizationId !== '' && readBody(reply?.body ?? '')?.realmId === organizationId;
