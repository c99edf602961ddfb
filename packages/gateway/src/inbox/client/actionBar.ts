import type { InboxRow } from '../leadRow';
import { listWords as words } from './words';
import type { Action } from '@icloud-ready/outbox/view/actions';
import { make } from '@icloud-ready/web/client';

const button = (label: string, look: string, onClick: () => void): HTMLButtonElement => {
	const made = make('button', { type: 'button', class: look }, label);
	made.addEventListener('click', onClick);
	return made;
};

export interface Acting {
	readonly act: (lead: InboxRow, action: Action) => void;
	/** The action that a person is being asked about; told again whenever it changes. */
	readonly asked: Action | undefined;
	readonly onAsked: (asked: Action | undefined) => void;
}

/**
 * What can be done with a lead; what may do harm asks once, in its place. A question that is being asked is asked on
 * where the lead has changed meanwhile and still offers the same.
 */
export const actionBar = (lead: InboxRow, { act, asked, onAsked }: Acting): HTMLElement => {
	const bar = make('div', { class: 'acts' });
	const show = (focused?: Action): void => {
		onAsked(undefined);
		const made = lead.actions.map(
			({ action, question }) =>
				[
					action,
					button(words.action[action], 'plain', () => {
						if (question === undefined) act(lead, action);
						else ask(action, words.question[question]).focus();
					}),
				] as const,
		);
		bar.replaceChildren(...made.map(([, each]) => each));
		made.find(([each]) => each === focused)?.[1].focus();
	};
	const ask = (action: Action, question: string): HTMLElement => {
		onAsked(action);
		const no = button(words.cancel, 'plain', () => show(action));
		bar.replaceChildren(
			make('p', { role: 'status' }, question),
			// Nobody is led to throw a lead away.
			button(words.action[action], action === 'discard' ? 'plain' : 'primary', () => act(lead, action)),
			no,
		);
		return no;
	};
	const still = lead.actions.find(({ action }) => action === asked);
	if (still?.question === undefined) show();
	else ask(still.action, words.question[still.question]);
	return bar;
};
