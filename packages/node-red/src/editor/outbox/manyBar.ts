import { text } from './text';
import type { List } from '@icloud-ready/outbox/view/actions';
import type { ManyProgress } from '@icloud-ready/outbox/view/actOnMany';
import { type ChosenLead, type ManyChoice, manyChoices } from '@icloud-ready/outbox/view/manyLeads';
import { manyQuestion } from '@icloud-ready/outbox/view/manyQuestion';
import type { ListWords } from '@icloud-ready/outbox/view/words/types';

interface Handlers {
	readonly chooseAll: () => void;
	readonly chooseNone: () => void;
	readonly act: (choice: ManyChoice) => void;
	readonly stop: () => void;
}

/** What the bar above the list shows. */
export type ManyState =
	| { readonly kind: 'chosen'; readonly list: List; readonly leads: readonly ChosenLead[]; readonly canChoose: boolean }
	| { readonly kind: 'choosing'; readonly count: number }
	| { readonly kind: 'acting'; readonly progress: ManyProgress };

/** The bar for many leads at once: how many are chosen, what can be done with them, and how far that is. */
export const createManyBar = (
	words: ListWords,
	shownCount: (count: number) => string,
	{ chooseAll, chooseNone, act, stop }: Handlers,
): { readonly view: JQuery; readonly show: (state: ManyState) => void } => {
	const view = $('<div>', { class: 'icr-outbox-many', role: 'group', 'aria-label': words.many.all, hidden: true });
	let shown = '';
	const button = (label: string, name: string, onClick: () => void): JQuery =>
		$('<button>', { type: 'button', class: 'red-ui-button red-ui-button-small', 'data-many': name })
			.text(label)
			.on('click', onClick);
	const fill = (...parts: readonly JQuery[]): void => {
		const focused = document.activeElement?.getAttribute('data-many');
		const hadFocus = view.get(0)?.contains(document.activeElement) === true;
		view.empty().append(...parts);
		if (!hadFocus) return;
		const same = view.find(`[data-many="${focused ?? ''}"]`);
		(same.length > 0 ? same : view.find('button').first()).trigger('focus');
	};
	const ask = (choice: ManyChoice, back: () => void): void => {
		const no = button(words.cancel, 'cancel', back);
		fill(
			text('div', 'question', manyQuestion(choice, words, shownCount)).attr('role', 'status'),
			button(words.action[choice.action], `yes-${choice.action}`, () => act(choice)),
			no,
		);
		no.trigger('focus');
	};
	const showChosen = (list: List, leads: readonly ChosenLead[], canChoose: boolean): void => {
		view.prop('hidden', !canChoose && leads.length === 0);
		if (leads.length === 0) return fill(button(words.many.all, 'all', chooseAll));
		fill(
			text('span', 'chosen', words.many.chosen(shownCount(leads.length))).attr('role', 'status'),
			...manyChoices(list, leads).map((choice) =>
				button(words.action[choice.action], choice.action, () => ask(choice, () => showChosen(list, leads, canChoose))),
			),
			button(words.many.all, 'all', chooseAll),
			button(words.many.none, 'none', chooseNone),
		);
	};
	const showActing = ({ total, done, missed, problem }: ManyProgress): void =>
		fill(
			$('<progress>', {
				max: Math.max(1, total),
				value: done + missed,
				'aria-label': words.many.chosen(shownCount(total)),
			}),
			text('span', 'chosen', words.many.progress(shownCount(done + missed), shownCount(total))),
			button(words.many.stop, 'stop', stop),
			...(problem === undefined ? [] : [text('div', 'question', problem).attr('role', 'status')]),
		);
	return {
		view,
		show: (state) => {
			// A list that comes anew closes no question that is being asked.
			const now = JSON.stringify(
				state.kind === 'chosen' ? [state.list, state.leads.map(({ id }) => id), state.canChoose] : state,
			);
			if (now === shown) return;
			shown = now;
			if (state.kind === 'chosen') return showChosen(state.list, state.leads, state.canChoose);
			view.prop('hidden', false);
			if (state.kind === 'acting') showActing(state.progress);
			else
				fill(
					text('span', 'chosen', words.many.choosing(shownCount(state.count))).attr('role', 'status'),
					button(words.many.stop, 'stop', stop),
				);
		},
	};
};
