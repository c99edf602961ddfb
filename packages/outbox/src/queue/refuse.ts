import { afterAttempt } from '../store/attempts';
import type { Entry, LeadPayload } from '../store/entry';
import { watchExpiry } from './expireUnverified';
import { move } from './move';
import { notify } from './notify';
import type { OutboxState } from './outboxState';
import { answerOf, stepAfter } from './stepAfter';
import type { Outcome } from '@icloud-ready/core';

/**
 * What becomes of a lead that waits and cannot be sent, and of those behind it. It was never marked, so a crash at any
 * point leaves it as one that waits. Rejects where the store fails.
 */
export const refuse = async <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	entry: Entry<Payload>,
	outcome: Outcome,
	foundAtMs: number,
): Promise<void> => {
	const { options, breakers, leaving, queue } = state;
	const { id, partition, forbidden } = entry;
	let written: Entry<Payload> | undefined;
	const write = async (to: 'waiting' | 'unconfirmed' | 'ended'): Promise<boolean> =>
		await move(state, id, ['waiting'], to, (waiting) => {
			const nowMs = options.now();
			const tried = { ...waiting, ...afterAttempt(waiting, nowMs), outcome };
			written = to === 'waiting' ? tried : { ...tried, endedAtMs: nowMs };
			return written;
		});
	const step = stepAfter(state, entry, outcome, forbidden);
	const isOver = step.kind === 'end' || step.kind === 'endUnanswered';
	// A person who discards it just now is asked nothing.
	const isThere = await write(isOver ? (outcome.outcome === 'unconfirmed' ? 'unconfirmed' : 'ended') : 'waiting');
	const answer = isThere ? answerOf(step, outcome, foundAtMs) : ({ kind: 'undecided' } as const);
	breakers.onAnswer(partition, answer, options.monotonicMs());
	leaving.answered(partition, answer, options.monotonicMs());
	if (!isThere) return;
	if (!isOver) {
		queue.requeue(id, step.kind === 'hold' && step.why === 'organization');
		watchExpiry(state, partition);
	} else if (written !== undefined) notify(state, written, outcome, false);
};
