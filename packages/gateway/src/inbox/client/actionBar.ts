import type { InboxRow } from '../leadRow';
import { listWords as words } from './words';
import type { Action } from '@icloud-ready/outbox/view/actions';
import { make } from '@icloud-ready/web/client';

const button = (label: string, look: string, onClick: () => void): HTMLButtonElement => {
	const made = make('button', { type: 'button', class: look }, label);
	made.addEventListener('click', onClick);
	return made;
};

/** What can be done with a lead; what may do harm asks once, in its place. */
export const actionBar = (lead: InboxRow, act: (lead: InboxRow, action: Action) => void): HTMLElement => {
	const bar = make('div', { class: 'acts' });
	const show = (focused?: Action): void => {
		const made = lead.actions.map(
			({ action, question }) =>
				[
					action,
					button(words.action[action], 'plain', () => {
						if (question === undefined) act(lead, action);
						else ask(action, words.question[question]);
					}),
				] as const,
		);
		bar.replaceChildren(...made.map(([, each]) => each));
		made.find(([each]) => each === focused)?.[1].focus();
	};
	const ask = (action: Action, question: string): void => {
		const no = button(words.cancel, 'plain', () => show(action));
		bar.replaceChildren(
			make('p', { role: 'status' }, question),
			// Nobody is led to throw a lead away.
			button(words.action[action], action === 'discard' ? 'plain' : 'primary', () => act(lead, action)),
			no,
		);
		no.focus();
	};
	show();
	return bar;
};
