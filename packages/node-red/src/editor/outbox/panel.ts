import type { LeadsPage } from '../../runtime/account/outboxRoutes';
import type { ShownOutbox } from '../../runtime/account/shownOutboxes';
import type { OutboxRow } from '../../runtime/outbox/leadRows';
import type { Translate } from '../dialog/words';
import { type Asking, createAsking, type Wanted } from './ask';
import { createBulkBar } from './bulkBar';
import { correctForm } from './correctForm';
import { createFilters, type Filters } from './filters';
import { createHead, type Head } from './headView';
import { createPanelView, type PanelView } from './panelView';
import { type PanelWords, panelWords } from './words';
import type { Action, List } from '@icloud-ready/outbox/view/actions';
import { isFiltered, type LeadFilter } from '@icloud-ready/outbox/view/filter';
import { createLeadList, type LeadList } from '@icloud-ready/outbox/view/leadList';
import { pageSize } from '@icloud-ready/outbox/view/limits';
import { isLong } from '@icloud-ready/outbox/view/listState';
import { createSelection, type Selection } from '@icloud-ready/outbox/view/selection';
import { saveFile } from '@icloud-ready/web/client';

export interface Panel {
	readonly view: JQuery;
	/** Asks for what is new. */
	readonly refresh: () => Promise<void>;
	readonly showAccount: (id: string) => void;
}

/** What the parts of the tab act on. */
interface Parts {
	readonly words: PanelWords;
	readonly asking: Asking;
	readonly leads: LeadList<Wanted, OutboxRow>;
	readonly head: Head;
	readonly filters: Filters;
	readonly view: PanelView;
	readonly selection: Selection;
	/** The counts that the shown leads were asked for with, as text. */
	readonly listed: { counts: string };
}

/** Asks what there is to filter by, where somebody looks at that; of a long list it is found out first. */
const offerFilters = async ({ asking, leads, filters }: Parts): Promise<void> => {
	const { account, list } = leads.now().wanted;
	if (account === '' || !filters.isOpen()) return;
	const got = await asking.facets(leads.now().wanted);
	const now = leads.now().wanted;
	if (got.kind === 'answer' && now.account === account && now.list === list) filters.offer(got.answer);
};

const turnTo = async (parts: Parts, change: Partial<Wanted>): Promise<void> => {
	const { leads, view, selection, filters } = parts;
	view.clear();
	selection.clear();
	const { list, filter } = { ...leads.now().wanted, ...change };
	filters.show(list, filter);
	if (change.list !== undefined || change.account !== undefined) void offerFilters(parts);
	await leads.turnTo(change);
};

/** Shows the chosen outbox, or the first where that is gone; undefined where there is none. */
const showOutbox = ({ leads, head, view }: Parts, outboxes: readonly ShownOutbox[]): ShownOutbox | undefined => {
	const { account, list } = leads.now().wanted;
	const chosen = outboxes.find(({ id }) => id === account) ?? outboxes[0];
	view.showAny(chosen !== undefined);
	if (chosen === undefined) return undefined;
	head.showAccounts(outboxes, chosen.id);
	head.showState(chosen, list);
	return chosen;
};

const refresh = async (parts: Parts): Promise<void> => {
	const { asking, leads, view, listed } = parts;
	const got = await asking.outboxes();
	if (got.kind === 'problem') return view.say(got.message, true);
	if (got.kind === 'same') return;
	const chosen = showOutbox(parts, got.answer);
	if (chosen === undefined) return view.say('');
	const { account, text, filter } = leads.now().wanted;
	const counts = JSON.stringify(chosen.counts);
	if (parts.filters.isPending()) void offerFilters(parts);
	// A search reads many leads, so it is made anew only when something has changed.
	if (account === chosen.id && (text !== '' || isFiltered(filter)) && counts === listed.counts) return;
	void offerFilters(parts);
	listed.counts = counts;
	if (account !== chosen.id) await turnTo(parts, { account: chosen.id });
	// Its counts are known, and its leads are too many to be asked for anew.
	else if (!isLong(leads.now())) await leads.refresh();
};

const act = async (parts: Parts, lead: OutboxRow, action: Action): Promise<void> => {
	const { asking, leads, view, words } = parts;
	const got = await asking.act(leads.now().wanted.account, lead.id, action);
	if (got.kind === 'problem') return view.say(got.message, true);
	view.say(got.kind === 'answer' && got.answer ? words.list.done[action](lead.name) : words.list.notDone(lead.name));
	leads.drop(lead.id);
	view.show(leads.now());
	await refresh(parts);
};

