import type { Account, Credentials } from '../../leads/accounts';
import type { AttemptResult } from '../../leads/leadState';
import type { QueueEvents } from '../../leads/queueOptions';
import type { Sender } from '../../leads/sendOnce';
import type { BullSignals } from './bullSignals';
import type { CircuitBreakers, Lifted } from './circuitBreaker';
import type { JobReader } from './jobReader';
import type { Locked } from './ledger';
import type { LeadRecord } from './schema/lead';
import type { SharedLimiter } from './sharedLimiter';
import type { UnreadReport } from './unread';
import type { OlderCopyWatch } from './olderCopy';
import type { LeadJob, LeadWorker } from './workers';
import type { Redis } from 'ioredis';

/** What the sending of one lead needs of its queue. */
export interface JobContext {
	readonly signals: BullSignals;
	readonly redis: Redis;
	readonly jobs: JobReader;
	readonly breakers: CircuitBreakers;
	readonly limiter: SharedLimiter;
	readonly send: Sender;
	readonly events: QueueEvents;
	readonly unread: UnreadReport;
	/** Undefined: they have to come by first. */
	readonly credentialsOf: (record: LeadRecord, account: Account) => Credentials | undefined;
	/** This lead waits for the key of its account. */
	readonly onKeyNeeded: (account: Account, id: string) => Promise<void>;
	/** The key of this account is refused. */
	readonly onKeyRefused: (account: Account) => Promise<void>;
	/** Whether a lead of this account was ever created. */
	readonly isVerified: (account: Account) => Promise<boolean>;
	/** How long a lead waits whose key is refused and was never verified, in ms. */
	readonly unverifiedForMs: number;
	readonly olderCopy: Pick<OlderCopyWatch, 'known' | 'look' | 'left' | 'back'>;
	/** A lead was answered. */
	readonly onAnswered: (account: Account, lifted: Lifted, sent: AttemptResult, credentials: Credentials) => void;
	/** The queue of this key is held, or not any more. */
	readonly onHoldChanged: (group: string) => void;
	/** Names one sending among those of all gateways. */
	readonly newSendingId: () => string;
	/** How long the API may take to answer. */
	readonly timeoutMs: number;
	/** Milliseconds since 1970: what is written of a lead, and what BullMQ delays by. */
	readonly now: () => number;
	/** Milliseconds on a clock that only goes forward. */
	readonly monotonicMs: () => number;
	readonly sleep: (ms: number) => Promise<void>;
	readonly isClosed: () => boolean;
}

/** A job that this gateway holds. */
export interface HeldJob {
	readonly job: LeadJob;
	readonly token: string;
	readonly worker: LeadWorker;
	readonly account: Account;
	readonly locked: Locked;
}

/** After so long Redis is asked anew for what it did not do. */
export const tryAgainMs = 1000;
