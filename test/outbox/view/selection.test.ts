import type { ChosenLead } from '../../../packages/outbox/src/view/bulkChoices';
import { createSelection, type Selection, type SelectionState } from '../../../packages/outbox/src/view/selection';
import { bulkPartSize } from '../../../packages/outbox/src/view/limits';
import { listWords } from '../../../packages/outbox/src/view/listWords';
import fc from '../../fixtures/fastCheck';

const ids = ['a', 'b', 'c', 'd', 'e'];
const lead = (id: string): ChosenLead => ({ id, outcome: 'unconfirmed' });
const settled = async (): Promise<void> => await new Promise((resolve) => setImmediate(resolve));

interface Stand {
	readonly selection: Selection;
	readonly acted: string[];
	readonly said: string[];
	/** Whether a bulk action runs, as whoever keeps the page open is told. */
	readonly isActing: () => boolean;
	readonly shown: () => SelectionState | undefined;
	readonly turn: () => void;
	/** Answers what was asked last. */
	readonly answer: () => Promise<void>;
}

const open = (): Stand => {
	const [acted, said]: [string[], string[]] = [[], []];
	let wanted = { list: 'unconfirmed' as const };
	let state: SelectionState | undefined;
	let acting = 0;
	const waiting: (() => void)[] = [];
	const asked = async <Answer>(answer: Answer): Promise<{ readonly kind: 'answer'; readonly answer: Answer }> => {
		await new Promise<void>((resolve) => waiting.push(resolve));
		return { kind: 'answer', answer };
	};
	const selection = createSelection<typeof wanted>({
		wanted: () => wanted,
		select: async (_, after) =>
			await asked(
				after === undefined ? { leads: ids.slice(0, 3).map(lead), next: 'c' } : { leads: ids.slice(3).map(lead) },
			),
		act: async (_, part) => {
			acted.push(...part.ids);
			return (await asked(part.ids.length)) as { kind: 'answer'; answer: number };
		},
		words: listWords.en.bulk,
		shownCount: String,
		show: (now) => {
			state = now;
		},
		onChosen: () => undefined,
		onActing: (isActing) => {
			acting += isActing ? 1 : -1;
		},
		say: (text) => void said.push(text),
		onDone: async () => await Promise.resolve(),
	});
	selection.offer(true);
	return {
		selection,
		acted,
		said,
		isActing: () => acting > 0,
		shown: () => state,
		turn: () => {
			wanted = { list: 'unconfirmed' };
			selection.clear();
			selection.offer(true);
		},
		answer: async () => {
			for (const resolve of waiting.splice(0)) resolve();
			await settled();
		},
	};
};

const step = fc.oneof(
	fc.constantFrom(...ids).map((id) => ['toggle', id] as const),
	fc.constantFrom('all', 'none', 'act', 'stop', 'turn', 'answer', 'answer').map((name) => [name, ''] as const),
);

test('whatever somebody clicks and whenever answers come: what is shown is what is chosen, and each lead is acted on once', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
			const stand = open();
			const { selection, acted } = stand;
			for (const [name, id] of steps) {
				const before = stand.shown();
				switch (name) {
					case 'toggle':
						selection.toggle({ id, acted: lead(id) });
						break;
					case 'all':
						// The bar offers it only while nothing is done.
						if (before?.kind === 'chosen') selection.chooseAll();
						break;
					case 'none':
						if (before?.kind === 'chosen') selection.chooseNone();
						break;
					case 'act':
						if (before?.kind === 'chosen' && before.leads.length > 0) {
							acted.splice(0);
							selection.act({ action: 'retry', ids: before.leads.map((each) => each.id), questions: {} });
						}
						break;
					case 'stop':
						selection.stop();
						break;
					case 'turn':
						stand.turn();
						break;
					case 'answer':
						await stand.answer();
				}
				expect(new Set(acted).size).toBe(acted.length);
				expect(stand.isActing()).toBe(stand.shown()?.kind === 'acting');
				const now = stand.shown();
				if (now?.kind === 'chosen')
					expect(now.leads.map((each) => each.id).sort()).toEqual(ids.filter((each) => selection.isChosen(each)));
			}
			for (let more = 0; more < 4; more++) await stand.answer();
			// Whatever was begun has come to an end.
			expect(stand.shown()?.kind).toBe('chosen');
			expect(stand.isActing()).toBe(false);
		}),
		{ numRuns: 300 },
	);
});

test('what many leads came to is said in words', async () => {
	const { selection, said, answer } = open();
	selection.chooseAll();
	await answer();
	await answer();
	selection.act({ action: 'discard', ids, questions: {} });
	await answer();
	expect(said).toEqual([listWords.en.bulk.done.discard('5')]);
});

test.each(['en', 'ar'] as const)(
	'%s: nobody is told that leads are unchanged of which no answer came',
	async (language) => {
		const words = listWords[language].bulk;
		const said: string[] = [];
		const selection: Selection = createSelection({
			wanted: () => ({ list: 'unconfirmed' as const }),
			select: async () => await Promise.resolve({ kind: 'answer', answer: { leads: [] } }),
			act: async () => {
				selection.stop();
				return await Promise.resolve({ kind: 'problem', message: 'No answer.' });
			},
			words,
			shownCount: String,
			show: () => undefined,
			onChosen: () => undefined,
			say: (text) => void said.push(text),
			onDone: async () => await Promise.resolve(),
			sleep: async () => await Promise.resolve(),
		});
		const act = async (count: number): Promise<void> => {
			selection.act({ action: 'discard', ids: Array.from({ length: count }, String), questions: {} });
			await settled();
		};
		await act(2);
		await act(bulkPartSize + 2);
		expect(said).toEqual([
			`${words.done.discard('0')} ${words.unsure('2')}`,
			`${words.done.discard('0')} ${words.unsure(String(bulkPartSize))} ${words.stopped}`,
		]);
	},
);
