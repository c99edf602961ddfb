import type { Why } from './nextStep';
import {
	type Answer,
	type Breaker,
	breaker,
	type BreakerEvent,
	changesAtMs,
	closed,
	eventsOf,
	mayLeave,
} from '@icloud-ready/core';

/**
 * What holds leads back: an organization's permission for its own leads, anything else for all of its group, which share
 * one key. After a pause one lead is let through to see; if it meets the same, the pause doubles. Times are those of a
 * clock that only goes forward.
 */
export interface CircuitBreakers {
	/** What came of a lead; each that was told as `left` needs one word of it. */
	readonly onAnswer: (organizationId: string, answer: Answer, nowMs: number) => void;
	/** Something was mended: nothing holds this organization any more. */
	readonly close: (organizationId: string) => void;
	/** Whatever was held for this reason is not any more. */
	readonly closeAll: (why: Why) => void;
	readonly maySend: (organizationId: string, nowMs: number) => boolean;
	/** From when on leads of this organization may leave, as far as its own hold goes. */
	readonly opensAtMs: (organizationId: string) => number;
	/** The same of what holds its whole group. */
	readonly groupOpensAtMs: (organizationId: string) => number;
	/** None of this organization's group waits any more, so nothing of it is remembered. */
	readonly forget: (organizationId: string) => void;
	/** A lead leaves: where it was held before, it is the only one until it is known what came of it. */
	readonly onDispatched: (organizationId: string, nowMs: number) => void;
	/** Why leads of this organization wait, or most of any. */
	readonly why: (organizationId?: string) => Why | undefined;
}

const whyOf = (state: Breaker | undefined): Why | undefined =>
	state === undefined || state.kind === 'closed' ? undefined : state.why;

const opensAtMs = (state: Breaker | undefined): number =>
	(state === undefined ? undefined : changesAtMs(state)) ?? Number.NEGATIVE_INFINITY;

const firstWhy = (states: Iterable<Breaker>): Why | undefined => {
	for (const state of states) if (state.kind !== 'closed') return state.why;
	return undefined;
};

/** Whoever makes up keys fills no memory with them: what is forgotten for that is one more try. */
const mostBreakers = 20_000;

/** `groupOf`: which organizations share one key. */
export const createCircuitBreakers = (groupOf: (organizationId: string) => string = () => ''): CircuitBreakers => {
	/** Breakers by group, and by organization; what is closed as at first is not kept. */
	const shared = new Map<string, Breaker>();
	const own = new Map<string, Breaker>();

	const keep = (states: Map<string, Breaker>, name: string, state: Breaker): void => {
		states.delete(name);
		if (state.kind !== 'closed' || state.unanswered > 0) states.set(name, state);
		const [oldest] = states.keys();
		if (states.size > mostBreakers && oldest !== undefined) states.delete(oldest);
	};
	const tell = (states: Map<string, Breaker>, name: string, event: BreakerEvent, nowMs: number): void => {
		const before = states.get(name) ?? closed;
		const after = breaker(before, event, nowMs);
		if (after !== before) keep(states, name, after);
	};

	const lift = (organizationId: string): void => {
		keep(shared, groupOf(organizationId), closed);
		keep(own, organizationId, closed);
	};

	return {
		onAnswer: (organizationId, answer, nowMs) => {
			const events = eventsOf(answer);
			tell(shared, groupOf(organizationId), events.shared, nowMs);
			tell(own, organizationId, events.organization, nowMs);
		},
		close: lift,
		closeAll: (why) => {
			for (const states of [shared, own])
				for (const [name, state] of [...states]) if (whyOf(state) === why) keep(states, name, closed);
		},
		maySend: (organizationId, nowMs) =>
			mayLeave(shared.get(groupOf(organizationId)) ?? closed, nowMs) &&
			mayLeave(own.get(organizationId) ?? closed, nowMs),
		opensAtMs: (organizationId) => opensAtMs(own.get(organizationId)),
		groupOpensAtMs: (organizationId) => opensAtMs(shared.get(groupOf(organizationId))),
		forget: lift,
		onDispatched: (organizationId, nowMs) => {
			tell(shared, groupOf(organizationId), { kind: 'left' }, nowMs);
			tell(own, organizationId, { kind: 'left' }, nowMs);
		},
		why: (organizationId) =>
			organizationId === undefined
				? (firstWhy(shared.values()) ?? firstWhy(own.values()))
				: (whyOf(shared.get(groupOf(organizationId))) ?? whyOf(own.get(organizationId))),
	};
};
