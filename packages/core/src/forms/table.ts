import { isRecord } from '../text/json';
import { groupsIn } from './groups';
import { textOf } from './parts';
import type { Part } from './parts';
import { type Meaning, readLabel } from './evidence/labels';
import { byValueKind } from './match/valueKind';

const telling: ReadonlySet<Meaning> = new Set<Meaning>([
	'fullName',
	'leadInformation.firstName',
	'leadInformation.phone',
	'leadInformation.email',
]);

/** The names of columns, as texts or as objects that hold them. */
const columnNames = (list: unknown): readonly string[] | undefined => {
	if (!Array.isArray(list) || list.length < 2 || list.length > 500) return undefined;
	const names = (list as readonly unknown[]).map((each) =>
		isRecord(each) ? (textOf(each.label) ?? textOf(each.title) ?? textOf(each.name)) : textOf(each),
	);
	return names.every((name) => name !== undefined) ? names : undefined;
};

/** Lists that stand apart in one object, of which one names what the others hold: `{ headers: […], values: […] }`. */
export const columnsApart = (
	part: Part,
): { readonly rows: readonly Part[]; readonly head: string; readonly body: string } | undefined => {
	const lists = groupsIn(part).filter(([, value]) => Array.isArray(value) && value.length > 0);
	if (lists.length < 2 || lists.length > 12) return undefined;
	for (const [head, first] of lists) {
		const names = columnNames(first);
		if (names === undefined) continue;
		for (const [body, list] of lists) {
			if (body === head) continue;
			const cells = list as unknown as readonly unknown[];
			const rows = cells.every(Array.isArray) ? cells : cells.length === names.length ? [cells] : [];
			if (rows.length === 0 || rows.some((row) => (row as readonly unknown[]).length > names.length)) continue;
			const table = tableRows([names, ...rows]);
			if (table !== undefined) return { rows: table, head, body };
		}
	}
	return undefined;
};

/**
 * A table as lists of cells, of which the first list names the columns, as rows; undefined where it is something else. The
 * columns must name a person's phone or email, or a name and something else, and the cells below be such.
 */
export const tableRows = (list: readonly unknown[]): readonly Part[] | undefined => {
	const [head, ...rows] = list;
	if (!Array.isArray(head) || rows.length === 0 || head.length < 2 || head.length > 500) return undefined;
	if (!rows.every(Array.isArray)) return undefined;
	const names = (head as readonly unknown[]).map((cell) => (typeof cell === 'string' ? cell : undefined));
	if (names.includes(undefined)) return undefined;
	const meanings = names.map((name = '') => readLabel(name).meaning);
	const [first] = rows as readonly (readonly unknown[])[];
	const columns = meanings.flatMap((meaning, at) =>
		meaning !== undefined && telling.has(meaning) ? [{ meaning, at }] : [],
	);
	if (columns.length === 0 || !columns.every(({ meaning, at }) => byValueKind(meaning, first?.[at]))) return undefined;
	return (rows as readonly (readonly unknown[])[])
		.filter((row) => row.some((cell) => textOf(cell) !== undefined))
		.map((row) =>
			Object.fromEntries(names.map((name = '', at) => [name.trim() === '' ? `column ${at + 1}` : name, row[at]])),
		);
};
