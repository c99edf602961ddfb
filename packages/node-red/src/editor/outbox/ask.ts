import type { ShownOutbox, LeadsPage } from '../../runtime/account/outboxRoutes';
import { type Action, type ShownShelf, isLeadsPage, outboxesOf } from './answers';

/** An answer, or why there is none: the words of the runtime where it said any, and the HTTP status (0: no answer). */
export type Asked<Answer> = { readonly answer: Answer } | { readonly status: number; readonly message?: string };

const patienceMs = 30_000;
/** A file of many leads takes its time. */
const filePatienceMs = 600_000;

/** A relative address makes the editor add its token. Always resolves. */
const ask = (url: string, settings: JQueryAjaxSettings): Promise<Asked<unknown>> =>
	new Promise((resolve) => {
		$.ajax({ url: `icloud-ready/outbox${url}`, timeout: patienceMs, ...settings })
			.done((answer: unknown) => resolve({ answer }))
			.fail(({ status, responseJSON }) => {
				const message: unknown = (responseJSON as { readonly message?: unknown } | undefined)?.message;
				resolve({ status, ...(typeof message === 'string' ? { message } : {}) });
			});
	});

const read = async <Answer>(
	asked: Promise<Asked<unknown>>,
	asAnswer: (answer: unknown) => Answer | undefined,
): Promise<Asked<Answer>> => {
	const got = await asked;
	if (!('answer' in got)) return got;
	const answer = asAnswer(got.answer);
	return answer === undefined ? { status: 200 } : { answer };
};

export const askOutboxes = async (): Promise<Asked<readonly ShownOutbox[]>> =>
	await read(ask('', { dataType: 'json' }), outboxesOf);

export interface Wanted {
	readonly account: string;
	readonly shelf: ShownShelf;
	readonly text: string;
	readonly language: string;
}

const leadsUrl = (account: string): string => `/${encodeURIComponent(account)}/leads`;

export const askLeads = async (
	{ account, ...query }: Wanted,
	limit: number,
	after?: string,
): Promise<Asked<LeadsPage>> =>
	await read(
		ask(leadsUrl(account), { dataType: 'json', data: { ...query, limit, ...(after === undefined ? {} : { after }) } }),
		(answer) => (isLeadsPage(answer) ? answer : undefined),
	);

/** Whether it was done. */
export const act = async (account: string, lead: string, action: Action): Promise<Asked<boolean>> =>
	await read(
		ask(`${leadsUrl(account)}/${encodeURIComponent(lead)}/${action}`, {
			method: 'POST',
			contentType: 'application/json',
			data: '{}',
			dataType: 'json',
		}),
		(answer) => (answer as { readonly done?: unknown } | null)?.done === true,
	);

/** The leads as a file. Its mark for spreadsheets is lost where the browser makes text of it, so it is put there anew. */
export const askFile = async ({ account, ...query }: Wanted): Promise<Asked<Blob>> =>
	await read(
		ask(`${leadsUrl(account)}.csv`, { dataType: 'text', data: query, timeout: filePatienceMs }),
		(answer) => new Blob(['\uFEFF', String(answer).replace(/^\uFEFF/, '')], { type: 'text/csv;charset=utf-8' }),
	);

export const saveFile = (file: Blob, name: string): void => {
	const address = URL.createObjectURL(file);
	const link = $('<a>', { href: address, download: name }).appendTo(document.body);
	link.get(0)?.click();
	link.remove();
	setTimeout(() => URL.revokeObjectURL(address), 0);
};
