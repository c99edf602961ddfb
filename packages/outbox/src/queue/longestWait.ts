import { type LeadPayload, partitionOf } from '../store/entry';
import { waitsSinceMs } from './expireUnverified';
import type { OutboxState } from './outboxState';

/** The first of a partition wait longest, but for one that a person has sent again, or that was tried meanwhile. */
const maxOfPartition = 3;
/** So many are read: a page that is looked at, and whoever watches, ask every few seconds. */
const maxLooked = 50;

/** Leads that have not ended, the first of each partition, by arrival. */
const firstIds = <Payload extends LeadPayload>(
	{ waiting, onTheWay, queue }: Pick<OutboxState<Payload>, 'waiting' | 'onTheWay' | 'queue'>,
	isWanted: (partition: string) => boolean,
): readonly string[] => {
	const ids = new Set([...onTheWay].filter((id) => isWanted(partitionOf(id))));
	for (const [partition, own] of waiting.byPartition()) {
		if (!isWanted(partition)) continue;
		const next = queue.firstOf(partition);
		if (next !== undefined) ids.add(next);
		let count = 0;
		for (const id of own) {
			ids.add(id);
			if (++count === maxOfPartition) break;
		}
	}
	return [...ids].sort().slice(0, maxLooked);
};

/**
 * Since when the lead waits that waits longest, in ms since 1970: its arrival, or when a person had it sent again. Undefined where
 * none waits. Rejects where the store cannot be read.
 */
export const longestWaitSinceMs = async <Payload extends LeadPayload>(
	state: Pick<OutboxState<Payload>, 'store' | 'waiting' | 'onTheWay' | 'queue'>,
	isWanted: (partition: string) => boolean = () => true,
): Promise<number | undefined> => {
	let sinceMs: number | undefined;
	for (const id of firstIds(state, isWanted)) {
		const entry = (await state.store.get('waiting', id)) ?? (await state.store.get('sending', id));
		// When one came that cannot be read nobody knows.
		if (entry === undefined || entry.unreadable !== undefined) continue;
		sinceMs = Math.min(sinceMs ?? Number.POSITIVE_INFINITY, waitsSinceMs(entry));
		// All behind it came later.
		if (entry.againAtMs === undefined) break;
	}
	return sinceMs;
};
