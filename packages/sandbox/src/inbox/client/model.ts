import type { Row } from '../../view';

/** The calls the page knows of, and what of them is asked for. */
export interface Model {
	/** Starts over with a list, newest first. */
	readonly load: (rows: readonly Row[]) => void;
	/** Adds a new call or replaces a known one; true when it is new. */
	readonly put: (row: Row) => boolean;
	readonly get: (id: string) => Row | undefined;
	readonly newest: () => Row | undefined;
	/** Newest first, those that match search and outcome. */
	readonly matching: () => readonly Row[];
	/** How many of each outcome match the search; '' is all. */
	readonly counts: () => ReadonlyMap<string, number>;
	search: string;
	kind: string;
}

const foldDigits = (text: string): string => text.replace(/[\s().-]/g, '');

const matches = (row: Row, search: string): boolean => {
	if (search === '') return true;
	const text = `${row.name} ${row.source} ${row.called} ${row.outcome?.label ?? ''}`.toLowerCase();
	return text.includes(search) || (foldDigits(search) !== '' && foldDigits(row.phone).includes(foldDigits(search)));
};

/** Holds at most `capacity` calls. */
export const createModel = (capacity: number): Model => {
	// A map keeps the order of arrival: oldest first.
	const rows = new Map<string, Row>();
	let newestId = '';
	const found = (): Row[] => {
		const search = model.search.trim().toLowerCase();
		return [...rows.values()].filter((row) => matches(row, search)).reverse();
	};

	const model: Model = {
		search: '',
		kind: '',
		load: (list) => {
			rows.clear();
			for (const row of list.toReversed()) rows.set(row.id, row);
			newestId = list[0]?.id ?? '';
		},
		put: (row) => {
			const isNew = !rows.has(row.id);
			rows.set(row.id, row);
			if (isNew) newestId = row.id;
			const oldest = rows.size > capacity ? rows.keys().next() : null;
			if (oldest && !oldest.done) rows.delete(oldest.value);
			return isNew;
		},
		get: (id) => rows.get(id),
		newest: () => rows.get(newestId),
		matching: () => (model.kind === '' ? found() : found().filter((row) => row.outcome?.kind === model.kind)),
		counts: () => {
			const counts = new Map<string, number>();
			const add = (kind: string): void => void counts.set(kind, (counts.get(kind) ?? 0) + 1);
			for (const row of found()) {
				add('');
				if (row.outcome) add(row.outcome.kind);
			}
			return counts;
		},
	};
	return model;
};
