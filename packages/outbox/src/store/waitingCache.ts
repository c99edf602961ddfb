import type { Entry, LeadPayload } from './entry';
import type { Change, EntryStore } from './entryStore';

/** Some MB of the largest leads. */
const mostKept = 1000;

/**
 * A store that remembers the entries that it put among those that wait: most leave within a second, and reading one back
 * takes as long as writing it. What was read once was checked then; a write that failed may have been done, so that
 * nothing of it is known.
 */
export const cachingWaiting = <Payload extends LeadPayload>(
	store: Pick<EntryStore<Payload>, 'get' | 'write'>,
): Pick<EntryStore<Payload>, 'get' | 'write'> => {
	const kept = new Map<string, Entry<Payload>>();
	const forget = (changes: readonly Change<Payload>[]): void => {
		for (const change of changes)
			if (change.kind === 'put') kept.delete(change.entry.id);
			else if (change.kind === 'remove') kept.delete(change.id);
	};
	return {
		get: async (shelf, id) => (shelf === 'waiting' ? kept.get(id) : undefined) ?? (await store.get(shelf, id)),
		write: async (changes) => {
			forget(changes);
			let isDone = false;
			try {
				await store.write(changes);
				isDone = true;
			} finally {
				// In one step: another write of the same entry may have ended meanwhile, or ends next.
				forget(changes);
				for (const change of isDone ? changes : [])
					if (change.kind === 'put' && change.shelf === 'waiting' && change.entry.unreadable === undefined)
						if (kept.size < mostKept)
							// The first that came are the next that leave.
							kept.set(change.entry.id, change.entry);
			}
		},
	};
};
