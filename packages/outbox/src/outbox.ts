import type { Outcome } from '@icloud-ready/core';
import { createArrivals } from './arrivals';
import { createDelivery } from './delivery';
import { type Entry, organizationOf, type Shelf } from './entry';
import type { EntryStore } from './entryStore';
import { createExpiry, waitsSinceMs } from './expiry';
import { createHolds } from './holds';
import { createInFlight } from './inFlight';
import { createLines } from './lines';
import { createMending, type Mending } from './mending';
import type { Why } from './nextStep';
import { createPurgeClock } from './purgeClock';
import { purge, recover, setAside as asideOf } from './recover';
import { type Room, roomFor, unverifiedPauseMs } from './share';
import { createTelling } from './telling';
import { writeMove } from './untilWritten';
import { countedStore, createWaitingCounts } from './waiting';

/** A lead to be kept, with all that sending it takes. */
export type NewEntry = Pick<Entry, 'lead' | 'warnings' | 'key' | 'organizationId' | 'policy' | 'origin' | 'mark' | 'token'>;

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

export interface Outbox extends Mending {
	/** Tells what an earlier start left untold, and begins to send. Leads are kept before that too. */
	readonly start: () => void;
	/** Resolves when the lead is safe, or with `full`. Rejects where the store cannot be written: then nothing is kept. */
	readonly put: (lead: NewEntry) => Promise<'kept' | 'full'>;
	/** The same, and gives the entry's id, or what is full. */
	readonly keep: (lead: NewEntry) => Promise<{ readonly kind: 'kept'; readonly id: string } | { readonly kind: 'full'; readonly of: Exclude<Room, 'room'> }>;
	/** A lead of this organization was accepted for the first time. */
	readonly verified: (organizationId: string) => void;
	/** How many leads wait of organizations of which none was ever accepted. */
	readonly waitingUnverified: () => number;
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
const firstPurgeMs = 600_000;
/** Whoever wakes early looks again. */
const longestNapMs = 60_000;

/** Opens what the store holds: what was cut off on its way is unconfirmed from here on. Rejects where it cannot be read. */
export const openOutbox = async (options: OutboxOptions): Promise<Outbox> => {
	const { now, monotonicMs, sleep, concurrency, most, keepDays, shared, groupOf = () => '', turnAtOnce, unreadable = () => undefined, onChange = () => undefined } = options;
	const isUnverified = shared?.isUnverified ?? (() => false);
	const isGroupUnverified = shared?.isGroupUnverified ?? (() => false);
	const recovered = await recover(options.store, now(), options.gateway, unreadable);
	const counts = { ...recovered.counts };
	const waitingCounts = createWaitingCounts({ groupOf, isUnverified });
	const store = countedStore(options.store, waitingCounts);
	const holds = createHolds(groupOf);
	const inFlight = createInFlight({ concurrency, groupOf, isUnverified: isGroupUnverified, mostUnverified: shared?.atOnce ?? Number.POSITIVE_INFINITY, onAnswered: (organizationId) => { lines.wake(organizationId); pump(); } });
	const lines = createLines({
		groupOf, isUnverified: isGroupUnverified, hasRoomForUnverified: inFlight.hasRoomForUnverified, opensAtMs: holds.opensAtMs,
		groupOpensAtMs: (organizationId) => (inFlight.hasRoom(organizationId) ? holds.groupOpensAtMs(organizationId) : Number.POSITIVE_INFINITY),
	});
	const underWay = new Set<Promise<void>>();
	let { lastArrival } = recovered;
	let started = false;
	let closed = false;
	const purgeNow = createPurgeClock(now, monotonicMs);
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

	/** Of one that waits again nothing is known but that it came before. */
	const waits = (organizationId: string, sinceMs = Number.NEGATIVE_INFINITY): void => expiry?.watch(organizationId, sinceMs);
	const mayLeave = (organizationId: string): boolean =>
		inFlight.hasRoom(organizationId) && (!isGroupUnverified(organizationId) || inFlight.hasRoomForUnverified()) && holds.maySend(organizationId, monotonicMs());
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
	const mending = createMending({ store, now, moved, sendAgain: (id) => { putBack(id); pump(); } });
	const putBack = (id: string, wasRefused?: boolean): void => {
		lines.putBack(id, wasRefused);
		waits(organizationOf(id));
	};
	const { deliver, carry, leaving } = createDelivery({
		store, lines: { ...lines, putBack }, holds, moved, now, monotonicMs, sleep, tell: telling.tell, setAside: setAsideWaiting, send: options.send, settled, isClosed: () => closed, gateway: options.gateway, tellsAtOnce: options.tellsAtOnce === true,
		// A key that nobody knows is tried a few times, and not every few minutes.
		patient: (step, entry) => (step.kind === 'hold' && (step.why === 'key' || step.why === 'organization') && isUnverified(entry.organizationId) ? { ...step, forMs: unverifiedPauseMs(now() - waitsSinceMs(entry)) } : step),
	});
	const expiry = shared === undefined ? undefined : createExpiry({
		store, lines, isUnverified, forMs: shared.forMs, now, monotonicMs, sleep, isClosed: () => closed, end: mending.end, putBack: lines.putBack, onGivenUp: shared.onGivenUp,
		tell: (entry, outcome) => telling.tell(entry, outcome, false),
		onEmpty: (organizationId) => { if (lines.isEmpty(organizationId) && isGroupUnverified(organizationId)) holds.forget(organizationId); },
	});
	for (const id of recovered.waiting) {
		waitingCounts.began(id);
		lines.add(id);
		waits(organizationOf(id));
	}
	store.watch?.({
		away: onChange,
		back: () => {
			holds.liftAll('disk');
			lines.wakeAll();
			if (started) telling.tellLeft();
			pump();
		},
	});

	const wake = (nowMs: number): void => {
		const at = lines.nextAtMs();
		if (at === undefined || at >= wakeAtMs) return;
		wakeAtMs = at;
		void sleep(Math.min(longestNapMs, Math.max(1, at - nowMs))).then(() => {
			wakeAtMs = Number.POSITIVE_INFINITY;
			pump();
		});
	};
	const pump = (): void => {
		// Whatever pause had ended by now holds nothing below, so only later ones are waited for.
		const nowMs = monotonicMs();
		while (started && !closed) {
			const id = lines.take(monotonicMs());
			if (id === undefined) break;
			const organizationId = organizationOf(id);
			holds.left(organizationId, monotonicMs());
			track(deliver(id, inFlight.leave(organizationId)).then(pump));
		}
		if (!closed && counts.waiting > 0) wake(nowMs);
		onChange();
	};

	const purgeOnAndOn = async (): Promise<void> => {
		// A machine that has just started may not know yet what time it is.
		await sleep(firstPurgeMs);
		while (!closed) {
			counts.ended -= await purge(store, keepDays, purgeNow()).catch(() => 0);
			await sleep(purgeEveryMs);
		}
	};

	/** Where nobody waits and nothing holds it back, a lead need not wait either: it comes in marked, which is one write instead of two. */
	const leavesAtOnce = (organizationId: string): boolean =>
		started && !closed && waitingCounts.ofGroup(organizationId) === 0 && holds.why(organizationId) === undefined && mayLeave(organizationId) && (turnAtOnce === undefined ? options.turn === undefined : turnAtOnce(organizationId));

	const keep = createArrivals({
		store, counts, now, sleep, track, leaving, carry, pump, inFlight, lines, leavesAtOnce,
		waits: (organizationId) => waits(organizationId, now()),
		roomFor: (organizationId) => {
			if (shared === undefined) return counts.waiting < most ? 'room' : 'full';
			return roomFor({ most, all: counts.waiting, ofKey: waitingCounts.ofGroup(organizationId), ofUnverified: waitingCounts.ofUnverified() }, isUnverified(organizationId));
		},
		nextArrival: () => ++lastArrival, isClosed: () => closed,
	});

	return {
		start: () => {
			started = true;
			telling.tellLeft();
			void purgeOnAndOn();
			void expiry?.run();
			pump();
		},
		put: async (lead) => (await keep(lead)).kind,
		keep,
		counts: () => ({ ...counts }),
		held: (organizationId) => holds.why(organizationId),
		release: (organizationId) => {
			holds.lift(organizationId);
			lines.wake(organizationId);
			pump();
		},
		verified: waitingCounts.verified,
		waitingUnverified: waitingCounts.ofUnverified,
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
