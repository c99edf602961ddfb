import type { Change, EntryStore } from './entryStore';

interface Means {
	readonly groupOf: (organizationId: string) => string;
	readonly isUnverified: (organizationId: string) => boolean;
}

/** How many leads wait, of each key and of all accounts never accepted; what is not there any more takes no memory. */
export interface WaitingCounts {
	readonly add: (organizationId: string, by: 1 | -1) => void;
	readonly ofGroup: (organizationId: string) => number;
	readonly ofUnverified: () => number;
	/** A lead of this account was accepted: those that wait are not counted among the others any more. */
	readonly verified: (organizationId: string) => void;
}

export const createWaitingCounts = ({ groupOf, isUnverified }: Means): WaitingCounts => {
	const groups = new Map<string, number>();
	/** Only those that were never accepted when their first came. */
	const unverified = new Map<string, number>();
	let inAll = 0;
	const count = (counts: Map<string, number>, name: string, by: number): void => {
		const now = (counts.get(name) ?? 0) + by;
		if (now <= 0) counts.delete(name);
		else counts.set(name, now);
	};
	return {
		add: (organizationId, by) => {
			count(groups, groupOf(organizationId), by);
			const isKnown = unverified.has(organizationId);
			if (!isKnown && (by < 0 || !isUnverified(organizationId))) return;
			count(unverified, organizationId, by);
			inAll += by;
		},
		ofGroup: (organizationId) => groups.get(groupOf(organizationId)) ?? 0,
		ofUnverified: () => inAll,
		verified: (organizationId) => {
			inAll -= unverified.get(organizationId) ?? 0;
			unverified.delete(organizationId);
		},
	};
};

/** A store whose writes are counted: every lead that begins or ends to wait passes through here. */
export const countedStore = (store: EntryStore, counts: WaitingCounts): EntryStore => ({
	...store,
	ids: (shelf) => store.ids(shelf),
	write: async (changes) => {
		const moves = changes.flatMap((change: Change) => (change.kind === 'put' && (change.shelf === 'waiting') !== (change.from === 'waiting') ? [change] : []));
		const [begin, end] = [moves.filter(({ shelf }) => shelf === 'waiting'), moves.filter(({ shelf }) => shelf !== 'waiting')];
		// Whoever comes while this is written must know of it.
		for (const { entry } of begin) counts.add(entry.organizationId, 1);
		try {
			await store.write(changes);
		} catch (error) {
			for (const { entry } of begin) counts.add(entry.organizationId, -1);
			throw error;
		}
		for (const { entry } of end) counts.add(entry.organizationId, -1);
	},
});
