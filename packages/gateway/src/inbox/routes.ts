import type { NodeEnv } from '../api/nodeEnv';
import { act, actOnPart, check, correct } from './actionRoutes';
import { answer, type InboxContext, json, languageIn, page, wordsIn } from './answers';
import { files } from './files';
import type { InboxHost } from './host';
import { giveCsv, giveFacets, giveJson, giveLead, giveLeads, giveSelection, searching } from './leadsRoutes';
import { inboxPage, signInPage } from './page';
import { isSameOrigin } from './request';
import { addSignIn, queryIn } from './signInRoutes';
import { maxBulkActionBytes } from '@icloud-ready/outbox/view/bulkActionBody';
import type { Hono, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';

export { type InboxHost };

const maxBodyBytes = 10_000;
/** As large as a lead may be. */
const maxCorrectionBytes = 1024 * 1024;

/** Adds the inbox page, for those who know the token. */
export const addInbox = (app: Hono<NodeEnv>, host: InboxHost): void => {
	const { queue, access, lockOut, log } = host;
	const isIn = (c: InboxContext): boolean => access.isSignedIn(c.req.header('cookie'));
	const atMost = (maxSize: number): MiddlewareHandler<NodeEnv> =>
		bodyLimit({ maxSize, onError: (c) => json(413, { message: wordsIn(c as InboxContext).problem.asked }) });
	const small = atMost(maxBodyBytes);
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

	app.get('/inbox', (c) => page(200, isIn(c) ? inboxPage(languageIn(c)) : signInPage(languageIn(c), '', queryIn(c))));
	app.get('/inbox/page.css', async () => answer(200, 'text/css', await files.style()));
	app.get('/inbox/page.js', async () => answer(200, 'text/javascript', await files.script()));
	app.get('/inbox/icon.svg', () => answer(200, 'image/svg+xml', files.icon()));
	addSignIn(app, { access, lockOut, log, small });
	const finding = (path: string, give: typeof giveLeads): void => {
		app.get(`/inbox/${path}`, signedIn(searching(async (c, search) => await give(c, queue, search))));
	};
	const changing = (path: string, most: MiddlewareHandler<NodeEnv>, work: typeof act): void => {
		app.post(
			`/inbox/${path}`,
			most,
			signedIn(async (c) => await work(c, host)),
		);
	};
	finding('leads', giveLeads);
	finding('leads.csv', giveCsv);
	finding('leads.json', giveJson);
	finding('selection', giveSelection);
	finding('facets', giveFacets);
	app.get(
		'/inbox/lead',
		signedIn(async (c) => await giveLead(c, host)),
	);
	changing('action', small, act);
	changing('actions', atMost(maxBulkActionBytes), actOnPart);
	changing('check', atMost(maxCorrectionBytes), check);
	changing('correct', atMost(maxCorrectionBytes), correct);
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
