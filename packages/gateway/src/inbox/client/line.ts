import { make } from '@icloud-ready/web/client';
import type { InboxRow } from '../leadRow';
import { shownTime } from './times';

/** A lead as a line of the list. */
export const lineOf = ({ id, name, phone, arrivedAtMs, kind, state }: InboxRow): HTMLLIElement =>
	make(
		'li',
		{},
		make(
			'button',
			{ type: 'button', 'data-id': id, tabindex: '-1' },
			make('span', { class: 'name', dir: 'auto' }, name),
			make('time', { datetime: new Date(arrivedAtMs).toISOString() }, shownTime(arrivedAtMs)),
			make('span', { class: 'facts' }, make('bdi', { dir: 'ltr' }, phone)),
			make('span', { class: 'outcome', 'data-kind': kind }, state),
		),
	);
