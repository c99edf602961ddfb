import { type LeadPayload, partitionOf } from '../store/entry';
import type { EntryStore } from '../store/entryStore';

/** The id of the one that began to wait first, of those of a partition: one of which none waits is not kept. */
export const firstWaiting = (ids: ReadonlySet<string>): string => ids.values().next().value as string;

interface Means {
	readonly groupOf: (partition: string) => string;
	readonly isUnverified: (partition: string) => boolean;
}

/** How many leads wait, of each key and of all accounts never accepted; what is not there any more takes no memory. */
export interface WaitingCounts {
	/** A lead waits; said once more it is the same one. */
	readonly began: (id: string) => void;
	/** It does not wait any more. */
	readonly ended: (id: string) => void;
	readonly has: (id: string) => boolean;
	/** It is being written that this one waits: whoever gave it may yet be told that it is not kept. */
	readonly writing: Set<string>;
	/** Ids of what waits, by partition, in the order in which each began to. */
	readonly byPartition: () => ReadonlyMap<string, ReadonlySet<string>>;
	readonly ofGroup: (partition: string) => number;
	readonly ofUnverified: () => number;
	/** A lead of this account was accepted: those that wait are not counted among the others any more. */
	readonly verified: (partition: string) => void;
}

export const createWaitingCounts = ({ groupOf, isUnverified }: Means): WaitingCounts => {
	const waiting = new Map<string, Set<string>>();
	const groups = new Map<string, number>();
	/** Only those that were never accepted when their first came. */
	const unverified = new Map<string, number>();
	let inAll = 0;
	const count = (counts: Map<string, number>, name: string, by: number): void => {
		const now = (counts.get(name) ?? 0) + by;
		if (now <= 0) counts.delete(name);
		else counts.set(name, now);
	};
	const add = (partition: string, by: 1 | -1): void => {
		count(groups, groupOf(partition), by);
		const isKnown = unverified.has(partition);
		if (!isKnown && (by < 0 || !isUnverified(partition))) return;
		count(unverified, partition, by);
		inAll += by;
	};
	const has = (id: string): boolean => waiting.get(partitionOf(id))?.has(id) === true;
	return {
		began: (id) => {
			if (has(id)) return;
			const partition = partitionOf(id);
			waiting.set(partition, (waiting.get(partition) ?? new Set()).add(id));
			add(partition, 1);
		},
		ended: (id) => {
			const partition = partitionOf(id);
			const ids = waiting.get(partition);
			if (ids?.delete(id) !== true) return;
			if (ids.size === 0) waiting.delete(partition);
			add(partition, -1);
		},
		has,
		writing: new Set(),
		byPartition: () => waiting,
		ofGroup: (partition) => groups.get(groupOf(partition)) ?? 0,
		ofUnverified: () => inAll,
		verified: (partition) => {
			inAll -= unverified.get(partition) ?? 0;
			unverified.delete(partition);
		},
	};
};

/** A store whose writes are counted: every lead that begins or ends to wait passes through here. */
export const countedStore = <Payload extends LeadPayload>(
	store: EntryStore<Payload>,
	counts: WaitingCounts,
): EntryStore<Payload> => ({
	...store,
	ids: (shelf) => store.ids(shelf),
	get: async (shelf, id) => {
		const entry = await store.get(shelf, id);
		// A write may fail although it was done.
		if (entry !== undefined && shelf !== 'waiting') counts.ended(id);
		return entry;
	},
	write: async (changes) => {
		const moves = changes.flatMap((change) => (change.kind === 'put' ? [change] : []));
		const begin = moves.filter(({ shelf, entry }) => shelf === 'waiting' && !counts.has(entry.id));
		// Whoever comes while this is written must know of it.
		for (const { entry } of begin) {
			counts.began(entry.id);
			counts.writing.add(entry.id);
		}
		try {
			await store.write(changes);
		} catch (error) {
			for (const { entry } of begin) counts.ended(entry.id);
			throw error;
		} finally {
			for (const { entry } of begin) counts.writing.delete(entry.id);
		}
		for (const { entry, shelf } of moves) if (shelf !== 'waiting') counts.ended(entry.id);
	},
});
