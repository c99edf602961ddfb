import type { Entry, LeadPayload } from '../store/entry';
import { waitsSinceMs } from './expireUnverified';
import { unverifiedPauseMs } from './fairShare';
import { nextStep, type Step } from './nextStep';
import { isUnverified, type OutboxState } from './outboxState';
import type { Answer, Outcome } from '@icloud-ready/core';

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

/** What comes next of a lead. A key that nobody knows is tried a few times, and not every few minutes. */
export const stepAfter = <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	entry: Entry<Payload>,
	outcome: Outcome,
	forbidden: Entry['forbidden'],
): Step => {
	const { options } = state;
	const step = nextStep(outcome, forbidden, state.isClosed && entry.idempotencyKey !== undefined);
	const isRefused = step.kind === 'hold' && (step.why === 'key' || step.why === 'organization');
	return isRefused && isUnverified(state, entry.partition)
		? { ...step, forMs: unverifiedPauseMs(options.now() - waitsSinceMs(entry), options.shared?.forMs) }
		: step;
};
