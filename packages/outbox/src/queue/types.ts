import type { Entry, LeadPayload, Shelf } from '../store/entry';
import type { EntryStore } from '../store/entryStore';
import type { Room } from './fairShare';
import type { Facets } from './leadColumns';
import type { NotLeaving } from './mayLeave';
import type { Found, Search } from './search';
import type { WaitingPartition } from './waitingPartitions';
import type { HoldReason, Outcome } from '@icloud-ready/core';

/** A lead to be kept, with all that sending it takes. */
export type NewEntry<Payload extends LeadPayload = LeadPayload> = Pick<
	Entry<Payload>,
	'partition' | 'payload' | 'submissionKey' | 'idempotencyKey'
>;

export type Counts = Readonly<Record<Shelf, number>>;

/** What is different where leads of many accounts share an outbox, and anybody may make one up. */
export interface SharedOutbox {
	/** Whether no lead of this partition was ever accepted. */
	readonly isUnverified: (partition: string) => boolean;
	/** Whether none of its whole group was. */
	readonly isGroupUnverified: (partition: string) => boolean;
	/** How many leads of such groups are on their way at once, all together; 1 or more. */
	readonly atOnce: number;
	/** How long a lead of such a partition waits that is refused, in ms. */
	readonly forMs: number;
	/** So many were given up. */
	readonly onGivenUp: (count: number) => void;
}

/** What an outbox is lent: where entries are kept, how one is sent, and time. A simulation lends its own. */
export interface OutboxOptions<Payload extends LeadPayload = LeadPayload> {
	readonly store: EntryStore<Payload>;
	/** One lead to its outcome; what rejects is taken for unconfirmed. */
	readonly send: (entry: Entry<Payload>) => Promise<Outcome>;
	/**
	 * Why a lead that waits cannot be sent at all, as an outcome that no sending had; undefined: it may leave. Asked before it
	 * is marked, so that a crash while it is found out makes nothing unconfirmed.
	 * @default whatever waits may leave
	 */
	readonly unsendable?: (entry: Entry<Payload>) => Promise<Outcome | undefined>;
	/**
	 * Tells an outcome to whoever gave the lead. False: nobody is there to be told, which `redeliver` may find changed.
	 * After a crash it may be told once more. `restored`: the lead was taken in before this start.
	 */
	readonly notify: (entry: Entry<Payload>, outcome: Outcome, restored: boolean) => boolean;
	/**
	 * Somebody is always there to be told, so nothing is written for later, and what ended just before a crash is not told
	 * again.
	 * @default false
	 */
	readonly autoAck?: boolean;
	/** How many leads of a group are on their way at once; 1 or more. */
	readonly concurrency: number;
	/**
	 * Which partitions share one key, and so its limit and what holds it.
	 * @default all of them
	 */
	readonly groupOf?: (partition: string) => string;
	/**
	 * Resolves when the rate limit lets a lead of this partition leave; a lead that waits for it is not marked yet.
	 * @default nothing limits them
	 */
	readonly acquire?: (partition: string) => Promise<unknown>;
	/**
	 * Takes a turn where the rate limit lets a lead of this partition leave at once; false: `acquire` is to be waited for.
	 * @default where `acquire` is left out too, any may leave at once; else none
	 */
	readonly tryAcquire?: (partition: string) => boolean;
	/**
	 * The most that leave in a second, of one group; 0: no such limit. Whoever reckons when a lead could have left goes by it.
	 * @default 0
	 */
	readonly maxPerSecond?: number;
	/**
	 * How long `send` may take, in ms.
	 * @default 600000
	 */
	readonly longestSendingMs?: number;
	/** How many may wait; 1 or more. */
	readonly maxWaiting: number;
	/**
	 * Leads of many accounts share it: each group has a share of `maxWaiting`.
	 * @default all are of one account
	 */
	readonly shared?: SharedOutbox;
	/** How long ended ones are kept, in days. */
	readonly keepDays: number;
	/** Milliseconds since 1970: when a lead arrived and ended, for people. It may be set back or forward at any time. */
	readonly now: () => number;
	/** Milliseconds on a clock that only goes forward, from any beginning: what waiting is measured on. */
	readonly monotonicMs: () => number;
	/** Resolves after `ms`, or as soon as the program ends. */
	readonly sleep: (ms: number) => Promise<void>;
	/**
	 * Names the gateway, and the account there, that leads go to: a second sending of an entry with an idempotency key counts
	 * there as the first.
	 * @default leads go to the API itself
	 */
	readonly gateway?: string | undefined;
	/** Told once of each entry that cannot be read, when it is made unconfirmed: as much of it as can be. */
	readonly unreadable?: (entry: Entry<Payload>) => void;
	/** Leads could have left for a minute and have not; undefined: that is over. Told as it begins and as it ends. */
	readonly onNotLeaving?: (notLeaving: NotLeaving | undefined) => void;
	/** Counts or what holds leads back have changed. */
	readonly onChange?: () => void;
}

