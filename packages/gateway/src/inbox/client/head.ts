import { byId, make } from '@icloud-ready/web/client';
import type { List } from '../../leads/leadQueue';
import type { LeadsPage } from '../leadRow';
import { shownAge, shownCount } from './times';
import { words } from './words';

const buttons = [...document.querySelectorAll<HTMLButtonElement>('.counts button')];

/** Says whether the list follows the gateway. */
export const showLink = (state: keyof typeof words.link): void => {
	const link = byId('link');
	if (link.dataset['state'] === state) return;
	link.dataset['state'] = state;
	link.textContent = words.link[state];
};

/** Shows which list is chosen. */
export const showList = (list: List): void => {
	for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset['list'] === list));
};

export const onList = (choose: (list: List) => void): void => {
	for (const button of buttons) button.addEventListener('click', () => choose(button.dataset['list'] as List));
};

/** Shows the counts, how long the oldest waits, and what holds leads back. */
export const showCounts = ({ counts, held }: LeadsPage, nowMs: number): void => {
	for (const button of buttons) {
		const count = counts[button.dataset['list'] as List];
		const number = button.querySelector('b');
		if (number) number.textContent = count === undefined ? '–' : shownCount(count);
		button.classList.toggle('none', count === 0);
	}
	const facts = [
		...(counts.sending === 0 ? [] : [words.sending(shownCount(counts.sending))]),
		...(counts.oldestAtMs === undefined ? [] : [words.oldest(shownAge(nowMs - counts.oldestAtMs))]),
	];
	byId('facts').textContent = facts.join(' · ');
	byId('held').replaceChildren(
		...held.map(({ text, count }) =>
			make('li', {}, text, ' ', make('span', { class: 'soft' }, words.heldHere(shownCount(count)))),
		),
	);
	const damage = byId('damage');
	damage.hidden = counts.damaged === undefined;
	const said = damage.querySelector('span');
	if (said) said.textContent = words.damaged(shownCount(counts.damaged ?? 0));
	byId('state').hidden = facts.length === 0 && held.length === 0 && damage.hidden;
};
