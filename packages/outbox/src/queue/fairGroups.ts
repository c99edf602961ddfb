import { Fifo } from './fifo';
import { createHeap, type Heap } from './heap';

/** What decides whether a lead may leave: asked of those at the front only. */
export interface Gates {
	/** Which partitions share one key. */
	readonly groupOf: (partition: string) => string;
	/** Whether no lead of this partition's key was ever accepted. */
	readonly isUnverified: (partition: string) => boolean;
	/** Whether one more lead of such keys may be on its way. */
	readonly hasRoomForUnverified: () => boolean;
	/** From when on leads of this partition's group may leave; infinite: not before something happens to it. */
	readonly groupOpensAtMs: (partition: string) => number;
	/** The same of this partition alone. */
	readonly opensAtMs: (partition: string) => number;
}

/** What waits of one partition. */
export interface Member {
	readonly partition: string;
	readonly line: Fifo;
	isAside: boolean;
	/** Its first as it stands among the ready of its group. */
	listed?: string | undefined;
}

/** A partition by its first, among those of its group that may be next; what is not true any more is thrown away. */
interface Ready {
	readonly first: string;
	readonly member: Member;
}

/** Partitions that share one key. */
export interface Group {
	readonly name: string;
	readonly members: Map<string, Member>;
	readonly ready: Heap<Ready>;
	isAside: boolean;
	listed?: string | undefined;
	/** Among whose turns it is listed. */
	isUnverified: boolean;
	/** When it is looked at again at the latest. */
	lookAtMs: number;
}

/** A group whose turn it may be; what is not true any more is thrown away when it comes up. */
export interface Turn {
	readonly first: string;
	readonly group: Group;
}

export interface FairGroups {
	readonly gates: Gates;
	readonly groups: Map<string, Group>;
	readonly verified: Heap<Turn>;
	readonly unverified: Heap<Turn>;
	/** What is set aside, by when it is looked at again. */
	readonly looks: Heap<{ readonly atMs: number; readonly group: Group; readonly member?: Member }>;
}

const isEarlier = (one: { readonly first: string }, other: { readonly first: string }): boolean =>
	one.first < other.first;

export const createFairGroups = (gates: Gates): FairGroups => ({
	gates,
	groups: new Map(),
	verified: createHeap<Turn>(isEarlier),
	unverified: createHeap<Turn>(isEarlier),
	looks: createHeap((one, other) => one.atMs < other.atMs),
});

/** The first of a group's partitions that are not set aside. */
export const topOf = ({ ready }: Group): Member | undefined => {
	for (let top = ready.peek(); top !== undefined; top = ready.peek()) {
		const { member, first } = top;
		if (!member.isAside && first === member.line.first) return member;
		ready.pop();
		if (member.listed === first) member.listed = undefined;
	}
	return undefined;
};

/** Puts a group among the turns by its first, where it is not there yet. */
export const listGroup = ({ gates, verified, unverified }: FairGroups, group: Group): void => {
	const top = group.isAside ? undefined : topOf(group);
	const first = top?.line.first;
	if (top === undefined || first === undefined || group.listed === first) return;
	group.listed = first;
	group.isUnverified = gates.isUnverified(top.partition);
	(group.isUnverified ? unverified : verified).push({ first, group });
};

/** The same of a partition within its group; one that is empty is forgotten, and so is its group. */
export const listMember = (state: FairGroups, group: Group, member: Member): void => {
	const { first } = member.line;
	if (first === undefined) {
		group.members.delete(member.partition);
		if (group.members.size === 0) state.groups.delete(group.name);
		else listGroup(state, group);
		return;
	}
	if (!member.isAside && member.listed !== first) {
		member.listed = first;
		group.ready.push({ first, member });
	}
	listGroup(state, group);
};

interface Place {
	readonly group: Group;
	readonly member: Member;
}

/** A partition with its group, made where they are not there. */
const memberOf = ({ gates, groups }: FairGroups, partition: string): Place => {
	const name = gates.groupOf(partition);
	const group: Group = groups.get(name) ?? {
		name,
		members: new Map(),
		ready: createHeap<Ready>(isEarlier),
		isAside: false,
		isUnverified: false,
		lookAtMs: 0,
	};
	groups.set(name, group);
	const member = group.members.get(partition) ?? { partition, line: new Fifo(), isAside: false };
	group.members.set(partition, member);
	return { group, member };
};

/** Undefined where nothing of this partition waits. */
export const knownMember = (state: FairGroups, partition: string): Place | undefined =>
	state.groups.get(state.gates.groupOf(partition))?.members.has(partition) === true
		? memberOf(state, partition)
		: undefined;

export const changeLine = (state: FairGroups, partition: string, change: (line: Fifo) => void): void => {
	const { group, member } = memberOf(state, partition);
	change(member.line);
	listMember(state, group, member);
};
