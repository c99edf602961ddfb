import { type List, lists } from '@icloud-ready/outbox/view/actions';
import type { AlertMemory } from '../alerts/alertMemory';
import type { Account } from './accounts';
import type { AttemptResult, Resolved, LeadState } from './leadState';
import type { Submission } from './submittedLead';
import type { Notify } from './subscriptions';
import type { WaitingLeads } from './waitingLeads';
import type { HoldReason } from '@icloud-ready/core';
import type { NotLeaving } from '@icloud-ready/outbox';

/** What became of a lead that was given. */
export type PutResult =
	/** `isReplay`: the same lead was given before. `isHere`: nobody but this process sends it, so whoever watches it from now on misses nothing. */
	| { readonly kind: 'kept'; readonly id: string; readonly isReplay: boolean; readonly isHere?: true }
	/** Its name was given before, for another lead. */
	| { readonly kind: 'otherBody'; readonly id: string }
	/** Nothing was kept: too many wait, in all, of this key, or of accounts never accepted; or the store cannot be written. */
	| { readonly kind: 'full' | 'keyFull' | 'unverifiedFull' | 'unwritten' }
	/** The store did not say whether it took it. */
	| { readonly kind: 'unknown'; readonly id: string };

export { type List, lists };

/** A lead as the inbox shows it. */
export interface LeadRow {
	/** The whole id, which only the inbox takes. */
	readonly id: string;
	/** The one that its giver knows. */
	readonly publicId: string;
	readonly arrivedAtMs: number;
	readonly endedAtMs?: number;
	readonly name: string;
	readonly phone: string;
	readonly outcome: string | null;
	/** The last outcome itself, for whoever shows it to put into words; undefined where there is none. */
	readonly sent?: AttemptResult;
	readonly why?: HoldReason;
	readonly resolved?: Resolved;
}

export interface QueueCounts {
	readonly waiting: number;
	/** Those of them whose account was never accepted. */
	readonly unverified: number;
	readonly sending: number;
	readonly unconfirmed: number;
	/** Those that are remembered. */
	readonly ended: number;
	/** Those that were found damaged or missing, and no person has seen that yet. */
	readonly damaged?: number;
	/** An older copy of the store was found in its place, and no person has seen that yet. */
	readonly hasGoneBack?: boolean;
	/** When the one that waits longest arrived. */
	readonly oldestAtMs?: number;
}

/** Leads on their way to the API, kept by a store. */
export interface LeadQueue {
	/** Resolves when the lead is safe, or with why it is not. Never rejects. */
	readonly put: (given: Submission) => Promise<PutResult>;
	/** Undefined: this account gave no such lead. */
	readonly stateOf: (account: Account, id: string) => Promise<LeadState | undefined>;
	/** Calls `wake` when this lead may have ended; the returned function takes that back. */
	readonly subscribe: (account: Account, id: string, wake: Notify) => () => void;
	/** Where no word came of a lead, it is to be looked for so often all the same. */
	readonly lookAgainMs: number;
	/** Whether a lead of this key was ever accepted. */
	readonly isVerified: (account: Account) => Promise<boolean>;
	readonly counts: () => Promise<QueueCounts>;
	/** Who waits, and what for. Rejects where the store does not say. */
	readonly waitingLeads: () => Promise<WaitingLeads>;
	/** What was told of what needs a person. */
	readonly alertMemory: AlertMemory;
	/** Leads that could have left for a minute and have not, as they were seen last; undefined where all is well. */
	readonly notLeaving: () => NotLeaving | undefined;
	/** Whether leads can be kept now, whatever becomes of those that are there. */
	readonly isReady: () => Promise<boolean>;
	/** Why they cannot, where that is known: the end of a sentence. */
	readonly awayBecause?: () => string | undefined;
	readonly list: (
		list: List,
		search: { readonly text: string; readonly after?: string; readonly limit: number },
	) => Promise<{ readonly leads: readonly LeadRow[]; readonly next?: string }>;
	/** Each says whether the lead was there to be acted on. */
	readonly retry: (id: string) => Promise<boolean>;
	readonly arrived: (id: string) => Promise<boolean>;
	readonly discard: (id: string) => Promise<boolean>;
	/** A person has seen what was found damaged; left out where nothing can be. */
	readonly damageSeen?: () => Promise<void>;
	/** Starts nothing more, waits for what is on its way, at most for `patience`, and keeps the rest. */
	readonly close: (patience: Promise<unknown>) => Promise<void>;
}
