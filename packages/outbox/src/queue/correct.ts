import { type Entry, entryId, type LeadPayload, partitionOf } from '../store/entry';
import { roomOf } from './enqueue';
import { watchExpiry } from './expireUnverified';
import { moveAlone } from './move';
import type { OutboxState } from './outboxState';
import { settleDoubt } from './settleDoubts';
import type { Corrected, OutboxAdmin } from './types';

const alreadyCorrected = async <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	id: string,
): Promise<Corrected> => {
	const doubt = state.doubts.get(id);
	if (doubt !== undefined) await settleDoubt(state, id, doubt);
	return { kind: 'corrected', id };
};

const correctFirst = async <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	id: string,
	payloadOf: (first: Entry<Payload>) => Payload,
): Promise<Corrected> => {
	const { store, counts, options, queue } = state;
	const first = await store.get('ended', id);
	if (first?.correctedBy !== undefined) return await alreadyCorrected(state, first.correctedBy);
	if (first === undefined || first.unreadable !== undefined || first.outcome?.outcome !== 'invalid')
		return { kind: 'notThere' };
	const partition = partitionOf(id);
	const room = roomOf(state, partition);
	if (room !== 'room') return { kind: 'full', of: room };
	const entry: Entry<Payload> = {
		id: entryId(++state.lastArrival, partition),
		partition,
		payload: payloadOf(first),
		arrivedAtMs: options.now(),
		outcome: null,
		correctionOf: id,
	};
	counts.waiting++;
	try {
		// Both or neither: the first never names one that is not there, and none is made twice.
		await store.write([
			{ kind: 'put', entry, shelf: 'waiting' },
			{ kind: 'put', entry: { ...first, correctedBy: entry.id }, shelf: 'ended', from: 'ended' },
		]);
	} catch (error) {
		counts.waiting--;
		// It may have been done all the same: whoever asks again finds it, and else it is put in line when the disk is back.
		state.doubts.set(entry.id, { to: 'waiting' });
		state.onDoubt();
		throw error;
	}
	queue.add(entry.id);
	watchExpiry(state, partition, options.now());
	return { kind: 'corrected', id: entry.id };
};

/** Makes a new lead of an invalid one, as a person corrected it. */
export const createCorrect =
	<Payload extends LeadPayload>(state: OutboxState<Payload>, pump: () => void): OutboxAdmin<Payload>['correct'] =>
	async (id, payloadOf) => {
		const corrected = await moveAlone(state, id, async () => await correctFirst(state, id, payloadOf));
		pump();
		return corrected;
	};
