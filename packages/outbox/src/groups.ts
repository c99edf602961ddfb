import { createHolds, type Holds } from './holds';

/** What holds leads back, kept apart for each group of organizations: one key's limit is no other's. */
export interface GroupedHolds extends Omit<Holds, 'why' | 'allOpensAtMs'> {
	readonly groupOpensAtMs: (organizationId: string) => number;
	/** None of this organization's group waits any more, so nothing of it is remembered. */
	readonly forget: (organizationId: string) => void;
	/** Why most leads of this organization's group wait, or of any. */
	readonly why: (organizationId?: string) => ReturnType<Holds['why']>;
}

/** Whoever makes up keys fills no memory with them: what is forgotten for that is one more try. */
const mostGroups = 20_000;
const open = createHolds();

export const createGroupedHolds = (groupOf: (organizationId: string) => string): GroupedHolds => {
	const groups = new Map<string, Holds>();
	const of = (organizationId: string): Holds => {
		const group = groupOf(organizationId);
		const holds = groups.get(group) ?? createHolds();
		groups.set(group, holds);
		const [oldest] = groups.keys();
		if (groups.size > mostGroups && oldest !== undefined) groups.delete(oldest);
		return holds;
	};
	/** Only to look: no group is remembered for that. */
	const seen = (organizationId: string): Holds => groups.get(groupOf(organizationId)) ?? open;
	return {
		begin: (why, organizationId, nowMs, askedMs) => of(organizationId).begin(why, organizationId, nowMs, askedMs),
		passed: (organizationId) => {
			const holds = of(organizationId);
			holds.passed(organizationId);
			if (holds.why() === undefined) groups.delete(groupOf(organizationId));
		},
		unanswered: (organizationId, nowMs) => of(organizationId).unanswered(organizationId, nowMs),
		undecided: (organizationId) => seen(organizationId).undecided(organizationId),
		maySend: (organizationId, nowMs) => seen(organizationId).maySend(organizationId, nowMs),
		groupOpensAtMs: (organizationId) => seen(organizationId).allOpensAtMs(),
		opensAtMs: (organizationId) => seen(organizationId).opensAtMs(organizationId),
		forget: (organizationId) => { groups.delete(groupOf(organizationId)); },
		left: (organizationId) => seen(organizationId).left(organizationId),
		nextAtMs: (nowMs) => {
			const ends = [...groups.values()].flatMap((holds) => holds.nextAtMs(nowMs) ?? []);
			return ends.length === 0 ? undefined : Math.min(...ends);
		},
		why: (organizationId) => (organizationId === undefined ? [...groups.values()].map((holds) => holds.why()).find((why) => why !== undefined) : seen(organizationId).why(organizationId)),
	};
};
