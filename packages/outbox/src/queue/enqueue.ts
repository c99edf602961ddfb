import { type Entry, entryId, type LeadPayload } from '../store/entry';
import type { Remove } from '../store/entryStore';
import { retryWrite } from '../store/retryWrite';
import { claimed } from './claim';
import { deliverClaimed } from './deliver';
import { watchExpiry } from './expireUnverified';
import { type Room, roomFor } from './fairShare';
import { isUnverified, type OutboxState, track } from './outboxState';
import { leavesAtOnce, pump } from './pump';
import type { Enqueued, NewEntry } from './types';
import type { Outcome } from '@icloud-ready/core';

/** What is tried here is nothing but tidying: whoever was refused sends again long after that. */
const removeAgainMs = 5000;

/** Removes what may be on the disk although its giver was told that it is not: all together, however many those are. */
const createRemoving = <Payload extends LeadPayload>(state: OutboxState<Payload>): ((change: Remove) => void) => {
	const { store, options } = state;
	let unkept: Remove[] = [];
	let isBusy = false;
	const remove = async (): Promise<void> => {
		isBusy = true;
		while (unkept.length > 0) {
			const all = unkept;
			unkept = [];
			const isClosed = (): boolean => state.isClosed;
			if (!(await retryWrite({ store, sleep: options.sleep, isClosed }, all, removeAgainMs))) break;
			for (const { id } of all) state.unkept.delete(id);
		}
		isBusy = false;
	};
	return (change) => {
		unkept.push(change);
		state.unkept.add(change.id);
		if (!isBusy) void remove();
	};
};

/** Whether one more lead of this partition may wait. */
export const roomOf = <Payload extends LeadPayload>(state: OutboxState<Payload>, partition: string): Room => {
	const { options, counts, waiting } = state;
	if (options.shared === undefined) return counts.waiting < options.maxWaiting ? 'room' : 'full';
	return roomFor(
		{
			most: options.maxWaiting,
			all: counts.waiting,
			ofKey: waiting.ofGroup(partition),
			ofUnverified: waiting.ofUnverified(),
		},
		isUnverified(state, partition),
	);
};

/** Takes leads in: on disk before anybody is told that they are kept, and marked already where they need not wait. */
export const createEnqueue = <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
): ((lead: NewEntry<Payload>) => Promise<Enqueued>) => {
	const { store, counts, options, concurrency, queue } = state;
	const removeUnkept = createRemoving(state);
	return async (lead) => {
		const { partition } = lead;
		const room = roomOf(state, partition);
		if (room !== 'room') return { kind: 'full', of: room };
		const arrivedAtMs = options.now();
		const entry: Entry<Payload> = { ...lead, id: entryId(++state.lastArrival, partition), arrivedAtMs, outcome: null };
		const { id } = entry;
		const answered = leavesAtOnce(state, partition) ? concurrency.acquire(partition) : undefined;
		const shelf = answered === undefined ? 'waiting' : 'sending';
		counts[shelf]++;
		const writing = store.write([
			{ kind: 'put', entry: answered === undefined ? entry : claimed(state, entry), shelf },
		]);
		// Closing waits for it too: what was marked only just before can still be put among those that wait.
		track(state, writing);
		try {
			await writing;
		} catch (error) {
			counts[shelf]--;
			// It may be on the disk all the same, and its lead was told that it is not.
			removeUnkept({ kind: 'remove', id, from: shelf, submissionKey: lead.submissionKey });
			answered?.();
			throw error;
		}
		if (answered === undefined) {
			queue.add(id);
			watchExpiry(state, partition, options.now());
			pump(state);
		} else
			track(
				state,
				deliverClaimed(state, entry, answered).then(() => pump(state)),
			);
		return { kind: 'kept', id };
	};
};

/** Keeps a lead that has ended already, and that its giver was told of: as what a person may look at and put right. */
export const putEnded = async <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	lead: NewEntry<Payload>,
	outcome: Outcome,
): Promise<void> => {
	const { store, counts, options } = state;
	const nowMs = options.now();
	const id = entryId(++state.lastArrival, lead.partition);
	const entry: Entry<Payload> = { ...lead, id, arrivedAtMs: nowMs, endedAtMs: nowMs, outcome };
	const writing = store.write([{ kind: 'put', entry, shelf: 'ended' }]);
	track(state, writing);
	await writing;
	counts.ended++;
	options.onChange?.();
};
