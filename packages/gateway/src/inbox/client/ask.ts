import type { List } from '../../leads/leadQueue';
import type { LeadsPage } from '../leadRow';
import { language, words } from './words';
import type { Action } from '@icloud-ready/outbox/view/actions';
import type { Asked } from '@icloud-ready/outbox/view/asked';
import type { AskedPart } from '@icloud-ready/outbox/view/leadList';
import { searchHeaders } from '@icloud-ready/outbox/view/searchText';

export interface Wanted {
	readonly list: List;
	readonly text: string;
}

const problemOf = async (response: Response): Promise<string> => {
	const said = (await response.json().catch(() => null)) as { readonly message?: unknown } | null;
	return typeof said?.message === 'string' ? said.message : words.problem.broken;
};

/** Always resolves. Whoever is signed out meanwhile is shown the page for that. */
const ask = async <Answer>(
	path: string,
	query: Readonly<Record<string, string>>,
	init: RequestInit,
	read: (response: Response) => Promise<Answer>,
): Promise<Asked<Answer>> => {
	try {
		const response = await fetch(`/inbox/${path}?${new URLSearchParams({ ...query, lang: language })}`, {
			cache: 'no-store',
			redirect: 'error',
			...init,
		});
		if (response.status === 304) return { kind: 'same' };
		if (response.status === 401) location.reload();
		if (!response.ok) return { kind: 'problem', message: await problemOf(response) };
		const etag = response.headers.get('etag');
		return { kind: 'answer', answer: await read(response), ...(etag === null ? {} : { etag }) };
	} catch {
		return { kind: 'problem', message: words.problem.silent };
	}
};

export const askLeads = async ({ list, text }: Wanted, { limit, after, etag }: AskedPart): Promise<Asked<LeadsPage>> =>
	await ask(
		'leads',
		{ list, limit: String(limit), ...(after === undefined ? {} : { after }) },
		{ headers: { ...searchHeaders(text), ...(etag === undefined ? {} : { 'if-none-match': etag }) } },
		async (response) => (await response.json()) as LeadsPage,
	);

export const askFile = async ({ list, text }: Wanted): Promise<Asked<Blob>> =>
	await ask('leads.csv', { list }, { headers: searchHeaders(text) }, async (response) => await response.blob());

/** A person has seen what was found damaged. */
export const askDamageSeen = async (): Promise<Asked<boolean>> =>
	await ask('damage-seen', {}, { method: 'POST' }, async () => await Promise.resolve(true));

/** Whether it was done. */
export const askAction = async (id: string, action: Action): Promise<Asked<boolean>> =>
	await ask(
		'action',
		{},
		{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ id, action }) },
		async (response) => ((await response.json()) as { readonly done: boolean }).done,
	);
