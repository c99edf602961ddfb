import { byId, make } from '@icloud-ready/web/client';
import type { List } from '../../leads/leadQueue';
import type { LeadsPage } from '../leadRow';
import { shownAge, shownCount } from './times';
import { listWords, words } from './words';
import type { HoldReason } from '@icloud-ready/core';

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

let shownHeld = '';
/** What holds leads back; each filters the list by it. Made anew only where it differs, so that the focus stays. */
const showHeld = (held: LeadsPage['held']): void => {
	const now = JSON.stringify(held);
	if (now === shownHeld) return;
	shownHeld = now;
	byId('held').replaceChildren(
		...held.map(({ why, text, count }) =>
			make(
				'li',
				{},
				text,
				' ',
				make('span', { class: 'soft' }, words.heldHere(shownCount(count))),
				' ',
				make(
					'button',
					{
						type: 'button',
						class: 'plain',
						'data-why': why,
						'aria-label': `${words.onlyThese}: ${listWords.reason[why]}`,
					},
					words.onlyThese,
				),
			),
		),
	);
};

/** A reason was pressed. */
export const onHeld = (choose: (why: HoldReason) => void): void => {
	byId('held').addEventListener('click', (event) => {
		const why = (event.target as HTMLElement).closest<HTMLElement>('[data-why]')?.dataset['why'];
		if (why !== undefined) choose(why as HoldReason);
	});
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
		...(counts.waitsSinceMs === undefined ? [] : [words.oldest(shownAge(nowMs - counts.waitsSinceMs))]),
	];
	byId('facts').textContent = facts.join(' · ');
	showHeld(held);
	const damage = byId('damage');
	damage.hidden = counts.damaged === undefined;
	const said = damage.querySelector('span');
	if (said) said.textContent = words.damaged(shownCount(counts.damaged ?? 0));
	byId('state').hidden = facts.length === 0 && held.length === 0 && damage.hidden;
};
