import type { Outcome } from '@icloud-ready/core';
import { createArrivals } from './arrivals';
import { createDelivery } from './delivery';
import { type Entry, organizationOf, type Shelf } from './entry';
import type { EntryStore } from './entryStore';
import { createGroupedHolds } from './groups';
import { createInFlight } from './inFlight';
import { createLines } from './lines';
import { createMending, type Mending } from './mending';
import type { Why } from './nextStep';
import { writeMove } from './untilWritten';
import { purge, recover, setAside as asideOf } from './recover';
import { createTelling } from './telling';

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
	/** Somebody is always there to be told, so nothing is written for later, and what ended just before a crash is not told again. */
	readonly tellsAtOnce?: boolean;
	/** How many leads of a group are on their way at once. */
	readonly concurrency: number;
	/** Which organizations share one key, and so its limit and what holds it; left out: all of them. */
	readonly groupOf?: (organizationId: string) => string;
	/** Resolves when the pace lets a lead of this organization leave; a lead that waits for it is not marked yet. */
	readonly turn?: (organizationId: string) => Promise<unknown>;
	/** Takes a turn where the pace lets a lead of this organization leave at once; false: `turn` is to be waited for. */
	readonly turnAtOnce?: (organizationId: string) => boolean;
	/** How many may wait. */
	readonly most: number;
	/** How long ended ones are kept. */
	readonly keepDays: number;
	readonly now: () => number;
	/** Resolves after `ms`, or as soon as the program ends. */
	readonly sleep: (ms: number) => Promise<void>;
	/** Names the gateway, and the account there, that leads go to: a second sending of an entry with a token counts there as the first. */
	readonly gateway?: string | undefined;
	/** Told once of each entry that cannot be read, when it is made unconfirmed: as much of it as can be. */
	readonly unreadable?: (entry: Entry) => void;
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

/** Opens what the store holds: what was cut off on its way is unconfirmed from here on. Rejects where it cannot be read. */
export const openOutbox = async (options: OutboxOptions): Promise<Outbox> => {
	const { store, now, sleep, concurrency, most, keepDays, groupOf = () => '', turnAtOnce, unreadable = () => undefined, onChange = () => undefined } = options;
	const recovered = await recover(store, now(), options.gateway, unreadable);
	const counts = { ...recovered.counts };
	const lines = createLines();
	for (const id of recovered.waiting) lines.add(id);
	const grouped = createGroupedHolds(groupOf);
	/** Organizations whose leads wait for nothing but the store. */
	const withoutStore = new Set<string>();
	const holds: typeof grouped = {
		...grouped,
		begin: (why, organizationId, ...rest) => {
			if (why === 'disk') withoutStore.add(organizationId);
			grouped.begin(why, organizationId, ...rest);
		},
	};
	const inFlight = createInFlight({ concurrency, groupOf, onAnswered: () => pump() });
	const underWay = new Set<Promise<void>>();
	let { lastArrival } = recovered;
	let started = false;
	let closed = false;
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

	const mayLeave = (organizationId: string): boolean => inFlight.hasRoom(organizationId) && holds.maySend(organizationId, now());
	const settled = async (id: string): Promise<void> => {
		await options.turn?.(organizationOf(id));
		await mending.settled(id);
	};

	const setAside = async (entry: Entry, from: Shelf): Promise<void> => {
		await writeMove(store, asideOf(entry, from, now()));
		moved(from, 'unconfirmed');
		unreadable(entry);
	};
	const telling = createTelling({ store, tell: options.tell, firstOfThisStart: lastArrival + 1, setAside, track });
	const setAsideWaiting = async (entry: Entry): Promise<void> => {
		await setAside(entry, 'waiting');
		if (entry.outcome !== null) telling.tell(entry, entry.outcome, entry.origin.nodeId !== '');
	};
	const mending = createMending({ store, now, moved, sendAgain: (id) => { lines.putBack(id); pump(); } });
	const { deliver, carry, leaving } = createDelivery({ store, lines, holds, moved, now, sleep, tell: telling.tell, setAside: setAsideWaiting, send: options.send, settled, isClosed: () => closed, gateway: options.gateway, tellsAtOnce: options.tellsAtOnce === true });

	store.watch?.({
		away: onChange,
		back: () => {
			for (const organizationId of withoutStore) if (holds.why(organizationId) === 'disk') holds.passed(organizationId);
			withoutStore.clear();
			if (started) telling.tellLeft();
			pump();
		},
	});

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
			const organizationId = organizationOf(id);
			holds.left(organizationId);
			track(deliver(id, inFlight.leave(organizationId)).then(pump));
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

	/** Where nobody waits and nothing holds it back, a lead need not wait either: it comes in marked, which is one write instead of two. */
	const leavesAtOnce = (organizationId: string): boolean =>
		started && !closed && counts.waiting === 0 && holds.why(organizationId) === undefined && mayLeave(organizationId) && (turnAtOnce === undefined ? options.turn === undefined : turnAtOnce(organizationId));

	const keep = createArrivals({
		store, counts, most, now, sleep, track, leaving, carry, pump, inFlight, lines, leavesAtOnce,
		nextArrival: () => ++lastArrival, isClosed: () => closed,
	});

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
