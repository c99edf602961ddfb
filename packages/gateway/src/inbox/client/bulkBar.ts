import { shownCount } from './times';
import { listWords as words } from './words';
import {
	type BulkBar,
	type BulkBarButton,
	type BulkBarPart,
	type BulkBarView,
	createBulkBar as createBar,
	focusedButton,
} from '@icloud-ready/outbox/view/bulkBarView';
import type { Selection } from '@icloud-ready/outbox/view/selection';
import { byId, make } from '@icloud-ready/web/client';

type OnPress = (button: BulkBarButton) => void;

const told = { role: 'status' } as const;

const partOf = (part: BulkBarPart, onPress: OnPress): HTMLElement => {
	switch (part.kind) {
		case 'button': {
			const { name, label, isPrimary } = part;
			const look = isPrimary ? 'primary' : 'plain';
			const button = make('button', { type: 'button', class: look, 'data-bulk': name }, label);
			button.addEventListener('click', () => onPress(part));
			return button;
		}
		case 'progress': {
			const bar = make('progress', { max: String(part.max), 'aria-label': part.label });
			bar.value = part.value;
			return bar;
		}
		case 'count':
			return make('span', { class: 'count', ...(part.isTold ? told : {}) }, part.text);
		case 'question':
			return make('p', told, part.text);
		case 'problem':
			return make('p', { class: 'bad', ...told }, part.text);
	}
};

const draw = (place: HTMLElement, view: BulkBarView, onPress: OnPress): void => {
	const before = document.activeElement;
	const hadFocus = place.contains(before);
	place.hidden = view.isHidden;
	place.replaceChildren(...view.parts.map((part) => partOf(part, onPress)));
	const name = focusedButton(view, { hadFocus, name: (before as HTMLElement | null)?.dataset['bulk'] });
	if (name !== undefined) place.querySelector<HTMLElement>(`[data-bulk="${name}"]`)?.focus();
};

/** The bar for many leads at once, above the list. */
export const createBulkBar = (selection: Pick<Selection, 'chooseAll' | 'chooseNone' | 'act' | 'stop'>): BulkBar => {
	const place = byId('bulk');
	return createBar(words, shownCount, selection, (view, onPress) => draw(place, view, onPress));
};
