import type { Entry, EntryStore, LeadPayload, Shelf } from '../../packages/outbox/src';
import type { Payload as Usual } from './entries';

/** A store that lasts as long as its object, and fails when it is told to. */
export interface MemoryStore<Payload extends LeadPayload = Usual> extends EntryStore<Payload> {
	/** Every write from now on rejects, or none does. */
	failing: boolean;
	/** Every look at an entry or a submission key rejects, or none does. */
	unreadable: boolean;
	readonly shelf: (shelf: Shelf) => readonly Entry<Payload>[];
}

export const memoryStore = <Payload extends LeadPayload = Usual>(): MemoryStore<Payload> => {
	const shelves: Record<Shelf, Map<string, string>> = {
		waiting: new Map(),
		sending: new Map(),
		unconfirmed: new Map(),
		ended: new Map(),
	};
	const unacked = new Set<string>();
	const newest = new Map<string, string>();
	const notes = new Map<string, string>();
	const sorted = (shelf: Shelf): readonly string[] => [...shelves[shelf].keys()].sort();
	const read = (shelf: Shelf, id: string): Entry<Payload> => JSON.parse(shelves[shelf].get(id) ?? '') as Entry<Payload>;
	const readable = async (): Promise<undefined> => {
		await Promise.resolve();
		if (store.unreadable) throw new Error('cannot be read');
	};
	const store: MemoryStore<Payload> = {
		failing: false,
		unreadable: false,
		shelf: (shelf) => sorted(shelf).map((id) => read(shelf, id)),
		write: async (changes) => {
			await Promise.resolve();
			if (store.failing) throw new Error('no space');
			for (const change of changes) {
				if (change.kind === 'acked') {
					unacked.delete(change.id);
				} else if (change.kind === 'note') {
					if (change.value === null) notes.delete(change.name);
					else notes.set(change.name, change.value);
				} else if (change.kind === 'remove') {
					shelves[change.from].delete(change.id);
					unacked.delete(change.id);
					if (change.submissionKey !== undefined && newest.get(change.submissionKey) === change.id)
						newest.delete(change.submissionKey);
				} else {
					const { entry, shelf, from } = change;
					if (from !== undefined) shelves[from].delete(entry.id);
					shelves[shelf].set(entry.id, JSON.stringify(entry));
					if (entry.submissionKey !== undefined && from === undefined) newest.set(entry.submissionKey, entry.id);
					if (change.unacked === true) unacked.add(entry.id);
				}
			}
		},
		get: async (shelf, id) => (await readable()) ?? (shelves[shelf].has(id) ? read(shelf, id) : undefined),
		list: async (shelf, { after, limit, newestFirst = false }) => {
			const ids = newestFirst ? [...sorted(shelf)].reverse() : sorted(shelf);
			const rest = after === undefined ? ids : ids.filter((id) => (newestFirst ? id < after : id > after));
			return await Promise.resolve(rest.slice(0, limit).map((id) => read(shelf, id)));
		},
		ids: async function* (shelf) {
			yield sorted(shelf);
			await Promise.resolve();
		},
		unacked: async () => await Promise.resolve([...unacked].sort()),
		bySubmissionKey: async (key) => (await readable()) ?? newest.get(key),
		notes: async () => await Promise.resolve([...notes].sort(([one], [other]) => (one < other ? -1 : 1))),
		close: async () => await Promise.resolve(),
	};
	return store;
};
