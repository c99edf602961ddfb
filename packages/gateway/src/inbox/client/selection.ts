import type { InboxRow } from '../leadRow';
import { askActions, askSelection, type Wanted } from './ask';
import { createBulkBar } from './bulkBar';
import { shownCount } from './times';
import { listWords, words } from './words';
import { createSelection } from '@icloud-ready/outbox/view/selection';
import { byId } from '@icloud-ready/web/client';

interface Means {
	readonly wanted: () => Wanted;
	readonly say: (text: string, isBad?: boolean) => void;
	/** Leads were acted on. */
	readonly onDone: () => Promise<void>;
}

/** The leads of the list that are chosen to be acted on together, with their boxes. */
export interface ListSelection {
	/** These are in the list. */
	readonly show: (leads: readonly InboxRow[]) => void;
	readonly clear: () => void;
}

/** Nobody leaves by mistake while a bulk action runs. */
const keepHere = (event: BeforeUnloadEvent): void => {
	event.preventDefault();
	event.returnValue = words.stillAtIt;
};

export const createListSelection = ({ wanted, say, onDone }: Means): ListSelection => {
	const list = byId<HTMLUListElement>('rows');
	let shown: readonly InboxRow[] = [];
	const selection = createSelection<Wanted>({
		wanted,
		select: askSelection,
		act: async (_wanted, part) => await askActions(part),
		words: listWords.bulk,
		shownCount,
		show: (state) => bar.show(state),
		onChosen: () => {
			for (const box of list.querySelectorAll<HTMLInputElement>('.pick'))
				box.checked = selection.isChosen(box.dataset['pick'] ?? '');
		},
		onActing: (isActing) => (isActing ? addEventListener : removeEventListener)('beforeunload', keepHere),
		say,
		onDone,
	});
	const bar = createBulkBar(selection);
	const toggle = (id: string): void => selection.toggle(shown.find((lead) => lead.id === id));
	list.addEventListener('change', (event) => {
		const id = (event.target as HTMLElement).dataset['pick'];
		if (id !== undefined) toggle(id);
	});
	list.addEventListener('keydown', (event) => {
		const id = (event.target as HTMLElement).closest('button')?.dataset['id'];
		if (event.key !== ' ' || id === undefined) return;
		event.preventDefault();
		toggle(id);
	});
	return {
		show: (leads) => {
			shown = leads;
			selection.offer(leads.length > 0);
		},
		clear: selection.clear,
	};
};
