import type { LeadPayload } from '../store/entry';
import { mayLeaveAtMs, type NotLeaving, type NotLeavingReason, overdueAfterMs } from './mayLeave';
import { isGroupUnverified, type OutboxState } from './outboxState';
import { firstWaiting } from './waitingCounts';

/*
 * Looks after the queue, which should need nobody for that: whatever could have left for a minute and has not is told, and
 * tried again.
 */

/** Often enough that a lead is told of within two minutes, and no load where many wait. */
const lookEveryMs = 30_000;
/** A sending has its own time limit, and a limiter or a gateway may hold it for as long as the settings say. */
const longestSendingMs = 600_000;

interface Overdue {
	readonly partition: string;
	readonly ids: ReadonlySet<string>;
	readonly sinceMs: number;
}

/** Partitions of which a lead could have left for too long. */
const overduePartitions = <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	nowMs: number,
): readonly Overdue[] => {
	const { options, waiting, leaving } = state;
	const overdue: Overdue[] = [];
	for (const [partition, ids] of waiting.byPartition()) {
		const sinceMs = mayLeaveAtMs({
			...leaving.of(partition, firstWaiting(ids), nowMs),
			concurrency: isGroupUnverified(state, partition) ? 1 : options.concurrency,
			longestSendingMs: options.longestSendingMs ?? longestSendingMs,
			maxPerSecond: options.maxPerSecond ?? 0,
		});
		if (nowMs - sinceMs >= overdueAfterMs) overdue.push({ partition, ids, sinceMs });
	}
	leaving.looked((partition) => waiting.byPartition().has(partition), nowMs);
	return overdue;
};

/** Why it does not leave, as the queue itself believes. */
const reasonOf = <Payload extends LeadPayload>(
	{ store, breakers, concurrency, queue, onTheWay }: OutboxState<Payload>,
	{ partition, ids }: Overdue,
): NotLeavingReason => {
	if (store.isAway?.() === true) return 'disk';
	const why = breakers.why(partition);
	if (why !== undefined) return why;
	for (const id of onTheWay) if (ids.has(id)) return 'turn';
	if (!concurrency.hasRoom(partition)) return 'sending';
	return queue.firstOf(partition) === undefined ? 'line' : 'unknown';
};

/** So many are put back into their line in one step; the rest when they have left it. */
const mostRequeued = 10_000;

const requeue = <Payload extends LeadPayload>(
	{ queue, onTheWay, moving, waiting }: OutboxState<Payload>,
	ids: ReadonlySet<string>,
): void => {
	let count = 0;
	for (const id of ids) {
		// Where its write takes as long, its giver may yet be told that it is not kept, and send it elsewhere.
		if (onTheWay.has(id) || moving.has(id) || waiting.writing.has(id)) continue;
		queue.requeue(id);
		if (++count === mostRequeued) return;
	}
};

/** Lets one lead of it see whether it goes, and puts back into its line what stands in none. */
const tryAgain = <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	{ partition, ids }: Overdue,
	nowMs: number,
): void => {
	const { breakers, queue } = state;
	if (queue.firstOf(partition) === undefined) requeue(state, ids);
	breakers.probe(partition, nowMs);
	queue.wake(partition);
};

const notLeavingOf = <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	overdue: readonly Overdue[],
	nowMs: number,
): NotLeaving | undefined => {
	const [longest] = [...overdue].sort((one, other) => one.sinceMs - other.sinceMs);
	if (longest === undefined) return undefined;
	return {
		count: overdue.reduce((sum, { ids }) => sum + ids.size, 0),
		reason: reasonOf(state, longest),
		sinceMs: state.options.now() - (nowMs - longest.sinceMs),
	};
};

const look = <Payload extends LeadPayload>(state: OutboxState<Payload>, pump: () => void): void => {
	const nowMs = state.options.monotonicMs();
	const overdue = overduePartitions(state, nowMs);
	const before = state.notLeaving;
	state.notLeaving = notLeavingOf(state, overdue, nowMs);
	if ((before === undefined) !== (state.notLeaving === undefined)) state.options.onNotLeaving?.(state.notLeaving);
	if (overdue.length === 0) return;
	for (const each of overdue) tryAgain(state, each, nowMs);
	// Whoever was to wake it may be what is lost.
	state.wakeAtMs = Number.POSITIVE_INFINITY;
	pump();
};

/** Looks again and again as long as anything waits; to be called whenever something may. One sleeper is enough. */
export const watchWaiting = <Payload extends LeadPayload>(state: OutboxState<Payload>, pump: () => void): void => {
	if (state.isWatched || state.isClosed || !state.isStarted) return;
	if (state.waiting.byPartition().size === 0 && state.notLeaving === undefined) return;
	state.isWatched = true;
	const { sleep } = state.options;
	void sleep(lookEveryMs).then(() => {
		state.isWatched = false;
		if (state.isClosed) return;
		look(state, pump);
		watchWaiting(state, pump);
	});
};
