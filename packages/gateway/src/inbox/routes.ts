import { securityHeaders } from '@icloud-ready/web';
import type { NodeEnv } from '../api/nodeEnv';
import type { LeadQueue } from '../leads/leadQueue';
import type { Log } from '../watch/log';
import { type Access, endedCookie } from './access';
import { csvFile } from './csv';
import { etagOf } from './etag';
import { files } from './files';
import { leadsPage } from './leadRow';
import type { LockOut } from './lockOut';
import { inboxPage, signInPage } from './page';
import { actOf, isSameOrigin, languageOf, searchOf } from './request';
import { inboxWords } from './words';
import type { InboxWords } from './words/types';
import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';

/** What the inbox page needs of the running gateway. */
export interface InboxHost {
	readonly queue: Pick<LeadQueue, 'list' | 'counts' | 'retry' | 'arrived' | 'discard'>;
	readonly access: Access;
	readonly lockOut: LockOut;
	readonly log: Pick<Log, 'inbox' | 'error'>;
}

type C = Context<NodeEnv>;

/** A form's own request names the page that it stands in to this gateway, and to nobody else. */
const headers = {
	...securityHeaders({ formAction: "'self'" }),
	'referrer-policy': 'same-origin',
	vary: 'cookie, accept-language, x-search',
} as const;
const mostBodyBytes = 10_000;

const answer = (
	status: number,
	type: string,
	body: string | ReadableStream<Uint8Array> | null,
	more: Readonly<Record<string, string>> = {},
): Response =>
	new Response(body, { status, headers: { ...headers, 'content-type': `${type}; charset=utf-8`, ...more } });
const json = (status: number, data: unknown, more: Readonly<Record<string, string>> = {}): Response =>
	answer(status, 'application/json', JSON.stringify(data), more);
const page = (status: number, html: string, more: Readonly<Record<string, string>> = {}): Response =>
	answer(status, 'text/html', html, more);
const backTo = (c: C, cookie: string): Response =>
	new Response(null, {
		status: 303,
		headers: { ...headers, location: `/inbox?lang=${languageIn(c)}`, 'set-cookie': cookie },
	});

const languageIn = (c: C) => languageOf(c.req.query('lang'), c.req.header('accept-language'));
const wordsIn = (c: C): InboxWords => inboxWords[languageIn(c)];
const addressOf = (c: C): string => c.env.incoming?.socket?.remoteAddress ?? '';
/** Whether the browser's way here is encrypted, as the proxy before this gateway says. */
const isSecure = (c: C): boolean => c.req.header('x-forwarded-proto') === 'https';

/** Adds the inbox page, for those who know the token. */
export const addInbox = (app: Hono<NodeEnv>, { queue, access, lockOut, log }: InboxHost): void => {
	const isIn = (c: C): boolean => access.isSignedIn(c.req.header('cookie'));
	const small = bodyLimit({
		maxSize: mostBodyBytes,
		onError: (c) => json(413, { message: wordsIn(c as C).problem.asked }),
	});

	/** For the page's script: whoever is signed in, and in words where the store cannot be used. */
	const asked =
		(work: (c: C) => Promise<Response>) =>
		async (c: C): Promise<Response> => {
			if (!isIn(c)) return json(401, { message: wordsIn(c).signIn.heading });
			try {
				return await work(c);
			} catch (error) {
				log.error('inbox', error);
				return json(503, { message: wordsIn(c).problem.store });
			}
		};

	app.get('/inbox', (c) => page(200, isIn(c) ? inboxPage(languageIn(c)) : signInPage(languageIn(c))));
	app.get('/inbox/page.css', async () => answer(200, 'text/css', await files.style()));
	app.get('/inbox/page.js', async () => answer(200, 'text/javascript', await files.script()));
	app.get('/inbox/icon.svg', () => answer(200, 'image/svg+xml', files.icon()));

	app.post('/inbox/sign-in', small, async (c) => {
		const language = languageIn(c);
		const { foreign, locked, wrong } = inboxWords[language].signIn;
		if (!isSameOrigin((name) => c.req.header(name))) return page(403, signInPage(language, foreign));
		const address = addressOf(c);
		// Counted before the body is waited for: those that come together are not all let through to be looked at.
		const lockedMs = lockOut.begin(address);
		if (lockedMs > 0) {
			const seconds = Math.ceil(lockedMs / 1000);
			return page(429, signInPage(language, locked(seconds)), { 'retry-after': String(seconds) });
		}
		const given = ((await c.req.parseBody().catch(() => ({}))) as Readonly<Record<string, unknown>>).token;
		if (typeof given !== 'string' || !access.isToken(given.trim())) {
			log.inbox('refused');
			return page(401, signInPage(language, wrong));
		}
		lockOut.right(address);
		log.inbox('signedIn');
		return backTo(c, access.cookie(isSecure(c)));
	});
	app.post('/inbox/sign-out', (c) =>
		isSameOrigin((name) => c.req.header(name))
			? backTo(c, endedCookie)
			: page(403, signInPage(languageIn(c), wordsIn(c).signIn.foreign)),
	);

	app.get(
		'/inbox/leads',
		asked(async (c) => {
			const search = searchOf(
				(name) => c.req.query(name),
				(name) => c.req.header(name),
			);
			if (search === undefined) return json(400, { message: wordsIn(c).problem.asked });
			const { list, ...rest } = search;
			const text = JSON.stringify(leadsPage(await queue.counts(), await queue.list(list, rest), list, languageIn(c)));
			const etag = etagOf(text);
			return c.req.header('if-none-match') === etag
				? new Response(null, { status: 304, headers: { ...headers, etag } })
				: answer(200, 'application/json', text, { etag });
		}),
	);
	app.get(
		'/inbox/leads.csv',
		asked(async (c) => {
			const search = searchOf(
				(name) => c.req.query(name),
				(name) => c.req.header(name),
			);
			if (search === undefined) return json(400, { message: wordsIn(c).problem.asked });
			return answer(200, 'text/csv', await csvFile(queue, search, languageIn(c)), {
				'content-disposition': `attachment; filename="icloud-ready-leads-${search.list}.csv"`,
			});
		}),
	);
	app.post(
		'/inbox/act',
		small,
		asked(async (c) => {
			if (!isSameOrigin((name) => c.req.header(name))) return json(403, { message: wordsIn(c).signIn.foreign });
			const wanted = actOf(await c.req.json().catch(() => undefined));
			if (wanted === undefined) return json(400, { message: wordsIn(c).problem.asked });
			const done = await queue[wanted.act](wanted.id);
			if (done) log.inbox(wanted.act, wanted.id);
			return json(200, { done });
		}),
	);
};
