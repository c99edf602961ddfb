import type { Outcome } from '@icloud-ready/core';
import { createDelivery } from './delivery';
import { type Entry, entryId, organizationOf, type Shelf } from './entry';
import type { EntryStore } from './entryStore';
import { createGroupedHolds } from './groups';
import { createLines } from './lines';
import { createMending, type Mending } from './mending';
import type { Why } from './nextStep';
import { purge, recover } from './recover';
import { createTelling } from './telling';
import { untilWritten } from './untilWritten';

/** A lead to be kept, with all that sending it takes. */
export type NewEntry = Pick<Entry, 'lead' | 'warnings' | 'key' | 'organizationId' | 'policy' | 'origin' | 'mark' | 'token'>;

export type Counts = Readonly<Record<Shelf, number>>;

export interface OutboxOptions {
	readonly store: EntryStore;
	/** One lead to its outcome; what rejects is taken for unconfirmed. */
	readonly send: (entry: Entry) => Promise<Outcome>;
	/**
	 * Tells an outcome to whoever gave the lead. False: nobody is there to be told, which `tellLeft` may find changed.
	 * After a crash it may be told once more. `restored`: the lead was taken in before this start.
	 */
	readonly tell: (entry: Entry, outcome: Outcome, restored: boolean) => boolean;
	/** How many leads of a group are on their way at once. */
	readonly concurrency: number;
	/** Which organizations share one key, and so its limit and what holds it; left out: all of them. */
	readonly groupOf?: (organizationId: string) => string;
	/** Resolves when the pace lets a lead of this organization leave; a lead that waits for it is not marked yet. */
	readonly turn?: (organizationId: string) => Promise<unknown>;
	/** How many may wait. */
	readonly most: number;
	/** How long ended ones are kept. */
	readonly keepDays: number;
	readonly now: () => number;
	/** Resolves after `ms`, or as soon as the program ends. */
	readonly sleep: (ms: number) => Promise<void>;
	/** Names the gateway, and the account there, that leads go to: a second sending of an entry with a token counts there as the first. */
	readonly gateway?: string | undefined;
	/** Counts or what holds leads back have changed. */
	readonly onChange?: () => void;
}

export interface Outbox extends Mending {
	/** Tells what an earlier start left untold, and begins to send. Leads are kept before that too. */
	readonly start: () => void;
	/** Resolves when the lead is safe, or with `full`. Rejects where the store cannot be written: then nothing is kept. */
	readonly put: (lead: NewEntry) => Promise<'kept' | 'full'>;
	/** The same, and gives the entry's id. */
	readonly keep: (lead: NewEntry) => Promise<{ readonly kind: 'kept'; readonly id: string } | { readonly kind: 'full' }>;
	readonly counts: () => Counts;
	/** Why leads wait, where something holds them back. */
	readonly held: (organizationId?: string) => Why | undefined;
	/** Something was mended: what holds back this organization is over, until the next lead says otherwise. */
	readonly release: (organizationId: string) => void;
	/** Writes a waiting entry anew where it stands; false where it does not wait. */
	readonly change: (id: string, change: (entry: Entry) => Entry) => Promise<boolean>;
	/** Tells the outcomes that nobody was there to be told of. */
	readonly tellLeft: () => void;
	/** Starts nothing more, waits until nothing is on its way or `patience` is over, and keeps the rest. */
	readonly close: (patience: Promise<unknown>) => Promise<void>;
}

const purgeEveryMs = 3_600_000;
/** Whoever wakes early looks again. */
const longestNapMs = 60_000;
const removeAgainMs = 5000;

