import type { OutboxRow } from '../../runtime/outbox/leadRows';
import type { Wanted } from './ask';
import { createLeadLines } from './leadLines';
import type { PanelWords } from './words';
import type { Action } from '@icloud-ready/outbox/view/actions';
import { isFiltered, type LeadFilter } from '@icloud-ready/outbox/view/filter';
import type { ListState } from '@icloud-ready/outbox/view/listState';

/** What stands below the head: a word to the person, the leads, and the way to more of them. */
export interface PanelView {
	readonly view: JQuery;
	readonly say: (text: string, isBad?: boolean) => void;
	/** What was wrong is over. */
	readonly unsay: () => void;
	readonly show: (state: ListState<Wanted, OutboxRow>) => void;
	/** Shows which leads are chosen. */
	readonly markChosen: (isChosen: (id: string) => boolean) => void;
	/** Shows nothing while a list is asked for. */
	readonly clear: () => void;
	/** Whether there is an account at all. */
	readonly showAny: (isAny: boolean) => void;
}

interface Handlers {
	readonly act: (lead: OutboxRow, action: Action) => void;
	readonly onPick: (lead: OutboxRow) => void;
	readonly onCorrect: (lead: OutboxRow, place: JQuery) => void;
	readonly narrow: (filter: LeadFilter) => void;
	readonly more: () => void;
}

const emptyText = (
	{ wanted: { list, text, filter }, next }: ListState<Wanted, OutboxRow>,
	{ list: words }: PanelWords,
): string => {
	if (next === undefined && isFiltered(filter)) return words.filter.empty;
	return words.empty[next !== undefined ? 'soFar' : text === '' ? list : 'search'];
};

export const createPanelView = (
	words: PanelWords,
	head: JQuery,
	bulkBar: JQuery,
	{ act, onPick, onCorrect, narrow, more: onMore }: Handlers,
): PanelView => {
	const said = $('<div>', { class: 'icr-outbox-said', role: 'status', 'aria-live': 'polite' });
	const empty = $('<div>', { class: 'icr-outbox-empty' });
	const place = $('<div>', { class: 'icr-outbox-leads' });
	const more = $('<button>', { type: 'button', class: 'red-ui-button icr-outbox-more' })
		.text(words.list.more)
		.prop('hidden', true)
		.on('click', onMore);
	const body = $('<div>').append(head, bulkBar, said, empty, place, more).prop('hidden', true);
	const none = $('<div>', { class: 'icr-outbox-empty icr-outbox-none' })
		.text(words.own('outbox.empty.noAccount'))
		.prop('hidden', true);
	const lines = createLeadLines(place, { words, act, onPick, onCorrect, narrow });
	const say = (text: string, isBad = false): void => {
		said.text(text).toggleClass('icr-outbox-bad', isBad);
	};
	return {
		view: $('<div>', { class: 'icr-outbox', dir: words.own('direction') }).append(none, body),
		say,
		unsay: () => {
			if (said.hasClass('icr-outbox-bad')) say('');
		},
		show: (state) => {
			const isEmpty = state.leads.length === 0;
			lines.show(state.leads);
			empty.text(isEmpty ? emptyText(state, words) : '').prop('hidden', !isEmpty);
			more.prop('hidden', state.next === undefined);
		},
		markChosen: (isChosen) => {
			for (const box of place.find('.icr-outbox-pick').get())
				$(box).prop('checked', isChosen($(box).attr('data-pick') ?? ''));
		},
		clear: () => {
			say('');
			lines.show([]);
			more.prop('hidden', true);
			empty.prop('hidden', true);
		},
		showAny: (isAny) => {
			body.prop('hidden', !isAny);
			none.prop('hidden', isAny);
		},
	};
};
