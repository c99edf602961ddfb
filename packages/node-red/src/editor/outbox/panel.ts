import type { ShownOutbox } from '../../runtime/account/outboxRoutes';
import type { ShownLead } from '../../runtime/outbox/leadRows';
import type { Translate } from '../dialog/words';
import type { Action, ShownShelf } from './answers';
import { act, type Asked, askFile, askLeads, askOutboxes, saveFile, type Wanted } from './ask';
import { createHead } from './headView';
import { createLeadList } from './leadList';

const pageSize = 25;
/** As many as the runtime gives at once: beyond that, what is shown is left as it is until somebody acts. */
const mostRefreshed = 200;

export interface Panel {
	readonly view: JQuery;
	/** Asks for what is new. */
	readonly refresh: () => Promise<void>;
	readonly showAccount: (id: string) => void;
}

/** What the tab holds: an account's leads by list, and what can be done with them. */
export const createPanel = (words: Translate): Panel => {
	let [account, shelf]: [string, ShownShelf] = ['', 'waiting'];
	let leads: readonly ShownLead[] = [];
	let next: string | undefined;
	let countsListed = '';
	/** An answer to an earlier question is out of date. */
	let asked = 0;

	const said = $('<div>', { class: 'icr-outbox-said', role: 'status', 'aria-live': 'polite' });
	const empty = $('<div>', { class: 'icr-outbox-empty' });
	const place = $('<div>', { class: 'icr-outbox-leads' });
	const more = $('<button>', { type: 'button', class: 'red-ui-button icr-outbox-more' })
		.text(words('outbox.more'))
		.prop('hidden', true);
	const body = $('<div>');

	const say = (text: string, isBad = false): void => {
		said.text(text).toggleClass('icr-outbox-bad', isBad);
	};
	const reasonOf = ({
		status,
		message,
	}: Asked<never> & { readonly status: number; readonly message?: string }): string => {
		if (message !== undefined) return message;
		if (status === 401 || status === 403) return words('outbox.problem.notAllowed');
		return status === 0 ? words('outbox.problem.silent') : words('outbox.problem.status', { status });
	};
	const wanted = (): Wanted => ({ account, shelf, text: head.text(), language: words('language') });
	const emptyText = (): string => {
		if (next !== undefined) return words('outbox.empty.soFar');
		return head.text() === '' ? words(`outbox.empty.${shelf}`) : words('outbox.empty.search');
	};
	const show = (): void => {
		list.show(leads, shelf);
		empty.text(leads.length === 0 ? emptyText() : '').prop('hidden', leads.length > 0);
		more.prop('hidden', next === undefined);
	};

	/** Asks for the leads from the first on; `count` is how many. */
	const load = async (count: number): Promise<void> => {
		const mine = ++asked;
		const got = await askLeads(wanted(), count);
		if (mine !== asked) return;
		if (!('answer' in got)) return say(reasonOf(got), true);
		if (said.hasClass('icr-outbox-bad')) say('');
		({ leads } = got.answer);
		next = got.answer.next;
		show();
	};
	const startAnew = (): void => {
		[leads, next] = [[], undefined];
		say('');
		list.show([], shelf);
		more.prop('hidden', true);
		empty.prop('hidden', true);
		void load(pageSize);
	};

	const showOutbox = (outboxes: readonly ShownOutbox[]): ShownOutbox | undefined => {
		const chosen = outboxes.find(({ id }) => id === account) ?? outboxes[0];
		body.prop('hidden', chosen === undefined);
		none.prop('hidden', chosen !== undefined);
		if (chosen === undefined) return undefined;
		if (chosen.id !== account) [account, leads, next] = [chosen.id, [], undefined];
		head.showAccounts(outboxes, account);
		head.showState(chosen, shelf);
		return chosen;
	};
	const refresh = async (): Promise<void> => {
		const got = await askOutboxes();
		if (!('answer' in got)) return say(reasonOf(got), true);
		const before = account;
		const chosen = showOutbox(got.answer);
		if (chosen === undefined) return say('');
		const counts = JSON.stringify(chosen.counts);
		// A search reads many leads, so it is made anew only when something has changed.
		if (account === before && head.text() !== '' && counts === countsListed) return;
		countsListed = counts;
		if (leads.length <= mostRefreshed) await load(Math.max(pageSize, leads.length));
	};

	const actOn = async (lead: ShownLead, action: Action): Promise<void> => {
		const got = await act(account, lead.id, action);
		if (!('answer' in got)) say(reasonOf(got), true);
		else
			say(
				got.answer ? words(`outbox.done.${action}`, { name: lead.name }) : words('outbox.notDone', { name: lead.name }),
			);
		if (leads.length > mostRefreshed) {
			leads = leads.filter(({ id }) => id !== lead.id);
			show();
		}
		await refresh();
	};
	const downloadFile = async (): Promise<void> => {
		say(words('outbox.csvBusy'));
		const { shelf: name } = wanted();
		const got = await askFile(wanted());
		if (!('answer' in got)) return say(reasonOf(got), true);
		saveFile(got.answer, `icloud-ready-leads-${name}.csv`);
		say(words('outbox.csvDone'));
	};

	const list = createLeadList(place, {
		words,
		act: (lead, action) => {
			void actOn(lead, action);
		},
	});
	const head = createHead({
		words,
		onAccount: (id) => {
			account = id;
			startAnew();
			void refresh();
		},
		onShelf: (chosen) => {
			shelf = chosen;
			startAnew();
			void refresh();
		},
		onText: startAnew,
		onFile: () => {
			void downloadFile();
		},
	});
	more.on('click', () => {
		const mine = ++asked;
		void askLeads(wanted(), pageSize, next).then((got) => {
			if (mine !== asked) return;
			if (!('answer' in got)) return say(reasonOf(got), true);
			leads = [...leads, ...got.answer.leads];
			next = got.answer.next;
			show();
		});
	});
	const none = $('<div>', { class: 'icr-outbox-empty icr-outbox-none' })
		.text(words('outbox.empty.noAccount'))
		.prop('hidden', true);
	body.append(head.view, said, empty, place, more).prop('hidden', true);

	return {
		view: $('<div>', { class: 'icr-outbox', dir: words('direction') }).append(none, body),
		refresh,
		showAccount: (id) => {
			account = id;
			head.clearText();
			startAnew();
			void refresh();
		},
	};
};
