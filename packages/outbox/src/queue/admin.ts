import { type Entry, type LeadPayload, partitionOf, shelves } from '../store/entry';
import { createCorrect } from './correct';
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

const resolvedAs =
	(resolved: NonNullable<Entry['resolved']>, now: () => number) =>
	<Payload extends LeadPayload>(entry: Entry<Payload>): Entry<Payload> => ({ ...entry, resolved, endedAtMs: now() });

/** `pump`: something may leave. */
export const adminOf = <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	pump: () => void,
): OutboxAdmin<Payload> => {
	const { now } = state.options;
	return {
		list: async (search) => await findEntries(state, search),
		find: async (id) => {
			// It may move to a shelf that was looked at before; not so twice in a row.
			for (const shelf of [...shelves, ...shelves]) {
				const entry = await state.store.get(shelf, id);
				if (entry !== undefined) return { shelf, entry };
			}
			return undefined;
		},
		facets: (shelf) => state.index.facets(shelf),
		indexed: state.index.ready,
		correct: createCorrect(state, pump),
		retry: async (id, bulkId) => {
			let isMoved = false;
			const reopen = (entry: Entry<Payload>): Entry<Payload> => {
				isMoved = true;
				return reopened(entry, now());
			};
			const isDone = await move(state, id, ['unconfirmed', 'ended'], 'waiting', reopen, bulkId);
			if (!isDone || !isMoved) return isDone;
			state.queue.requeue(id);
			watchExpiry(state, partitionOf(id));
			pump();
			return true;
		},
		arrived: async (id, bulkId) => await move(state, id, ['unconfirmed'], 'ended', resolvedAs('arrived', now), bulkId),
		discard: async (id, bulkId) =>
			await move(state, id, ['waiting', 'unconfirmed'], 'ended', resolvedAs('discarded', now), bulkId),
	};
};
