import type { Entry, LeadPayload, Shelf } from '../store/entry';
import type { Put } from '../store/entryStore';
import { interrupted } from '../store/recover';
import { retryWrite, tryWrite } from '../store/retryWrite';
import { claim } from './claim';
import { waitsSinceMs, watchExpiry } from './expireUnverified';
import { unverifiedPauseMs } from './fairShare';
import { nextStep, type Step } from './nextStep';
import { notify } from './notify';
import { isUnverified, moved, type OutboxState } from './outboxState';
import type { Answer, Outcome } from '@icloud-ready/core';

/** A disk that does not take what became of a lead is tried so often; each try is one small write. */
const writeAgainMs = 1000;

/** What an outcome says of the leads that come after. */
export const answerOf = (step: Step, { status }: Pick<Outcome, 'status'>, leftAtMs: number): Answer => {
	switch (step.kind) {
		case 'hold':
			return { kind: 'refused', why: step.why, leftAtMs, ...(step.forMs === undefined ? {} : { askedMs: step.forMs }) };
		case 'requeue':
			return { kind: 'undecided' };
		case 'endUnanswered':
			return { kind: 'unanswered', leftAtMs };
		case 'end':
			// Any answer to the lead itself shows that the key and the way are good.
			return status === null ? { kind: 'undecided' } : { kind: 'passed', leftAtMs };
	}
};

/** Writes until the disk takes it. False where the outbox was closed before that. */
const writeUntilKept = async <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	put: Put<Payload>,
): Promise<boolean> => {
	const { store, options } = state;
	return await retryWrite({ store, sleep: options.sleep, isClosed: () => state.isClosed }, [put], writeAgainMs);
};

/** Again and again where the disk does not take it: until then a crash would tell the lead as unconfirmed. */
const end = async <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	entry: Entry<Payload>,
	outcome: Outcome,
): Promise<void> => {
	const { store, options } = state;
	const shelf: Shelf = outcome.outcome === 'unconfirmed' ? 'unconfirmed' : 'ended';
	const ended: Entry<Payload> = { ...entry, outcome, endedAtMs: options.now() };
	const put = { kind: 'put', entry: ended, shelf, from: 'sending' } as const;
	const autoAck = options.autoAck === true;
	const isKept = await tryWrite(store, [autoAck ? put : { ...put, unacked: true }]);
	// The next start tells it as unconfirmed, and nobody is there to be told now.
	if (!isKept && state.isClosed) return;
	moved(state, 'sending', shelf);
	notify(state, ended, outcome, isKept && !autoAck);
	if (!isKept) await writeUntilKept(state, put);
};

const waitAgain = async <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	entry: Entry<Payload>,
	wasRefused = false,
): Promise<void> => {
	const put = { kind: 'put', entry, shelf: 'waiting', from: 'sending' } as const;
	if (!(await writeUntilKept(state, put))) return;
	moved(state, 'sending', 'waiting');
	state.queue.requeue(entry.id, wasRefused);
	watchExpiry(state, entry.partition);
};

/** One sending to its outcome. What may have arrived at a gateway that nothing is sent to any more is not sent. */
const attempt = async <Payload extends LeadPayload>(
	{ options }: OutboxState<Payload>,
	entry: Entry<Payload>,
): Promise<Outcome> =>
	entry.sentTo !== undefined && entry.sentTo !== options.gateway
		? interrupted(entry.payload)
		: await options.send(entry).catch(() => interrupted(entry.payload));

/** What comes next of a lead. A key that nobody knows is tried a few times, and not every few minutes. */
const stepAfter = <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	entry: Entry<Payload>,
	outcome: Outcome,
	forbidden: Entry['forbidden'],
): Step => {
	const step = nextStep(outcome, forbidden, state.isClosed && entry.idempotencyKey !== undefined);
	const isRefused = step.kind === 'hold' && (step.why === 'key' || step.why === 'organization');
	return isRefused && isUnverified(state, entry.partition)
		? { ...step, forMs: unverifiedPauseMs(state.options.now() - waitsSinceMs(entry)) }
		: step;
};

/**
 * Sends a lead that is marked, to its end or until it waits again. `answered` is called as soon as the next one may leave,
 * since writing down what came of this one takes as long again. Never rejects.
 */
export const deliverClaimed = async <Payload extends LeadPayload>(
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
	const outcome = await attempt(state, entry);
	if (outcome.outcome === 'created') {
		refusals.passed(partition);
		queue.onPassed(partition);
	}
	const forbidden = outcome.outcome === 'forbidden' ? refusals.refused(entry, options.now()) : entry.forbidden;
	const step = stepAfter(state, entry, outcome, forbidden);
	// Whatever came of it lets go of the leads behind it, or holds them back for a while.
	breakers.onAnswer(partition, answerOf(step, outcome, leftAtMs), options.monotonicMs());
	answered();
	switch (step.kind) {
		case 'hold': {
			const refused = { ...entry, outcome, ...(forbidden === undefined ? {} : { forbidden }) };
			return await waitAgain(state, refused, step.why === 'organization');
		}
		case 'requeue':
			return await waitAgain(state, step.isThere === true ? { ...entry, sentTo: options.gateway } : entry);
		case 'endUnanswered':
		case 'end': {
			// That this sending failed says nothing of the one that was cut off.
			const wasCutOff = entry.sentTo !== undefined && outcome.outcome === 'failed';
			return await end(state, entry, wasCutOff ? interrupted(entry.payload) : outcome);
		}
	}
};

/** Sends one that waits: marked on disk before it leaves. `answered`: see `deliverClaimed`. Never rejects. */
export const deliver = async <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	id: string,
	answered: () => void,
): Promise<void> => {
	const entry = await claim(state, id);
	if (entry === undefined) answered();
	else await deliverClaimed(state, entry, answered);
};
