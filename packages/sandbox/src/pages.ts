import { pageLanguage, type PageLanguage, securityHeaders } from '@icloud-ready/web';
import { errorAnswer } from './answers';
import type { NodeEnv } from './api';
import { assets } from './assets';
import { keptCalls } from './bounds';
import type { Broadcast } from './events';
import { renderPage } from './inbox/page';
import { openApi } from './openapi';
import { playCall, playedCallSchema } from './senders/playCall';
import type { Store } from './store';
import { callDetail, findDetail, listRows } from './view';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, Hono } from 'hono';
import type { IncomingHttpHeaders } from 'node:http';
import { bodyLimit } from 'hono/body-limit';

export interface PagesHost {
	readonly store: Store;
	readonly broadcast: Broadcast;
	/** True when only this machine can reach the sandbox. */
	readonly onLoopback: boolean;
	readonly basePath: string;
	/** Forgets every call and lead, and tells every page. */
	readonly reset: () => void;
}

const pageHeaders = securityHeaders({ formAction: "'none'" });

/** More than any address and secret. */
const mostPlayedBytes = 20_000;

/** Of the headers of a call, those that decide what comes of it. */
const sentAgain = (headers: IncomingHttpHeaders): Record<string, string> =>
	Object.fromEntries(
		['content-type', 'x-api-key', 'organizationid'].flatMap((name) => {
			const value = headers[name];
			return typeof value === 'string' ? [[name, value]] : [];
		}),
	);

const localName = /^(?:localhost|[\w-]+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Adds the inbox page and what it loads. None of these calls is recorded. */
export function addPages(app: Hono<NodeEnv>, { store, broadcast, onLoopback, basePath, reset }: PagesHost): void {
	// A web site whose name was made to point at this machine must not read the leads.
	const isForeign = (c: Context): boolean => onLoopback && !localName.test(new URL(c.req.url).hostname);

	const page = (path: string, type: string, body: (c: Context<NodeEnv>) => string | null | Promise<string>): void => {
		app.get(path, async (c) => {
			if (isForeign(c))
				return c.text(
					'Open this page as http://localhost or http://127.0.0.1, on the machine where the sandbox runs.',
					403,
				);
			const text = await body(c);
			// Not `notFound`: that is the API's, and would be shown as a call.
			if (text === null) return c.json({ message: 'This is no longer kept.' }, 404);
			return c.body(text, 200, { ...pageHeaders, 'content-type': `${type}; charset=utf-8` });
		});
		app.all(path, (c) => {
			const {
				status,
				headers,
				body: text,
			} = errorAnswer(405, `Cannot ${c.req.method} ${path}`, { allow: 'GET, HEAD' });
			return c.newResponse(text, status as 405, headers as Record<string, string>);
		});
	};
	const json = (path: string, data: (c: Context<NodeEnv>) => unknown): void =>
		page(path, 'application/json', (c) => {
			const value = data(c);
			return value === null ? null : JSON.stringify(value);
		});
	const limitOf = (c: Context): number =>
		Math.min(Number(/^\d{1,6}$/.exec(c.req.query('limit') ?? '')?.[0] ?? keptCalls), keptCalls);
	const baseUrl = (c: Context): string => new URL(c.req.url).origin + basePath;

	const languageOf = (c: Context): PageLanguage => pageLanguage(c.req.query('lang'), c.req.header('accept-language'));

	page('/', 'text/html', (c) => renderPage(baseUrl(c), languageOf(c), onLoopback));
	page('/page.css', 'text/css', assets.style);
	page('/page.js', 'text/javascript', assets.script);
	page('/icon.svg', 'image/svg+xml', assets.icon);
	json('/leads.json', () => store.leads.toReversed());
	json('/calls.json', (c) =>
		store.calls
			.slice(-limitOf(c) || store.calls.length)
			.reverse()
			.map((call) => callDetail(call)),
	);
	json('/calls/:id', (c) => findDetail(store, c.req.param('id') ?? '', languageOf(c)));
	json('/rows.json', () => ({
		rows: listRows(store, keptCalls),
		callCount: store.callCount,
		leadCount: store.leadCount,
	}));
	json('/openapi.json', (c) => openApi(baseUrl(c)));

	// A page of elsewhere cannot send this kind of content without asking first, and is never told yes.
	const isOwn = (c: Context): boolean =>
		!isForeign(c) && /^application\/json\b/.test(c.req.header('content-type') ?? '');

	app.post('/calls/:id/again', async (c) => {
		if (!isOwn(c)) return c.json({ kind: 'refused' }, 403);
		const call = store.findCall(Number(c.req.param('id')));
		if (call === undefined || call.method !== 'POST') return c.json({ kind: 'gone' }, 404);
		// What comes of it is shown as a call of its own; a scenario may cut it.
		void fetch(new URL(call.path, c.req.url), {
			method: 'POST',
			headers: sentAgain(call.headers),
			body: call.body,
			redirect: 'manual',
		}).catch(() => undefined);
		return c.json({ kind: 'sent' });
	});

	app.post('/clear', (c) => {
		if (!isOwn(c)) return c.json({ kind: 'refused' }, 403);
		reset();
		return c.json({ kind: 'cleared' });
	});

	app.post('/send-as', bodyLimit({ maxSize: mostPlayedBytes }), async (c) => {
		if (!onLoopback || !isOwn(c)) return c.json({ kind: 'refused' }, 403);
		const played = playedCallSchema.safeParse(await c.req.json().catch(() => undefined));
		return played.success ? c.json(await playCall(played.data)) : c.json({ kind: 'refused' }, 400);
	});

	app.get('/events', (c) => {
		if (isForeign(c)) return c.text('Not here.', 403);
		if (c.req.method === 'HEAD') return c.body(null, 200);
		broadcast.open(c.env.outgoing as Parameters<Broadcast['open']>[0]);
		return RESPONSE_ALREADY_SENT;
	});

	// What browsers ask for by themselves is no call of the API.
	app.get('/favicon.ico', (c) => c.body(null, 204));
	app.all('/.well-known/*', (c) => c.body(null, 404));
}
