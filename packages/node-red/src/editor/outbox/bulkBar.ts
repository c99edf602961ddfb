import { text } from './text';
import type { List } from '@icloud-ready/outbox/view/actions';
import type { BulkProgress } from '@icloud-ready/outbox/view/bulkAction';
import { type BulkChoice, bulkChoices, type ChosenLead } from '@icloud-ready/outbox/view/bulkChoices';
import { bulkQuestion } from '@icloud-ready/outbox/view/bulkQuestion';
import { type Selection, selectionKey, type SelectionState } from '@icloud-ready/outbox/view/selection';
import type { ListWords } from '@icloud-ready/outbox/view/words/types';

/** The bar for many leads at once: how many are chosen, what can be done with them, and how far that is. */
export const createBulkBar = (
	words: ListWords,
	shownCount: (count: number) => string,
	{ chooseAll, chooseNone, act, stop }: Pick<Selection, 'chooseAll' | 'chooseNone' | 'act' | 'stop'>,
): { readonly view: JQuery; readonly show: (state: SelectionState) => void } => {
	const view = $('<div>', { class: 'icr-outbox-bulk', role: 'group', 'aria-label': words.bulk.all, hidden: true });
	let shown = '';
	const button = (label: string, name: string, onClick: () => void): JQuery =>
		$('<button>', { type: 'button', class: 'red-ui-button red-ui-button-small', 'data-bulk': name })
			.text(label)
			.on('click', onClick);
	const fill = (...parts: readonly JQuery[]): void => {
		const focused = document.activeElement?.getAttribute('data-bulk');
		const hadFocus = view.get(0)?.contains(document.activeElement) === true;
		view.empty().append(...parts);
		if (!hadFocus) return;
		const same = view.find(`[data-bulk="${focused ?? ''}"]`);
		(same.length > 0 ? same : view.find('button').first()).trigger('focus');
	};
	const ask = (choice: BulkChoice, back: () => void): void => {
		const no = button(words.cancel, 'cancel', back);
		fill(
			text('div', 'question', bulkQuestion(choice, words, shownCount)).attr('role', 'status'),
			button(words.action[choice.action], `yes-${choice.action}`, () => act(choice)),
			no,
		);
		no.trigger('focus');
	};
	const showChosen = (list: List, leads: readonly ChosenLead[], canChoose: boolean): void => {
		view.prop('hidden', !canChoose && leads.length === 0);
		if (leads.length === 0) return fill(button(words.bulk.all, 'all', chooseAll));
		fill(
			text('span', 'chosen', words.bulk.chosen(shownCount(leads.length))).attr('role', 'status'),
			...bulkChoices(list, leads).map((choice) =>
				button(words.action[choice.action], choice.action, () => ask(choice, () => showChosen(list, leads, canChoose))),
			),
			button(words.bulk.all, 'all', chooseAll),
			button(words.bulk.none, 'none', chooseNone),
		);
	};
	const showActing = ({ total, done, missed, problem }: BulkProgress): void =>
		fill(
			$('<progress>', {
				max: Math.max(1, total),
				value: done + missed,
				'aria-label': words.bulk.chosen(shownCount(total)),
			}),
			text('span', 'chosen', words.bulk.progress(shownCount(done + missed), shownCount(total))),
			button(words.bulk.stop, 'stop', stop),
			...(problem === undefined ? [] : [text('div', 'question', problem).attr('role', 'status')]),
		);
	return {
		view,
		show: (state) => {
			const now = selectionKey(state);
			if (now === shown) return;
			shown = now;
			if (state.kind === 'chosen') return showChosen(state.list, state.leads, state.canChoose);
			view.prop('hidden', false);
			if (state.kind === 'acting') showActing(state.progress);
			else
				fill(
					text('span', 'chosen', words.bulk.choosing(shownCount(state.count))).attr('role', 'status'),
					button(words.bulk.stop, 'stop', stop),
				);
		},
	};
};
