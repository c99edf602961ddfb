import { isPartOf, withBulkId } from '../store/bulkIds';
import { type Entry, type LeadPayload, type Shelf, shelves } from '../store/entry';
import { writeMoved } from './doubt';
import type { OutboxState } from './outboxState';

type ChangeEntry<Payload extends LeadPayload> = (entry: Entry<Payload>) => Entry<Payload>;

const moveFirst = async <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	id: string,
	from: readonly Shelf[],
	to: Shelf,
	change: ChangeEntry<Payload>,
	bulkId: string | undefined,
): Promise<boolean> => {
	for (const shelf of from) {
		const entry = await state.store.get(shelf, id);
		if (entry === undefined) continue;
		if (isPartOf(entry, bulkId)) return true;
		// What cannot be read cannot be sent: all that a person can do is to say what became of it.
		if (entry.unreadable !== undefined && to === 'waiting') return false;
		const put = withBulkId(change(entry), bulkId);
		await writeMoved(state, { kind: 'put', entry: put, shelf: to, from: shelf });
		return true;
	}
	if (bulkId === undefined) return false;
	// It was done before, and what came of it is elsewhere by now.
	for (const shelf of shelves) if (isPartOf((await state.store.get(shelf, id)) ?? {}, bulkId)) return true;
	return false;
};

/**
 * Moves an entry by hand, as `change` makes it, from the first of these shelves where it stands. False where it stands on
 * none of them, or somebody else moves it just now. `bulkId`: the bulk action that this is part of; what it has done
 * already is not done once more, and true. Rejects where the store cannot be read or written.
 */
export const move = async <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	id: string,
	from: readonly Shelf[],
	to: Shelf,
	change: ChangeEntry<Payload>,
	bulkId?: string,
): Promise<boolean> => {
	// An earlier request of the same act may still be at it.
	while (bulkId !== undefined && state.moving.has(id)) await unmoved(state, id);
	if (state.moving.has(id)) return false;
	return await whileMoving(state, [id], async () => await moveFirst(state, id, from, to, change, bulkId));
};

/** Does something with entries that nobody moves just now, and lets nobody else move them meanwhile. */
export const whileMoving = async <Payload extends LeadPayload, Result>(
	{ moving }: Pick<OutboxState<Payload>, 'moving'>,
	ids: readonly string[],
	work: () => Promise<Result>,
): Promise<Result> => {
	const working = work();
	for (const id of ids) moving.set(id, working);
	return await working.finally(() => {
		for (const id of ids) moving.delete(id);
	});
};

/**
 * Does something with an entry once nobody moves it, and lets nobody move it meanwhile: who comes just then comes too late, or
 * waits where the act is a bulk one.
 */
export const moveAlone = async <Payload extends LeadPayload, Result>(
	state: OutboxState<Payload>,
	id: string,
	work: () => Promise<Result>,
): Promise<Result> => {
	while (state.moving.has(id)) await unmoved(state, id);
	return await whileMoving(state, [id], work);
};

/** Resolves when nobody moves this entry. */
export const unmoved = async <Payload extends LeadPayload>(
	{ moving }: OutboxState<Payload>,
	id: string,
): Promise<void> => {
	await moving.get(id)?.catch(() => undefined);
};

/** Ends one that waits, as `change` says; gives it as it was written, or undefined where it does not wait. */
export const endWaiting = async <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	id: string,
	change: ChangeEntry<Payload>,
): Promise<Entry<Payload> | undefined> => {
	let ended: Entry<Payload> | undefined;
	const wasThere = await move(state, id, ['waiting'], 'ended', (entry) => {
		ended = change(entry);
		return ended;
	});
	return wasThere ? ended : undefined;
};
