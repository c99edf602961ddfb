import type { Entry, LeadPayload } from './entry';
import type { Change, EntryStore } from './entryStore';

/** With `longestKept` together some 16 MB. */
const mostKept = 1000;

/** Of an entry's texts, in characters; one that is longer is read back. A lead has some hundred. */
const longestKept = 8000;

/** How many characters of texts are left to a value, and below 0 as soon as it has more than there were. */
const charactersLeft = (value: unknown, left: number): number => {
	if (left < 0) return left;
	if (typeof value === 'string') return left - value.length;
	if (typeof value !== 'object' || value === null) return left - 1;
	// Each level counts too, so that what is nested without end is not followed.
	let rest = left - 8;
	for (const [name, each] of Object.entries(value)) {
		rest = charactersLeft(each, rest - name.length);
		if (rest < 0) break;
	}
	return rest;
};

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
						if (kept.size < mostKept && charactersLeft(change.entry, longestKept) >= 0)
							// The first that came are the next that leave.
							kept.set(change.entry.id, change.entry);
			}
		},
	};
};
