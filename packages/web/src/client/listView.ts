import { isWide } from './dom';

interface Item {
	readonly id: string;
}

/** The lines of a list, each with one button that carries the item's id. */
export interface Rows<Line extends Item> {
	/** What is the same object as before stays as it is, so that nothing jumps and the focus stays. */
	readonly show: (items: readonly Line[]) => void;
	/** Shows which one is chosen; null for none. */
	readonly mark: (id: string | null) => void;
	/** Focuses the line of an item, or the first. */
	readonly focus: (id: string | null) => void;
}

/** `lineOf` makes a line; `choose` is called when somebody picks one, by keyboard too. */
export const createRows = <Line extends Item>(
	list: HTMLUListElement,
	lineOf: (item: Line) => HTMLLIElement,
	choose: (id: string) => void,
): Rows<Line> => {
	const shown = new Map<string, { item: Line; element: HTMLLIElement }>();
	let chosen: string | null = null;

	const elementOf = (item: Line): HTMLLIElement => {
		const before = shown.get(item.id);
		if (before?.item === item) return before.element;
		const element = lineOf(item);
		if (before) {
			const focused = before.element.contains(document.activeElement);
			before.element.replaceWith(element);
			if (focused) element.querySelector('button')?.focus();
		}
		shown.set(item.id, { item, element });
		return element;
	};

	const button = (id: string | null): HTMLButtonElement | null =>
		id === null ? null : list.querySelector(`button[data-id="${CSS.escape(id)}"]`);

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

	/** Keeps the focus in the list where the line that had it left: an arrow goes on from what stands in its place. */
	const keepFocusAt = (index: number): void => {
		if (index < 0 || list.contains(document.activeElement)) return;
		const item = list.children[index] ?? list.lastElementChild;
		item?.querySelector('button')?.focus({ preventScroll: true });
	};

	return {
		show: (items) => {
			const focusedIndex = [...list.children].findIndex((item) => item.contains(document.activeElement));
			let place = list.firstElementChild;
			for (const item of items) {
				const known = shown.get(item.id)?.element;
				if (known && known === place && shown.get(item.id)?.item !== item) place = elementOf(item);
				const element = elementOf(item);
				if (element === place) place = place.nextElementSibling;
				else list.insertBefore(element, place);
			}
			while (place) {
				const next = place.nextElementSibling;
				shown.delete(place.querySelector('button')?.dataset['id'] ?? '');
				place.remove();
				place = next;
			}
			keepFocusAt(focusedIndex);
			markChosen();
		},
		mark: (id) => {
			chosen = id;
			markChosen();
		},
		focus: (id) => (button(id) ?? list.querySelector('button'))?.focus(),
	};
};
