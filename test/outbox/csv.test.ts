import { csvLine } from '../../packages/outbox/src/view/csvLine';
import { leastProcessorMs } from '../fixtures/processorTime';
import fc from 'fast-check';

/** Cells as a spreadsheet reads them that was told these separators: quotes count only where a cell begins, and what comes behind them belongs to it. */
const cellsOf = (text: string, separators: string): readonly (readonly string[])[] => {
	const rows: string[][] = [[]];
	let cell = '';
	let isQuoted = false;
	let isBegin = true;
	const end = (): void => {
		rows.at(-1)?.push(cell);
		[cell, isBegin, isQuoted] = ['', true, false];
	};
	for (let at = 0; at < text.length; at++) {
		const sign = text[at] ?? '';
		if (isQuoted) {
			if (sign !== '"') cell += sign;
			else if (text[at + 1] === '"') cell += text[++at] ?? '';
			else isQuoted = false;
		} else if (isBegin && sign === '"') [isQuoted, isBegin] = [true, false];
		else if (separators.includes(sign)) end();
		else if (sign === '\n' || sign === '\r') {
			end();
			rows.push([]);
		} else {
			cell += sign;
			isBegin = false;
		}
	}
	end();
	return rows;
};

/** Whether a spreadsheet might run it: it may pass over space and what nobody sees. A sign and digits alone are a number. */
const isFormula = (cell: string): boolean =>
	!/^\+\d{7,15}$/.test(cell) && /^[\s\p{Z}\p{Cf}\p{Cc}"\u2800\u3164]*[=+\-@＝＋－＠−﹢﹣﹦﹫]/u.test(cell);

const pieces = fc.constantFrom(
	'=',
	'+',
	'-',
	'@',
	'＝',
	'＋',
	'－',
	'＠',
	';',
	',',
	'\t',
	'\n',
	'\r',
	'\r\n',
	'"',
	'""',
	"'",
	' ',
	'\u00a0',
	'\u200b',
	'\ufeff',
	'\0',
	'a',
	'1',
	'منى',
	'=1+1',
	'=HYPERLINK("x")',
	'+201001234567',
	";=cmd|' /C calc'!A0",
	'";=1',
);
const text = fc.oneof(
	fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
	fc.string({ unit: 'grapheme' }),
);
const table = fc.array(fc.array(text, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 });

test.each([[','], [';'], ['\t'], [',;\t']])(
	'no cell of any file begins a formula where "%s" separates',
	(separators) => {
		fc.assert(
			fc.property(table, (rows) => {
				expect(cellsOf(rows.map(csvLine).join(''), separators).flat().filter(isFormula)).toEqual([]);
			}),
			{ seed: 7, numRuns: 600 },
		);
	},
);

test('with commas, or with all separators at once, every cell is there as it was but for apostrophes', () => {
	const bare = (cell: string | undefined): string => (cell ?? '').replaceAll("'", '').replace(/\r\n?/g, '\n');
	fc.assert(
		fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (cells) => {
			for (const separators of [',', ',;\t'])
				expect(cellsOf(csvLine(cells), separators)[0]?.map(bare)).toEqual(cells.map(bare));
		}),
		{ seed: 7, numRuns: 400 },
	);
});

test('a file that is read with semicolons would show it, were it written without care', () => {
	const careless = (cells: readonly string[]): string =>
		`${cells.map((cell) => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;
	expect(
		cellsOf(careless(['a;=1+1', 'b']), ';')
			.flat()
			.some(isFormula),
	).toBe(true);
});

test('100 kB of what has to be looked through takes no longer than it is long', () => {
	for (const part of ['=', ';', '\t', ';=', ' ', '"', '\t=', '"=']) {
		expect(leastProcessorMs(() => csvLine([part.repeat(100_000 / part.length)]), 300)).toBeLessThan(300);
	}
});

test.each([
	[['Mona', '+201001234567'], 'Mona,+201001234567\r\n'],
	[['+201001234567', 'Mona'], "'+201001234567,Mona\r\n"],
	[['Mona', '+201001234567+1'], "Mona,'+201001234567+1\r\n"],
	[['Mona', '+2010'], "Mona,'+2010\r\n"],
])('%j: a phone has no apostrophe, unless it begins the line or is more than a phone', (cells, line) => {
	expect(csvLine(cells)).toBe(line);
});
