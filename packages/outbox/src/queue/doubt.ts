import type { Entry, LeadPayload, Shelf } from '../store/entry';
import type { Put } from '../store/entryStore';
import { writeMove } from '../store/retryWrite';
import { moved, type OutboxState } from './outboxState';

/** Whoever reads an entry knows where it stands: what was in doubt is counted, or never happened. */
export const foundOn = <Payload extends LeadPayload>(state: OutboxState<Payload>, id: string, shelf: Shelf): void => {
	const doubt = state.doubts.get(id);
	if (doubt === undefined) return;
	state.doubts.delete(id);
	if (doubt.to === shelf) moved(state, doubt.from, doubt.to);
};

/** Moves an entry that was read on `from` just now, and counts it. Rejects where the store fails: then it may have moved. */
export const writeMoved = async <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	{ from, ...put }: Put<Payload> & { readonly from: Shelf; readonly entry: Entry<Payload> },
): Promise<void> => {
	const { id } = put.entry;
	foundOn(state, id, from);
	try {
		await writeMove(state.store, { ...put, from });
	} catch (error) {
		if (from !== put.shelf) {
			state.doubts.set(id, { from, to: put.shelf });
			state.onDoubt();
		}
		throw error;
	}
	moved(state, from, put.shelf);
};
