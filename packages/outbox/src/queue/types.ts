import type { Entry, Shelf } from '../store/entry';
import type { EntryStore } from '../store/entryStore';
import type { OutboxAdmin } from './admin';
import type { Room } from './fairShare';
import type { Why } from './nextStep';
import type { Outcome } from '@icloud-ready/core';

/** A lead to be kept, with all that sending it takes. */
export type NewEntry = Pick<
	Entry,
	'lead' | 'warnings' | 'key' | 'organizationId' | 'policy' | 'origin' | 'submissionKey' | 'idempotencyKey'
>;

export type Counts = Readonly<Record<Shelf, number>>;

/** What is different where leads of many accounts share an outbox, and anybody may make one up. */
export interface SharedOutbox {
	/** Whether no lead of this organization was ever accepted. */
	readonly isUnverified: (organizationId: string) => boolean;
	/** Whether none of its whole group was. */
	readonly isGroupUnverified: (organizationId: string) => boolean;
	/** How many leads of such groups are on their way at once, all together. */
	readonly atOnce: number;
	/** How long a lead of such an organization waits that is refused. */
	readonly forMs: number;
	/** So many were given up. */
	readonly onGivenUp: (count: number) => void;
}

export interface OutboxOptions {
	readonly store: EntryStore;
	/** One lead to its outcome; what rejects is taken for unconfirmed. */
	readonly send: (entry: Entry) => Promise<Outcome>;
	/**
	 * Tells an outcome to whoever gave the lead. False: nobody is there to be told, which `redeliver` may find changed.
	 * After a crash it may be told once more. `restored`: the lead was taken in before this start.
	 */
	readonly notify: (entry: Entry, outcome: Outcome, restored: boolean) => boolean;
	/** Somebody is always there to be told, so nothing is written for later, and what ended just before a crash is not told again. */
	readonly autoAck?: boolean;
	/** How many leads of a group are on their way at once. */
	readonly concurrency: number;
	/** Which organizations share one key, and so its limit and what holds it; left out: all of them. */
	readonly groupOf?: (organizationId: string) => string;
	/** Resolves when the pace lets a lead of this organization leave; a lead that waits for it is not marked yet. */
	readonly acquire?: (organizationId: string) => Promise<unknown>;
	/** Takes a turn where the pace lets a lead of this organization leave at once; false: `turn` is to be waited for. */
	readonly tryAcquire?: (organizationId: string) => boolean;
	/** How many may wait. */
	readonly maxWaiting: number;
	/** Leads of many accounts share it: each group has a share of `most`. Left out: all are of one. */
	readonly shared?: SharedOutbox;
	/** How long ended ones are kept. */
	readonly keepDays: number;
	/** Milliseconds since 1970: when a lead arrived and ended, for people. It may be set back or forward at any time. */
	readonly now: () => number;
	/** Milliseconds on a clock that only goes forward, from any beginning: what waiting is measured on. */
	readonly monotonicMs: () => number;
	/** Resolves after `ms`, or as soon as the program ends. */
	readonly sleep: (ms: number) => Promise<void>;
	/** Names the gateway, and the account there, that leads go to: a second sending of an entry with a token counts there as the first. */
	readonly gateway?: string | undefined;
	/** Told once of each entry that cannot be read, when it is made unconfirmed: as much of it as can be. */
	readonly unreadable?: (entry: Entry) => void;
	/** Counts or what holds leads back have changed. */
	readonly onChange?: () => void;
}

export interface Outbox extends OutboxAdmin {
	/** Tells what an earlier start left untold, and begins to send. Leads are kept before that too. */
	readonly start: () => void;
	/** Resolves when the lead is safe, or with `full`. Rejects where the store cannot be written: then nothing is kept. */
	readonly put: (lead: NewEntry) => Promise<'kept' | 'full'>;
	/** The same, and gives the entry's id, or what is full. */
	readonly enqueue: (
		lead: NewEntry,
	) => Promise<
		{ readonly kind: 'kept'; readonly id: string } | { readonly kind: 'full'; readonly of: Exclude<Room, 'room'> }
	>;
	/** A lead of this organization was accepted for the first time. */
	readonly verified: (organizationId: string) => void;
	/** How many leads wait of organizations of which none was ever accepted. */
	readonly waitingUnverified: () => number;
	readonly counts: () => Counts;
	/** Why leads wait, where something holds them back. */
	readonly holdReason: (organizationId?: string) => Why | undefined;
	/** Something was mended: what holds back this organization is over, until the next lead says otherwise. */
	readonly release: (organizationId: string) => void;
	/** Writes a waiting entry anew where it stands; false where it does not wait. */
	readonly change: (id: string, change: (entry: Entry) => Entry) => Promise<boolean>;
	/** Tells the outcomes that nobody was there to be told of. */
	readonly redeliver: () => void;
	/** Starts nothing more, waits until nothing is on its way or `patience` is over, and keeps the rest. */
	readonly close: (patience: Promise<unknown>) => Promise<void>;
}
