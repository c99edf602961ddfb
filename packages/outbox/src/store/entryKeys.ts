import { type Shelf, shelves } from './entry';
import type { Change } from './entryStore';
import { entryText } from './entryText';
import type { Operation, Range } from './level';

/**
 * What stands beside the shelves: ids of entries whose giver was not told yet, the id of the newest entry by its submission
 * key, and notes by name.
 */
type Index = 'unacked' | 'submission' | 'note';

export const keyOf = (part: Shelf | Index, name: string): string => `${part}!${name}`;
/** All keys of a part; behind "!" comes the quotation mark. */
export const rangeOf = (part: Shelf | Index, after = ''): Required<Pick<Range, 'gt' | 'lt'>> => ({
	gt: keyOf(part, after),
	lt: `${part}"`,
});
/** What a key names within its part. */
export const nameOf = (key: string): string => key.slice(key.indexOf('!') + 1);

/** The shelf that a key names; undefined where it names something else. */
export const shelfOf = (key: string): Shelf | undefined => shelves.find((shelf) => key.startsWith(`${shelf}!`));

/** `isNewest`: whether this entry is the newest of its submission key. */
const operationsOf = (
	change: Change,
	isNewest: (submissionKey: string, id: string) => boolean,
): readonly Operation[] => {
	switch (change.kind) {
		case 'put': {
			const { entry, shelf, from, unacked } = change;
			return [
				...(from === undefined || from === shelf ? [] : [{ type: 'del', key: keyOf(from, entry.id) } as const]),
				{ type: 'put', key: keyOf(shelf, entry.id), value: entryText(entry) },
				// An older one that moves once more stays the older one.
				...(entry.submissionKey === undefined || from !== undefined
					? []
					: [{ type: 'put', key: keyOf('submission', entry.submissionKey), value: entry.id } as const]),
				...(unacked === true ? [{ type: 'put', key: keyOf('unacked', entry.id), value: '' } as const] : []),
			];
		}
		case 'acked':
			return [{ type: 'del', key: keyOf('unacked', change.id) }];
		case 'note':
			return [
				change.value === null
					? { type: 'del', key: keyOf('note', change.name) }
					: { type: 'put', key: keyOf('note', change.name), value: change.value },
			];
		case 'remove':
			return [
				{ type: 'del', key: keyOf(change.from, change.id) },
				{ type: 'del', key: keyOf('unacked', change.id) },
				...(change.submissionKey === undefined || !isNewest(change.submissionKey, change.id)
					? []
					: [{ type: 'del', key: keyOf('submission', change.submissionKey) } as const]),
			];
	}
};

/** All changes as one write; writes come one after another, so what is read here is still so when it is written. */
export const operationsFor = async (
	newestOf: (submissionKey: string) => Promise<string | undefined>,
	changes: readonly Change[],
): Promise<readonly Operation[]> => {
	const newest = new Map<string, string | undefined>();
	for (const change of changes)
		if (change.kind === 'remove' && change.submissionKey !== undefined)
			newest.set(change.submissionKey, await newestOf(change.submissionKey));
	return changes.flatMap((change) => {
		if (change.kind === 'put' && change.from === undefined && change.entry.submissionKey !== undefined)
			newest.set(change.entry.submissionKey, change.entry.id);
		return operationsOf(change, (submissionKey, id) => newest.get(submissionKey) === id);
	});
};
