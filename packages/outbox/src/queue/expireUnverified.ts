import { type Entry, factsOf, type LeadPayload } from '../store/entry';
import { endWaiting } from './move';
import { notify } from './notify';
import { isGroupUnverified, isUnverified, type OutboxState } from './outboxState';
import type { SharedOutbox } from './types';
import { type Outcome, outcomeOf } from '@icloud-ready/core';

/*
 * Leads of accounts of which none was ever accepted wait for so long and no longer.
 */

/** A clock that was set is noticed within a minute. */
const longestNapMs = 60_000;
/** Whatever `forMs` is, looking costs less than a look a second. */
const leastNapMs = 1000;

/** A tenth of the time: nobody waits much longer than was said. */
const napMsOf = ({ forMs }: SharedOutbox): number => Math.max(leastNapMs, Math.min(longestNapMs, forMs / 10));

/** Since when a lead waits: a person who sends it again gives it the whole time anew. */
export const waitsSinceMs = ({ arrivedAtMs, againAtMs = 0 }: Pick<Entry, 'arrivedAtMs' | 'againAtMs'>): number =>
	Math.max(arrivedAtMs, againAtMs);

/** What a lead is told whose key or permission was refused as long as it waited; undefined where nobody refused it. */
export const givenUp = (
	{ outcome, ...payload }: LeadPayload & Pick<Entry, 'outcome'>,
	waitedMs: number,
): Outcome | undefined => {
	if (outcome?.outcome !== 'unauthorized' && outcome?.outcome !== 'forbidden') return undefined;
	return outcomeOf(
		{ outcome: outcome.outcome, cause: { kind: 'neverAccepted', waitedMs } },
		{ ...factsOf(payload), status: outcome.status, attempts: outcome.attempts },
	);
};

const lookLater = <Payload extends LeadPayload>(
	{ options, expiry }: OutboxState<Payload>,
	partition: string,
	inMs: number,
): void => {
	expiry.watched.add(partition);
	expiry.due.push({ atMs: options.monotonicMs() + inMs, partition });
};

const remainingMs = (forMs: number, sinceMs: number, nowMs: number): number =>
	Math.min(forMs, Math.max(0, sinceMs + forMs - nowMs));

/** A lead of this partition waits, since `sinceMs` at the earliest; of one that waits again only that it came before is known. */
export const watchExpiry = <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	partition: string,
	sinceMs = Number.NEGATIVE_INFINITY,
): void => {
	const { shared, now } = state.options;
	if (shared === undefined || state.expiry.watched.has(partition) || !isUnverified(state, partition)) return;
	lookLater(state, partition, remainingMs(shared.forMs, sinceMs, now()));
};

/** Ends `id`, which is the first of a partition. It is taken out of its line first, so that nobody sends it meanwhile. Whether it ended. */
const endFirst = async <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	partition: string,
	id: string,
	outcome: Outcome,
): Promise<boolean> => {
	state.queue.takeFrom(partition);
	const ended = await endWaiting(state, id, (entry) => ({
		...entry,
		outcome,
		endedAtMs: state.options.now(),
	})).catch(() => 'unwritten' as const);
	if (ended === 'unwritten') {
		state.queue.requeue(id);
		return false;
	}
	if (ended === undefined) return false;
	notify(state, ended, outcome, false);
	return true;
};

/** Looks at the first of a partition, and at those behind it as long as they end. How many were given up. */
const lookAt = async <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	{ forMs }: SharedOutbox,
	partition: string,
	napMs: number,
): Promise<number> => {
	const { queue, store, expiry, breakers, options } = state;
	for (let count = 0; ; ) {
		const id = isUnverified(state, partition) ? queue.firstOf(partition) : undefined;
		if (id === undefined) {
			expiry.watched.delete(partition);
			if (queue.isEmpty(partition) && isGroupUnverified(state, partition)) breakers.forget(partition);
			return count;
		}
		const entry = await store.get('waiting', id).catch(() => undefined);
		const nowMs = options.now();
		const sinceMs = entry === undefined ? nowMs : waitsSinceMs(entry);
		// One that came later than it is now came before the clock was set back, and has waited since it was watched.
		const leftMs = entry === undefined || sinceMs > nowMs ? 0 : remainingMs(forMs, sinceMs, nowMs);
		const outcome =
			entry === undefined ? undefined : givenUp({ ...entry.payload, outcome: entry.outcome }, nowMs - sinceMs);
		if (queue.firstOf(partition) !== id) continue;
		if (leftMs > 0 || outcome === undefined) {
			lookLater(state, partition, Math.max(leftMs, napMs));
			return count;
		}
		if (await endFirst(state, partition, id, outcome)) count++;
	}
};

/** Looks on and on, until the outbox is closed. */
export const runExpiry = async <Payload extends LeadPayload>(state: OutboxState<Payload>): Promise<void> => {
	const { shared, sleep, monotonicMs } = state.options;
	if (shared === undefined) return;
	const napMs = napMsOf(shared);
	const nextDue = (): string | undefined => {
		const next = state.expiry.due.peek();
		if (next === undefined || next.atMs > monotonicMs() || state.isClosed) return undefined;
		state.expiry.due.pop();
		return next.partition;
	};
	while (!state.isClosed) {
		await sleep(napMs);
		let count = 0;
		for (let partition = nextDue(); partition !== undefined; partition = nextDue())
			count += await lookAt(state, shared, partition, napMs);
		if (count > 0) shared.onGivenUp(count);
	}
};
