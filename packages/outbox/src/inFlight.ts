interface Means {
	/** How many leads of a group are on their way at once. */
	readonly concurrency: number;
	readonly groupOf: (organizationId: string) => string;
	/** One less is on its way. */
	readonly onAnswered: () => void;
}

/** How many leads of each group are on their way and not answered yet. */
export interface InFlight {
	readonly hasRoom: (organizationId: string) => boolean;
	/** One more is on its way; to be called when its answer is there. */
	readonly leave: (organizationId: string) => () => void;
}

export const createInFlight = ({ concurrency, groupOf, onAnswered }: Means): InFlight => {
	const counts = new Map<string, number>();
	const count = (group: string, by: 1 | -1): void => {
		const now = (counts.get(group) ?? 0) + by;
		if (now === 0) counts.delete(group);
		else counts.set(group, now);
	};
	return {
		hasRoom: (organizationId) => (counts.get(groupOf(organizationId)) ?? 0) < concurrency,
		leave: (organizationId) => {
			const group = groupOf(organizationId);
			count(group, 1);
			return () => {
				count(group, -1);
				onAnswered();
			};
		},
	};
};
