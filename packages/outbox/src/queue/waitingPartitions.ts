import { partitionOf } from '../store/entry';
import type { CircuitBreakers } from './circuitBreakers';
import { firstWaiting, type WaitingCounts } from './waitingCounts';
import type { HoldReason } from '@icloud-ready/core';

/** Leads of one partition that have not ended, where any waits or is on its way. */
export interface WaitingPartition {
	readonly partition: string;
	readonly count: number;
	/** The id of the one that came first. */
	readonly first: string;
	/** What holds them back, where something does. */
	readonly why?: HoldReason;
}

interface Means {
	readonly waiting: Pick<WaitingCounts, 'byPartition' | 'has'>;
	/** A lead that sees whether a hold is over is one of those that are held. */
	readonly onTheWay: ReadonlySet<string>;
	readonly breakers: Pick<CircuitBreakers, 'why'>;
}

/** Who waits, and what for, the longest first: in as many steps as there are partitions, however many leads wait. */
export const waitingPartitions = ({ waiting, onTheWay, breakers }: Means): readonly WaitingPartition[] => {
	const found = new Map<string, { count: number; first: string }>();
	const add = (partition: string, id: string, count: number): void => {
		const before = found.get(partition);
		const first = before === undefined || id < before.first ? id : before.first;
		found.set(partition, { count: (before?.count ?? 0) + count, first });
	};
	for (const [partition, ids] of waiting.byPartition()) add(partition, firstWaiting(ids), ids.size);
	// One that is being marked as sent stands in both.
	for (const id of onTheWay) if (!waiting.has(id)) add(partitionOf(id), id, 1);
	const inOrder = [...found].sort(([, one], [, other]) => (one.first < other.first ? -1 : 1));
	return inOrder.map(([partition, { count, first }]) => {
		const why = breakers.why(partition);
		return { partition, count, first, ...(why === undefined ? {} : { why }) };
	});
};
