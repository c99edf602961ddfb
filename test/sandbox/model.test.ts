import { createModel } from '../../packages/sandbox/src/inbox/client/model';
import { createRecent } from '../../packages/sandbox/src/recent';
import type { Row } from '../../packages/sandbox/src/view';

const row = (id: string, rest: Partial<Row> = {}): Row => ({
	id,
	atMs: 0,
	called: 'POST /api/v2/leads',
	name: `Name ${id}`,
	phone: '+201001234567',
	source: 'website',
	outcome: { kind: 'created', label: 'Created' },
	status: 201,
	leadNumber: 1,
	...rest,
});
const ids = (rows: readonly Row[]): string => rows.map(({ id }) => id).join('');

describe("the page's list", () => {
	it('is newest first, and an answered call keeps its place', () => {
		const model = createModel(10);
		model.load([row('2', { outcome: null }), row('1')]);
		expect([model.put(row('3')), model.put(row('2'))]).toEqual([true, false]);
		expect([ids(model.matching()), model.newest()?.id, model.get('2')?.outcome?.kind]).toEqual(['321', '3', 'created']);
	});

	it('starts over with a list', () => {
		const model = createModel(10);
		model.put(row('9'));
		model.load([]);
		expect([model.matching(), model.newest()]).toEqual([[], undefined]);
	});

	it('lets the oldest go when it is full', () => {
		const model = createModel(2);
		for (const id of ['1', '2', '3']) model.put(row(id));
		expect(ids(model.matching())).toBe('32');
	});

	const rows = [
		row('3', { name: 'منى علي' }),
		row('2', { name: 'Ahmed', phone: '+20 100 765', source: 'facebook_ads' }),
		row('1', { name: '', called: 'GET /api/v2/lead', phone: '', outcome: { kind: 'failed', label: 'Failed' } }),
	];
	const searches: [search: string, found: string][] = [
		['', '321'],
		['ahmed', '2'],
		['  AHMED ', '2'],
		['منى', '3'],
		['face', '2'],
		['20100765', '2'],
		['100 123', '3'],
		['failed', '1'],
		['lead', '321'],
		['nobody', ''],
		['-', ''],
	];
	it.each(searches)('finds %j: %j', (search, found) => {
		const model = createModel(10);
		model.load(rows);
		model.search = search;
		expect(ids(model.matching())).toBe(found);
	});

	it('counts what the search found, of every outcome', () => {
		const model = createModel(10);
		model.load([...rows, row('0', { outcome: null })]);
		model.kind = 'failed';
		expect([...model.counts()]).toEqual([
			['', 4],
			['created', 2],
			['failed', 1],
		]);
		expect(ids(model.matching())).toBe('1');
		model.search = 'ahmed';
		expect([[...model.counts()], ids(model.matching())]).toEqual([
			[
				['', 1],
				['created', 1],
			],
			'',
		]);
	});
});

describe('what is kept', () => {
	it('is never more than the number, and always the newest', () => {
		const recent = createRecent<number>({ maxItems: 100, maxWeight: Infinity });
		for (let at = 0; at < 1000; at += 1) {
			recent.add(at, 1);
			expect(recent.items.length).toBeLessThanOrEqual(100);
			expect(recent.items.at(-1)).toBe(at);
		}
		expect(recent.items.length).toBeGreaterThanOrEqual(90);
	});

	it('is never more than the weight, but for one that is heavier by itself', () => {
		const recent = createRecent<number>({ maxItems: 100, maxWeight: 10 });
		for (const weight of [4, 4, 4, 4]) recent.add(weight, weight);
		expect(recent.items).toEqual([4, 4]);
		recent.add(50, 50);
		expect(recent.items).toEqual([50]);
		recent.clear();
		recent.add(4, 4);
		expect(recent.items).toEqual([4]);
	});
});
