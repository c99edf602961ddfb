import type { EndedLead } from '../calls/pendingCall';
import type { FormResponse } from './httpTypes';
import { type CallRefusal, type Language, refusedCall } from '@icloud-ready/core';

/** All that is sent back. */
export interface Answer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

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

/** Why it is not 200; `at`: the node where the call ended. */
export const refusedAnswer = (refusal: CallRefusal, language: Language, at?: string): Answer => {
	const { status, headers, body } = refusedCall(refusal, language);
	return { status, headers, body: JSON.stringify({ ...body, ...(at === undefined ? {} : { node: at }) }) };
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
