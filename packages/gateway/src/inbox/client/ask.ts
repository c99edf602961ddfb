import type { List } from '../../leads/leadQueue';
import type { ShownLead } from '../leadDetail';
import type { LeadsPage } from '../leadRow';
import { language, words } from './words';
import type { Action } from '@icloud-ready/outbox/view/actions';
import type { SelectionPage } from '@icloud-ready/outbox/view/bulkAction';
import type { BulkAction } from '@icloud-ready/outbox/view/bulkActionBody';
import type { Asked } from '@icloud-ready/outbox/view/asked';
import type { CorrectionAnswer, CorrectionValues } from '@icloud-ready/outbox/view/correcting';
import type { CheckedCorrection } from '@icloud-ready/outbox/view/correction';
import { filterQuery, type LeadFilter } from '@icloud-ready/outbox/view/filter';
import type { AskedPart } from '@icloud-ready/outbox/view/leadList';
import { searchHeaders } from '@icloud-ready/outbox/view/searchText';
import type { ShownFacets } from '@icloud-ready/outbox/view/shownFacets';

export interface Wanted {
	readonly list: List;
	readonly text: string;
	readonly filter: LeadFilter;
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

const readJson = async <Answer>(response: Response): Promise<Answer> => (await response.json()) as Answer;
const posted = (body: object): RequestInit => ({
	method: 'POST',
	headers: { 'content-type': 'application/json' },
	body: JSON.stringify(body),
});

export const askLeads = async (
	{ list, text, filter }: Wanted,
	{ limit, after, etag }: AskedPart,
): Promise<Asked<LeadsPage>> =>
	await ask(
		'leads',
		{ list, ...filterQuery(filter), limit: String(limit), ...(after === undefined ? {} : { after }) },
		{ headers: { ...searchHeaders(text), ...(etag === undefined ? {} : { 'if-none-match': etag }) } },
		readJson<LeadsPage>,
	);

/** All leads that are found, a part at a time: only what is needed to act on them. */
export const askSelection = async ({ list, text, filter }: Wanted, after?: string): Promise<Asked<SelectionPage>> =>
	await ask(
		'selection',
		{ list, ...filterQuery(filter), ...(after === undefined ? {} : { after }) },
		{ headers: searchHeaders(text) },
		readJson<SelectionPage>,
	);

export const askFacets = async (list: List): Promise<Asked<ShownFacets>> =>
	await ask('facets', { list }, {}, readJson<ShownFacets>);

export const askLead = async (id: string): Promise<Asked<ShownLead>> =>
	await ask('lead', { id }, {}, readJson<ShownLead>);

export const askFile = async ({ list, text, filter }: Wanted, type: 'csv' | 'json' = 'csv'): Promise<Asked<Blob>> =>
	await ask(
		`leads.${type}`,
		{ list, ...filterQuery(filter) },
		{ headers: searchHeaders(text) },
		async (response) => await response.blob(),
	);

/** How many of these were done. */
export const askActions = async (part: BulkAction): Promise<Asked<number>> =>
	await ask(
		'actions',
		{},
		posted(part),
		async (response) => (await readJson<{ readonly done: number }>(response)).done,
	);

export const askCheck = async (id: string, values: CorrectionValues): Promise<Asked<CheckedCorrection>> =>
	await ask('check', {}, posted({ id, values }), readJson<CheckedCorrection>);

export const askCorrect = async (id: string, values: CorrectionValues): Promise<Asked<CorrectionAnswer>> =>
	await ask('correct', {}, posted({ id, values }), readJson<CorrectionAnswer>);

/** A person has seen what was found damaged. */
export const askDamageSeen = async (): Promise<Asked<boolean>> =>
	await ask('damage-seen', {}, { method: 'POST' }, async () => await Promise.resolve(true));

/** Whether it was done. */
export const askAction = async (id: string, action: Action): Promise<Asked<boolean>> =>
	await ask(
		'action',
		{},
		posted({ id, action }),
		async (response) => (await readJson<{ readonly done: boolean }>(response)).done,
	);
