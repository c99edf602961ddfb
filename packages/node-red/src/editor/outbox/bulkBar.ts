import { text } from './text';
import {
	type BulkBar,
	type BulkBarButton,
	type BulkBarPart,
	type BulkBarView,
	createBulkBar as createBar,
	focusedButton,
} from '@icloud-ready/outbox/view/bulkBarView';
import type { Selection } from '@icloud-ready/outbox/view/selection';
import type { ListWords } from '@icloud-ready/outbox/view/words/types';

type OnPress = (button: BulkBarButton) => void;

const partOf = (part: BulkBarPart, onPress: OnPress): JQuery => {
	switch (part.kind) {
		case 'button':
			return $('<button>', { type: 'button', class: 'red-ui-button red-ui-button-small', 'data-bulk': part.name })
				.text(part.label)
				.on('click', () => onPress(part));
		case 'progress':
			return $('<progress>', { max: part.max, value: part.value, 'aria-label': part.label });
		case 'count': {
			const count = text('span', 'chosen', part.text);
			return part.isTold ? count.attr('role', 'status') : count;
		}
		case 'question':
		case 'problem':
			return text('div', 'question', part.text).attr('role', 'status');
	}
};

const draw = (place: JQuery, view: BulkBarView, onPress: OnPress): void => {
	const before = document.activeElement;
	const hadFocus = place.get(0)?.contains(before) === true;
	place.prop('hidden', view.isHidden);
	place.empty().append(...view.parts.map((part) => partOf(part, onPress)));
	const name = focusedButton(view, { hadFocus, name: before?.getAttribute('data-bulk') ?? undefined });
	if (name !== undefined) place.find(`[data-bulk="${name}"]`).trigger('focus');
};

/** The bar for many leads at once, above the list. */
export const createBulkBar = (
	words: ListWords,
	shownCount: (count: number) => string,
	selection: Pick<Selection, 'chooseAll' | 'chooseNone' | 'act' | 'stop'>,
): BulkBar & { readonly view: JQuery } => {
	const view = $('<div>', { class: 'icr-outbox-bulk', role: 'group', 'aria-label': words.bulk.all, hidden: true });
	return { view, ...createBar(words, shownCount, selection, (now, onPress) => draw(view, now, onPress)) };
};
