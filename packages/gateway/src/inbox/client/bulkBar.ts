import { shownCount } from './times';
import { listWords as words } from './words';
import type { List } from '@icloud-ready/outbox/view/actions';
import type { BulkProgress } from '@icloud-ready/outbox/view/bulkAction';
import { type BulkChoice, bulkChoices, type ChosenLead } from '@icloud-ready/outbox/view/bulkChoices';
import { bulkQuestion } from '@icloud-ready/outbox/view/bulkQuestion';
import { type Selection, selectionKey, type SelectionState } from '@icloud-ready/outbox/view/selection';
import { byId, make } from '@icloud-ready/web/client';

export interface BulkBar {
	readonly show: (state: SelectionState) => void;
}

/** The bar for many leads at once: how many are chosen, what can be done with them, and how far that is. */
export const createBulkBar = ({
	chooseAll,
	chooseNone,
	act,
	stop,
}: Pick<Selection, 'chooseAll' | 'chooseNone' | 'act' | 'stop'>): BulkBar => {
	const place = byId('bulk');
	let shown = '';
	const button = (label: string, name: string, look: string, onClick: () => void): HTMLButtonElement => {
		const made = make('button', { type: 'button', class: look, 'data-bulk': name }, label);
		made.addEventListener('click', onClick);
		return made;
	};
	const fill = (...parts: readonly (Node | string)[]): void => {
		const focused = (document.activeElement as HTMLElement | null)?.dataset['bulk'];
		const hadFocus = place.contains(document.activeElement);
		place.replaceChildren(...parts);
		if (!hadFocus) return;
		const same = focused === undefined ? null : place.querySelector<HTMLElement>(`[data-bulk="${focused}"]`);
		(same ?? place.querySelector<HTMLElement>('button'))?.focus();
	};
	const ask = (choice: BulkChoice, back: () => void): void => {
		const { action } = choice;
		const no = button(words.cancel, 'cancel', 'plain', back);
		fill(
			make('p', { role: 'status' }, bulkQuestion(choice, words, shownCount)),
			// Nobody is led to throw leads away.
			button(words.action[action], `yes-${action}`, action === 'discard' ? 'plain' : 'primary', () => act(choice)),
			no,
		);
		no.focus();
	};
	const showChosen = (list: List, leads: readonly ChosenLead[], canChoose: boolean): void => {
		place.hidden = !canChoose && leads.length === 0;
		if (leads.length === 0) return fill(button(words.bulk.all, 'all', 'plain', chooseAll));
		fill(
			make('span', { class: 'count', role: 'status' }, words.bulk.chosen(shownCount(leads.length))),
			...bulkChoices(list, leads).map((choice) =>
				button(words.action[choice.action], choice.action, 'plain', () =>
					ask(choice, () => showChosen(list, leads, canChoose)),
				),
			),
			button(words.bulk.all, 'all', 'plain', chooseAll),
			button(words.bulk.none, 'none', 'plain', chooseNone),
		);
	};
	const showActing = ({ total, done, missed, problem }: BulkProgress): void => {
		const bar = make('progress', {
			max: String(Math.max(1, total)),
			'aria-label': words.bulk.chosen(shownCount(total)),
		});
		bar.value = done + missed;
		fill(
			bar,
			make('span', { class: 'count' }, words.bulk.progress(shownCount(done + missed), shownCount(total))),
			button(words.bulk.stop, 'stop', 'plain', stop),
			problem === undefined ? '' : make('p', { class: 'bad', role: 'status' }, problem),
		);
	};
	return {
		show: (state) => {
			const now = selectionKey(state);
			if (now === shown) return;
			shown = now;
			if (state.kind === 'acting') {
				place.hidden = false;
				showActing(state.progress);
			} else if (state.kind === 'choosing') {
				place.hidden = false;
				fill(
					make('span', { class: 'count', role: 'status' }, words.bulk.choosing(shownCount(state.count))),
					button(words.bulk.stop, 'stop', 'plain', stop),
				);
			} else showChosen(state.list, state.leads, state.canChoose);
		},
	};
};