/** Shows the form to correct a lead. */
const correct = async (parts: Parts, lead: OutboxRow, place: JQuery): Promise<void> => {
	const { asking, leads, view, words } = parts;
	const { account } = leads.now().wanted;
	const got = await asking.form(account, lead.id);
	if (got.kind === 'problem') return view.say(got.message, true);
	if (got.kind !== 'answer') return;
	const form = correctForm({
		words: words.list,
		form: got.answer.form,
		check: async (values) => await asking.check(account, { id: lead.id, values }),
		send: async (values) => await asking.correct(account, { id: lead.id, values }),
		onCancel: () => place.empty(),
		onSent: ({ done }) => {
			place.empty();
			leads.drop(lead.id);
			void refresh(parts).then(() =>
				view.say(done ? words.list.correct.done(lead.name) : words.list.correct.notThere(lead.name)),
			);
		},
	});
	place.empty().append(form);
	form.find('input').first().trigger('focus');
};

const damageSeen = async (parts: Parts): Promise<void> => {
	const got = await parts.asking.damageSeen(parts.leads.now().wanted.account);
	if (got.kind === 'problem') return parts.view.say(got.message, true);
	await refresh(parts);
};

const download = async ({ asking, leads, view, words }: Parts, type: 'csv' | 'json'): Promise<void> => {
	view.say(words.list.csvBusy);
	const { wanted } = leads.now();
	const got = await asking.file(wanted, type);
	if (got.kind === 'problem') return view.say(got.message, true);
	if (got.kind === 'answer') saveFile(got.answer, `icloud-ready-leads-${wanted.list}.${type}`);
	view.say(words.list.csvDone);
};

/** What of a filter means something in another list. */
const kept = (list: List, { outcome, why, ...both }: LeadFilter): LeadFilter => ({
	...both,
	...(list !== 'ended' || outcome === undefined ? {} : { outcome }),
	...(list !== 'waiting' || why === undefined ? {} : { why }),
});

/** What the tab holds: an account's leads by list, and what can be done with them. */
export const createPanel = (own: Translate): Panel => {
	const words = panelWords(own);
	const asking = createAsking(own);
	const leads = createLeadList<Wanted, OutboxRow, LeadsPage>({
		first: { account: '', list: 'waiting', text: '', filter: {} },
		ask: asking.leads,
		onPage: () => {
			view.unsay();
			view.show(leads.now());
			selection.offer(leads.now().leads.length > 0);
			void goOn();
		},
		onProblem: (message) => view.say(message, true),
	});
	const startAnew = (change: Partial<Wanted>): void => {
		void turnTo(parts, change);
	};
	const narrow = (filter: LeadFilter): void => startAnew({ filter });
	const filters = createFilters(words, narrow, () => void offerFilters(parts));
	const head = createHead({
		words,
		filters: filters.view,
		onAccount: (account) => {
			startAnew({ account, filter: {} });
			void refresh(parts);
		},
		onList: (list) => {
			startAnew({ list, filter: kept(list, leads.now().wanted.filter) });
			void refresh(parts);
		},
		onText: () => startAnew({ text: head.text() }),
		onFile: (type) => void download(parts, type),
		onDamageSeen: () => void damageSeen(parts),
	});
	/** A search looks at a part of the list at a time, and goes on by itself until there is a screen of leads. */
	const goOn = async (): Promise<void> => {
		const { wanted, leads: found, next } = leads.now();
		const isLookedFor = wanted.text !== '' || isFiltered(wanted.filter);
		if (isLookedFor && next !== undefined && found.length < pageSize) await leads.more();
	};
	const shownCount = (count: number): string => count.toLocaleString(own('language'));
	const selection = createSelection<Wanted>({
		wanted: () => leads.now().wanted,
		select: asking.selection,
		act: async ({ account }, part) => await asking.actOnPart(account, part),
		words: words.list.bulk,
		shownCount,
		show: (state) => bar.show(state),
		onChosen: () => view.markChosen(selection.isChosen),
		say: (text, isBad) => view.say(text, isBad),
		onDone: async () => {
			// A long list is not asked for again by itself, and what was acted on is not in it any more.
			await turnTo(parts, {});
			await refresh(parts);
		},
	});
	const bar = createBulkBar(words.list, shownCount, selection);
	const view = createPanelView(words, head.view, bar.view, {
		onPick: (lead) => selection.toggle(lead),
		onCorrect: (lead, place) => void correct(parts, lead, place),
		act: (lead, action) => void act(parts, lead, action),
		// One more than what is set: a click never widens the list.
		narrow: (filter) => narrow({ ...leads.now().wanted.filter, ...filter }),
		more: () => void leads.more(),
	});
	const parts: Parts = { words, asking, leads, head, filters, view, selection, listed: { counts: '' } };
	return {
		view: view.view,
		refresh: async () => await refresh(parts),
		showAccount: (account) => {
			head.clearText();
			startAnew({ account, text: '', filter: {} });
			void refresh(parts);
		},
	};
};
