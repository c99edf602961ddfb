import type { ShownOutbox } from '../../runtime/account/outboxRoutes';
import type { Translate } from '../dialog/words';
import { shownShelves, type ShownShelf } from './answers';

/** The part above the list, which stays while the list changes. */
export interface Head {
	readonly view: JQuery;
	readonly showAccounts: (outboxes: readonly ShownOutbox[], chosen: string) => void;
	readonly showState: (outbox: ShownOutbox, shelf: ShownShelf) => void;
	readonly text: () => string;
	readonly clearText: () => void;
}

interface Handlers {
	readonly words: Translate;
	readonly onAccount: (id: string) => void;
	readonly onShelf: (shelf: ShownShelf) => void;
	readonly onText: () => void;
	readonly onFile: () => void;
}

const pauseAfterTypingMs = 300;

/** Why leads wait, or what else a person should know of the outbox, in words; empty where all is well. */
const reasonOf = ({ counts, held, isBroken, isStopped }: ShownOutbox, words: Translate): string => {
	if (isStopped === true) return words('outbox.stopped');
	if (isBroken) return words('outbox.broken');
	if (held !== undefined && counts.waiting + counts.sending > 0) return words(`outbox.held.${held}`);
	return counts.sending > 0 ? words('outbox.sending', { count: counts.sending }) : '';
};

export const createHead = ({ words, onAccount, onShelf, onText, onFile }: Handlers): Head => {
	const accounts = $('<select>', {
		class: 'icr-outbox-accounts',
		'aria-label': words('outbox.account'),
		dir: 'auto',
	}).on('change', () => onAccount(String(accounts.val())));
	const shelves = $('<div>', { class: 'icr-outbox-shelves', role: 'group', 'aria-label': words('outbox.shelves') });
	const buttons = shownShelves.map((shelf) => {
		const count = $('<span>', { class: 'icr-outbox-count' });
		const made = $('<button>', { type: 'button', class: 'red-ui-button', 'data-shelf': shelf })
			.text(`${words(shelf === 'unconfirmed' ? 'outcome.unconfirmed.label' : `outbox.shelf.${shelf}`)} `)
			.append(count)
			.on('click', () => onShelf(shelf));
		shelves.append(made);
		return { shelf, made, count };
	});
	const reason = $('<div>', { class: 'icr-outbox-reason', role: 'status' });
	const search = $('<input>', {
		type: 'search',
		class: 'icr-outbox-search',
		dir: 'auto',
		maxlength: 200,
		placeholder: words('outbox.search'),
		'aria-label': words('outbox.search'),
	});
	const file = $('<button>', {
		type: 'button',
		class: 'red-ui-button',
		title: words('outbox.csv'),
		'aria-label': words('outbox.csv'),
	})
		.append($('<i>', { class: 'fa fa-download', 'aria-hidden': 'true' }), ' CSV')
		.on('click', onFile);
	let timer: ReturnType<typeof setTimeout> | undefined;
	search.on('input', () => {
		clearTimeout(timer);
		timer = setTimeout(onText, pauseAfterTypingMs);
	});

	let offered = '';
	return {
		view: $('<div>', { class: 'icr-outbox-head' }).append(
			accounts,
			shelves,
			reason,
			$('<div>', { class: 'icr-outbox-find' }).append(search, file),
		),
		showAccounts: (outboxes, chosen) => {
			const names = outboxes.map(({ id, name }) => ({
				id,
				name: name === '' ? `${words('outbox.account')} (${id})` : name,
			}));
			// Made anew only where it differs: an open list would close.
			if (offered !== JSON.stringify(names))
				accounts.empty().append(...names.map(({ id, name }) => $('<option>', { value: id }).text(name)));
			offered = JSON.stringify(names);
			accounts.val(chosen).prop('hidden', outboxes.length < 2);
		},
		showState: (outbox, chosen) => {
			for (const { shelf, made, count } of buttons) {
				made.toggleClass('selected', shelf === chosen).attr('aria-pressed', String(shelf === chosen));
				count.text(outbox.counts[shelf].toLocaleString(words('language')));
			}
			const said = reasonOf(outbox, words);
			if (reason.text() !== said) reason.text(said);
			reason
				.prop('hidden', said === '')
				.toggleClass(
					'icr-outbox-bad',
					outbox.isBroken || outbox.isStopped === true || ['key', 'organization', 'disk'].includes(outbox.held ?? ''),
				);
		},
		text: () => String(search.val() ?? '').trim(),
		clearText: () => {
			search.val('');
		},
	};
};
