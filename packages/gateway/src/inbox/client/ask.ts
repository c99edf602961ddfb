import type { Act } from '@icloud-ready/outbox/view/actions';
import type { List } from '../../leads/leadQueue';
import type { LeadsPage } from '../leadRow';
import { language, words } from './words';

/** An answer of the gateway; `same`: what is there already; `problem`: why there is none, in words. */
export type Asked<Answer> =
	| { readonly kind: 'answer'; readonly answer: Answer; readonly etag: string | null }
	| { readonly kind: 'same' }
	| { readonly kind: 'problem'; readonly message: string };

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
	init: RequestInit,
	read: (response: Response) => Promise<Answer>,
): Promise<Asked<Answer>> => {
	try {
		const response = await fetch(`/inbox/${path}`, { cache: 'no-store', redirect: 'error', ...init });
		if (response.status === 304) return { kind: 'same' };
		if (response.status === 401) location.reload();
		if (!response.ok) return { kind: 'problem', message: await problemOf(response) };
		return { kind: 'answer', answer: await read(response), etag: response.headers.get('etag') };
	} catch {
		return { kind: 'problem', message: words.problem.silent };
	}
};

/** The text to look for goes as a header: it names a person, and addresses are kept in logs. */
const searchHeader = (text: string): Readonly<Record<string, string>> =>
	text === '' ? {} : { 'x-search': encodeURIComponent(text) };

export const askLeads = async (
	{ list, text }: Wanted,
	limit: number,
	more: { readonly after?: string; readonly etag?: string } = {},
): Promise<Asked<LeadsPage>> => {
	const query = new URLSearchParams({
		list,
		lang: language,
		limit: String(limit),
		...(more.after === undefined ? {} : { after: more.after }),
	});
	const headers = { ...searchHeader(text), ...(more.etag === undefined ? {} : { 'if-none-match': more.etag }) };
	return await ask(`leads?${query}`, { headers }, async (response) => (await response.json()) as LeadsPage);
};

export const askFile = async ({ list, text }: Wanted): Promise<Asked<Blob>> =>
	await ask(
		`leads.csv?${new URLSearchParams({ list, lang: language })}`,
		{ headers: searchHeader(text) },
		async (response) => await response.blob(),
	);

/** Whether it was done. */
export const askAct = async (id: string, act: Act): Promise<Asked<boolean>> =>
	await ask(
		`act?lang=${language}`,
		{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ id, act }) },
		async (response) => ((await response.json()) as { readonly done?: unknown }).done === true,
	);
