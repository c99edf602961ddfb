import { byteOrderMark, csvLine } from './csvLine';
import type { ListRow } from './listRow';
import { listWords } from './listWords';
import type { Language } from '@icloud-ready/core';

/** So many leads are read at once for a file: few enough to be held, enough to be quick. */
export const filePageSize = 200;

/** What only one host has: the fields of a lead, and what stands behind all that both have. */
export interface OwnCells {
	readonly lead: readonly string[];
	readonly more?: readonly string[];
}

/** The first line of the file. */
export const columnsOf = (language: Language, { lead, more = [] }: OwnCells): readonly string[] => {
	const { arrived, ended, outcome, message, hint } = listWords[language].column;
	return [arrived, ended, ...lead, outcome, message, hint, ...more];
};

const time = (ms: number | undefined): string => (ms === undefined ? '' : new Date(ms).toISOString());

/** A lead as a line of the file; times are those of UTC. */
export const cellsOf = (
	{ arrivedAtMs, endedAtMs, state, message, hint, notes }: ListRow,
	{ lead, more = [] }: OwnCells,
): readonly string[] => [
	time(arrivedAtMs),
	time(endedAtMs),
	...lead,
	state,
	[message, ...notes].join(' '),
	hint,
	...more,
];

interface FilePage<Lead> {
	readonly leads: readonly Lead[];
	readonly next?: string;
}

/** Pages for a file: a lead that was looked for by its id comes first, and not once more at its place. */
export const withoutRepeats = <Lead extends { readonly id: string }>(
	list: (after?: string) => Promise<FilePage<Lead>>,
): ((after?: string) => Promise<FilePage<Lead>>) => {
	const first = new Set<string>();
	return async (after) => {
		const page = await list(after);
		const leads = page.leads.filter(({ id }) => !first.has(id));
		if (after === undefined) for (const { id } of leads) first.add(id);
		return { ...page, leads };
	};
};

/**
 * The file of all leads that are found, newest first, part by part: read page by page, and no faster than it is taken.
 * Rejects at its first part where the store cannot be read; later it breaks off, so that it does not look whole.
 */
export async function* csvFile<Lead>(
	list: (after?: string) => Promise<FilePage<Lead>>,
	columns: readonly string[],
	cells: (lead: Lead) => readonly string[],
): AsyncGenerator<string, void> {
	let found = await list();
	yield byteOrderMark + csvLine(columns);
	for (;;) {
		// A page without a find is no part.
		if (found.leads.length > 0) yield found.leads.map((lead) => csvLine(cells(lead))).join('');
		if (found.next === undefined) return;
		found = await list(found.next);
	}
}
