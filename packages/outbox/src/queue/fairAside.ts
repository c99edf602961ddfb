import { type FairGroups, type Group, listGroup, listMember, type Member } from './fairGroups';

/** Whatever is set aside is looked at so often, in case that nobody told what happened to it. */
const longestAsideMs = 60_000;

/** A partition may not leave until then; without one, its whole group may not. */
export const setAside = (
	{ looks }: FairGroups,
	group: Group,
	member: Member | undefined,
	untilMs: number,
	nowMs: number,
): void => {
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

export const lookAgain = (state: FairGroups, group: Group, member?: Member): void => {
	if (state.groups.get(group.name) !== group) return;
	const [any] = group.members.keys();
	if (group.isAside || (any !== undefined && group.isUnverified !== state.gates.isUnverified(any)))
		group.listed = undefined;
	group.isAside = false;
	if (member !== undefined && group.members.get(member.partition) === member) {
		member.isAside = false;
		listMember(state, group, member);
	} else listGroup(state, group);
};

/** Looks at whatever was set aside until now. */
export const wakeDue = (state: FairGroups, nowMs: number): void => {
	const { looks } = state;
	for (let due = looks.peek(); due !== undefined && due.atMs <= nowMs; due = looks.peek()) {
		looks.pop();
		lookAgain(state, due.group, due.member);
	}
};
