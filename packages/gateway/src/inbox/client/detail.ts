import type { InboxRow } from '../leadRow';
import { actionBar, type Acting } from './actionBar';
import { shownTime } from './times';
import { listWords, words } from './words';
import type { Action } from '@icloud-ready/outbox/view/actions';
import { byId, make } from '@icloud-ready/web/client';

const fact = (label: string, value: string): HTMLElement =>
	make('div', {}, make('dt', {}, label), make('dd', {}, make('bdi', {}, value)));

/** What somebody said in a form is put in as text, never as markup. */
const content = (lead: InboxRow, acting: Acting): readonly HTMLElement[] => {
	const { name, phone, kind, state, message, hint, notes, arrivedAtMs, endedAtMs, publicId } = lead;
	return [
		make('button', { type: 'button', class: 'plain back', 'data-back': '' }, words.back),
		make(
			'header',
			{},
			make('h2', { dir: 'auto', tabindex: '-1' }, name),
			make('span', { class: 'outcome pill', 'data-kind': kind }, state),
			make('p', { class: 'facts' }, make('bdi', { dir: 'ltr' }, phone)),
		),
		make(
			'div',
			{ class: 'words', 'data-kind': kind },
			make('p', { class: 'said', dir: 'auto' }, message),
			hint === '' ? null : make('p', { dir: 'auto' }, hint),
			...notes.map((note) => make('p', { class: 'note', dir: 'auto' }, note)),
		),
		actionBar(lead, acting),
		make(
			'section',
			{ class: 'lead' },
			make(
				'dl',
				{},
				fact(listWords.column.arrived, shownTime(arrivedAtMs)),
				endedAtMs === undefined ? null : fact(listWords.column.ended, shownTime(endedAtMs)),
				fact(words.fact.id, publicId),
			),
		),
	];
};

/** The chosen lead beside the list. */
export const createDetail = (act: (lead: InboxRow, action: Action) => void) => {
	const place = byId('detail');
	let shown: InboxRow | undefined;
	let asked: Action | undefined;
	const onAsked = (now: Action | undefined): void => {
		asked = now;
	};
	return {
		/** Shows a lead; one that has not changed stays as it is, and a question that is being asked stays either way. */
		show: (lead: InboxRow | undefined): void => {
			if (lead === shown && place.childElementCount > 0) return;
			const hadFocus = place.contains(document.activeElement);
			if (lead?.id !== shown?.id) asked = undefined;
			shown = lead;
			place.replaceChildren(
				...(lead === undefined
					? [make('p', { class: 'nothing' }, words.choose)]
					: content(lead, { act, asked, onAsked })),
			);
			// The way out of a question, which is its last button.
			const next = asked === undefined ? 'h2' : '.acts button:last-child';
			if (hadFocus) (place.querySelector<HTMLElement>(next) ?? place).focus({ preventScroll: true });
		},
		focus: () => (place.querySelector<HTMLElement>('h2') ?? place).focus({ preventScroll: true }),
	};
};
