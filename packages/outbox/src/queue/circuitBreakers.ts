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
	/** The disk can be used again, and holds nothing any more. */
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

const opensAtMs = (state: Breaker | undefined): number =>
	(state === undefined ? undefined : changesAtMs(state)) ?? Number.NEGATIVE_INFINITY;

const firstWhy = (states: Iterable<Breaker | undefined>): HoldReason | undefined => {
	for (const state of states) if (state !== undefined && state.kind !== 'closed') return state.why;
	return undefined;
};

/** What an answer tells of the disk: that the lead could be written down, whatever the API said to it. */
const ofWritten = (answer: Answer): Answer =>
	answer.kind === 'undecided' ? answer : { kind: 'passed', leftAtMs: answer.leftAtMs };

/** Whoever makes up keys fills no memory with them: what is forgotten for that is one more try. */
const mostBreakers = 20_000;

/** `groupOf`: which partitions share one key. */
export const createCircuitBreakers = (groupOf: (partition: string) => string = () => ''): CircuitBreakers => {
	/** Breakers by group, and by partition; what is closed as at first is not kept. */
	const shared = new Map<string, Breaker>();
	const own = new Map<string, Breaker>();
	/** By group. That leads cannot be written down is no answer of the API, and takes none back. */
	const disk = new Map<string, Breaker>();

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

	const open = (states: Map<string, Breaker>, name: string, nowMs: number): void => {
		const state = states.get(name);
		if (state === undefined || state.kind === 'closed' || state.untilMs <= nowMs) return;
		const { why, consecutiveFailures, openedAtMs, unanswered } = state;
		keep(states, name, { kind: 'open', why, consecutiveFailures, openedAtMs, unanswered, untilMs: nowMs });
	};

	const lift = (partition: string): void => {
		for (const states of [disk, shared]) keep(states, groupOf(partition), closed);
		keep(own, partition, closed);
	};

	return {
		onAnswer: (partition, answer, nowMs) => {
			const isOfDisk = answer.kind === 'refused' && answer.why === 'disk';
			tell(disk, groupOf(partition), isOfDisk ? answer : ofWritten(answer), nowMs);
			const events = eventsOf(isOfDisk ? { kind: 'undecided' } : answer);
			tell(shared, groupOf(partition), events.shared, nowMs);
			tell(own, partition, events.organization, nowMs);
		},
		close: lift,
		probe: (partition, nowMs) => {
			for (const states of [disk, shared]) open(states, groupOf(partition), nowMs);
			open(own, partition, nowMs);
		},
		diskBack: () => disk.clear(),
		maySend: (partition, nowMs) =>
			mayLeave(disk.get(groupOf(partition)) ?? closed, nowMs) &&
			mayLeave(shared.get(groupOf(partition)) ?? closed, nowMs) &&
			mayLeave(own.get(partition) ?? closed, nowMs),
		opensAtMs: (partition) => opensAtMs(own.get(partition)),
		groupOpensAtMs: (partition) =>
			Math.max(opensAtMs(disk.get(groupOf(partition))), opensAtMs(shared.get(groupOf(partition)))),
		forget: lift,
		onDispatched: (partition, nowMs) => {
			for (const states of [disk, shared]) tell(states, groupOf(partition), { kind: 'left' }, nowMs);
			tell(own, partition, { kind: 'left' }, nowMs);
		},
		why: (partition) =>
			partition === undefined
				? (firstWhy(disk.values()) ?? firstWhy(shared.values()) ?? firstWhy(own.values()))
				: firstWhy([disk.get(groupOf(partition)), shared.get(groupOf(partition)), own.get(partition)]),
	};
};
