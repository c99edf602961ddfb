import { type List, lists } from '@icloud-ready/outbox/view/actions';
import type { AlertMemory } from '../alerts/alertMemory';
import type { Account } from './accounts';
import type { AttemptResult, Resolved, LeadState } from './leadState';
import type { Submission } from './submittedLead';
import type { Notify } from './subscriptions';
import type { WaitingLeads } from './waitingLeads';
import type { HoldReason, Lead } from '@icloud-ready/core';
import type { EarlierAttempt, NotLeaving } from '@icloud-ready/outbox';
import type { LeadFilter } from '@icloud-ready/outbox/view/filter';

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
	/** A person made another lead of it. */
	readonly isCorrected?: true;
	readonly email: string;
	/** Where it came from, as it says itself. */
	readonly source: string;
	/** A hash of its organization, which filters name it by. */
	readonly organization: string;
	/** The organization itself; undefined where an earlier version kept the lead and did not say. */
	readonly organizationId?: string;
}

/** All that is kept of one lead. */
export interface LeadDetail {
	readonly list: List | 'sending';
	readonly row: LeadRow;
	/** JSON as it was given; empty where it cannot be read any more. */
	readonly body: string;
	/** Since when it waits: its arrival, or when a person had it sent again. */
	readonly sinceMs: number;
	/** When the last outcome came, where that is known. */
	readonly attemptedAtMs?: number;
	readonly earlier: readonly EarlierAttempt[];
	/** Whole ids of the leads before and after a correction. */
	readonly correctionOf?: string;
	readonly correctedBy?: string;
}

/** What there is to filter a list by, each with how many leads have it. */
export interface ListFacets {
	readonly ends: ReadonlyMap<string, number>;
	readonly organizations: readonly {
		readonly organization: string;
		readonly organizationId?: string;
		readonly count: number;
	}[];
	readonly sources: ReadonlyMap<string, number>;
	/** More leads are in the list than were looked at. */
	readonly isPart?: true;
}

/** A lead as a person corrected it. */
export interface CorrectedLead {
	readonly body: string;
	readonly lead: Lead;
}

/** What became of a correction; `id`: the new lead's whole id. */
export type CorrectResult =
	| { readonly kind: 'corrected'; readonly id: string }
	/** It is not there, or is no invalid one; too many wait. */
	| { readonly kind: 'notThere' }
	| { readonly kind: 'full' };

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
	/** Since when the one waits that waits longest: its arrival, or when a person had it sent again. */
	readonly waitsSinceMs?: number;
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
		search: {
			readonly text: string;
			readonly after?: string;
			readonly limit: number;
			readonly filter?: LeadFilter;
		},
	) => Promise<{ readonly leads: readonly LeadRow[]; readonly next?: string }>;
	/** What a list can be filtered by; undefined while that is being found out. Rejects where the store does not say. */
	readonly facets: (list: List) => Promise<ListFacets | undefined>;
	/** The id that a lead's giver knows, of its whole one. */
	readonly publicIdOf: (id: string) => string;
	/** Undefined where there is no such lead. Rejects where the store does not say. */
	readonly find: (id: string) => Promise<LeadDetail | undefined>;
	/** Makes a new lead of an invalid one; once more gives the same. Rejects where the store does not say whether it did. */
	readonly correct: (id: string, corrected: CorrectedLead) => Promise<CorrectResult>;
	/** Each says whether the lead was there to be acted on; once more with the same `bulkId` it is not done twice, and is true. */
	readonly retry: (id: string, bulkId?: string) => Promise<boolean>;
	readonly arrived: (id: string, bulkId?: string) => Promise<boolean>;
	readonly discard: (id: string, bulkId?: string) => Promise<boolean>;
	/** A person has seen what was found damaged; left out where nothing can be. */
	readonly damageSeen?: () => Promise<void>;
	/** Starts nothing more, waits for what is on its way, at most for `patience`, and keeps the rest. */
	readonly close: (patience: Promise<unknown>) => Promise<void>;
}
