import type { OutboxRow } from '../../runtime/outbox/leadRows';
import { text } from './text';
import { type ActionBarButton, type ActionBarHandlers, mountActionBar } from '@icloud-ready/outbox/view/actionBarView';
import type { Action } from '@icloud-ready/outbox/view/actions';
import type { ListWords } from '@icloud-ready/outbox/view/words/types';

const icons: Readonly<Record<Action, string>> = { retry: 'repeat', arrived: 'check', discard: 'trash-o' };

const buttonOf = (button: ActionBarButton, onPress: (button: ActionBarButton) => void): JQuery => {
	const made = $('<button>', { type: 'button', class: 'red-ui-button red-ui-button-small' })
		.text(button.label)
		.on('click', () => onPress(button));
	if (button.press === 'cancel') return made;
	return made.prepend($('<i>', { class: `fa fa-${icons[button.action]}`, 'aria-hidden': 'true' }), ' ');
};

/** The buttons of a lead. */
export const actionBar = ({ actions }: OutboxRow, words: ListWords, handlers: ActionBarHandlers): JQuery => {
	const bar = $('<div>', { class: 'icr-outbox-actions' });
	mountActionBar(actions, words, handlers, ({ question, buttons }, onPress, focused) => {
		const made = buttons.map((each) => buttonOf(each, onPress));
		bar
			.empty()
			.append(...(question === undefined ? [] : [text('div', 'question', question).attr('role', 'status')]), ...made);
		if (focused !== undefined) made[focused]?.trigger('focus');
	});
	return bar;
};
