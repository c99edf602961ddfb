import { createHolds, type Holds } from './holds';

/** What holds leads back, kept apart for each group of organizations: one key's limit is no other's. */
export interface GroupedHolds extends Omit<Holds, 'why'> {
	/** Why most leads of this organization's group wait, or of any. */
	readonly why: (organizationId?: string) => ReturnType<Holds['why']>;
}

export const createGroupedHolds = (groupOf: (organizationId: string) => string): GroupedHolds => {
	const groups = new Map<string, Holds>();
	const of = (organizationId: string): Holds => {
		const group = groupOf(organizationId);
		const holds = groups.get(group) ?? createHolds();
		groups.set(group, holds);
		return holds;
	};
	return {
		begin: (why, organizationId, nowMs, askedMs) => of(organizationId).begin(why, organizationId, nowMs, askedMs),
		passed: (organizationId) => {
			const holds = of(organizationId);
			holds.passed(organizationId);
			if (holds.why() === undefined) groups.delete(groupOf(organizationId));
		},
		unanswered: (organizationId, nowMs) => of(organizationId).unanswered(organizationId, nowMs),
		undecided: (organizationId) => of(organizationId).undecided(organizationId),
		maySend: (organizationId, nowMs) => of(organizationId).maySend(organizationId, nowMs),
		left: (organizationId) => of(organizationId).left(organizationId),
		nextAtMs: (nowMs) => {
			const ends = [...groups.values()].flatMap((holds) => holds.nextAtMs(nowMs) ?? []);
			return ends.length === 0 ? undefined : Math.min(...ends);
		},
		why: (organizationId) => (organizationId === undefined ? [...groups.values()].map((holds) => holds.why()).find((why) => why !== undefined) : of(organizationId).why(organizationId)),
	};
};
