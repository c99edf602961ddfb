import { type Entry, organizationOf, type Shelf } from '../store/entry';
import { createPurgeClock } from '../store/purgeClock';
import { purge, recover, setAside as asideOf } from '../store/recover';
import { writeMove } from '../store/retryWrite';
import { createAdmin } from './admin';
import { createCircuitBreakers } from './circuitBreakers';
import { createConcurrencyLimit } from './concurrency';
import { createDelivery } from './deliver';
import { createEnqueue } from './enqueue';
import { createExpiry, waitsSinceMs } from './expireUnverified';
import { roomFor, unverifiedPauseMs } from './fairShare';
import { createFairQueue } from './fifoByOrganization';
import { createNotifier } from './notify';
import type { OutboxOptions, Outbox } from './types';
import { countedStore, createWaitingCounts } from './waitingCounts';

const purgeEveryMs = 3_600_000;
const firstPurgeMs = 600_000;
/** Whoever wakes early looks again. */
const longestNapMs = 60_000;

/** Opens what the store holds: what was cut off on its way is unconfirmed from here on. Rejects where it cannot be read. */
export const openOutbox = async (options: OutboxOptions): Promise<Outbox> => {
	const {
		now,
		monotonicMs,
		sleep,
		concurrency,
		maxWaiting,
		keepDays,
		shared,
		groupOf = () => '',
		tryAcquire,
		unreadable = () => undefined,
		onChange = () => undefined,
	} = options;
	const isUnverified = shared?.isUnverified ?? (() => false);
	const isGroupUnverified = shared?.isGroupUnverified ?? (() => false);
	const recovered = await recover(options.store, now(), options.gateway, unreadable);
	const counts = { ...recovered.counts };
	const waitingCounts = createWaitingCounts({ groupOf, isUnverified });
	const store = countedStore(options.store, waitingCounts);
	const holds = createCircuitBreakers(groupOf);
	const inFlight = createConcurrencyLimit({
		concurrency,
		groupOf,
		isUnverified: isGroupUnverified,
		mostUnverified: shared?.atOnce ?? Number.POSITIVE_INFINITY,
		onAnswered: (organizationId) => {
			lines.wake(organizationId);
			pump();
		},
	});
	const lines = createFairQueue({
		groupOf,
		isUnverified: isGroupUnverified,
		hasRoomForUnverified: inFlight.hasRoomForUnverified,
		opensAtMs: holds.opensAtMs,
		groupOpensAtMs: (organizationId) =>
			inFlight.hasRoom(organizationId) ? holds.groupOpensAtMs(organizationId) : Number.POSITIVE_INFINITY,
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
	const waits = (organizationId: string, sinceMs = Number.NEGATIVE_INFINITY): void =>
		expiry?.watch(organizationId, sinceMs);
	const mayLeave = (organizationId: string): boolean =>
		inFlight.hasRoom(organizationId) &&
		(!isGroupUnverified(organizationId) || inFlight.hasRoomForUnverified()) &&
		holds.maySend(organizationId, monotonicMs());
	const settled = async (id: string): Promise<void> => {
		await options.acquire?.(organizationOf(id));
		await mending.settled(id);
	};

	const setAside = async (entry: Entry, from: Shelf): Promise<void> => {
		await writeMove(store, asideOf(entry, from, now()));
		moved(from, 'unconfirmed');
		unreadable(entry);
	};
	const telling = createNotifier({ store, tell: options.notify, firstOfThisStart: lastArrival + 1, setAside, track });
	const setAsideWaiting = async (entry: Entry): Promise<void> => {
		await setAside(entry, 'waiting');
		if (entry.outcome !== null) telling.notify(entry, entry.outcome, entry.origin.nodeId !== '');
	};
	const mending = createAdmin({
		store,
		now,
		moved,
		sendAgain: (id) => {
			requeue(id);
			pump();
		},
	});
	const requeue = (id: string, wasRefused?: boolean): void => {
		lines.requeue(id, wasRefused);
		waits(organizationOf(id));
	};
	const { deliver, deliverClaimed, claimed } = createDelivery({
		store,
		lines: { ...lines, requeue },
		holds,
		moved,
		now,
		monotonicMs,
		sleep,
		notify: telling.notify,
		setAside: setAsideWaiting,
		send: options.send,
		settled,
		isClosed: () => closed,
		gateway: options.gateway,
		autoAck: options.autoAck === true,
		// A key that nobody knows is tried a few times, and not every few minutes.
		patient: (step, entry) =>
			step.kind === 'hold' && (step.why === 'key' || step.why === 'organization') && isUnverified(entry.organizationId)
				? { ...step, forMs: unverifiedPauseMs(now() - waitsSinceMs(entry), shared?.forMs) }
				: step,
	});
	const expiry =
		shared === undefined
			? undefined
			: createExpiry({
					store,
					lines,
					isUnverified,
					forMs: shared.forMs,
					now,
					monotonicMs,
					sleep,
					isClosed: () => closed,
					end: mending.end,
					requeue: lines.requeue,
					onGivenUp: shared.onGivenUp,
					tell: (entry, outcome) => telling.notify(entry, outcome, false),
					onEmpty: (organizationId) => {
						if (lines.isEmpty(organizationId) && isGroupUnverified(organizationId)) holds.forget(organizationId);
					},
				});
	for (const id of recovered.waiting) {
		waitingCounts.began(id);
		lines.add(id);
		waits(organizationOf(id));
	}
	store.watch?.({
		away: onChange,
		back: () => {
			holds.closeAll('disk');
			lines.wakeAll();
			if (started) telling.redeliver();
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
			holds.onDispatched(organizationId, monotonicMs());
			track(deliver(id, inFlight.acquire(organizationId)).then(pump));
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
		started &&
		!closed &&
		waitingCounts.ofGroup(organizationId) === 0 &&
		holds.why(organizationId) === undefined &&
		mayLeave(organizationId) &&
		(tryAcquire === undefined ? options.acquire === undefined : tryAcquire(organizationId));

	const keep = createEnqueue({
		store,
		counts,
		now,
		sleep,
		track,
		claimed,
		deliverClaimed,
		pump,
		inFlight,
		lines,
		leavesAtOnce,
		waits: (organizationId) => waits(organizationId, now()),
		roomFor: (organizationId) => {
			if (shared === undefined) return counts.waiting < maxWaiting ? 'room' : 'full';
			return roomFor(
				{
					most: maxWaiting,
					all: counts.waiting,
					ofKey: waitingCounts.ofGroup(organizationId),
					ofUnverified: waitingCounts.ofUnverified(),
				},
				isUnverified(organizationId),
			);
		},
		nextArrival: () => ++lastArrival,
		isClosed: () => closed,
	});

	return {
		start: () => {
			started = true;
			telling.redeliver();
			void purgeOnAndOn();
			void expiry?.run();
			pump();
		},
		put: async (lead) => (await keep(lead)).kind,
		enqueue: keep,
		counts: () => ({ ...counts }),
		holdReason: (organizationId) => holds.why(organizationId),
		release: (organizationId) => {
			holds.close(organizationId);
			lines.wake(organizationId);
			pump();
		},
		verified: waitingCounts.verified,
		waitingUnverified: waitingCounts.ofUnverified,
		change: mending.change,
		redeliver: () => {
			if (started) telling.redeliver();
		},
		close: async (patience) => {
			closed = true;
			const drained = async (): Promise<void> => {
				while (underWay.size > 0) await Promise.all(underWay);
			};
			await Promise.race([drained(), patience]);
			await store.close();
		},
		list: mending.list,
		retry: mending.retry,
		arrived: mending.arrived,
		discard: mending.discard,
	};
};
