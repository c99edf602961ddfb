import { type LeadPayload, partitionOf } from '../store/entry';
import { foundOn } from './doubt';
import { watchExpiry } from './expireUnverified';
import { redeliver } from './notify';
import type { Doubt, OutboxState } from './outboxState';
import { pump } from './pump';

/** A disk that failed is not back at once. */
const lookAgainMs = 5000;

/** Looks where an entry stands, and does what whoever moved it would have done. Rejects where the store still fails. */
export const settleDoubt = async <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	id: string,
	doubt: Doubt,
): Promise<void> => {
	const { store, waiting, queue, doubts, moving, onTheWay } = state;
	const isThere = (await store.get(doubt.to, id)) !== undefined;
	// Somebody moves it just now, or has: they know where it stands.
	if (doubts.get(id) !== doubt || moving.has(id) || onTheWay.has(id)) return;
	const shelf = isThere ? doubt.to : doubt.from;
	if (shelf === undefined) doubts.delete(id);
	else foundOn(state, id, shelf);
	if (!isThere || doubt.to !== 'waiting') return;
	waiting.began(id);
	queue.requeue(id);
	watchExpiry(state, partitionOf(id));
};

/** Looks on and on until nothing is in doubt, or the outbox is closed. */
export const settleDoubts = async <Payload extends LeadPayload>(state: OutboxState<Payload>): Promise<void> => {
	if (state.isSettling) return;
	state.isSettling = true;
	while (state.doubts.size > 0 && !state.isClosed) {
		await state.options.sleep(lookAgainMs);
		for (const [id, doubt] of state.doubts) await settleDoubt(state, id, doubt).catch(() => undefined);
	}
	state.isSettling = false;
	if (state.isClosed || !state.isStarted) return;
	// What is unconfirmed now was told to nobody yet.
	redeliver(state);
	pump(state);
};
