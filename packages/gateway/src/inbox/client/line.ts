import { make } from '@icloud-ready/web/client';
import type { InboxRow } from '../leadRow';
import { timeOf } from './times';
import { listWords } from './words';

/** A lead as a line of the list, with a box that chooses it for what is done to many. */
export const lineOf = ({ id, name, phone, arrivedAtMs, kind, state }: InboxRow): HTMLLIElement =>
	make(
		'li',
		{},
		make('input', {
			type: 'checkbox',
			class: 'pick',
			'data-pick': id,
			tabindex: '-1',
			'aria-label': listWords.bulk.one(name),
		}),
		make(
			'button',
			{ type: 'button', 'data-id': id, tabindex: '-1' },
			make('span', { class: 'name', dir: 'auto' }, name),
			timeOf(arrivedAtMs),
			make('span', { class: 'facts' }, make('bdi', { dir: 'ltr' }, phone)),
			make('span', { class: 'outcome', 'data-kind': kind }, state),
		),
	);
