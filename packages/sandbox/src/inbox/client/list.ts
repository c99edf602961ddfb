import { byId, make, createRows, createShownTime, factsLine } from '@icloud-ready/web/client';
import type { Row } from '../../view';
import type { Model } from './model';
import { filled, words } from './words';

const rowsAtOnce = 200;

export const shownTime = createShownTime(words.locale);

const wholeTime = new Intl.DateTimeFormat(words.locale, { dateStyle: 'full', timeStyle: 'long' });

/** With day and zone, for whoever points at a time. */
export const fullTime = (ms: number): string => wholeTime.format(ms);

/** What a call is called where there is no name: what was asked for. */
export const titleOf = (row: Row): string =>
	row.name || row.called || filled(words.leadNumber, 'number', row.leadNumber ?? '');

const rowElement = (row: Row): HTMLLIElement => {
	return make(
		'li',
		{},
		make(
			'button',
			{ type: 'button', 'data-id': row.id, tabindex: '-1' },
			make('span', { class: row.name ? 'name' : 'name call', dir: 'auto' }, titleOf(row)),
			make('time', { datetime: new Date(row.atMs).toISOString(), title: fullTime(row.atMs) }, shownTime(row.atMs)),
			make('span', { class: 'facts' }, ...factsLine([row.phone, row.source])),
			make(
				'span',
				{ class: 'outcome', 'data-kind': row.outcome?.kind ?? 'waiting' },
				row.outcome?.label ?? words.waiting,
			),
		),
	);
};

/** The list on the left. `choose` is called when somebody picks a call. */
export const createList = (model: Model, choose: (id: string) => void) => {
	const list = byId<HTMLUListElement>('rows');
	const more = byId<HTMLButtonElement>('more');
	const empty = byId('empty');
	const rows = createRows(list, rowElement, choose);
	let limit = rowsAtOnce;
	let scheduled = false;

	const showCounts = (): void => {
		const counts = model.counts();
		for (const each of document.querySelectorAll<HTMLButtonElement>('.counts button')) {
			const kind = each.dataset['kind'] ?? '';
			const count = counts.get(kind) ?? 0;
			const number = each.querySelector('b');
			if (number) number.textContent = count.toLocaleString('en-US');
			each.classList.toggle('none', count === 0);
			each.setAttribute('aria-pressed', String(kind === model.kind));
		}
	};

	const render = (): void => {
		scheduled = false;
		const matching = model.matching();
		rows.show(matching.slice(0, limit));
		more.hidden = matching.length <= limit;
		empty.hidden = matching.length > 0;
		empty.textContent = model.newest() ? words.noMatch : words.noCalls;
		showCounts();
	};

	const schedule = (): void => {
		if (scheduled) return;
		scheduled = true;
		requestAnimationFrame(render);
	};

	more.addEventListener('click', () => {
		limit += rowsAtOnce;
		schedule();
	});

	return {
		schedule,
		/** Shows which call is chosen; null for none. */
		mark: rows.mark,
		/** Starts at the top again, as after a new search. */
		restart: () => {
			limit = rowsAtOnce;
			list.scrollTop = 0;
			schedule();
		},
		focus: rows.focus,
	};
};
