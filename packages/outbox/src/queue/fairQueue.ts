import { partitionOf } from '../store/entry';
import { lookAgain, setAside, wakeDue } from './fairAside';
import {
	changeLine,
	createFairGroups,
	type FairGroups,
	type Gates,
	type Group,
	knownMember,
	listGroup,
	listMember,
	topOf,
	type Turn,
} from './fairGroups';
import type { Heap } from './heap';

export type { Gates };

/**
 * What waits, by partition, and these by the key that they share: one that is refused does not hold up the others.
 * What may not leave is set aside until its time or until something happens to it, so that a lead costs the same however
 * many partitions wait. Holds ids only, never a lead.
 */
export interface FairQueue {
	/** A new arrival: the newest of all. */
	readonly add: (id: string) => void;
	/** One that waits again, at the place of its arrival; one that was refused lets the others of its partition try first. */
	readonly requeue: (id: string, wasRefused?: boolean) => void;
	/** A lead of this partition was taken, so those that were refused may try again. */
	readonly onPassed: (partition: string) => void;
	/** Takes the one that arrived first among those that may leave. */
	readonly take: (nowMs: number) => string | undefined;
	/** Something happened to this partition or its group: it is looked at again. */
	readonly wake: (partition: string) => void;
	/** Whatever is set aside is looked at again. */
	readonly wakeAll: () => void;
	/** When something set aside is to be looked at again; undefined where nothing is. */
	readonly nextAtMs: () => number | undefined;
	/** The one of this partition that would be next. */
	readonly firstOf: (partition: string) => string | undefined;
	/** Takes that one, whether it may leave or not. */
	readonly takeFrom: (partition: string) => string | undefined;
	/** Whether none of this partition's group waits here. */
	readonly isEmpty: (partition: string) => boolean;
}

/** The group whose turn is next; what is not true any more is thrown away. */
const peek = (state: FairGroups, turns: Heap<Turn>): Turn | undefined => {
	for (let turn = turns.peek(); turn !== undefined; turn = turns.peek()) {
		const { group, first } = turn;
		const isListed = !group.isAside && group.listed === first && state.groups.get(group.name) === group;
		if (isListed && topOf(group)?.line.first === first) return turn;
		turns.pop();
		if (group.listed === first) {
			group.listed = undefined;
			listGroup(state, group);
		}
	}
	return undefined;
};

const nextTurn = (state: FairGroups): Group | undefined => {
	const { gates, verified, unverified } = state;
	const one = peek(state, verified);
	const other = gates.hasRoomForUnverified() ? peek(state, unverified) : undefined;
	const isOther = other !== undefined && (one === undefined || other.first < one.first);
	const turn = (isOther ? unverified : verified).pop();
	if (turn === undefined) return undefined;
	turn.group.listed = undefined;
	return turn.group;
};

const take = (state: FairGroups, nowMs: number): string | undefined => {
	wakeDue(state, nowMs);
	for (let group = nextTurn(state); group !== undefined; group = nextTurn(state)) {
		const member = topOf(group);
		if (member === undefined) continue;
		const { partition, line } = member;
		const groupAtMs = state.gates.groupOpensAtMs(partition);
		const ownAtMs = state.gates.opensAtMs(partition);
		const { first } = line;
		if (groupAtMs > nowMs) setAside(state, group, undefined, groupAtMs, nowMs);
		else if (ownAtMs > nowMs) {
			setAside(state, group, member, ownAtMs, nowMs);
			listGroup(state, group);
		} else {
			line.take();
			listMember(state, group, member);
			return first;
		}
	}
	return undefined;
};

export const createFairQueue = (gates: Gates): FairQueue => {
	const state = createFairGroups(gates);
	const { groups } = state;
	return {
		add: (id) => changeLine(state, partitionOf(id), (line) => line.add(id)),
		requeue: (id, wasRefused = false) => changeLine(state, partitionOf(id), (line) => line.requeue(id, wasRefused)),
		onPassed: (partition) => {
			if (knownMember(state, partition) !== undefined) changeLine(state, partition, (line) => line.passed());
		},
		take: (nowMs) => take(state, nowMs),
		wake: (partition) => {
			const group = groups.get(gates.groupOf(partition));
			if (group !== undefined) lookAgain(state, group, group.members.get(partition));
		},
		wakeAll: () => {
			for (const group of [...groups.values()]) {
				for (const member of [...group.members.values()]) lookAgain(state, group, member);
				lookAgain(state, group);
			}
		},
		nextAtMs: () => state.looks.peek()?.atMs,
		firstOf: (partition) => knownMember(state, partition)?.member.line.first,
		takeFrom: (partition) => {
			const first = knownMember(state, partition)?.member.line.first;
			if (first !== undefined) changeLine(state, partition, (line) => line.take());
			return first;
		},
		isEmpty: (partition) => !groups.has(gates.groupOf(partition)),
	};
};
