import { make } from '@icloud-ready/web/client';
import type { Act } from '@icloud-ready/outbox/view/actions';
import type { ShownLead } from '../leadRow';
import { words } from './words';

const button = (label: string, look: string, onClick: () => void): HTMLButtonElement => {
	const made = make('button', { type: 'button', class: look }, label);
	made.addEventListener('click', onClick);
	return made;
};

/** What can be done with a lead; what may do harm asks once, in its place. */
export const actBar = (lead: ShownLead, act: (lead: ShownLead, act: Act) => void): HTMLElement => {
	const bar = make('div', { class: 'acts' });
	const show = (focused?: Act): void => {
		const made = lead.acts.map(
			({ act: each, question }) =>
				[
					each,
					button(words.act[each], 'plain', () => {
						if (question === undefined) act(lead, each);
						else ask(each, words.question[question]);
					}),
				] as const,
		);
		bar.replaceChildren(...made.map(([, each]) => each));
		made.find(([each]) => each === focused)?.[1].focus();
	};
	const ask = (each: Act, question: string): void => {
		const no = button(words.cancel, 'plain', () => show(each));
		bar.replaceChildren(
			make('p', { role: 'status' }, question),
			button(words.act[each], 'primary', () => act(lead, each)),
			no,
		);
		no.focus();
	};
	show();
	return bar;
};
