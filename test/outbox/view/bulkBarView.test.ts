import { type Action, actions, lists } from '../../../packages/outbox/src/view/actions';
import {
	type BulkBarButton,
	type BulkBarView,
	bulkBarView,
	createBulkBar,
	focusedButton,
} from '../../../packages/outbox/src/view/bulkBarView';
import { bulkChoices, type ChosenLead } from '../../../packages/outbox/src/view/bulkChoices';
import { bulkQuestion } from '../../../packages/outbox/src/view/bulkQuestion';
import { listWords } from '../../../packages/outbox/src/view/listWords';
import type { SelectionState } from '../../../packages/outbox/src/view/selection';

const languages = ['en', 'ar'] as const;
const shownCount = (count: number): string => `<${count}>`;
const leads: readonly ChosenLead[] = [
	{ id: 'a', outcome: 'unconfirmed' },
	{ id: 'b', outcome: 'unconfirmed', resolved: 'discarded' },
];
const chosen = (count: number, canChoose = true): SelectionState => ({
	kind: 'chosen',
	list: 'unconfirmed',
	leads: leads.slice(0, count),
	canChoose,
});
const acting = (done: number, missed: number, total: number, problem?: string): SelectionState => ({
	kind: 'acting',
	progress: { total, done, missed, ...(problem === undefined ? {} : { problem }) },
});
const buttons = ({ parts }: BulkBarView): readonly BulkBarButton[] =>
	parts.flatMap((part) => (part.kind === 'button' ? [part] : []));
/** Each part in a few letters. */
const shown = ({ isHidden, parts }: BulkBarView): readonly string[] => [
	...(isHidden ? ['hidden'] : []),
	...parts.map((part) => {
		if (part.kind === 'button') return `[${part.name}]`;
		if (part.kind === 'progress') return `${part.value}/${part.max}`;
		return part.kind === 'count' && !part.isTold ? `silent ${part.kind}` : part.kind;
	}),
];

describe('what the bar shows', () => {
	const viewOf = (state: SelectionState): readonly string[] =>
		shown(bulkBarView(state, undefined, listWords.en, shownCount));
	const offered = bulkChoices('unconfirmed', leads).map(({ action }) => `[${action}]`);
	test.each<[name: string, state: SelectionState, expected: readonly string[]]>([
		['nothing to choose from', chosen(0, false), ['hidden', '[all]']],
		['nothing is chosen', chosen(0), ['[all]']],
		['some are chosen', chosen(2), ['count', ...offered, '[all]', '[none]']],
		['chosen ones are in the list no more', chosen(2, false), ['count', ...offered, '[all]', '[none]']],
		['all are being chosen', { kind: 'choosing', count: 7 }, ['count', '[stop]']],
		['something is done', acting(3, 1, 9), ['4/9', 'silent count', '[stop]']],
		['nothing was to be done', acting(0, 0, 0), ['0/1', 'silent count', '[stop]']],
		['it does not go on', acting(3, 1, 9, 'No answer.'), ['4/9', 'silent count', '[stop]', 'problem']],
	])('%s', (_, state, expected) => expect(viewOf(state)).toEqual(expected));

	test.each(languages)('%s: each choice asks one question before it, which says how many', (language) => {
		const words = listWords[language];
		for (const list of lists)
			for (const choice of bulkChoices(list, leads)) {
				const view = bulkBarView({ ...chosen(2), list } as SelectionState, choice, words, shownCount);
				expect(view.parts[0]).toEqual({ kind: 'question', text: bulkQuestion(choice, words, shownCount) });
				expect(view.parts[0]).toMatchObject({
					text: expect.stringContaining(shownCount(choice.ids.length)) as unknown,
				});
				expect(buttons(view).map(({ label, press }) => [label, press.kind])).toEqual([
					[words.action[choice.action], 'act'],
					[words.cancel, 'cancel'],
				]);
				expect(view.focused).toBe('cancel');
			}
	});

	test.each(actions)('%s: nobody is led to throw leads away', (action: Action) => {
		const asked = { action, ids: ['a'], questions: {} };
		const [yes] = buttons(bulkBarView(chosen(1), asked, listWords.en, shownCount));
		expect(yes?.isPrimary).toBe(action !== 'discard');
	});
});

test.each<
	[name: string, state: SelectionState, hadFocus: boolean, before: string | undefined, expected: string | undefined]
>([
	['the same as before', chosen(2), true, 'none', 'none'],
	['the first where that is gone', acting(0, 0, 1), true, 'yes-retry', 'stop'],
	['the first where no button had it', chosen(2), true, undefined, 'arrived'],
	['none where it was elsewhere', chosen(2), false, 'none', undefined],
])('the focus: %s', (_, state, hadFocus, name, expected) => {
	const view = bulkBarView(state, undefined, listWords.en, shownCount);
	expect(focusedButton(view, { hadFocus, name })).toBe(expected);
});

test('the focus: a question leads to where nothing is done, also where a click gives no focus', () => {
	const [asked] = bulkChoices('unconfirmed', leads);
	const view = bulkBarView(chosen(2), asked, listWords.en, shownCount);
	expect(focusedButton(view, { hadFocus: false, name: undefined })).toBe('cancel');
});

describe('a press', () => {
	const open = () => {
		const done: string[] = [];
		const drawn: { readonly view: BulkBarView; readonly onPress: (button: BulkBarButton) => void }[] = [];
		const bar = createBulkBar(
			listWords.en,
			shownCount,
			{
				chooseAll: () => done.push('all'),
				chooseNone: () => done.push('none'),
				act: ({ action, ids }) => done.push(`${action} ${ids.join()}`),
				stop: () => done.push('stop'),
			},
			(view, onPress) => drawn.push({ view, onPress }),
		);
		const press = (name: string): void => {
			const { view, onPress } = drawn.at(-1) as (typeof drawn)[number];
			const found = buttons(view).find((each) => each.name === name);
			if (found === undefined) throw new Error(`No button ${name}.`);
			onPress(found);
		};
		return { bar, done, drawn, press, isAsking: () => drawn.at(-1)?.view.parts[0]?.kind === 'question' };
	};

	test('acts only after the question', () => {
		const { bar, done, press, isAsking } = open();
		bar.show(chosen(2));
		press('discard');
		expect([done, isAsking()]).toEqual([[], true]);
		press('cancel');
		expect([done, isAsking()]).toEqual([[], false]);
		press('discard');
		press('yes-discard');
		expect(done).toEqual(['discard a,b']);
	});

	test('a list that comes again closes no question, another choice does', () => {
		const { bar, press, isAsking, drawn } = open();
		bar.show(chosen(2));
		press('discard');
		bar.show(chosen(2));
		expect([isAsking(), drawn.length]).toEqual([true, 2]);
		bar.show(chosen(1));
		expect(isAsking()).toBe(false);
	});

	test('chooses and stops', () => {
		const { bar, done, press } = open();
		bar.show(chosen(0));
		press('all');
		bar.show(chosen(1));
		press('none');
		bar.show(acting(0, 0, 1));
		press('stop');
		expect(done).toEqual(['all', 'none', 'stop']);
	});
});
