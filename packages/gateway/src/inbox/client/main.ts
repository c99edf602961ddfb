import { byId, isWide, createRows } from '@icloud-ready/web/client';
import type { Act } from '@icloud-ready/outbox/view/actions';
import type { List } from '../../leads/leadQueue';
import type { ShownLead } from '../leadRow';
import { askAct, askFile } from './ask';
import { createDetail } from './detail';
import { onList, showFigures, showLink, showList } from './head';
import { lineOf } from './line';
import { saveFile } from './saveFile';
import { createShelf, mostRefreshed } from './shelf';
import { words } from './words';

const refreshEveryMs = 4000;
/** A search reads many leads. */
const searchEveryMs = 20_000;
const pauseAfterTypingMs = 300;

const search = byId<HTMLInputElement>('search');
const more = byId<HTMLButtonElement>('more');
const empty = byId('empty');
const said = byId('said');
let chosen: string | null = null;
let askedAtMs = 0;

const say = (text: string, isBad = false): void => {
	said.textContent = text;
	said.classList.toggle('bad', isBad);
};
const shelf = createShelf(
	(page) => {
		if (page !== undefined) showFigures(page, Date.now());
		if (said.classList.contains('bad')) say('');
		showLink(shelf.now().leads.length > mostRefreshed ? 'still' : 'live');
		show();
	},
	(message) => {
		showLink('reconnecting');
		say(message, true);
	},
);
const detail = createDetail((lead, act) => void actOn(lead, act));
const rows = createRows<ShownLead>(byId<HTMLUListElement>('rows'), lineOf, (id) => choose(id));

const emptyText = (list: List, text: string, next: string | undefined): string => {
	if (next !== undefined) return words.empty.soFar;
	return words.empty[text === '' ? list : 'search'];
};

function show(): void {
	const { list, text, leads, next } = shelf.now();
	rows.show(leads);
	more.hidden = next === undefined;
	empty.hidden = leads.length > 0;
	empty.textContent = leads.length > 0 ? '' : emptyText(list, text, next);
	const lead = leads.find(({ id }) => id === chosen);
	if (lead === undefined && chosen !== null) goBack();
	detail.show(lead);
}

function choose(id: string | null): void {
	chosen = id;
	rows.mark(id);
	document.body.dataset['view'] = id === null ? 'list' : 'detail';
	detail.show(shelf.now().leads.find((lead) => lead.id === id));
	if (id !== null && !isWide()) detail.focus();
}

function goBack(): void {
	const left = chosen;
	const hadFocus = byId('detail').contains(document.activeElement);
	choose(null);
	if (hadFocus) rows.focus(left);
}

async function refresh(): Promise<void> {
	askedAtMs = Date.now();
	await shelf.refresh();
}

async function turnTo(change: { readonly list?: List; readonly text?: string }): Promise<void> {
	choose(null);
	say('');
	askedAtMs = Date.now();
	await shelf.turnTo(change);
	showList(shelf.now().list);
}

async function actOn(lead: ShownLead, act: Act): Promise<void> {
	const got = await askAct(lead.id, act);
	if (got.kind === 'problem') return say(got.message, true);
	shelf.drop(lead.id);
	await refresh();
	say(got.kind === 'answer' && got.answer ? words.done[act](lead.name) : words.notDone(lead.name));
}

async function download(): Promise<void> {
	say(words.csvBusy);
	const { list, text } = shelf.now();
	const got = await askFile({ list, text });
	if (got.kind === 'problem') return say(got.message, true);
	if (got.kind === 'answer') saveFile(got.answer, `icloud-ready-leads-${list}.csv`);
	say(words.csvDone);
}

let typing: ReturnType<typeof setTimeout> | undefined;
search.addEventListener('input', () => {
	clearTimeout(typing);
	typing = setTimeout(() => void turnTo({ text: search.value.trim() }), pauseAfterTypingMs);
});
search.addEventListener('keydown', (event) => {
	if (event.key !== 'ArrowDown') return;
	event.preventDefault();
	rows.focus(null);
});
onList((list) => {
	showList(list);
	void turnTo({ list });
});
more.addEventListener('click', () => void shelf.more());
byId('csv').addEventListener('click', () => void download());
document.addEventListener('click', (event) => {
	if ((event.target as HTMLElement).closest('[data-back]')) goBack();
});
document.addEventListener('keydown', (event) => {
	if (event.key === 'Escape' && chosen !== null && !isWide()) goBack();
});
setInterval(() => {
	const every = shelf.now().text === '' ? refreshEveryMs : searchEveryMs;
	if (!document.hidden && Date.now() - askedAtMs >= every) void refresh();
}, 1000);
document.addEventListener('visibilitychange', () => {
	if (!document.hidden) void refresh();
});

choose(null);
showList('waiting');
void turnTo({ list: 'waiting' }).then(() => {
	document.body.dataset['ready'] = '';
});
