import {
	type Answer,
	type Breaker,
	breaker,
	type BreakerEvent,
	changesAtMs,
	closed,
	eventsOf,
	type HoldReason,
	mayLeave,
} from '@icloud-ready/core';

/**
 * What holds leads back: a partition's permission for its own leads, anything else for all of its group, which share
 * one key. After a pause one lead is let through to see; if it meets the same, the pause doubles. Times are those of a
 * clock that only goes forward.
 */
export interface CircuitBreakers {
	/** What came of a lead; each that was told as `left` needs one word of it. */
	readonly onAnswer: (partition: string, answer: Answer, nowMs: number) => void;
	/** Something was mended: nothing holds this partition any more. */
	readonly close: (partition: string) => void;
	/** Whatever holds this partition, one lead may see now whether that is over. */
	readonly probe: (partition: string, nowMs: number) => void;
	/** The disk can be used again: what it held is held no more, but for what the API had said before. */
	readonly diskBack: () => void;
	readonly maySend: (partition: string, nowMs: number) => boolean;
	/** From when on leads of this partition may leave, as far as its own hold goes. */
	readonly opensAtMs: (partition: string) => number;
	/** The same of what holds its whole group. */
	readonly groupOpensAtMs: (partition: string) => number;
	/** None of this partition's group waits any more, so nothing of it is remembered. */
	readonly forget: (partition: string) => void;
	/** A lead leaves: where it was held before, it is the only one until it is known what came of it. */
	readonly onDispatched: (partition: string, nowMs: number) => void;
	/** HoldReason leads of this partition wait, or most of any. */
	readonly why: (partition?: string) => HoldReason | undefined;
}

const whyOf = (state: Breaker | undefined): HoldReason | undefined =>
	state === undefined || state.kind === 'closed' ? undefined : state.why;

const opensAtMs = (state: Breaker | undefined): number =>
	(state === undefined ? undefined : changesAtMs(state)) ?? Number.NEGATIVE_INFINITY;

const firstWhy = (states: Iterable<Breaker>): HoldReason | undefined => {
	for (const state of states) if (state.kind !== 'closed') return state.why;
	return undefined;
};

/** As before a disk failed; what was on its way to see has been called off, and the next one may see at once. */
const asItWas = (before: Breaker | undefined): Breaker => {
	if (before?.kind !== 'halfOpen') return before ?? closed;
	const { why, consecutiveFailures, openedAtMs, unanswered, probeLeftAtMs } = before;
	return { kind: 'open', why, consecutiveFailures, openedAtMs, unanswered, untilMs: probeLeftAtMs };
};

/** Whoever makes up keys fills no memory with them: what is forgotten for that is one more try. */
const mostBreakers = 20_000;

/** `groupOf`: which partitions share one key. */
export const createCircuitBreakers = (groupOf: (partition: string) => string = () => ''): CircuitBreakers => {
	/** Breakers by group, and by partition; what is closed as at first is not kept. */
	const shared = new Map<string, Breaker>();
	const own = new Map<string, Breaker>();
	/** What the API had said of those that a disk holds now. A disk's failure is no answer of its, and takes none back. */
	const beforeDisk = new Map<Map<string, Breaker>, Map<string, Breaker>>([
		[shared, new Map()],
		[own, new Map()],
	]);

	const keep = (states: Map<string, Breaker>, name: string, state: Breaker): void => {
		states.delete(name);
		if (whyOf(state) !== 'disk') beforeDisk.get(states)?.delete(name);
		if (state.kind !== 'closed' || state.unanswered > 0) states.set(name, state);
		const [oldest] = states.keys();
		if (states.size > mostBreakers && oldest !== undefined) states.delete(oldest);
	};
	const tell = (states: Map<string, Breaker>, name: string, event: BreakerEvent, nowMs: number): void => {
		const before = states.get(name) ?? closed;
		const after = breaker(before, event, nowMs);
		if (after === before) return;
		keep(states, name, after);
		if (whyOf(after) === 'disk' && before.kind !== 'closed' && before.why !== 'disk')
			beforeDisk.get(states)?.set(name, before);
	};

	const open = (states: Map<string, Breaker>, name: string, nowMs: number): void => {
		const state = states.get(name);
		if (state === undefined || state.kind === 'closed' || state.untilMs <= nowMs) return;
		const { why, consecutiveFailures, openedAtMs, unanswered } = state;
		keep(states, name, { kind: 'open', why, consecutiveFailures, openedAtMs, unanswered, untilMs: nowMs });
	};

	const lift = (partition: string): void => {
		keep(shared, groupOf(partition), closed);
		keep(own, partition, closed);
	};

	return {
		onAnswer: (partition, answer, nowMs) => {
			const events = eventsOf(answer);
			tell(shared, groupOf(partition), events.shared, nowMs);
			tell(own, partition, events.organization, nowMs);
		},
		close: lift,
		probe: (partition, nowMs) => {
			open(shared, groupOf(partition), nowMs);
			open(own, partition, nowMs);
		},
		diskBack: () => {
			for (const [states, before] of beforeDisk)
				for (const [name, state] of [...states]) {
					if (whyOf(state) !== 'disk') continue;
					keep(states, name, asItWas(before.get(name)));
				}
		},
		maySend: (partition, nowMs) =>
			mayLeave(shared.get(groupOf(partition)) ?? closed, nowMs) && mayLeave(own.get(partition) ?? closed, nowMs),
		opensAtMs: (partition) => opensAtMs(own.get(partition)),
		groupOpensAtMs: (partition) => opensAtMs(shared.get(groupOf(partition))),
		forget: lift,
		onDispatched: (partition, nowMs) => {
			tell(shared, groupOf(partition), { kind: 'left' }, nowMs);
			tell(own, partition, { kind: 'left' }, nowMs);
		},
		why: (partition) =>
			partition === undefined
				? (firstWhy(shared.values()) ?? firstWhy(own.values()))
				: (whyOf(shared.get(groupOf(partition))) ?? whyOf(own.get(partition))),
	};
};
