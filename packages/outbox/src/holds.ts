import { type Answer, type Breaker, breaker, type BreakerEvent, changesAtMs, closed, eventsOf, mayLeave } from '@icloud-ready/core';
import { createDeadlines } from './deadlines';
import type { Why } from './nextStep';

/**
 * What holds leads back: an organization's permission for its own leads, anything else for all of its group, which share
 * one key. After a pause one lead is let through to see; if it meets the same, the pause doubles. Times are those of a
 * clock that only goes forward.
 */
export interface Holds {
	/** What came of a lead; each that was told as `left` needs one word of it. */
	readonly learn: (organizationId: string, answer: Answer, nowMs: number) => void;
	/** Something was mended: nothing holds this organization any more. */
	readonly lift: (organizationId: string) => void;
	readonly maySend: (organizationId: string, nowMs: number) => boolean;
	/** A lead leaves: where it was held before, it is the only one until it is known what came of it. */
	readonly left: (organizationId: string, nowMs: number) => void;
	/** When the next pause, or the patience with a lead that sees, ends after `nowMs`; undefined where there is none. */
	readonly nextAtMs: (nowMs: number) => number | undefined;
	/** Why leads of this organization wait, or most of any. */
	readonly why: (organizationId?: string) => Why | undefined;
}

const whyOf = (state: Breaker | undefined): Why | undefined => (state === undefined || state.kind === 'closed' ? undefined : state.why);

const firstWhy = (states: Iterable<Breaker>): Why | undefined => {
	for (const state of states) if (state.kind !== 'closed') return state.why;
	return undefined;
};

/** `groupOf`: which organizations share one key. */
export const createHolds = (groupOf: (organizationId: string) => string = () => ''): Holds => {
	const deadlines = createDeadlines();
	/** Breakers by group, and by organization; what is closed as at first is not kept. */
	const shared = new Map<string, Breaker>();
	const own = new Map<string, Breaker>();

	const keep = (states: Map<string, Breaker>, name: string, state: Breaker): void => {
		if (state.kind === 'closed' && state.unanswered === 0) states.delete(name);
		else states.set(name, state);
		deadlines.set(`${states === shared ? 'group' : 'organization'}:${name}`, changesAtMs(state));
	};
	const tell = (states: Map<string, Breaker>, name: string, event: BreakerEvent, nowMs: number): void => {
		const before = states.get(name) ?? closed;
		const after = breaker(before, event, nowMs);
		if (after !== before) keep(states, name, after);
	};

	return {
		learn: (organizationId, answer, nowMs) => {
			const events = eventsOf(answer);
			tell(shared, groupOf(organizationId), events.shared, nowMs);
			tell(own, organizationId, events.organization, nowMs);
		},
		lift: (organizationId) => {
			keep(shared, groupOf(organizationId), closed);
			keep(own, organizationId, closed);
		},
		maySend: (organizationId, nowMs) =>
			mayLeave(shared.get(groupOf(organizationId)) ?? closed, nowMs) && mayLeave(own.get(organizationId) ?? closed, nowMs),
		left: (organizationId, nowMs) => {
			tell(shared, groupOf(organizationId), { kind: 'left' }, nowMs);
			tell(own, organizationId, { kind: 'left' }, nowMs);
		},
		nextAtMs: deadlines.nextAtMs,
		why: (organizationId) => (organizationId === undefined
			? firstWhy(shared.values()) ?? firstWhy(own.values())
			: whyOf(shared.get(groupOf(organizationId))) ?? whyOf(own.get(organizationId))),
	};
};