/** Opens what the store holds: what was cut off on its way is unconfirmed from here on. Rejects where it cannot be read. */
export const openOutbox = async (options: OutboxOptions): Promise<Outbox> => {
	const { store, now, sleep, concurrency, most, keepDays, groupOf = () => '', onChange = () => undefined } = options;
	const recovered = await recover(store, now(), options.gateway);
	const counts = { ...recovered.counts };
	const lines = createLines();
	for (const id of recovered.waiting) lines.add(id);
	const holds = createGroupedHolds(groupOf);
	const underWay = new Set<Promise<void>>();
	let { lastArrival } = recovered;
	let started = false;
	let closed = false;
	const inFlight = new Map<string, number>();
	let wakeAtMs = Number.POSITIVE_INFINITY;

	const moved = (from: Shelf, to: Shelf): void => {
		counts[from]--;
		counts[to]++;
		onChange();
	};
	const track = (work: Promise<void>): void => {
		const mine: Promise<void> = work.catch(() => undefined).finally(() => underWay.delete(mine));
		underWay.add(mine);
	};

	const count = (group: string, by: 1 | -1): void => {
		const now = (inFlight.get(group) ?? 0) + by;
		if (now === 0) inFlight.delete(group);
		else inFlight.set(group, now);
	};
	const mayLeave = (organizationId: string): boolean => (inFlight.get(groupOf(organizationId)) ?? 0) < concurrency && holds.maySend(organizationId, now());
	const settled = async (id: string): Promise<void> => {
		await options.turn?.(organizationOf(id));
		await mending.settled(id);
	};

	const telling = createTelling({ store, tell: options.tell, firstOfThisStart: lastArrival + 1, track });
	const mending = createMending({ store, now, moved, sendAgain: (id) => { lines.putBack(id); pump(); } });
	const deliver = createDelivery({ store, lines, holds, moved, now, sleep, tell: telling.tell, send: options.send, settled, isClosed: () => closed, gateway: options.gateway });

	const wake = (nowMs: number): void => {
		const at = holds.nextAtMs(nowMs);
		if (at === undefined || at >= wakeAtMs) return;
		wakeAtMs = at;
		void sleep(Math.min(longestNapMs, Math.max(1, at - nowMs))).then(() => {
			wakeAtMs = Number.POSITIVE_INFINITY;
			pump();
		});
	};
	const pump = (): void => {
		// Whatever pause had ended by now holds nothing below, so only later ones are waited for.
		const nowMs = now();
		while (started && !closed) {
			const id = lines.take(mayLeave);
			if (id === undefined) break;
			const group = groupOf(organizationOf(id));
			holds.left(organizationOf(id));
			count(group, 1);
			track(deliver(id, () => {
				count(group, -1);
				pump();
			}).then(pump));
		}
		if (!closed && counts.waiting > 0) wake(nowMs);
		onChange();
	};

	const purgeOnAndOn = async (): Promise<void> => {
		while (!closed) {
			counts.ended -= await purge(store, keepDays, now()).catch(() => 0);
			await sleep(purgeEveryMs);
		}
	};

	const keep: Outbox['keep'] = async (lead) => {
		if (counts.waiting >= most) return { kind: 'full' };
		counts.waiting++;
		const id = entryId(++lastArrival, lead.organizationId);
		try {
			await store.write([{ kind: 'put', entry: { ...lead, id, arrivedAtMs: now(), outcome: null }, shelf: 'waiting' }]);
		} catch (error) {
			counts.waiting--;
			// It may be on the disk all the same, and its lead was told that it is not.
			void untilWritten({ store, sleep, isClosed: () => closed }, [{ kind: 'remove', id, from: 'waiting', mark: lead.mark }], removeAgainMs);
			throw error;
		}
		lines.add(id);
		pump();
		return { kind: 'kept', id };
	};

	return {
		start: () => {
			started = true;
			telling.tellLeft();
			void purgeOnAndOn();
			pump();
		},
		put: async (lead) => (await keep(lead)).kind,
		keep,
		counts: () => ({ ...counts }),
		held: (organizationId) => holds.why(organizationId),
		release: (organizationId) => {
			holds.passed(organizationId);
			pump();
		},
		change: mending.change,
		tellLeft: () => { if (started) telling.tellLeft(); },
		close: async (patience) => {
			closed = true;
			const drained = async (): Promise<void> => { while (underWay.size > 0) await Promise.all(underWay); };
			await Promise.race([drained(), patience]);
			await store.close();
		},
		list: mending.list,
		retry: mending.retry,
		arrived: mending.arrived,
		discard: mending.discard,
	};
};
