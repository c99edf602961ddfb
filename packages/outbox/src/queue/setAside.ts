import type { Entry, LeadPayload, Shelf } from '../store/entry';
import { asideOf } from '../store/recover';
import { writeMoved } from './doubt';
import type { OutboxState } from './outboxState';

/** Makes an entry that cannot be read unconfirmed, and says so. Rejects where that cannot be written. */
export const setAside = async <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	entry: Entry<Payload>,
	from: Shelf,
): Promise<void> => {
	await writeMoved(state, { ...asideOf(entry, from, state.options.now()), from });
	state.options.unreadable?.(entry);
};
