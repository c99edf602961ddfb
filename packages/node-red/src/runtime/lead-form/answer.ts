import type { EndedLead } from '../calls/pendingCall';
import type { FormResponse } from './httpTypes';
import { type CallRefusal, type Language, refusalStatus, refusalText } from '@icloud-ready/core';

/** All that is sent back. */
export interface Answer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

/** A platform that repeats comes back anyway; who reads this comes soon. */
const retryAfterSeconds = '30';

const json = (status: number, data: unknown): Answer => ({
	status,
	headers: { 'content-type': 'application/json; charset=utf-8' },
	body: JSON.stringify(data),
});

/** Everything is safe or has ended, and nothing is to be sent again. */
export const received: Answer = json(200, { received: true });

/** The same, with what each lead ended as; nothing else of it is told to whoever calls. */
export const receivedAs = (leads: readonly EndedLead[]): Answer =>
	leads.length === 0 ? received : json(200, { received: true, outcomes: leads.map(({ end }) => end) });

/** Why it is not 200, in plain words; a repeat is asked for where it can end well. */
export const refusedAnswer = (refusal: CallRefusal, language: Language, at?: string): Answer => {
	const status = refusalStatus[refusal];
	const answer = json(status, {
		received: false,
		...refusalText(refusal, language),
		...(at === undefined ? {} : { node: at }),
	});
	if (status === 405) return { ...answer, headers: { ...answer.headers, allow: 'POST' } };
	return status === 503 ? { ...answer, headers: { ...answer.headers, 'retry-after': retryAfterSeconds } } : answer;
};

export const redirectTo = (address: string): Answer => ({ status: 303, headers: { location: address }, body: '' });

/** Sends it unless somebody else was first, or the caller has gone. */
export const sendAnswer = (response: FormResponse, { status, headers, body }: Answer): void => {
	if (response.headersSent || response.writableEnded || response.destroyed) return;
	for (const [name, value] of Object.entries({ 'cache-control': 'no-store', ...headers }))
		response.setHeader(name, value);
	response.statusCode = status;
	response.end(body);
};
