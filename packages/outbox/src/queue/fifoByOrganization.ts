import { organizationOf } from '../store/entry';
import { Fifo } from './fifo';
import { createHeap, type Heap } from './heap';

/** What decides whether a lead may leave: asked of those at the front only. */
export interface Gates {
	/** Which organizations share one key. */
	readonly groupOf: (organizationId: string) => string;
	/** Whether no lead of this organization's key was ever accepted. */
	readonly isUnverified: (organizationId: string) => boolean;
	/** Whether one more lead of such keys may be on its way. */
	readonly hasRoomForUnverified: () => boolean;
	/** From when on leads of this organization's group may leave; infinite: not before something happens to it. */
	readonly groupOpensAtMs: (organizationId: string) => number;
	/** The same of this organization alone. */
	readonly opensAtMs: (organizationId: string) => number;
}

/**
 * What waits, by organization, and these by the key that they share: one that is refused does not hold up the others.
 * What may not leave is set aside until its time or until something happens to it, so that a lead costs the same however
 * many organizations wait. Holds ids only, never a lead.
 */
export interface FairQueue {
	/** A new arrival: the newest of all. */
	readonly add: (id: string) => void;
	/** One that waits again, at the place of its arrival; one that was refused lets the others of its organization try first. */
	readonly requeue: (id: string, wasRefused?: boolean) => void;
	/** A lead of this organization was taken, so those that were refused may try again. */
	readonly onPassed: (organizationId: string) => void;
	/** Takes the one that arrived first among those that may leave. */
	readonly take: (nowMs: number) => string | undefined;
	/** Something happened to this organization or its group: it is looked at again. */
	readonly wake: (organizationId: string) => void;
	/** Whatever is set aside is looked at again. */
	readonly wakeAll: () => void;
	/** When something set aside is to be looked at again; undefined where nothing is. */
	readonly nextAtMs: () => number | undefined;
	/** The one of this organization that would be next. */
	readonly firstOf: (organizationId: string) => string | undefined;
	/** Takes that one, whether it may leave or not. */
	readonly takeFrom: (organizationId: string) => string | undefined;
	/** Whether none of this organization's group waits here. */
	readonly isEmpty: (organizationId: string) => boolean;
}

interface Member {
	readonly organizationId: string;
	readonly line: Fifo;
	isAside: boolean;
	/** Its first as it stands among the ready of its group. */
	listed?: string | undefined;
}
interface Group {
	readonly name: string;
	readonly members: Map<string, Member>;
	readonly ready: Heap<{ readonly first: string; readonly member: Member }>;
	isAside: boolean;
	listed?: string | undefined;
	/** Among whose turns it is listed. */
	isUnverified: boolean;
	/** When it is looked at again at the latest. */
	lookAtMs: number;
}
interface Turn {
	readonly first: string;
	readonly group: Group;
}

/** Whatever is set aside is looked at so often, in case that nobody told what happened to it. */
const longestAsideMs = 60_000;

