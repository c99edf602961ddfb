import type { InboxRow } from '../leadRow';
import { listWords as words } from './words';
import { type ActionBarButton, type ActionBarHandlers, mountActionBar } from '@icloud-ready/outbox/view/actionBarView';
import { make } from '@icloud-ready/web/client';

const buttonOf = (button: ActionBarButton, onPress: (button: ActionBarButton) => void): HTMLButtonElement => {
	const made = make('button', { type: 'button', class: button.isPrimary ? 'primary' : 'plain' }, button.label);
	made.addEventListener('click', () => onPress(button));
	return made;
};

/** What can be done with a lead. */
export const actionBar = ({ actions }: InboxRow, handlers: ActionBarHandlers): HTMLElement => {
	const bar = make('div', { class: 'acts' });
	mountActionBar(actions, words, handlers, ({ question, buttons }, onPress, focused) => {
		const made = buttons.map((each) => buttonOf(each, onPress));
		bar.replaceChildren(...(question === undefined ? [] : [make('p', { role: 'status' }, question)]), ...made);
		if (focused !== undefined) made[focused]?.focus();
	});
	return bar;
};
