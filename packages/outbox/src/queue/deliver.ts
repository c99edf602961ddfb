import { afterAttempt } from '../store/attempts';
import { type Entry, type LeadPayload, partitionOf } from '../store/entry';
import { interrupted } from '../store/recover';
import { claim } from './claim';
import type { OutboxState } from './outboxState';
import { end, waitAgain } from './settle';
import { answerOf, stepAfter } from './stepAfter';
import type { Outcome } from '@icloud-ready/core';

/** One sending to its outcome. What may have arrived at a gateway that nothing is sent to any more is not sent. */
const attempt = async <Payload extends LeadPayload>(
	{ options }: OutboxState<Payload>,
	entry: Entry<Payload>,
): Promise<Outcome> =>
	entry.sentTo !== undefined && entry.sentTo !== options.gateway
		? interrupted(entry.payload)
		: await options.send(entry).catch(() => interrupted(entry.payload));

const sendClaimed = async <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	entry: Entry<Payload>,
	answered: () => void,
): Promise<void> => {
	const { options, queue, breakers, refusals } = state;
	const { partition } = entry;
	if (state.isClosed) {
		answered();
		return await waitAgain(state, entry);
	}
	const leftAtMs = options.monotonicMs();
	const cameBack = state.leaving.left(entry.id, leftAtMs);
	const outcome = await attempt(state, entry);
	cameBack();
	if (outcome.outcome === 'created') {
		refusals.passed(partition);
		queue.onPassed(partition);
	}
	const forbidden = outcome.outcome === 'forbidden' ? refusals.refused(entry, options.now()) : entry.forbidden;
	const step = stepAfter(state, entry, outcome, forbidden);
	// Whatever came of it lets go of the leads behind it, or holds them back for a while.
	const answer = answerOf(step, outcome, leftAtMs);
	breakers.onAnswer(partition, answer, options.monotonicMs());
	state.leaving.answered(partition, answer, options.monotonicMs());
	answered();
	const tried = { ...entry, ...afterAttempt(entry, options.now()) };
	switch (step.kind) {
		case 'hold': {
			const refused = { ...tried, outcome, ...(forbidden === undefined ? {} : { forbidden }) };
			return await waitAgain(state, refused, step.why === 'organization');
		}
		case 'requeue':
			return await waitAgain(state, step.isThere === true ? { ...entry, sentTo: options.gateway } : entry);
		case 'endUnanswered':
		case 'end': {
			// That this sending failed says nothing of the one that was cut off.
			const wasCutOff = entry.sentTo !== undefined && outcome.outcome === 'failed';
			return await end(state, tried, wasCutOff ? interrupted(entry.payload) : outcome);
		}
	}
};

const onTheWay = async (ids: Set<string>, id: string, work: () => Promise<void>): Promise<void> => {
	ids.add(id);
	await work().finally(() => ids.delete(id));
};

/**
 * Sends a lead that is marked, to its end or until it waits again. `answered` is called as soon as the next one may leave,
 * since writing down what came of this one takes as long again. Never rejects.
 */
export const deliverClaimed = async <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	entry: Entry<Payload>,
	answered: () => void,
): Promise<void> => await onTheWay(state.onTheWay, entry.id, async () => await sendClaimed(state, entry, answered));

/** Sends one that waits: marked on disk before it leaves. `answered`: see `deliverClaimed`. Never rejects. */
export const deliver = async <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	id: string,
	answered: () => void,
): Promise<void> => {
	if (state.onTheWay.has(id)) {
		state.breakers.onAnswer(partitionOf(id), { kind: 'undecided' }, state.options.monotonicMs());
		answered();
		return;
	}
	await onTheWay(state.onTheWay, id, async () => {
		const entry = await claim(state, id);
		if (entry === undefined) answered();
		else await sendClaimed(state, entry, answered);
	});
};
