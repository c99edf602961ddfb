import type { List } from '../../leads/leadQueue';
import type { InboxRow, LeadsPage } from '../leadRow';
import { readAddress, type PageAddress, writeAddress } from './address';
import { askAction, askDamageSeen, askFacets, askFile, askLead, askLeads, type Wanted } from './ask';
import { createDetail } from './detail';
import { createFilters } from './filters';
import { onHeld, onList, showCounts, showLink, showList } from './head';
import { lineOf } from './line';
import { createListSelection } from './selection';
import { renewTimes } from './times';
import { listWords } from './words';
import type { Action } from '@icloud-ready/outbox/view/actions';
import type { CorrectionAnswer } from '@icloud-ready/outbox/view/correcting';
import { isFiltered, type LeadFilter } from '@icloud-ready/outbox/view/filter';
import { createLeadList } from '@icloud-ready/outbox/view/leadList';
import { pageSize } from '@icloud-ready/outbox/view/limits';
import { isLong } from '@icloud-ready/outbox/view/listState';
import {
	arrowDownInto,
	byId,
	createListDetail,
	createRows,
	createTypingPause,
	onSlashKey,
	saveFile,
} from '@icloud-ready/web/client';

const refreshEveryMs = 4000;
/** A search reads many leads. */
const searchEveryMs = 20_000;
const renewTimesEveryMs = 20_000;
/** What filters there are is being found out. */
const facetsAgainMs = 1000;

const search = byId<HTMLInputElement>('search');
const more = byId<HTMLButtonElement>('more');
const empty = byId('empty');
const said = byId('said');
let askedAtMs = 0;
/** A lead that an address or another lead led to: it is shown although the list does not hold it yet. */
let linked: InboxRow | undefined;
let counts: LeadsPage['counts'] | undefined;
/** A search that looked at more than one part of the list is not made anew by itself. */
let hasGoneOn = false;

/** The lead whose detail is open, as it was last seen in the list: many that arrive push it out of the part that is shown. */
let opened: InboxRow | undefined;
/** New leads are kept out of the list while the pointer is over it. */
let isHeld = false;
const rowsPlace = byId<HTMLUListElement>('rows');

/** Whether new leads would take away the one that somebody is about to click, or stepped to by the keyboard. */
const holds = (latest: readonly InboxRow[]): boolean => {
	const isPointed = matchMedia('(hover: hover)').matches && rowsPlace.matches(':hover');
	const focused = rowsPlace.querySelector<HTMLElement>('button:focus-visible')?.dataset['id'];
	isHeld = isPointed || (focused !== undefined && latest.every(({ id }) => id !== focused));
	return isHeld;
};

const say = (text: string, isBad = false): void => {
	said.textContent = text;
	said.classList.toggle('bad', isBad);
};
const leads = createLeadList<Wanted, InboxRow, LeadsPage>({
	first: { list: 'waiting', text: '', filter: {} },
	ask: askLeads,
	onPage: (page) => {
		if (page !== undefined) {
			({ counts } = page);
			showCounts(page, Date.now());
		}
		if (said.classList.contains('bad')) say('');
		showLink(isLong(leads.now()) ? 'still' : 'live');
		show();
		void goOn();
	},
	onProblem: (message) => {
		showLink('reconnecting');
		say(message, true);
	},
	holds,
});
const leadOf = (id: string | null): InboxRow | undefined =>
	leads.now().leads.find((lead) => lead.id === id) ?? (linked?.id === id && id !== null ? linked : undefined);
const selection = createListSelection({
	wanted: () => leads.now().wanted,
	say,
	// A long list is not asked for anew by itself, and what was acted on is not in it any more.
	onDone: async () => await turnTo({}),
});
const detail = createDetail({
	act: (lead, action) => void act(lead, action),
	askMore: askLead,
	narrow: (filter) => narrowTo({ ...leads.now().wanted.filter, ...filter }),
	open: (id) => void openLead(id),
	onCorrected: (lead, answer) => void onCorrected(lead, answer),
});
const rows = createRows<InboxRow>(rowsPlace, lineOf, (id) => {
	const isStep = listDetail.chosen() === null;
	void listDetail.open(id);
	note(isStep);
});
const listDetail = createListDetail({
	list: rows,
	detail: {
		show: (id) => {
			opened = leadOf(id);
			detail.show(opened);
		},
		focus: detail.focus,
	},
	onBack: () => queueMicrotask(() => note(true)),
});
const filters = createFilters((filter) => narrowTo(filter));

