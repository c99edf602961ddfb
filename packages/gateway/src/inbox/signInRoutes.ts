import type { NodeEnv } from '../api/nodeEnv';
import type { Log } from '../watch/log';
import { type Access, endedCookie } from './access';
import { headers, type InboxContext, languageIn, page, wordsIn } from './answers';
import type { LockOut } from './lockOut';
import { signInPage } from './page';
import { isSameOrigin, pageQuery, tokenOf } from './request';
import type { Hono, MiddlewareHandler } from 'hono';

interface SignInHost {
	readonly access: Access;
	readonly lockOut: LockOut;
	readonly log: Pick<Log, 'inbox'>;
	/** Keeps large bodies out. */
	readonly small: MiddlewareHandler<NodeEnv>;
}

const addressOf = (c: InboxContext): string => c.env.incoming?.socket?.remoteAddress ?? '';
/** Whether the browser's way here is encrypted, as the proxy before this gateway says. */
const isSecure = (c: InboxContext): boolean => c.req.header('x-forwarded-proto') === 'https';
const isOwnPage = (c: InboxContext): boolean => isSameOrigin((name) => c.req.header(name));

/** Where whoever signs in wanted to go. */
export const queryIn = (c: InboxContext): string => pageQuery((name) => c.req.query(name), languageIn(c));

const refused = (c: InboxContext, status: number, why: string, more: Readonly<Record<string, string>> = {}): Response =>
	page(status, signInPage(languageIn(c), why, queryIn(c)), more);
const backTo = (c: InboxContext, cookie: string): Response =>
	new Response(null, {
		status: 303,
		headers: { ...headers, location: `/inbox?${queryIn(c)}`, 'set-cookie': cookie },
	});

const signIn = async (c: InboxContext, { access, lockOut, log }: SignInHost): Promise<Response> => {
	const { foreign, locked, wrong } = wordsIn(c).signIn;
	if (!isOwnPage(c)) return refused(c, 403, foreign);
	const address = addressOf(c);
	// Counted before the body is waited for: those that come together are not all let through to be looked at.
	const lockedMs = lockOut.begin(address);
	if (lockedMs > 0) {
		const seconds = Math.ceil(lockedMs / 1000);
		return refused(c, 429, locked(seconds), { 'retry-after': String(seconds) });
	}
	if (!access.isToken(tokenOf(await c.req.parseBody().catch(() => undefined)))) {
		log.inbox('refused');
		return refused(c, 401, wrong);
	}
	lockOut.right(address);
	log.inbox('signedIn');
	return backTo(c, access.cookie(isSecure(c)));
};

export const addSignIn = (app: Hono<NodeEnv>, host: SignInHost): void => {
	app.post('/inbox/sign-in', host.small, async (c) => await signIn(c, host));
	app.post('/inbox/sign-out', (c) =>
		isOwnPage(c) ? backTo(c, endedCookie) : refused(c, 403, wordsIn(c).signIn.foreign),
	);
};
