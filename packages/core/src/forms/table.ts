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
