import type { OutboxRow } from '../../runtime/outbox/leadRows';
import { text } from './text';
import type { Action } from '@icloud-ready/outbox/view/actions';
import type { ListWords } from '@icloud-ready/outbox/view/words/types';

const icons: Readonly<Record<Action, string>> = { retry: 'repeat', arrived: 'check', discard: 'trash-o' };

const button = (label: string, onClick: () => void): JQuery =>
	$('<button>', { type: 'button', class: 'red-ui-button red-ui-button-small' }).text(label).on('click', onClick);

const actionButton = (action: Action, words: ListWords, onClick: () => void): JQuery =>
	button(words.action[action], onClick).prepend(
		$('<i>', { class: `fa fa-${icons[action]}`, 'aria-hidden': 'true' }),
		' ',
	);

export interface Acting {
	readonly words: ListWords;
	readonly act: (lead: OutboxRow, action: Action) => void;
	/** The action that a person is being asked about; told again whenever it changes. */
	readonly asked: Action | undefined;
	readonly onAsked: (asked: Action | undefined) => void;
}

/**
 * The buttons of a lead; one that may do harm asks once, in its place. A question that is being asked is asked on where
 * the lead has changed meanwhile and still offers the same.
 */
export const actionBar = (lead: OutboxRow, { words, act, asked, onAsked }: Acting): JQuery => {
	const bar = $('<div>', { class: 'icr-outbox-actions' });
	const show = (focused?: Action): void => {
		onAsked(undefined);
		bar.empty();
		for (const { action, question } of lead.actions) {
			const made = actionButton(action, words, () => {
				if (question === undefined) act(lead, action);
				else ask(action, words.question[question]).trigger('focus');
			});
			bar.append(made);
			if (action === focused) made.trigger('focus');
		}
	};
	const ask = (action: Action, question: string): JQuery => {
		onAsked(action);
		const yes = actionButton(action, words, () => act(lead, action));
		const no = button(words.cancel, () => show(action));
		bar.empty().append(text('div', 'question', question).attr('role', 'status'), yes, no);
		return no;
	};
	const still = lead.actions.find(({ action }) => action === asked);
	if (still?.question === undefined) show();
	else ask(still.action, words.question[still.question]);
	return bar;
};
