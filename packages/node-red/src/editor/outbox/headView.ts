import type { ShownOutbox } from '../../runtime/account/shownOutboxes';
import type { Translate } from '../dialog/words';
import type { PanelWords } from './words';
import { type List, lists } from '@icloud-ready/outbox/view/actions';
import { maxSearchText } from '@icloud-ready/outbox/view/limits';
import { createTypingPause } from '@icloud-ready/web/client';

/** The part above the list, which stays while the list changes. */
export interface Head {
	readonly view: JQuery;
	readonly showAccounts: (outboxes: readonly ShownOutbox[], chosen: string) => void;
	readonly showState: (outbox: ShownOutbox, list: List) => void;
	readonly text: () => string;
	readonly clearText: () => void;
}

interface Handlers {
	readonly words: PanelWords;
	readonly onAccount: (id: string) => void;
	readonly onList: (list: List) => void;
	readonly onText: () => void;
	readonly onFile: () => void;
	readonly onDamageSeen: () => void;
}

/** Why leads wait, or what else a person should know of the outbox, in words; empty where all is well. */
const reasonOf = (outbox: ShownOutbox, words: Translate): string => {
	const { counts, held, isAccountUnusable, isBroken, isStopped, notLeaving } = outbox;
	if (isStopped === true) return words('outbox.stopped');
	if (isBroken) return words('outbox.broken');
	if (notLeaving !== undefined) return words('outbox.notLeaving', { count: notLeaving.count });
	if (held !== undefined && counts.waiting + counts.sending > 0)
		return words(`outbox.held.${isAccountUnusable === true ? 'account' : held}`);
	return counts.sending > 0 ? words('outbox.sending', { count: counts.sending }) : '';
};

/** The accounts to choose from, where there are several. */
const createAccountChoice = (
	words: Translate,
	onAccount: (id: string) => void,
): { readonly view: JQuery; readonly show: Head['showAccounts'] } => {
	const view = $('<select>', {
		class: 'icr-outbox-accounts',
		'aria-label': words('outbox.account'),
		dir: 'auto',
	}).on('change', () => onAccount(String(view.val())));
	let offered = '';
	return {
		view,
		show: (outboxes, chosen) => {
			const names = outboxes.map(({ id, name }) => ({
				id,
				name: name === '' ? `${words('outbox.account')} (${id})` : name,
			}));
			// Made anew only where it differs: an open list would close.
			if (offered !== JSON.stringify(names))
				view.empty().append(...names.map(({ id, name }) => $('<option>', { value: id }).text(name)));
			offered = JSON.stringify(names);
			view.val(chosen).prop('hidden', outboxes.length < 2);
		},
	};
};

export const createHead = ({
	words: { own: words, list: shared },
	onAccount,
	onList,
	onText,
	onFile,
	onDamageSeen,
}: Handlers): Head => {
	const accounts = createAccountChoice(words, onAccount);
	const choices = $('<div>', { class: 'icr-outbox-shelves', role: 'group', 'aria-label': shared.lists });
	const buttons = lists.map((list) => {
		const count = $('<span>', { class: 'icr-outbox-count' });
		const made = $('<button>', { type: 'button', class: 'red-ui-button', 'data-shelf': list })
			.text(`${shared.list[list]} `)
			.append(count)
			.on('click', () => onList(list));
		choices.append(made);
		return { list, made, count };
	});
	const reason = $('<div>', { class: 'icr-outbox-reason', role: 'status' });
	const damage = $('<span>');
	const damaged = $('<div>', { class: 'icr-outbox-reason icr-outbox-bad', role: 'status', hidden: true }).append(
		damage,
		' ',
		$('<button>', { type: 'button', class: 'red-ui-button' })
			.text(words('outbox.damageSeen'))
			.on('click', onDamageSeen),
	);
	const search = $('<input>', {
		type: 'search',
		class: 'icr-outbox-search',
		dir: 'auto',
		maxlength: maxSearchText,
		placeholder: shared.search,
		'aria-label': shared.search,
	});
	const file = $('<button>', {
		type: 'button',
		class: 'red-ui-button',
		title: shared.csv,
		'aria-label': shared.csv,
	})
		.append($('<i>', { class: 'fa fa-download', 'aria-hidden': 'true' }), ' CSV')
		.on('click', onFile);
	search.on('input', createTypingPause(onText).typed);

	return {
		view: $('<div>', { class: 'icr-outbox-head' }).append(
			accounts.view,
			choices,
			reason,
			damaged,
			$('<div>', { class: 'icr-outbox-find' }).append(search, file),
		),
		showAccounts: accounts.show,
		showState: (outbox, chosen) => {
			for (const { list, made, count } of buttons) {
				made.toggleClass('selected', list === chosen).attr('aria-pressed', String(list === chosen));
				count.text(outbox.counts[list].toLocaleString(words('language')));
			}
			const said = reasonOf(outbox, words);
			if (reason.text() !== said) reason.text(said);
			damage.text(words('outbox.damaged', { count: outbox.damaged ?? 0 }));
			damaged.prop('hidden', outbox.damaged === undefined);
			reason
				.prop('hidden', said === '')
				.toggleClass(
					'icr-outbox-bad',
					outbox.isBroken ||
						outbox.isStopped === true ||
						outbox.notLeaving !== undefined ||
						['key', 'organization', 'disk'].includes(outbox.held ?? ''),
				);
		},
		text: () => String(search.val() ?? '').trim(),
		clearText: () => {
			search.val('');
		},
	};
};
