import { type LeadPayload, partitionOf } from '../store/entry';
import { deliver } from './deliver';
import { isGroupUnverified, type OutboxState, track } from './outboxState';
import { watchWaiting } from './watchdog';

/** Whoever wakes early looks again. */
const longestNapMs = 60_000;

/** Wakes when something that is set aside may leave; one sleeper is enough. */
const wakeLater = <Payload extends LeadPayload>(state: OutboxState<Payload>, nowMs: number): void => {
	const atMs = state.queue.nextAtMs();
	if (atMs === undefined || atMs >= state.wakeAtMs) return;
	state.wakeAtMs = atMs;
	void state.options.sleep(Math.min(longestNapMs, Math.max(1, atMs - nowMs))).then(() => {
		// Where a sooner one took its place, that one has looked: each would begin the next sleep otherwise.
		if (state.wakeAtMs !== atMs) return;
		state.wakeAtMs = Number.POSITIVE_INFINITY;
		pump(state);
	});
};

/** Lets leave whatever may. To be called when anything has changed that could let something leave. */
export const pump = <Payload extends LeadPayload>(state: OutboxState<Payload>): void => {
	const { options, queue, breakers, concurrency } = state;
	// Whatever pause had ended by now holds nothing below, so only later ones are waited for.
	const nowMs = options.monotonicMs();
	while (state.isStarted && !state.isClosed) {
		const id = queue.take(options.monotonicMs());
		if (id === undefined) break;
		const partition = partitionOf(id);
		breakers.onDispatched(partition, options.monotonicMs());
		track(
			state,
			deliver(state, id, concurrency.acquire(partition)).then(() => pump(state)),
		);
	}
	if (!state.isClosed && state.counts.waiting > 0) wakeLater(state, nowMs);
	watchWaiting(state, () => pump(state));
	options.onChange?.();
};

/**
 * Whether a lead that comes now need not wait: where nobody waits and nothing holds it back it comes in marked, which is
 * one write instead of two. Its turn of the rate limit is taken then.
 */
export const leavesAtOnce = <Payload extends LeadPayload>(state: OutboxState<Payload>, partition: string): boolean => {
	const { options, concurrency, breakers, waiting } = state;
	return (
		state.isStarted &&
		!state.isClosed &&
		waiting.ofGroup(partition) === 0 &&
		breakers.why(partition) === undefined &&
		concurrency.hasRoom(partition) &&
		(!isGroupUnverified(state, partition) || concurrency.hasRoomForUnverified()) &&
		breakers.maySend(partition, options.monotonicMs()) &&
		(options.tryAcquire === undefined ? options.acquire === undefined : options.tryAcquire(partition))
	);
};
