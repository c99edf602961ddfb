import { shownCount } from './times';
import { language, listWords as words } from './words';
import type { List } from '@icloud-ready/outbox/view/actions';
import type { ManyProgress } from '@icloud-ready/outbox/view/actOnMany';
import { type ChosenLead, type ManyChoice, manyChoices } from '@icloud-ready/outbox/view/manyLeads';
import { manyQuestion } from '@icloud-ready/outbox/view/manyQuestion';
import { byId, make } from '@icloud-ready/web/client';

interface Handlers {
	/** Every lead that is found is to be chosen; resolves when that is so, or was not possible. */
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

export interface ManyBar {
	readonly show: (state: ManyState) => void;
}

/** The bar for many leads at once: how many are chosen, what can be done with them, and how far that is. */
export const createManyBar = ({ chooseAll, chooseNone, act, stop }: Handlers): ManyBar => {
	const place = byId('many');
	let shown = '';
	const button = (label: string, name: string, look: string, onClick: () => void): HTMLButtonElement => {
		const made = make('button', { type: 'button', class: look, 'data-many': name }, label);
		made.addEventListener('click', onClick);
		return made;
	};
	const fill = (...parts: readonly (Node | string)[]): void => {
		const focused = (document.activeElement as HTMLElement | null)?.dataset['many'];
		const hadFocus = place.contains(document.activeElement);
		place.replaceChildren(...parts);
		if (!hadFocus) return;
		const same = focused === undefined ? null : place.querySelector<HTMLElement>(`[data-many="${focused}"]`);
		(same ?? place.querySelector<HTMLElement>('button'))?.focus();
	};
	const ask = (choice: ManyChoice, back: () => void): void => {
		const { action } = choice;
		const no = button(words.cancel, 'cancel', 'plain', back);
		fill(
			make('p', { role: 'status' }, manyQuestion(choice, words, shownCount)),
			// Nobody is led to throw leads away.
			button(words.action[action], `yes-${action}`, action === 'discard' ? 'plain' : 'primary', () => act(choice)),
			no,
		);
		no.focus();
	};
	const showChosen = (list: List, leads: readonly ChosenLead[], canChoose: boolean): void => {
		place.hidden = !canChoose && leads.length === 0;
		if (leads.length === 0) return fill(button(words.many.all, 'all', 'plain', chooseAll));
		fill(
			make('span', { class: 'count', role: 'status' }, words.many.chosen(shownCount(leads.length))),
			...manyChoices(list, leads).map((choice) =>
				button(words.action[choice.action], choice.action, 'plain', () =>
					ask(choice, () => showChosen(list, leads, canChoose)),
				),
			),
			button(words.many.all, 'all', 'plain', chooseAll),
			button(words.many.none, 'none', 'plain', chooseNone),
		);
	};
	const showActing = ({ total, done, missed, problem }: ManyProgress): void => {
		const bar = make('progress', {
			max: String(Math.max(1, total)),
			'aria-label': words.many.chosen(shownCount(total)),
		});
		bar.value = done + missed;
		fill(
			bar,
			make('span', { class: 'count' }, words.many.progress(shownCount(done + missed), shownCount(total))),
			button(words.many.stop, 'stop', 'plain', stop),
			problem === undefined ? '' : make('p', { class: 'bad', role: 'status' }, problem),
		);
	};
	return {
		show: (state) => {
			// A list that comes anew closes no question that is being asked.
			const now = JSON.stringify(
				state.kind === 'chosen' ? [state.list, state.leads.map(({ id }) => id), state.canChoose] : [language, state],
			);
			if (now === shown) return;
			shown = now;
			if (state.kind === 'acting') {
				place.hidden = false;
				showActing(state.progress);
			} else if (state.kind === 'choosing') {
				place.hidden = false;
				fill(
					make('span', { class: 'count', role: 'status' }, words.many.choosing(shownCount(state.count))),
					button(words.many.stop, 'stop', 'plain', stop),
				);
			} else showChosen(state.list, state.leads, state.canChoose);
		},
	};
};
