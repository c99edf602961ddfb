import type { NodeEnv } from '../api/nodeEnv';
import { inboxWords } from './words';
import type { InboxWords } from './words/types';
import type { Language } from '@icloud-ready/core';
import { searchHeader } from '@icloud-ready/outbox/view/searchText';
import { pageLanguage, securityHeaders } from '@icloud-ready/web';
import type { Context } from 'hono';

export type InboxContext = Context<NodeEnv>;

/** A form's own request names the page that it stands in to this gateway, and to nobody else. */
export const headers = {
	...securityHeaders({ formAction: "'self'" }),
	'referrer-policy': 'same-origin',
	vary: `cookie, accept-language, ${searchHeader}`,
} as const;

export const answer = (
	status: number,
	type: string,
	body: string | ReadableStream<Uint8Array> | null,
	more: Readonly<Record<string, string>> = {},
): Response =>
	new Response(body, { status, headers: { ...headers, 'content-type': `${type}; charset=utf-8`, ...more } });

export const json = (status: number, data: unknown): Response =>
	answer(status, 'application/json', JSON.stringify(data));

export const page = (status: number, html: string, more: Readonly<Record<string, string>> = {}): Response =>
	answer(status, 'text/html', html, more);

export const languageIn = (c: InboxContext): Language =>
	pageLanguage(c.req.query('lang'), c.req.header('accept-language'));

export const wordsIn = (c: InboxContext): InboxWords => inboxWords[languageIn(c)];
