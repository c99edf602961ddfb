import type { List } from '../../leads/leadQueue';
import type { InboxRow, LeadsPage } from '../leadRow';
import { askAction, askDamageSeen, askFile, askLeads, type Wanted } from './ask';
import { createDetail } from './detail';
import { onList, showCounts, showLink, showList } from './head';
import { lineOf } from './line';
import { listWords } from './words';
import type { Action } from '@icloud-ready/outbox/view/actions';
import { createLeadList } from '@icloud-ready/outbox/view/leadList';
import { isLong } from '@icloud-ready/outbox/view/listState';
import { arrowDownInto, byId, createListDetail, createRows, saveFile } from '@icloud-ready/web/client';

const refreshEveryMs = 4000;
/** A search reads many leads. */
const searchEveryMs = 20_000;
const pauseAfterTypingMs = 300;

const search = byId<HTMLInputElement>('search');
const more = byId<HTMLButtonElement>('more');
const empty = byId('empty');
const said = byId('said');
let askedAtMs = 0;

const say = (text: string, isBad = false): void => {
	said.textContent = text;
	said.classList.toggle('bad', isBad);
};
const leads = createLeadList<Wanted, InboxRow, LeadsPage>({
	first: { list: 'waiting', text: '' },
	ask: askLeads,
	onPage: (page) => {
		if (page !== undefined) showCounts(page, Date.now());
		if (said.classList.contains('bad')) say('');
		showLink(isLong(leads.now()) ? 'still' : 'live');
		show();
	},
	onProblem: (message) => {
		showLink('reconnecting');
		say(message, true);
	},
});
const leadOf = (id: string | null): InboxRow | undefined => leads.now().leads.find((lead) => lead.id === id);
const detail = createDetail((lead, action) => void act(lead, action));
const rows = createRows<InboxRow>(byId<HTMLUListElement>('rows'), lineOf, (id) => void listDetail.open(id));
const listDetail = createListDetail({
	list: rows,
	detail: { show: (id) => detail.show(leadOf(id)), focus: detail.focus },
});

const emptyText = ({ list, text }: Wanted, next: string | undefined): string =>
	listWords.empty[next !== undefined ? 'soFar' : text === '' ? list : 'search'];

const show = (): void => {
	const { wanted, leads: shown, next } = leads.now();
	rows.show(shown);
	more.hidden = next === undefined;
	empty.hidden = shown.length > 0;
	empty.textContent = shown.length > 0 ? '' : emptyText(wanted, next);
	const lead = leadOf(listDetail.chosen());
	if (lead === undefined && listDetail.chosen() !== null) listDetail.leave();
	detail.show(lead);
};

const refresh = async (): Promise<void> => {
	askedAtMs = Date.now();
	await leads.refresh();
};

const turnTo = async (change: Partial<Wanted>): Promise<void> => {
	void listDetail.show(null);
	say('');
	askedAtMs = Date.now();
	await leads.turnTo(change);
	showList(leads.now().wanted.list);
};

const act = async (lead: InboxRow, action: Action): Promise<void> => {
	const got = await askAction(lead.id, action);
	if (got.kind === 'problem') return say(got.message, true);
	leads.drop(lead.id);
	await refresh();
	say(got.kind === 'answer' && got.answer ? listWords.done[action](lead.name) : listWords.notDone(lead.name));
};

const download = async (): Promise<void> => {
	say(listWords.csvBusy);
	const { wanted } = leads.now();
	const got = await askFile(wanted);
	if (got.kind === 'problem') return say(got.message, true);
	if (got.kind === 'answer') saveFile(got.answer, `icloud-ready-leads-${wanted.list}.csv`);
	say(listWords.csvDone);
};

let typing: ReturnType<typeof setTimeout> | undefined;
search.addEventListener('input', () => {
	clearTimeout(typing);
	typing = setTimeout(() => void turnTo({ text: search.value.trim() }), pauseAfterTypingMs);
});
arrowDownInto(search, rows);
onList((list: List) => {
	showList(list);
	void turnTo({ list });
});
more.addEventListener('click', () => void leads.more());
const damageSeen = async (): Promise<void> => {
	const got = await askDamageSeen();
	if (got.kind === 'problem') return say(got.message, true);
	await refresh();
};
byId('damage-seen').addEventListener('click', () => void damageSeen());
byId('csv').addEventListener('click', () => void download());
setInterval(() => {
	const every = leads.now().wanted.text === '' ? refreshEveryMs : searchEveryMs;
	if (!document.hidden && Date.now() - askedAtMs >= every) void refresh();
}, 1000);
document.addEventListener('visibilitychange', () => {
	if (!document.hidden) void refresh();
});

void listDetail.show(null);
showList('waiting');
void turnTo({ list: 'waiting' }).then(() => {
	document.body.dataset['ready'] = '';
});
