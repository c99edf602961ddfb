import { byId, isWide } from '@icloud-ready/web/client';
import { createDetail } from './detail';
import { createList, titleOf } from './list';
import { follow } from './live';
import { createModel } from './model';
import { startTryIt } from './tryIt';

const capacity = 10_000;
const model = createModel(capacity);
const detail = createDetail();
const list = createList(model, (id) => choose(id));
const news = byId('news');

let chosen: string | null = null;
/** The newest call is shown as it comes, until somebody chooses an older one. */
let followsNewest = true;
/** A test lead was sent from here: its call is shown when it comes. */
let awaitsOwn = false;

const idInAddress = (): string | null => /^#call-(.+)$/.exec(location.hash)?.[1] ?? null;

async function show(id: string | null): Promise<void> {
	chosen = id;
	list.mark(id);
	document.body.dataset['view'] = id === null ? 'list' : 'detail';
	if (id === null) return detail.clear();
	return detail.show(id);
}

function choose(id: string): void {
	followsNewest = id === model.newest()?.id;
	if (isWide()) {
		history.replaceState(null, '', `#call-${id}`);
		return void show(id);
	}
	location.hash = `call-${id}`;
}

function goBack(): void {
	const left = chosen;
	history.replaceState(null, '', location.pathname);
	void show(null);
	list.focus(left);
}

function showNewest(): void {
	const newest = model.newest();
	if (newest && newest.id !== chosen) void show(newest.id);
}

window.addEventListener('hashchange', () => {
	void show(idInAddress()).then(() => {
		if (chosen !== null && !isWide()) detail.focus();
	});
});

document.addEventListener('click', (event) => {
	if ((event.target as HTMLElement).closest('[data-back]')) goBack();
	const count = (event.target as HTMLElement).closest<HTMLButtonElement>('.counts button');
	if (!count) return;
	const kind = count.dataset['kind'] ?? '';
	model.kind = model.kind === kind ? '' : kind;
	list.restart();
});

const search = byId<HTMLInputElement>('search');
search.addEventListener('input', () => {
	model.search = search.value;
	list.restart();
});
search.addEventListener('keydown', (event) => {
	if (event.key !== 'ArrowDown') return;
	event.preventDefault();
	list.focus(null);
});

document.addEventListener('keydown', (event) => {
	const typing = (event.target as HTMLElement).closest('input, textarea');
	if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
		event.preventDefault();
		search.focus();
	}
	if (event.key === 'Escape' && !isWide() && chosen !== null) goBack();
});

startTryIt({
	onSend: () => (awaitsOwn = true),
	say: (text) => (news.textContent = text),
});
document.body.dataset['ready'] = '';

follow({
	onListing({ rows, callCount }) {
		model.load(rows);
		byId('kept').hidden = callCount <= capacity;
		list.restart();
		const asked = idInAddress();
		if (asked !== null && model.get(asked)) return void show(asked);
		// The call in the address belongs to a sandbox that has ended since.
		history.replaceState(null, '', location.pathname);
		followsNewest = true;
		void show(isWide() ? (model.newest()?.id ?? null) : null);
	},
	onCall({ row, callCount }) {
		const isNew = model.put(row);
		byId('kept').hidden = callCount <= capacity;
		list.schedule();
		news.textContent = `${titleOf(row)}: ${row.outcome?.label ?? 'waiting'}.`;
		if (!isNew) {
			if (row.id === chosen) void detail.show(row.id);
			return;
		}
		if (awaitsOwn && isWide()) choose(row.id);
		else if (followsNewest && isWide()) showNewest();
		awaitsOwn = false;
	},
});
