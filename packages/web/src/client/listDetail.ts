import { byId, isWide } from './dom';

interface Means {
	readonly list: {
		/** Shows which item is chosen; null for none. */
		readonly mark: (id: string | null) => void;
		/** Focuses the line of an item, or the first. */
		readonly focus: (id: string | null) => void;
	};
	readonly detail: {
		/** Shows an item beside the list; null for none. */
		readonly show: (id: string | null) => void | Promise<void>;
		readonly focus: () => void;
	};
	/** A person goes back to the list. */
	readonly onBack?: () => void;
}

/** A list and the item of it that is chosen: side by side where there is room, else one in place of the other. */
export interface ListDetail {
	readonly chosen: () => string | null;
	/** Shows an item without moving the focus; null for none. */
	readonly show: (id: string | null) => Promise<void>;
	/** The same for a person who chose it: where it takes the list's place, it has the focus too. */
	readonly open: (id: string | null) => Promise<void>;
	/** What was chosen is gone: the focus is on the list only if it was on what is gone. */
	readonly leave: () => void;
}

/** Goes back by Escape and by whatever is marked `data-back`. The page has `#detail`, and its body `data-view`. */
export const createListDetail = ({ list, detail, onBack }: Means): ListDetail => {
	let chosen: string | null = null;

	const show = async (id: string | null): Promise<void> => {
		chosen = id;
		list.mark(id);
		document.body.dataset['view'] = id === null ? 'list' : 'detail';
		await detail.show(id);
	};
	const backTo = (id: string | null, isFocused: boolean): void => {
		void show(null);
		if (isFocused) list.focus(id);
	};
	const goBack = (): void => {
		onBack?.();
		backTo(chosen, true);
	};

	document.addEventListener('click', (event) => {
		if ((event.target as HTMLElement).closest('[data-back]')) goBack();
	});
	document.addEventListener('keydown', (event) => {
		if (event.key === 'Escape' && chosen !== null && !isWide()) goBack();
	});
	return {
		chosen: () => chosen,
		show,
		open: async (id) => {
			await show(id);
			if (chosen !== null && !isWide()) detail.focus();
		},
		leave: () => backTo(chosen, byId('detail').contains(document.activeElement)),
	};
};

/** From the box to search in, the arrow down leads into the list. */
export const arrowDownInto = (search: HTMLElement, list: Means['list']): void => {
	search.addEventListener('keydown', (event) => {
		if (event.key !== 'ArrowDown') return;
		event.preventDefault();
		list.focus(null);
	});
};