/** What became of a lead that was given; `full`: nothing was kept, since too many wait. */
export type Enqueued =
	| { readonly kind: 'kept'; readonly id: string }
	| { readonly kind: 'full'; readonly of: Exclude<Room, 'room'> };

/** What became of a correction; `id`: of the new entry. */
export type Corrected =
	| { readonly kind: 'corrected'; readonly id: string }
	/** It is not there, or is no invalid one. */
	| { readonly kind: 'notThere' }
	| Extract<Enqueued, { readonly kind: 'full' }>;

/**
 * What a person can see and do. Each action says whether the entry was there to be acted on. `bulkId`: names the bulk
 * action that it is part of; once more with the same name it is not done twice, and is true.
 */
export interface OutboxAdmin<Payload extends LeadPayload = LeadPayload> {
	readonly list: (search: Search) => Promise<Found<Payload>>;
	/** Undefined where there is no such entry. Rejects where the store cannot be read. */
	readonly find: (id: string) => Promise<{ readonly shelf: Shelf; readonly entry: Entry<Payload> } | undefined>;
	/** What there is to filter a shelf by; undefined while that is being found out, which takes some seconds of a long list. */
	readonly facets: (shelf: Shelf) => Facets | undefined;
	/** Resolves when filters go by an index, so that they find the first rows at once. */
	readonly indexed: () => Promise<void>;
	/** Sends an unconfirmed or ended lead once more, at the place of its arrival, whatever the record of duplicates says. */
	readonly retry: (id: string, bulkId?: string) => Promise<boolean>;
	/** The lead of an unconfirmed entry was found in iCloud-Ready. */
	readonly arrived: (id: string, bulkId?: string) => Promise<boolean>;
	/** A waiting or unconfirmed lead is not to be sent. It stays in the list of the ended, so that nobody wonders. */
	readonly discard: (id: string, bulkId?: string) => Promise<boolean>;
	/**
	 * Makes a new lead of one that ended as invalid; the first stays, and names it. Once more gives the same. `payloadOf` says
	 * what the new one carries. Rejects where the store cannot be written: then asking again tells what came of it.
	 */
	readonly correct: (id: string, payloadOf: (first: Entry<Payload>) => Payload) => Promise<Corrected>;
}

export interface Outbox<Payload extends LeadPayload = LeadPayload> extends OutboxAdmin<Payload> {
	/** Tells what an earlier start left unacknowledged, and begins to send. Leads are kept before that too. */
	readonly start: () => void;
	/** Resolves when the lead is safe, or with `full`. Rejects where the store cannot be written: then nothing is kept. */
	readonly put: (lead: NewEntry<Payload>) => Promise<Enqueued['kind']>;
	/** The same, and gives the entry's id, or what is full. */
	readonly enqueue: (lead: NewEntry<Payload>) => Promise<Enqueued>;
	/** Keeps a lead that has ended already, for a person to look at. Rejects where the store cannot be written. */
	readonly putEnded: (lead: NewEntry<Payload>, outcome: Outcome) => Promise<void>;
	/**
	 * Whether this entry is none: its giver was told that it is not kept, and its write was done perhaps although it failed.
	 * Nobody may be told that it is kept.
	 */
	readonly isUnkept: (id: string) => boolean;
	/** A lead of this partition was accepted for the first time. */
	readonly verified: (partition: string) => void;
	/** How many leads wait of partitions of which none was ever accepted. */
	readonly waitingUnverified: () => number;
	readonly counts: () => Counts;
	/** Why leads wait, where something holds them back: those of a partition, or most of any. */
	readonly holdReason: (partition?: string) => HoldReason | undefined;
	/** Who waits, and what for, the longest first. */
	readonly waitingPartitions: () => readonly WaitingPartition[];
	/**
	 * Since when the lead waits that waits longest, in ms since 1970, of these partitions; undefined where none does. Rejects where
	 * the store cannot be read.
	 */
	readonly longestWaitSinceMs: (isWanted?: (partition: string) => boolean) => Promise<number | undefined>;
	/** Leads that could have left for a minute and have not, as they were seen last; undefined where all is well. */
	readonly notLeaving: () => NotLeaving | undefined;
	/** Something was mended: what holds back this partition is over, until the next lead says otherwise. */
	readonly release: (partition: string) => void;
	/** Writes a waiting entry anew where it stands; false where it does not wait. */
	readonly change: (id: string, change: (entry: Entry<Payload>) => Entry<Payload>) => Promise<boolean>;
	/** Tells the outcomes that nobody was there to be told of. */
	readonly redeliver: () => void;
	/** Starts nothing more, waits until nothing is on its way or `patience` is over, and keeps the rest. */
	readonly close: (patience: Promise<unknown>) => Promise<void>;
}
