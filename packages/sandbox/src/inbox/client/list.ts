import type { Row } from '../../view';
import { byId, isWide, make } from './dom';
import type { Model } from './model';

const rowsAtOnce = 200;

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const dayAndClock = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

export const shownTime = (ms: number): string => {
	const today = new Date(ms).toDateString() === new Date().toDateString();
	return (today ? clock : dayAndClock).format(ms);
};

/** What a call is called where there is no name: what was asked for. */
export const titleOf = (row: Row): string => row.name || row.called || `Lead ${row.leadNumber}`;

/** Short facts in a line; each keeps its own direction of writing. */
export const factsLine = (facts: readonly string[]): readonly (Node | string)[] =>
	facts.filter(Boolean).flatMap((fact, at) => [at === 0 ? '' : ' · ', make('bdi', {}, fact)]);

function rowElement(row: Row): HTMLLIElement {
	return make('li', {}, make('button', { type: 'button', 'data-id': row.id, tabindex: '-1' },
		make('span', { class: row.name ? 'name' : 'name call', dir: 'auto' }, titleOf(row)),
		make('time', { datetime: new Date(row.atMs).toISOString() }, shownTime(row.atMs)),
		make('span', { class: 'facts' }, ...factsLine([row.phone, row.source])),
		make('span', { class: 'outcome', 'data-kind': row.outcome?.kind ?? 'waiting' }, row.outcome?.label ?? 'Waiting'),
	));
}

/** The list on the left. `choose` is called when somebody picks a call. */
export function createList(model: Model, choose: (id: string) => void) {
	const list = byId<HTMLUListElement>('rows');
	const more = byId<HTMLButtonElement>('more');
	const empty = byId('empty');
	const shown = new Map<string, { row: Row; element: HTMLLIElement }>();
	let limit = rowsAtOnce;
	let chosen: string | null = null;
	let scheduled = false;

	const elementOf = (row: Row): HTMLLIElement => {
		const before = shown.get(row.id);
		if (before?.row === row) return before.element;
		const element = rowElement(row);
		if (before) {
			const focused = before.element.contains(document.activeElement);
			before.element.replaceWith(element);
			if (focused) element.querySelector('button')?.focus();
		}
		shown.set(row.id, { row, element });
		return element;
	};

	const button = (id: string | null): HTMLButtonElement | null => (id === null ? null : list.querySelector(`button[data-id="${CSS.escape(id)}"]`));

	const markChosen = (): void => {
		for (const each of list.querySelectorAll<HTMLButtonElement>('button[aria-current], button[tabindex="0"]')) {
			each.removeAttribute('aria-current');
			each.tabIndex = -1;
		}
		const current = button(chosen);
		current?.setAttribute('aria-current', 'true');
		const reachable = current ?? list.querySelector('button');
		if (reachable) reachable.tabIndex = 0;
	};

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
		const rows = model.matching();
		const visible = rows.slice(0, limit);
		let place = list.firstElementChild;
		for (const row of visible) {
			const known = shown.get(row.id)?.element;
			if (known && known === place && shown.get(row.id)?.row !== row) place = elementOf(row);
			const element = elementOf(row);
			if (element === place) place = place.nextElementSibling;
			else list.insertBefore(element, place);
		}
		while (place) {
			const next = place.nextElementSibling;
			shown.delete(place.querySelector('button')?.dataset['id'] ?? '');
			place.remove();
			place = next;
		}
		more.hidden = rows.length <= limit;
		empty.hidden = rows.length > 0;
		empty.textContent = model.newest() ? 'No call matches.' : 'No calls yet. Send a test lead, or give a node the base URL and a key from Try it.';
		markChosen();
		showCounts();
	};

	const schedule = (): void => {
		if (scheduled) return;
		scheduled = true;
		requestAnimationFrame(render);
	};

	const step = (from: HTMLElement, key: string): HTMLButtonElement | null | undefined => {
		const item = from.closest('li');
		if (key === 'ArrowDown') return item?.nextElementSibling?.querySelector('button');
		if (key === 'ArrowUp') return item?.previousElementSibling?.querySelector('button');
		if (key === 'Home') return list.firstElementChild?.querySelector('button');
		return key === 'End' ? list.lastElementChild?.querySelector('button') : null;
	};

	list.addEventListener('keydown', (event) => {
		const next = step(event.target as HTMLElement, event.key);
		if (!next) return;
		event.preventDefault();
		next.focus();
		if (isWide()) choose(next.dataset['id'] ?? '');
	});
	list.addEventListener('click', (event) => {
		const id = (event.target as HTMLElement).closest('button')?.dataset['id'];
		if (id !== undefined) choose(id);
	});
	more.addEventListener('click', () => {
		limit += rowsAtOnce;
		schedule();
	});

	return {
		schedule,
		/** Shows which call is chosen; null for none. */
		mark(id: string | null) {
			chosen = id;
			markChosen();
		},
		/** Starts at the top again, as after a new search. */
		restart() {
			limit = rowsAtOnce;
			list.scrollTop = 0;
			schedule();
		},
		focus: (id: string | null) => (button(id) ?? list.querySelector('button'))?.focus(),
	};
}
