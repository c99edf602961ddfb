import { type Asked, createLastAsked } from '../../../packages/outbox/src/view/asked';
import { type AskedPart, createLeadList } from '../../../packages/outbox/src/view/leadList';
import {
	emptyList,
	isLong,
	type ListPage,
	type ListState,
	refreshedCount,
	withFirstPage,
	withHeldPage,
	withNextPage,
	withoutLead,
} from '../../../packages/outbox/src/view/listState';

interface Row {
	readonly id: string;
	readonly state: string;
}
const row = (id: number, state = 'Waiting'): Row => ({ id: String(id), state });
const rows = (count: number): readonly Row[] => Array.from({ length: count }, (_, index) => row(index));
const state = (leads: readonly Row[]): ListState<string, Row> => ({ ...emptyList('all'), leads });

describe('what is held', () => {
	test('a lead that has not changed stays the same object, one that has is the new one', () => {
		const before = state([row(1), row(2)]);
		const { leads } = withFirstPage(before, { leads: [row(3), { ...row(1) }, row(2, 'Sent')] });
		expect([leads[1] === before.leads[0], leads[2] === before.leads[1], leads.map(({ id }) => id)]).toEqual([
			true,
			false,
			['3', '1', '2'],
		]);
	});

	test('while somebody is about to click one, each stays at its place, and is as it is now', () => {
		const before = { ...state([row(1), row(2), row(3)]), etag: 'a', next: '3' };
		const held = withHeldPage(before, { leads: [row(5), row(4), row(2, 'Sent'), { ...row(1) }], next: '9' });
		expect([held.leads, held.leads[0] === before.leads[0], held.next, held.etag]).toEqual([
			[row(1), row(2, 'Sent'), row(3)],
			true,
			'3',
			undefined,
		]);
	});

	test.each([
		[true, true, ['1', '2']],
		[true, false, ['3', '1', '2']],
		[false, true, ['3', '1', '2']],
	])('asked for by itself: %s, held: %s', async (isByItself, isHeld, expected) => {
		let leads = [row(1), row(2)];
		const list = createLeadList<{ readonly text: string }, Row, ListPage<Row>>({
			first: { text: '' },
			ask: async () => await Promise.resolve({ kind: 'answer', answer: { leads } }),
			onPage: () => undefined,
			onProblem: () => undefined,
			holds: () => isHeld,
		});
		await list.refresh(true);
		leads = [row(3), row(1), row(2)];
		await list.refresh(isByItself);
		expect(list.now().leads.map(({ id }) => id)).toEqual(expected);
	});

	test('more comes behind it, and no lead twice', () => {
		const { leads, next } = withNextPage(state([row(1), row(2)]), { leads: [row(2), row(3)], next: '3' });
		expect([leads.map(({ id }) => id), next]).toEqual([['1', '2', '3'], '3']);
	});

	test.each([
		[0, false, 50],
		[50, false, 50],
		[51, false, 51],
		[200, false, 200],
		[201, true, 201],
	])('of %i leads: too long to be asked for anew is %s', (count, long, asked) => {
		expect([isLong(state(rows(count))), refreshedCount(state(rows(count)))]).toEqual([long, asked]);
	});

	test('a lead that was acted on leaves only a list that is not asked for anew', () => {
		expect([withoutLead(state(rows(3)), '1').leads.length, withoutLead(state(rows(201)), '1').leads.length]).toEqual([
			3, 200,
		]);
	});
});

describe('only what was asked for last counts', () => {
	test('whatever comes first', async () => {
		const lastAsked = createLastAsked();
		const answers: ((text: string) => void)[] = [];
		const ask = async (): Promise<string | undefined> =>
			await lastAsked(new Promise<string>((resolve) => answers.push(resolve)));
		const [one, two] = [ask(), ask()];
		answers[1]?.('second');
		answers[0]?.('first');
		expect(await Promise.all([one, two])).toEqual([undefined, 'second']);
	});
});

describe('a list that follows the server', () => {
	type Page = ListPage<Row>;
	interface Question {
		readonly wanted: { readonly list: string };
		readonly part: AskedPart;
		readonly answer: (asked: Asked<Page>) => void;
	}
	const open = () => {
		const asked: Question[] = [];
		const said: (string | undefined)[] = [];
		const list = createLeadList<{ readonly list: string }, Row, Page>({
			first: { list: 'waiting' },
			ask: async (wanted, part) => await new Promise((answer) => asked.push({ wanted, part, answer })),
			onPage: (page) => said.push(page === undefined ? 'same' : 'page'),
			onProblem: (message) => said.push(message),
		});
		return { asked, said, list, last: (): Question => asked.at(-1) as Question };
	};
	const page = (leads: readonly Row[], next?: string): Asked<Page> => ({
		kind: 'answer',
		answer: { leads, ...(next === undefined ? {} : { next }) },
		etag: '"1"',
	});

	test('a list that was left meanwhile is not shown', async () => {
		const { asked, list } = open();
		const [first, second] = [list.refresh(), list.turnTo({ list: 'ended' })];
		asked[1]?.answer(page([row(2)]));
		asked[0]?.answer(page([row(1)]));
		await Promise.all([first, second]);
		expect([list.now().wanted.list, list.now().leads.map(({ id }) => id)]).toEqual(['ended', ['2']]);
	});

	test('what is the same is not sent again, and more of it makes it another', async () => {
		const { list, last, said } = open();
		const step = async (doing: Promise<void>, answer: Asked<Page>): Promise<AskedPart> => {
			last().answer(answer);
			await doing;
			return last().part;
		};
		expect(await step(list.refresh(), page([row(1)], '1'))).toEqual({ limit: 50 });
		expect(await step(list.refresh(), { kind: 'same' })).toEqual({ limit: 50, etag: '"1"' });
		expect(await step(list.more(), page([row(2)]))).toEqual({ limit: 50, after: '1' });
		expect(await step(list.refresh(), { kind: 'problem', message: 'gone' })).toEqual({ limit: 50 });
		expect([said, list.now().leads.map(({ id }) => id)]).toEqual([
			['page', 'same', 'page', 'gone'],
			['1', '2'],
		]);
	});

	test('of a long list only what the page says beside its leads is asked for', async () => {
		const { list, last } = open();
		for (const leads of [rows(201), [row(500)]]) {
			const doing = list.refresh();
			last().answer(page(leads));
			await doing;
		}
		expect([last().part, list.now().leads.length]).toEqual([{ limit: 1 }, 201]);
		list.drop('7');
		expect(list.now().leads).toHaveLength(200);
	});

	test('there is no more where nothing follows', async () => {
		const { list, asked } = open();
		await list.more();
		expect(asked).toEqual([]);
	});
});