export const createFairQueue = (gates: Gates): FairQueue => {
	const groups = new Map<string, Group>();
	const turns = (): Heap<Turn> => createHeap<Turn>((one, other) => one.first < other.first);
	const [verified, unverified] = [turns(), turns()];
	const looks = createHeap<{ readonly atMs: number; readonly group: Group; readonly member?: Member }>(
		(one, other) => one.atMs < other.atMs,
	);

	/** The first of a group's organizations that are not set aside. */
	const topOf = ({ ready }: Group): Member | undefined => {
		for (let top = ready.peek(); top !== undefined; top = ready.peek()) {
			const { member, first } = top;
			if (!member.isAside && first === member.line.first) return member;
			ready.pop();
			if (member.listed === first) member.listed = undefined;
		}
		return undefined;
	};
	const listGroup = (group: Group): void => {
		const top = group.isAside ? undefined : topOf(group);
		const first = top?.line.first;
		if (top === undefined || first === undefined || group.listed === first) return;
		group.listed = first;
		group.isUnverified = gates.isUnverified(top.organizationId);
		(group.isUnverified ? unverified : verified).push({ first, group });
	};
	const list = (group: Group, member: Member): void => {
		const { first } = member.line;
		if (first === undefined) {
			group.members.delete(member.organizationId);
			if (group.members.size === 0) groups.delete(group.name);
			else listGroup(group);
			return;
		}
		if (!member.isAside && member.listed !== first) {
			member.listed = first;
			group.ready.push({ first, member });
		}
		listGroup(group);
	};
	const setAside = (group: Group, member: Member | undefined, untilMs: number, nowMs: number): void => {
		const atMs = Math.min(untilMs, nowMs + longestAsideMs);
		if (member !== undefined) {
			member.isAside = true;
			looks.push({ atMs, group, member });
			return;
		}
		group.isAside = true;
		// It may be set aside and woken again and again before that time.
		if (group.lookAtMs <= atMs && group.lookAtMs > nowMs) return;
		group.lookAtMs = atMs;
		looks.push({ atMs, group });
	};
	const lookAgain = (group: Group, member?: Member): void => {
		if (groups.get(group.name) !== group) return;
		const [any] = group.members.keys();
		if (group.isAside || (any !== undefined && group.isUnverified !== gates.isUnverified(any)))
			group.listed = undefined;
		group.isAside = false;
		if (member !== undefined && group.members.get(member.organizationId) === member) {
			member.isAside = false;
			list(group, member);
		} else listGroup(group);
	};
	const wakeDue = (nowMs: number): void => {
		for (let due = looks.peek(); due !== undefined && due.atMs <= nowMs; due = looks.peek()) {
			looks.pop();
			lookAgain(due.group, due.member);
		}
	};
	/** The group whose turn is next; what is not true any more is thrown away. */
	const peek = (heap: Heap<Turn>): Turn | undefined => {
		for (let turn = heap.peek(); turn !== undefined; turn = heap.peek()) {
			const { group, first } = turn;
			if (
				!group.isAside &&
				group.listed === first &&
				groups.get(group.name) === group &&
				topOf(group)?.line.first === first
			)
				return turn;
			heap.pop();
			if (group.listed === first) {
				group.listed = undefined;
				listGroup(group);
			}
		}
		return undefined;
	};
	const nextTurn = (): Group | undefined => {
		const one = peek(verified);
		const other = gates.hasRoomForUnverified() ? peek(unverified) : undefined;
		const isOther = other !== undefined && (one === undefined || other.first < one.first);
		const turn = (isOther ? unverified : verified).pop();
		if (turn === undefined) return undefined;
		turn.group.listed = undefined;
		return turn.group;
	};

	const memberOf = (organizationId: string): { readonly group: Group; readonly member: Member } => {
		const name = gates.groupOf(organizationId);
		const group: Group = groups.get(name) ?? {
			name,
			members: new Map(),
			ready: createHeap((one, other) => one.first < other.first),
			isAside: false,
			isUnverified: false,
			lookAtMs: 0,
		};
		groups.set(name, group);
		const member = group.members.get(organizationId) ?? { organizationId, line: new Fifo(), isAside: false };
		group.members.set(organizationId, member);
		return { group, member };
	};
	const known = (organizationId: string): { readonly group: Group; readonly member: Member } | undefined =>
		groups.get(gates.groupOf(organizationId))?.members.has(organizationId) === true
			? memberOf(organizationId)
			: undefined;
	const changed = (organizationId: string, change: (line: Fifo) => void): void => {
		const { group, member } = memberOf(organizationId);
		change(member.line);
		list(group, member);
	};

	return {
		add: (id) => changed(organizationOf(id), (line) => line.add(id)),
		requeue: (id, wasRefused = false) => changed(organizationOf(id), (line) => line.requeue(id, wasRefused)),
		onPassed: (organizationId) => {
			if (known(organizationId) !== undefined) changed(organizationId, (line) => line.passed());
		},
		take: (nowMs) => {
			wakeDue(nowMs);
			for (let group = nextTurn(); group !== undefined; group = nextTurn()) {
				const member = topOf(group);
				if (member === undefined) continue;
				const { organizationId, line } = member;
				const groupAtMs = gates.groupOpensAtMs(organizationId);
				const ownAtMs = gates.opensAtMs(organizationId);
				const { first } = line;
				if (groupAtMs > nowMs) setAside(group, undefined, groupAtMs, nowMs);
				else if (ownAtMs > nowMs) {
					setAside(group, member, ownAtMs, nowMs);
					listGroup(group);
				} else {
					line.take();
					list(group, member);
					return first;
				}
			}
			return undefined;
		},
		wake: (organizationId) => {
			const group = groups.get(gates.groupOf(organizationId));
			if (group !== undefined) lookAgain(group, group.members.get(organizationId));
		},
		wakeAll: () => {
			for (const group of [...groups.values()]) {
				for (const member of [...group.members.values()]) lookAgain(group, member);
				lookAgain(group);
			}
		},
		nextAtMs: () => looks.peek()?.atMs,
		firstOf: (organizationId) => known(organizationId)?.member.line.first,
		takeFrom: (organizationId) => {
			const first = known(organizationId)?.member.line.first;
			if (first !== undefined) changed(organizationId, (line) => line.take());
			return first;
		},
		isEmpty: (organizationId) => !groups.has(gates.groupOf(organizationId)),
	};
};
