import type { Outcome } from '@icloud-ready/core';
import { createDelivery } from './delivery';
import { type Entry, entryId, organizationOf, type Shelf } from './entry';
import type { EntryStore } from './entryStore';
import { createHolds } from './holds';
import { createLines } from './lines';
import { createMending, type Mending } from './mending';
import type { Why } from './nextStep';
import { purge, recover } from './recover';
import { createTelling } from './telling';
import { untilWritten } from './untilWritten';

/** A lead to be kept, with all that sending it takes. */
export type NewEntry = Pick<Entry, 'lead' | 'warnings' | 'key' | 'organizationId' | 'policy' | 'origin' | 'token'>;

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
	/** How many leads are on their way at once. */
	readonly concurrency: number;
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
	readonly counts: () => Counts;
	/** Why leads wait, where something holds them back. */
	readonly held: () => Why | undefined;
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
	const { store, now, sleep, concurrency, most, keepDays, onChange = () => undefined } = options;
	const recovered = await recover(store, now(), options.gateway);
	const counts = { ...recovered.counts };
	const lines = createLines();
	for (const id of recovered.waiting) lines.add(id);
	const holds = createHolds();
	const underWay = new Set<Promise<void>>();
	let { lastArrival } = recovered;
	let started = false;
	let closed = false;
	let inFlight = 0;
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

	const telling = createTelling({ store, tell: options.tell, firstOfThisStart: lastArrival + 1, track });
	const mending = createMending({ store, now, moved, sendAgain: (id) => { lines.putBack(id); pump(); } });
	const deliver = createDelivery({ store, lines, holds, moved, now, sleep, tell: telling.tell, send: options.send, settled: mending.settled, isClosed: () => closed, gateway: options.gateway });

	const wake = (): void => {
		const at = holds.nextAtMs(now());
		if (at === undefined || at >= wakeAtMs) return;
		wakeAtMs = at;
		void sleep(Math.min(longestNapMs, Math.max(1, at - now()))).then(() => {
			wakeAtMs = Number.POSITIVE_INFINITY;
			pump();
		});
	};
	const pump = (): void => {
		while (started && !closed && inFlight < concurrency) {
			const id = lines.take((organizationId) => holds.maySend(organizationId, now()));
			if (id === undefined) break;
			holds.left(organizationOf(id));
			inFlight++;
			track(deliver(id, () => {
				inFlight--;
				pump();
			}).then(pump));
		}
		if (!closed && counts.waiting > 0) wake();
		onChange();
	};

	const purgeOnAndOn = async (): Promise<void> => {
		while (!closed) {
			counts.ended -= await purge(store, keepDays, now()).catch(() => 0);
			await sleep(purgeEveryMs);
		}
	};

	return {
		start: () => {
			started = true;
			telling.tellLeft();
			void purgeOnAndOn();
			pump();
		},
		put: async (lead) => {
			if (counts.waiting >= most) return 'full';
			counts.waiting++;
			const id = entryId(++lastArrival, lead.organizationId);
			try {
				await store.write([{ kind: 'put', entry: { ...lead, id, arrivedAtMs: now(), outcome: null }, shelf: 'waiting' }]);
			} catch (error) {
				counts.waiting--;
				// It may be on the disk all the same, and its lead was told that it is not.
				void untilWritten({ store, sleep, isClosed: () => closed }, [{ kind: 'remove', id, from: 'waiting' }], removeAgainMs);
				throw error;
			}
			lines.add(id);
			pump();
			return 'kept';
		},
		counts: () => ({ ...counts }),
		held: () => holds.why(),
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
