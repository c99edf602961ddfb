import type { Entry, LeadPayload, Shelf } from '../store/entry';
import { asideOf } from '../store/recover';
import { writeMove } from '../store/retryWrite';
import { moved, type OutboxState } from './outboxState';

/** Makes an entry that cannot be read unconfirmed, and says so. Rejects where that cannot be written. */
export const setAside = async <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	entry: Entry<Payload>,
	from: Shelf,
): Promise<void> => {
	await writeMove(state.store, asideOf(entry, from, state.options.now()));
	moved(state, from, 'unconfirmed');
	state.options.unreadable?.(entry);
};
