import type { FormAnswer } from '../../runtime/account/correctionRoutes';
import type { ActionAnswer, LeadsPage, BulkAnswer } from '../../runtime/account/outboxRoutes';
import type { ShownOutbox } from '../../runtime/account/shownOutboxes';
import type { Translate } from '../dialog/words';
import type { Action, List } from '@icloud-ready/outbox/view/actions';
import type { SelectionPage } from '@icloud-ready/outbox/view/bulkAction';
import type { BulkAction } from '@icloud-ready/outbox/view/bulkActionBody';
import type { Asked } from '@icloud-ready/outbox/view/asked';
import type { CorrectionAnswer, CorrectionValues } from '@icloud-ready/outbox/view/correcting';
import type { AskedPart } from '@icloud-ready/outbox/view/leadList';
import { filterQuery, type LeadFilter } from '@icloud-ready/outbox/view/filter';
import { searchHeaders } from '@icloud-ready/outbox/view/searchText';
import type { ShownFacets } from '@icloud-ready/outbox/view/shownFacets';

const patienceMs = 30_000;
/** A file of many leads takes its time. */
const filePatienceMs = 600_000;

export interface Wanted {
	readonly account: string;
	readonly list: List;
	readonly text: string;
	readonly filter: LeadFilter;
}

/** A lead and what its fields are to be. */
export interface Correction {
	readonly id: string;
	readonly values: CorrectionValues;
}

/** What the tab asks of the runtime. Always resolves. */
export interface Asking {
	readonly outboxes: () => Promise<Asked<readonly ShownOutbox[]>>;
	readonly leads: (wanted: Wanted, part: AskedPart) => Promise<Asked<LeadsPage>>;
	readonly file: (wanted: Wanted, type: 'csv' | 'json') => Promise<Asked<Blob>>;
	/** What there is to filter a list by. */
	readonly facets: (wanted: Wanted) => Promise<Asked<ShownFacets>>;
	/** A person has seen what was found damaged. */
	readonly damageSeen: (account: string) => Promise<Asked<ActionAnswer>>;
	/** All leads that are found, a part at a time: only what is needed to act on them. */
	readonly selection: (wanted: Wanted, after?: string) => Promise<Asked<SelectionPage>>;
	/** The fields of a lead to be corrected. */
	readonly form: (account: string, lead: string) => Promise<Asked<FormAnswer>>;
	/** What the core's checks say of them. */
	readonly check: (account: string, correction: Correction) => Promise<Asked<CorrectionAnswer>>;
	readonly correct: (account: string, correction: Correction) => Promise<Asked<CorrectionAnswer>>;
	/** How many of these were done. */
	readonly actOnPart: (account: string, part: BulkAction) => Promise<Asked<number>>;
	/** Whether it was done. */
	readonly act: (account: string, lead: string, action: Action) => Promise<Asked<boolean>>;
}

/** Why there is no answer: the words of the runtime where it said any; status 0 is no answer at all. */
const problemOf = (status: number, said: unknown, words: Translate): string => {
	const message = (said as { readonly message?: unknown } | undefined)?.message;
	if (typeof message === 'string') return message;
	if (status === 401 || status === 403) return words('outbox.problem.notAllowed');
	return status === 0 ? words('outbox.problem.silent') : words('outbox.problem.status', { status });
};

const leadsPath = (account: string): string => `/${encodeURIComponent(account)}/leads`;

export const createAsking = (words: Translate): Asking => {
	/** A relative address makes the editor add its token. */
	const ask = <Answer>(path: string, settings: JQueryAjaxSettings): Promise<Asked<Answer>> =>
		new Promise((resolve) => {
			$.ajax({ url: `icloud-ready/outbox${path}`, timeout: patienceMs, dataType: 'json', ...settings })
				.done((answer: Answer) => resolve({ kind: 'answer', answer }))
				.fail(({ status, responseJSON }) =>
					resolve({ kind: 'problem', message: problemOf(status, responseJSON, words) }),
				);
		});
	const post = async <Answer>(account: string, path: string, body: object): Promise<Asked<Answer>> =>
		await ask(`/${encodeURIComponent(account)}/${path}?${new URLSearchParams({ language: words('language') })}`, {
			method: 'POST',
			contentType: 'application/json',
			data: JSON.stringify(body),
		});
	const asked = (
		{ list, text, filter }: Wanted,
		part: Readonly<Record<string, string | number>> = {},
	): JQueryAjaxSettings => ({
		data: { shelf: list, language: words('language'), ...filterQuery(filter), ...part },
		headers: searchHeaders(text),
	});
	return {
		outboxes: async () => await ask('', {}),
		leads: async (wanted, { limit, after }) =>
			await ask(leadsPath(wanted.account), asked(wanted, { limit, ...(after === undefined ? {} : { after }) })),
		file: async (wanted, type) => {
			const got = await ask<string>(`${leadsPath(wanted.account)}.${type}`, {
				...asked(wanted),
				dataType: 'text',
				timeout: filePatienceMs,
			});
			if (got.kind !== 'answer') return got;
			if (type === 'json') return { kind: 'answer', answer: new Blob([got.answer], { type: 'application/json' }) };
			// The mark for spreadsheets is lost where the browser makes text of the file, so it is put there anew.
			const parts = ['\uFEFF', got.answer.replace(/^\uFEFF/, '')];
			return { kind: 'answer', answer: new Blob(parts, { type: 'text/csv;charset=utf-8' }) };
		},
		facets: async ({ account, list }) =>
			await ask(`/${encodeURIComponent(account)}/facets`, { data: { shelf: list, language: words('language') } }),
		selection: async (wanted, after) =>
			await ask(
				`/${encodeURIComponent(wanted.account)}/selection`,
				asked(wanted, after === undefined ? {} : { after }),
			),
		form: async (account, lead) =>
			await ask(`${leadsPath(account)}/${encodeURIComponent(lead)}/form`, { data: { language: words('language') } }),
		check: async (account, correction) => await post(account, 'check', correction),
		correct: async (account, correction) => await post(account, 'correct', correction),
		actOnPart: async (account, part) => {
			const got = await post<BulkAnswer>(account, 'actions', part);
			return got.kind === 'answer' ? { kind: 'answer', answer: got.answer.done } : got;
		},
		damageSeen: async (account) =>
			await ask(`/${encodeURIComponent(account)}/damage-seen`, {
				method: 'POST',
				contentType: 'application/json',
				data: '{}',
			}),
		act: async (account, lead, action) => {
			const got = await ask<ActionAnswer>(`${leadsPath(account)}/${encodeURIComponent(lead)}/${action}`, {
				method: 'POST',
				contentType: 'application/json',
				data: '{}',
			});
			return got.kind === 'answer' ? { kind: 'answer', answer: got.answer.done } : got;
		},
	};
};
