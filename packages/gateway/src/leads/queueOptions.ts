import type { Credentials, Secrets } from './accounts';
import type { AttemptResult } from './leadState';
import type { Sender } from './sendOnce';
import { readBody } from './submittedLead';
import { counted, type Lead, type Outcome } from '@icloud-ready/core';
import type { NotLeaving } from '@icloud-ready/outbox';

/** What a queue needs to be opened, whatever its store. */
export type QueueDependencies = QueueOptions & {
	readonly send: Sender;
	readonly now: () => number;
	readonly monotonicMs: () => number;
	readonly sleep: (ms: number) => Promise<void>;
};

/** What a queue tells of its leads. */
export interface QueueEvents {
	/** One sending is over. */
	readonly attempt: (id: string, sent: AttemptResult, lead: Lead) => void;
	/** A lead has ended, so long after it arrived; undefined where nobody knows. */
	readonly ended: (id: string, outcome: Outcome, tookMs: number | undefined, lead: Lead) => void;
	/** What whoever runs the gateway should know. */
	readonly notice: (text: string) => void;
}

/** What every store of leads is told. Defaults and ranges are those of `main/options.ts`, which reads what people set. */
export interface QueueOptions {
	readonly secrets: Secrets;
	/**
	 * Leads of one key that are on their way at once, 1 to 50; 0 is adaptive.
	 * @default 0
	 */
	readonly concurrency: number;
	/**
	 * Leads of one key that leave in a second, 0 to 1000; 0: as the API allows.
	 * @default 0
	 */
	readonly maxPerSecond: number;
	/**
	 * How many may wait, 1 to 10 million.
	 * @default 100000
	 */
	readonly maxWaiting: number;
	/**
	 * How long a lead waits whose key is refused and was never accepted, in ms.
	 * @default 3600000
	 */
	readonly unverifiedForMs: number;
	/**
	 * How many days ended ones are kept, 0 to 3650.
	 * @default 30
	 */
	readonly keepDays: number;
	readonly events: QueueEvents;
	/** Leads could have left for a minute and have not; undefined: that is over. Told as it begins and as it ends. */
	readonly onNotLeaving: (notLeaving: NotLeaving | undefined) => void;
}

/** Whether the API says that it created the lead in an organization that is `isAsked`. */
export const isOfOrganization = (
	{ outcome, reply }: AttemptResult,
	isAsked: (organizationId: string) => boolean,
): boolean => {
	if (outcome !== 'created') return false;
	const realmId = readBody(reply?.body ?? '')?.realmId;
	return typeof realmId === 'string' && realmId !== '' && isAsked(realmId);
};

/** Whether the API says that it created the lead in the very organization that was asked for. */
export const isOf = (sent: AttemptResult, { organizationId }: Credentials): boolean =>
	isOfOrganization(sent, (realmId) => realmId === organizationId);

/** Keys of which no lead was ever accepted: so many leads of them are on their way at once, of all together. */
export const mostUnverifiedAtOnce = 10;

export const givenUpNotice = (count: number): string =>
	`${counted(count, 'lead was', 'leads were')} dropped because iCloud-Ready never accepted the key for its organization. Dropped leads are listed under Ended, and nothing was created.`;

export const adoptedNotice = (count: number): string =>
	`${counted(count, 'lead whose key was refused is', 'leads whose key was refused are')} now sent with a newer key of the organization.`;
