import type { NodeEnv } from '../api/nodeEnv';
import type { LeadQueue, List } from '../leads/leadQueue';
import type { Log } from '../watch/log';
import type { Access } from './access';
import { answer, headers, type InboxContext, json, languageIn, page, wordsIn } from './answers';
import { etagOf } from './etag';
import { files } from './files';
import { fileStream } from './fileStream';
import { inboxCells, inboxColumns, inboxRow, leadsPage } from './leadRow';
import type { LockOut } from './lockOut';
import { inboxPage, signInPage } from './page';
import { actionOf, isSameOrigin, searchOf } from './request';
import { addSignIn } from './signInRoutes';
import { csvFile, filePageSize } from '@icloud-ready/outbox/view/csvFile';
import type { Search } from '@icloud-ready/outbox/view/readSearch';
import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';

/** What the inbox page needs of the running gateway. */
export interface InboxHost {
	readonly queue: Pick<LeadQueue, 'list' | 'counts' | 'retry' | 'arrived' | 'discard' | 'damageSeen'>;
	readonly access: Access;
	readonly lockOut: LockOut;
	readonly log: Pick<Log, 'inbox' | 'error'>;
}

const maxBodyBytes = 10_000;

/** Reads what a request for leads asks, and answers 400 in words where it cannot be understood. */
const searching =
	(work: (c: InboxContext, search: Search<List>) => Promise<Response>) =>
	async (c: InboxContext): Promise<Response> => {
		const search = searchOf(
			(name) => c.req.query(name),
			(name) => c.req.header(name),
		);
		return search === undefined ? json(400, { message: wordsIn(c).problem.asked }) : await work(c, search);
	};

const giveLeads = async (c: InboxContext, queue: InboxHost['queue'], search: Search<List>): Promise<Response> => {
	const { list, ...rest } = search;
	const text = JSON.stringify(leadsPage(await queue.counts(), await queue.list(list, rest), list, languageIn(c)));
	const etag = etagOf(text);
	return c.req.header('if-none-match') === etag
		? new Response(null, { status: 304, headers: { ...headers, etag } })
		: answer(200, 'application/json', text, { etag });
};

const giveFile = async (
	c: InboxContext,
	queue: InboxHost['queue'],
	{ list, text }: Search<List>,
): Promise<Response> => {
	const language = languageIn(c);
	const parts = csvFile(
		async (after) => await queue.list(list, { text, limit: filePageSize, ...(after === undefined ? {} : { after }) }),
		inboxColumns(language),
		(lead) => inboxCells(inboxRow(lead, list, language)),
	);
	return answer(200, 'text/csv', await fileStream(parts), {
		'content-disposition': `attachment; filename="icloud-ready-leads-${list}.csv"`,
	});
};

const act = async (c: InboxContext, { queue, log }: Pick<InboxHost, 'queue' | 'log'>): Promise<Response> => {
	if (!isSameOrigin((name) => c.req.header(name))) return json(403, { message: wordsIn(c).signIn.foreign });
	const wanted = actionOf(await c.req.json().catch(() => undefined));
	if (wanted === undefined) return json(400, { message: wordsIn(c).problem.asked });
	const done = await queue[wanted.action](wanted.id);
	if (done) log.inbox(wanted.action, wanted.id);
	return json(200, { done });
};

/** Adds the inbox page, for those who know the token. */
export const addInbox = (app: Hono<NodeEnv>, { queue, access, lockOut, log }: InboxHost): void => {
	const isIn = (c: InboxContext): boolean => access.isSignedIn(c.req.header('cookie'));
	const small = bodyLimit({
		maxSize: maxBodyBytes,
		onError: (c) => json(413, { message: wordsIn(c as InboxContext).problem.asked }),
	});
	/** For the page's script: whoever is signed in, and in words where the store cannot be used. */
	const signedIn =
		(work: (c: InboxContext) => Promise<Response>) =>
		async (c: InboxContext): Promise<Response> => {
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
	addSignIn(app, { access, lockOut, log, small });
	app.get('/inbox/leads', signedIn(searching(async (c, search) => await giveLeads(c, queue, search))));
	app.get('/inbox/leads.csv', signedIn(searching(async (c, search) => await giveFile(c, queue, search))));
	app.post(
		'/inbox/action',
		small,
		signedIn(async (c) => await act(c, { queue, log })),
	);
	app.post(
		'/inbox/damage-seen',
		small,
		signedIn(async (c) => {
			if (!isSameOrigin((name) => c.req.header(name))) return json(403, { message: wordsIn(c).signIn.foreign });
			await queue.damageSeen?.();
			log.inbox('damageSeen');
			return json(200, { done: true });
		}),
	);
};