/** Keeps the address as what is shown. `isStep`: Back leads to what was shown before. */
const note = (isStep: boolean): void => {
	const { list, text, filter } = leads.now().wanted;
	const isFirst = list === 'waiting' && new URLSearchParams(location.search).get('list') === null;
	writeAddress({ list: isFirst ? undefined : list, filter, text, lead: listDetail.chosen() }, isStep);
};

const emptyText = ({ list, text, filter }: Wanted, next: string | undefined): string => {
	if (next !== undefined) return listWords.empty.soFar;
	if (text !== '') return listWords.empty.search;
	return isFiltered(filter) ? listWords.filter.empty : listWords.empty[list];
};

const show = (): void => {
	const { wanted, leads: shown, next } = leads.now();
	rows.show(shown);
	selection.show(shown);
	more.hidden = next === undefined;
	empty.hidden = shown.length > 0;
	empty.textContent = shown.length > 0 ? '' : emptyText(wanted, next);
	const chosen = listDetail.chosen();
	// It is asked for by itself from now on, and let go where it went to another list.
	if (leadOf(chosen) === undefined && opened?.id === chosen) linked = opened;
	const lead = leadOf(chosen);
	opened = lead;
	if (lead === undefined && listDetail.chosen() !== null) {
		listDetail.leave();
		note(false);
	}
	detail.show(lead);
};

/** A search looks at a part of the list at a time, and goes on by itself until there is a screen of leads. */
const goOn = async (): Promise<void> => {
	const { wanted, leads: found, next } = leads.now();
	const isSearch = wanted.text !== '' || isFiltered(wanted.filter);
	if (!isSearch || next === undefined || found.length >= pageSize || document.hidden) return;
	hasGoneOn = true;
	await leads.more();
};

const refresh = async (isByItself = false): Promise<void> => {
	askedAtMs = Date.now();
	await leads.refresh(isByItself);
	await follow();
};

/** A lead that the list does not hold is asked for by itself, and let go where it is of this list no more. */
const follow = async (): Promise<void> => {
	const before = linked;
	if (before === undefined || listDetail.chosen() !== before.id) return;
	if (leads.now().leads.some(({ id }) => id === before.id)) linked = undefined;
	else {
		const got = await askLead(before.id);
		if (linked !== before || got.kind !== 'answer') return;
		const isHere = (got.answer.list === 'sending' ? 'waiting' : got.answer.list) === leads.now().wanted.list;
		const isSame = JSON.stringify(got.answer.lead) === JSON.stringify(before);
		linked = !isHere ? undefined : isSame ? before : got.answer.lead;
		show();
	}
};

let facetsOf: List | undefined;
const offerFilters = async (): Promise<void> => {
	const { list } = leads.now().wanted;
	if (!byId<HTMLDetailsElement>('filters').open && !isFiltered(leads.now().wanted.filter)) return;
	const got = await askFacets(list);
	if (got.kind !== 'answer' || leads.now().wanted.list !== list) return;
	facetsOf = got.answer.isPending === true ? undefined : list;
	filters.offer(got.answer);
	if (got.answer.isPending === true) setTimeout(() => void offerFilters(), facetsAgainMs);
};

const turnTo = async (change: Partial<Wanted>): Promise<void> => {
	linked = undefined;
	opened = undefined;
	isHeld = false;
	hasGoneOn = false;
	void listDetail.show(null);
	selection.clear();
	say('');
	askedAtMs = Date.now();
	const asked = leads.turnTo(change);
	const { list, filter } = leads.now().wanted;
	showList(list);
	filters.show(list, filter);
	if (facetsOf !== list) void offerFilters();
	await asked;
};

