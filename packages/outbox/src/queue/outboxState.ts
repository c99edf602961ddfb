import type { LeadPayload, Shelf } from '../store/entry';
import type { EntryStore } from '../store/entryStore';
import type { Recovered } from '../store/recover';
import { type CircuitBreakers, createCircuitBreakers } from './circuitBreakers';
import { type ConcurrencyLimit, createConcurrencyLimit } from './concurrency';
import { createFairQueue, type FairQueue } from './fairQueue';
import { createHeap, type Heap } from './heap';
import { createLeadIndex, indexedStore, type LeadIndex } from './leadIndex';
import { createLeavingFacts, type LeavingFacts } from './leavingFacts';
import type { NotLeaving } from './mayLeave';
import { createRefusalCounts, type RefusalCounts } from './refusalCounts';
import type { OutboxOptions } from './types';
import { countedStore, createWaitingCounts, type WaitingCounts } from './waitingCounts';

/**
 * A move that the store failed to write, and then did not tell whether it had: the entry stands on one of the two, or nowhere
 * where it is a new one.
 */
export interface Doubt {
	/** Left out: of a new entry. */
	readonly from?: Shelf;
	readonly to: Shelf;
}

/** All that an outbox knows while it is open. Each file beside this one has one thing that is done with it. */
export interface OutboxState<Payload extends LeadPayload> {
	readonly options: OutboxOptions<Payload>;
	/** The store of the options; what begins or ends to wait is counted on the way. */
	readonly store: EntryStore<Payload>;
	/** Which entries a filter finds. */
	readonly index: LeadIndex<Payload>;
	readonly counts: Record<Shelf, number>;
	readonly waiting: WaitingCounts;
	readonly breakers: CircuitBreakers;
	readonly concurrency: ConcurrencyLimit;
	/** Ids of what waits. */
	readonly queue: FairQueue;
	/** What happened to leads, for the watchdog. */
	readonly leaving: LeavingFacts;
	readonly refusals: RefusalCounts;
	/** What closing waits for. */
	readonly underWay: Set<Promise<void>>;
	/**
	 * Ids of leads on their way. One that was discarded while it waited stands in its line still, and stands there twice
	 * once a person sends it again.
	 */
	readonly onTheWay: Set<string>;
	/** Entries that are moved by hand or marked just now, by id: they are not moved twice, and not sent meanwhile. */
	readonly moving: Map<string, Promise<boolean>>;
	/** Ids of what may be on the disk although its giver was told that it is not: it is about to be removed. */
	readonly unkept: Set<string>;
	/** Moves of which the store did not tell whether they were done, by id. */
	readonly doubts: Map<string, Doubt>;
	/** To be called when there is one more. */
	readonly onDoubt: () => void;
	readonly acks: {
		/** Told, and not noted yet: a store that fails for a while must not have it told twice. */
		readonly unnoted: Set<string>;
		/** What was told while a round reads what is unacknowledged: it may have read it before that. Undefined between rounds. */
		toldInRound: Set<string> | undefined;
		/** Settles with the last round; one comes after another. */
		rounds: Promise<void>;
	};
	readonly expiry: {
		/** When the first lead of a partition is looked at, on the clock that only goes forward. */
		readonly due: Heap<{ readonly atMs: number; readonly partition: string }>;
		/** Each partition is watched once, by the lead that would leave next. */
		readonly watched: Set<string>;
	};
	/** Arrivals before this one were taken in before this start. */
	readonly firstOfThisStart: number;
	lastArrival: number;
	isStarted: boolean;
	isClosed: boolean;
	/** When the queue is looked at again by itself. */
	wakeAtMs: number;
	/** Somebody looks after what is in doubt. */
	isSettling: boolean;
	/** The watchdog sleeps until it looks again. */
	isWatched: boolean;
	/** Leads that could have left for a minute and have not, as the watchdog saw last. */
	notLeaving: NotLeaving | undefined;
}

/** `onAnswered`: one less of this partition is on its way. `onDoubt`: of a move nobody knows whether it was done. */
export const createState = <Payload extends LeadPayload>(
	options: OutboxOptions<Payload>,
	{ counts, lastArrival }: Recovered,
	onAnswered: (partition: string) => void,
	onDoubt: () => void,
): OutboxState<Payload> => {
	const { shared, concurrency: atOnce, groupOf = () => '' } = options;
	const isGroupUnverified = shared?.isGroupUnverified ?? (() => false);
	const breakers = createCircuitBreakers(groupOf);
	const index = createLeadIndex(options.store);
	const waiting = createWaitingCounts({ groupOf, isUnverified: shared?.isUnverified ?? (() => false) });
	const concurrency = createConcurrencyLimit({
		concurrency: atOnce,
		groupOf,
		isUnverified: isGroupUnverified,
		mostUnverified: shared?.atOnce ?? Number.POSITIVE_INFINITY,
		onAnswered,
	});
	return {
		options,
		store: countedStore(indexedStore(options.store, index), waiting),
		index,
		counts: { ...counts },
		waiting,
		breakers,
		concurrency,
		queue: createFairQueue({
			groupOf,
			isUnverified: isGroupUnverified,
			hasRoomForUnverified: concurrency.hasRoomForUnverified,
			opensAtMs: breakers.opensAtMs,
			groupOpensAtMs: (partition) =>
				concurrency.hasRoom(partition) ? breakers.groupOpensAtMs(partition) : Number.POSITIVE_INFINITY,
		}),
		refusals: createRefusalCounts(),
		leaving: createLeavingFacts({ groupOf, isUnverified: isGroupUnverified }),
		underWay: new Set(),
		onTheWay: new Set(),
		moving: new Map(),
		unkept: new Set(),
		doubts: new Map(),
		onDoubt,
		acks: { unnoted: new Set(), toldInRound: undefined, rounds: Promise.resolve() },
		expiry: { due: createHeap((one, other) => one.atMs < other.atMs), watched: new Set() },
		firstOfThisStart: lastArrival + 1,
		lastArrival,
		isStarted: false,
		isClosed: false,
		wakeAtMs: Number.POSITIVE_INFINITY,
		isSettling: false,
		isWatched: false,
		notLeaving: undefined,
	};
};

/** Closing waits for what is tracked. */
export const track = ({ underWay }: { readonly underWay: Set<Promise<void>> }, work: Promise<void>): void => {
	const mine: Promise<void> = work.catch(() => undefined).finally(() => underWay.delete(mine));
	underWay.add(mine);
};

export const moved = (
	{ counts, options }: { readonly counts: Record<Shelf, number>; readonly options: { readonly onChange?: () => void } },
	from: Shelf | undefined,
	to: Shelf,
): void => {
	if (from !== undefined) counts[from]--;
	counts[to]++;
	options.onChange?.();
};

/** Whether no lead of this partition was ever accepted, where that makes a difference. */
export const isUnverified = (
	{ options }: { readonly options: Pick<OutboxOptions, 'shared'> },
	partition: string,
): boolean => options.shared?.isUnverified(partition) === true;

/** The same of its whole group. */
export const isGroupUnverified = (
	{ options }: { readonly options: Pick<OutboxOptions, 'shared'> },
	partition: string,
): boolean => options.shared?.isGroupUnverified(partition) === true;
