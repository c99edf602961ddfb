import { writeLeads } from '../../packages/node-red/src/runtime/outbox/csv';
import { outboxCells, outboxColumns } from '../../packages/node-red/src/runtime/outbox/leadRows';
import { csvLine } from '../../packages/outbox/src/view/csvLine';
import { explain, fields, type Lead, outcomeOf } from '@icloud-ready/core';
import type { QueuedLead } from '../../packages/node-red/src/runtime/outbox/queuedLead';
import type { Entry, Found } from '@icloud-ready/outbox';
import { Writable } from 'node:stream';

test.each<[name: string, cells: readonly string[], line: string]>([
	['plain cells', ['a', 'b'], 'a,b'],
	['an empty cell', ['', 'b', ''], ',b,'],
	['a comma', ['a,b'], '"a,b"'],
	['a quote', ['say "hi"'], '"say ""hi"""'],
	['line ends of every kind', ['a\nb', 'a\rb', 'a\r\nb'], '"a\nb","a\rb","a\r\nb"'],
	['Arabic', ['منى حسن، القاهرة'], 'منى حسن، القاهرة'],
	['a formula', ['=1+1'], "'=1+1"],
	['a formula with a quote', ['=HYPERLINK("x")'], '"\'=HYPERLINK(""x"")"'],
	['an international phone', ['+201001234567'], "'+201001234567"],
	['a minus', ['-5'], "'-5"],
	['a command', ['@SUM(A1)'], "'@SUM(A1)"],
	['a tab first', ['\t=1'], '"\'\t\'=1"'],
	['a return first', ['\r=1'], '"\'\r\'=1"'],
	['a formula behind a semicolon', ['a;=1+1'], '"a;\'=1+1"'],
	['a formula behind a semicolon, space and quotes', ['a; "=1'], '"a; ""\'=1"'],
	['a formula on the second line', ['a\n=1'], '"a\n\'=1"'],
	['a wide formula behind what nobody sees', ['\u200b\ufeff＝1'], "\u200b\ufeff'＝1"],
	['a semicolon alone', ['a;b'], '"a;b"'],
	['signs within', ['a=b+c-d@e'], 'a=b+c-d@e'],
])('%s', (_name, cells, line) => {
	expect(csvLine(cells)).toBe(`${line}\r\n`);
});

const entry = (number: number, more: Partial<Entry<QueuedLead>> = {}): Entry<QueuedLead> => ({
	id: `${String(number).padStart(15, '0')}~`,
	arrivedAtMs: Date.UTC(2026, 0, 2, 3, 4, 5),
	partition: '',
	outcome: null,
	payload: {
		warnings: [],
		key: {} as QueuedLead['key'],
		policy: {},
		origin: { nodeId: 'n', message: {} },
		lead: {
			leadInformation: { firstName: `Mona ${number}`, phone: '+201001234567' },
			interests: ['villa', 'garden'],
			customField: '{"a":"1","b":"2"}',
		} as Lead,
	},
	...more,
});
const cell = (cells: readonly string[], column: string): string | undefined =>
	cells[outboxColumns('en').indexOf(column)];

describe('a lead as a line', () => {
	test('a column for every field, and five beside them, in both languages', () => {
		expect(outboxColumns('en')).toEqual([
			'Received',
			'Ended',
			...fields.map(({ label }) => label),
			'Outcome',
			'What happened',
			'What to do',
		]);
		expect(outboxColumns('ar').slice(2, -3)).toEqual(fields.map(({ labelAr }) => labelAr));
		expect(outboxCells(entry(1), 'waiting', 'en')).toHaveLength(outboxColumns('en').length);
	});

	test('lists, pairs and times for reading', () => {
		const cells = outboxCells(entry(1, { endedAtMs: Date.UTC(2026, 0, 3) }), 'ended', 'en');
		expect(
			['Received', 'Ended', 'First Name', 'Interests', 'Custom Field', 'Email'].map((column) => cell(cells, column)),
		).toEqual(['2026-01-02T03:04:05.000Z', '2026-01-03T00:00:00.000Z', 'Mona 1', 'villa, garden', 'a: 1\nb: 2', '']);
	});

	test('what became of it, in the language that was asked for', () => {
		const outcome = outcomeOf(
			{ outcome: 'unconfirmed', cause: { kind: 'interrupted' } },
			{ lead: entry(1).payload.lead, attempts: 1 },
		);
		const cells = outboxCells(entry(1, { outcome }), 'unconfirmed', 'en');
		expect(['Outcome', 'What happened', 'What to do'].map((column) => cell(cells, column))).toEqual([
			'Unconfirmed',
			explain(outcome).message,
			explain(outcome).hint,
		]);
		expect(outboxCells(entry(1, { outcome }), 'unconfirmed', 'ar').at(-2)).toMatch(/[\u0600-\u06FF]/);
		const discarded = outboxCells(entry(1, { outcome, resolved: 'discarded' }), 'ended', 'en');
		expect(['Outcome', 'What happened'].map((column) => cell(discarded, column))).toEqual([
			'Discarded',
			`Somebody discarded it, so it will not be sent again. It may be in iCloud-Ready. Last answer: ${explain(outcome).message}`,
		]);
		const waiting = outboxCells(entry(1), 'waiting', 'en');
		expect(['Outcome', 'What happened'].map((column) => cell(waiting, column))).toEqual([
			'Waiting',
			'Waiting for its turn.',
		]);
	});
});

describe('the file', () => {
	/** Takes one chunk at a time, and says after each that it has had enough. */
	const slowReader = (): { readonly out: Writable; readonly text: () => string } => {
		let text = '';
		const out = new Writable({
			highWaterMark: 1,
			write: (chunk: Buffer, _encoding, done) => {
				text += String(chunk);
				setImmediate(done);
			},
		});
		return { out, text: () => text };
	};
	const paged = (
		pages: readonly Found<QueuedLead>[],
	): { readonly list: () => Promise<Found<QueuedLead>>; readonly asked: () => number } => {
		let asked = 0;
		return { asked: () => asked, list: async () => await Promise.resolve(pages[asked++] ?? { entries: [] }) };
	};

	test('all pages, one after the other, begun by the mark that makes Excel read Arabic', async () => {
		const { out, text } = slowReader();
		const ended = new Promise<void>((resolve) => out.once('finish', resolve));
		await writeLeads(
			paged([{ entries: [entry(3), entry(2)], next: entry(2).id }, { entries: [entry(1)] }]),
			{ shelf: 'ended' },
			'en',
			out,
			() => undefined,
		);
		await ended;
		const lines = text().split('\r\n');
		expect(lines[0]).toMatch(/^\uFEFFReceived,/);
		expect(lines.slice(1).map((line) => /Mona \d/.exec(line)?.[0])).toEqual(['Mona 3', 'Mona 2', 'Mona 1', undefined]);
	});

	test('a store that cannot be read writes nothing', async () => {
		const { out, text } = slowReader();
		let begun = false;
		await expect(
			writeLeads({ list: async () => await Promise.reject(new Error('closed')) }, { shelf: 'ended' }, 'en', out, () => {
				begun = true;
			}),
		).rejects.toThrow('closed');
		expect([begun, text()]).toEqual([false, '']);
	});

	test('a reader who leaves is written nothing more', async () => {
		const { out } = slowReader();
		const pages = paged(Array.from({ length: 50 }, (_, index) => ({ entries: [entry(index)], next: entry(index).id })));
		out.once('drain', () => out.destroy());
		await writeLeads(pages, { shelf: 'ended' }, 'en', out, () => undefined);
		expect(pages.asked()).toBeLessThan(5);
	});
});