/** The same for a person, whom Back leads to what was shown before. */
const go = (change: Partial<Wanted>): void => {
	void turnTo(change);
	const { list, text, filter } = leads.now().wanted;
	writeAddress({ list, filter, text, lead: null }, true);
};
const narrowTo = (filter: LeadFilter): void => go({ filter });

/** Shows a lead whatever list it is in. */
const openLead = async (id: string, isStep = true): Promise<void> => {
	const got = await askLead(id);
	if (got.kind === 'problem') return say(got.message, true);
	if (got.kind !== 'answer') return;
	const list = got.answer.list === 'sending' ? 'waiting' : got.answer.list;
	const { wanted } = leads.now();
	if (wanted.list !== list) await turnTo({ list, filter: {}, text: '' });
	linked = got.answer.lead;
	await listDetail.open(id);
	note(isStep);
};

const showAddress = async ({ list, filter, lead, text }: PageAddress): Promise<void> => {
	search.value = text;
	await turnTo({ list: list ?? 'waiting', filter, text });
	if (lead !== null) await openLead(lead, false);
};

const act = async (lead: InboxRow, action: Action): Promise<void> => {
	const got = await askAction(lead.id, action);
	if (got.kind === 'problem') return say(got.message, true);
	leads.drop(lead.id);
	await refresh();
	say(got.kind === 'answer' && got.answer ? listWords.done[action](lead.name) : listWords.notDone(lead.name));
};

const onCorrected = async (lead: InboxRow, { done }: CorrectionAnswer): Promise<void> => {
	leads.drop(lead.id);
	await refresh();
	const { correct } = listWords;
	say(done ? correct.done(lead.name) : correct.notThere(lead.name));
};

const download = async (type: 'csv' | 'json'): Promise<void> => {
	say(listWords.csvBusy);
	const { wanted } = leads.now();
	const got = await askFile(wanted, type);
	if (got.kind === 'problem') return say(got.message, true);
	if (got.kind === 'answer') saveFile(got.answer, `icloud-ready-leads-${wanted.list}.${type}`);
	say(listWords.csvDone);
};

const typing = createTypingPause(() => {
	void turnTo({ text: search.value.trim() });
	note(false);
});
search.addEventListener('input', typing.typed);
arrowDownInto(search, rows);
onSlashKey(() => {
	search.focus();
	search.select();
});
onList((list: List) => go({ list, filter: {} }));
onHeld((why) => narrowTo({ ...leads.now().wanted.filter, why }));
byId('filters').addEventListener('toggle', () => void offerFilters());
more.addEventListener('click', () => void leads.more());
const damageSeen = async (): Promise<void> => {
	const got = await askDamageSeen();
	if (got.kind === 'problem') return say(got.message, true);
	await refresh();
};
byId('damage-seen').addEventListener('click', () => void damageSeen());
byId('csv').addEventListener('click', () => void download('csv'));
byId('json').addEventListener('click', () => void download('json'));
setInterval(() => {
	const { text, filter } = leads.now().wanted;
	const every = text === '' && !isFiltered(filter) ? refreshEveryMs : searchEveryMs;
	if (!document.hidden && !hasGoneOn && Date.now() - askedAtMs >= every) void refresh(true);
}, 1000);
/** What was kept out meanwhile. */
rowsPlace.addEventListener('pointerleave', () => {
	if (!isHeld) return;
	isHeld = false;
	void refresh(true);
});
setInterval(renewTimes, renewTimesEveryMs);
document.addEventListener('visibilitychange', () => {
	if (!document.hidden && !hasGoneOn) void refresh();
});
window.addEventListener('popstate', () => void showAddress(readAddress()));

const begin = async (): Promise<void> => {
	const address = readAddress();
	await showAddress(address);
	// Where nothing waits, what somebody has to look at is shown first.
	const isAsked = address.list !== undefined || address.lead !== null || isFiltered(address.filter);
	if (!isAsked && counts?.waiting === 0 && counts.unconfirmed > 0) await turnTo({ list: 'unconfirmed' });
	note(false);
};
void begin().then(() => {
	document.body.dataset['ready'] = '';
});
