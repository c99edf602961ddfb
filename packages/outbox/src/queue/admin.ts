import { type Entry, type LeadPayload, partitionOf } from '../store/entry';
import { watchExpiry } from './expireUnverified';
import { move } from './move';
import type { OutboxState } from './outboxState';
import { findEntries } from './search';
import type { OutboxAdmin } from './types';
import type { Outcome } from '@icloud-ready/core';

/** Whether nobody has said what became of it: then a gateway that has it is to tell that, and not to make one more. */
const isUnanswered = (outcome: Outcome | null): boolean =>
	outcome?.outcome === 'unconfirmed' && (outcome.status === null || outcome.cause.kind === 'atGateway');

/** What was a lead's last outcome, and what a person said before, is not carried into a new try. */
const reopened = <Payload extends LeadPayload>(
	{ endedAtMs: _, resolved, forbidden: _forbidden, sentTo: _sentTo, generation = 0, ...entry }: Entry<Payload>,
	nowMs: number,
): Entry<Payload> => ({
	...entry,
	resend: true,
	againAtMs: nowMs,
	generation: isUnanswered(entry.outcome) && resolved === undefined ? generation : generation + 1,
});

/** `pump`: something may leave. */
export const adminOf = <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	pump: () => void,
): OutboxAdmin<Payload> => {
	const { now } = state.options;
	return {
		list: async (search) => await findEntries(state.store, search),
		retry: async (id) => {
			const wasThere = await move(state, id, ['unconfirmed', 'ended'], 'waiting', (entry) => reopened(entry, now()));
			if (!wasThere) return false;
			state.queue.requeue(id);
			watchExpiry(state, partitionOf(id));
			pump();
			return true;
		},
		arrived: async (id) =>
			await move(state, id, ['unconfirmed'], 'ended', (entry) => ({
				...entry,
				resolved: 'arrived',
				endedAtMs: now(),
			})),
		discard: async (id) =>
			await move(state, id, ['waiting', 'unconfirmed'], 'ended', (entry) => ({
				...entry,
				resolved: 'discarded',
				endedAtMs: now(),
			})),
	};
};
