import { type Entry, type LeadPayload, partitionOf, type Shelf } from '../store/entry';
import { writeMove } from '../store/retryWrite';
import { foundOn } from './doubt';
import { watchExpiry } from './expireUnverified';
import { alone, unmoved } from './move';
import { notify } from './notify';
import { moved, type OutboxState } from './outboxState';
import { refuse } from './refuse';
import { setAside } from './setAside';

/** The entry as it stands on disk while it is on its way. */
export const claimed = <Payload extends LeadPayload>(
	{ options: { gateway } }: OutboxState<Payload>,
	entry: Entry<Payload>,
): Entry<Payload> =>
	gateway === undefined || entry.idempotencyKey === undefined ? entry : { ...entry, sentTo: gateway };

/** Nothing leaves, and nothing is known of what held the leads behind it. */
const leavesNothing = <Payload extends LeadPayload>(
	{ breakers, options }: OutboxState<Payload>,
	id: string,
): undefined => {
	breakers.onAnswer(partitionOf(id), { kind: 'undecided' }, options.monotonicMs());
	return undefined;
};

/** Whether it cannot be sent; what follows from that is done then. Nothing is marked meanwhile, however long it is looked for. */
const isRefused = async <Payload extends LeadPayload>(state: OutboxState<Payload>, id: string): Promise<boolean> => {
	const { store, options } = state;
	if (options.unsendable === undefined) return false;
	const foundAtMs = options.monotonicMs();
	await unmoved(state, id);
	const entry = await store.get('waiting', id);
	if (entry === undefined || entry.unreadable !== undefined) return false;
	const outcome = await options.unsendable(entry);
	if (outcome === undefined || state.isClosed) return false;
	await refuse(state, entry, outcome, foundAtMs);
	return true;
};

/** Marks it, unless it cannot be read or is not there any more. */
const mark = async <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	id: string,
): Promise<Entry<Payload> | undefined> => {
	const { store } = state;
	const giveUp = async (entry: Entry<Payload>, from: Shelf): Promise<undefined> => {
		await setAside(state, entry, from);
		if (entry.outcome !== null) notify(state, entry, entry.outcome, true);
		return leavesNothing(state, id);
	};
	const entry = await store.get('waiting', id);
	if (entry === undefined) {
		// Nobody else has it: its mark was written by a try that failed all the same. Or it was discarded meanwhile.
		const marked = await store.get('sending', id);
		if (marked === undefined) return leavesNothing(state, id);
		moved(state, 'waiting', 'sending');
		return marked.unreadable === undefined ? marked : await giveUp(marked, 'sending');
	}
	foundOn(state, id, 'waiting');
	if (entry.unreadable !== undefined) return await giveUp(entry, 'waiting');
	await writeMove(store, { kind: 'put', entry: claimed(state, entry), shelf: 'sending', from: 'waiting' });
	moved(state, 'waiting', 'sending');
	// Its sending needs to know whether it had left before.
	return entry;
};

const claimWaiting = async <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	id: string,
): Promise<Entry<Payload> | undefined> => {
	await state.options.acquire?.(partitionOf(id));
	if (await isRefused(state, id)) return undefined;
	while (state.moving.has(id)) await unmoved(state, id);
	// Nothing is marked yet, so it waits for the next start.
	if (state.isClosed) return undefined;
	// Whoever discards it while it is marked, however long that takes, would be told so although it leaves.
	return await alone(state, id, async () => await mark(state, id));
};

/** Marks a lead as on its way, once the rate limit lets it leave. Undefined where it is not to be sent now. Never rejects. */
export const claim = async <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	id: string,
): Promise<Entry<Payload> | undefined> => {
	try {
		return await claimWaiting(state, id);
	} catch {
		// What is not marked would be sent once more after a crash.
		const nowMs = state.options.monotonicMs();
		const answer = { kind: 'refused', why: 'disk', leftAtMs: nowMs } as const;
		state.breakers.onAnswer(partitionOf(id), answer, nowMs);
		state.leaving.answered(partitionOf(id), answer, nowMs);
		state.queue.requeue(id);
		watchExpiry(state, partitionOf(id));
		return undefined;
	}
};
