interface Means {
	/** How many leads of a group are on their way at once. */
	readonly concurrency: number;
	readonly groupOf: (partition: string) => string;
	/** Whether no lead of this partition's key was ever accepted: of such a key one is on its way at a time. */
	readonly isUnverified: (partition: string) => boolean;
	/** How many of such keys are on their way at once, all together. */
	readonly mostUnverified: number;
	/** One less is on its way. */
	readonly onAnswered: (partition: string) => void;
}

/** How many leads of each group are on their way and not answered yet. */
export interface ConcurrencyLimit {
	readonly hasRoom: (partition: string) => boolean;
	readonly hasRoomForUnverified: () => boolean;
	/** One more is on its way; to be called when its answer is there. */
	readonly acquire: (partition: string) => () => void;
}

export const createConcurrencyLimit = ({
	concurrency,
	groupOf,
	isUnverified,
	mostUnverified,
	onAnswered,
}: Means): ConcurrencyLimit => {
	const counts = new Map<string, number>();
	const count = (group: string, by: 1 | -1): void => {
		const now = (counts.get(group) ?? 0) + by;
		if (now === 0) counts.delete(group);
		else counts.set(group, now);
	};
	let unverified = 0;
	const hasRoomForUnverified = (): boolean => unverified < mostUnverified;
	return {
		hasRoom: (partition) => (counts.get(groupOf(partition)) ?? 0) < (isUnverified(partition) ? 1 : concurrency),
		hasRoomForUnverified,
		acquire: (partition) => {
			const group = groupOf(partition);
			const one = isUnverified(partition) ? 1 : 0;
			count(group, 1);
			unverified += one;
			return () => {
				count(group, -1);
				unverified -= one;
				onAnswered(partition);
			};
		},
	};
};
