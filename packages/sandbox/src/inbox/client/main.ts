import { arrowDownInto, byId, createListDetail, isWide, onSlashKey } from '@icloud-ready/web/client';
import { createDetail } from './detail';
import { createList, titleOf } from './list';
import { follow } from './live';
import { createModel } from './model';
import { startSendAs } from './sendAs';
import { startTryIt } from './tryIt';
import { words } from './words';
import type { Row } from '../../view';

const capacity = 10_000;
const model = createModel(capacity);
const detail = createDetail();
const list = createList(model, (id) => choose(id));
const news = byId('news');

/** The newest call is shown as it comes, until somebody chooses an older one. */
let followsNewest = true;
/** A test lead was sent from here: its call is shown when it comes. */
let awaitsOwn = false;

const idInAddress = (): string | null => /^#call-(.+)$/.exec(location.hash)?.[1] ?? null;

const listDetail = createListDetail({
	list,
	detail,
	onBack: () => history.replaceState(null, '', location.pathname + location.search),
});

const choose = (id: string): void => {
	followsNewest = id === model.newest()?.id;
	if (isWide()) {
		history.replaceState(null, '', `#call-${id}`);
		return void listDetail.show(id);
	}
	location.hash = `call-${id}`;
};

const showNewest = (): void => {
	const newest = model.newest();
	if (newest && newest.id !== listDetail.chosen()) void listDetail.show(newest.id);
};

/** Shows what is asked for now; a chosen call that is not among it is no longer shown. */
const refine = (): void => {
	list.restart();
	const chosen = listDetail.chosen();
	if (chosen === null || model.matching().some(({ id }) => id === chosen)) return;
	history.replaceState(null, '', location.pathname + location.search);
	followsNewest = true;
	void listDetail.show(null);
};

window.addEventListener('hashchange', () => void listDetail.open(idInAddress()));

document.addEventListener('click', (event) => {
	const count = (event.target as HTMLElement).closest<HTMLButtonElement>('.counts button');
	if (!count) return;
	const kind = count.dataset['kind'] ?? '';
	model.kind = model.kind === kind ? '' : kind;
	refine();
});

const search = byId<HTMLInputElement>('search');
search.addEventListener('input', () => {
	model.search = search.value;
	refine();
});
arrowDownInto(search, list);

onSlashKey(() => search.focus());

const tryIt = startTryIt({
	onSend: () => (awaitsOwn = true),
	say: (text) => (news.textContent = text),
});
const post = async (path: string): Promise<void> =>
	void (await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }).catch(
		() => undefined,
	));

document.addEventListener('click', (event) => {
	const again = (event.target as HTMLElement).closest<HTMLButtonElement>('button[data-again]');
	if (!again) return;
	awaitsOwn = true;
	void post(`/calls/${encodeURIComponent(again.dataset['again'] ?? '')}/again`);
});
byId('clear').addEventListener('click', () => {
	if (model.newest() === undefined || window.confirm(words.clearAsked)) void post('/clear');
});

/** Outcomes are called as the page's language calls them. */
const inWords = (row: Row): Row =>
	row.outcome === null
		? row
		: { ...row, outcome: { ...row.outcome, label: words.outcomes[row.outcome.kind] ?? row.outcome.label } };

startSendAs({ onSend: () => (awaitsOwn = true) });
document.body.dataset['ready'] = '';

follow({
	onListing: ({ rows, callCount }) => {
		model.load(rows.map(inWords));
		if (rows.length > 0) tryIt.fold();
		byId('kept').hidden = callCount <= capacity;
		list.restart();
		const asked = idInAddress();
		if (asked !== null && model.get(asked)) return void listDetail.show(asked);
		// The call in the address belongs to a sandbox that has ended since.
		history.replaceState(null, '', location.pathname + location.search);
		followsNewest = true;
		void listDetail.show(isWide() ? (model.newest()?.id ?? null) : null);
	},
	onCall: ({ row: told, callCount }) => {
		const row = inWords(told);
		const isNew = model.put(row);
		tryIt.fold();
		byId('kept').hidden = callCount <= capacity;
		list.schedule();
		news.textContent = `${titleOf(row)}: ${row.outcome?.label ?? words.waiting}.`;
		if (!isNew) {
			if (row.id === listDetail.chosen()) void detail.show(row.id);
			return;
		}
		if (awaitsOwn && isWide()) choose(row.id);
		else if (followsNewest && isWide() && model.matching()[0]?.id === row.id) showNewest();
		awaitsOwn = false;
	},
});
