import { readSettings } from '../../packages/gateway/src/main/settings';
import { adminToken, openInboxWorld, ownPage } from './inboxWorld';
import { openWorld, secret } from './world';

const places = [
	'/inbox',
	'/inbox/leads?list=waiting',
	'/inbox/leads.csv?list=ended',
	'/inbox/page.js',
	'/inbox/page.css',
	'/inbox/icon.svg',
] as const;

test.each(places)('without a token there is no %s', async (path) => {
	const world = await openWorld();
	expect((await world.gateway.app.request(path)).status).toBe(404);
	expect((await world.gateway.app.request('/inbox/sign-in', { method: 'POST' })).status).toBe(404);
});

test.each([
	['short', /GATEWAY_ADMIN_TOKEN is too short/],
	['               x               ', /too short/],
])('the token "%s" is refused in words', (token, words) => {
	const read = readSettings([], { GATEWAY_SECRET: secret, GATEWAY_ADMIN_TOKEN: token });
	expect(read.kind === 'mistake' ? read.message : read.kind).toMatch(words);
});

test('the token comes from the environment only, and an empty one is none', () => {
	expect(readSettings(['--admin-token', adminToken], { GATEWAY_SECRET: secret })).toMatchObject({ kind: 'mistake' });
	expect(readSettings([], { GATEWAY_SECRET: secret, GATEWAY_ADMIN_TOKEN: '' })).toMatchObject({
		settings: { adminToken: '' },
	});
});

describe('who is not signed in', () => {
	test('sees the form for it and no lead', async () => {
		const world = await openInboxWorld();
		await world.call();
		const { status, text } = await world.ask('/inbox');
		expect([status, /name="token"/.test(text), /page\.js|Mona/.test(text)]).toEqual([200, true, false]);
	});

	test.each([
		['/inbox/leads?list=ended', 'GET'],
		['/inbox/leads.csv?list=ended', 'GET'],
		['/inbox/leads.json?list=ended', 'GET'],
		['/inbox/selection?list=ended', 'GET'],
		['/inbox/facets?list=ended', 'GET'],
		['/inbox/lead?id=000000000000001~', 'GET'],
		['/inbox/action', 'POST'],
		['/inbox/actions', 'POST'],
		['/inbox/check', 'POST'],
		['/inbox/correct', 'POST'],
	])('%s is 401 and says nothing', async (path, method) => {
		const world = await openInboxWorld();
		await world.call();
		const { status, text } = await world.ask(path, { method, headers: ownPage });
		expect([status, /Mona|\+2010/.test(text)]).toEqual([401, false]);
	});

	test.each<[name: string, cookie: (right: string) => string]>([
		['an empty cookie', () => 'icloud_ready_inbox='],
		['a time without a signature', (right) => right.replace(/\..*/, '.')],
		['a later time', (right) => right.replace(/=(\d+)/, (_, ms: string) => `=${Number(ms) + 1}`)],
		['another signature', (right) => right.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))],
		['another name', (right) => `x${right}`],
	])('%s lets nobody in', async (_name, cookie) => {
		const world = await openInboxWorld();
		expect((await world.askAs(cookie(await world.cookie()), '/inbox/leads?list=waiting')).status).toBe(401);
	});
});

describe('signing in', () => {
	test('the cookie is for the inbox alone, for no script and no other site, and ends by itself', async () => {
		const world = await openInboxWorld();
		const { status, headers } = await world.signIn(` ${adminToken} `);
		expect([status, headers.get('location'), headers.get('set-cookie')]).toEqual([
			303,
			'/inbox?lang=en',
			expect.stringMatching(/^icloud_ready_inbox=\d+\.[\w-]+; Path=\/inbox; HttpOnly; SameSite=Strict; Max-Age=28800$/),
		]);
		const cookie = await world.cookie();
		expect((await world.askAs(`a=b; ${cookie}`, '/inbox/leads?list=waiting')).status).toBe(200);
		await world.clock.advance(8 * 3_600_000);
		expect((await world.askAs(cookie, '/inbox/leads?list=waiting')).status).toBe(401);
	});

	test('behind a proxy with HTTPS the cookie goes nowhere without encryption', async () => {
		const world = await openInboxWorld();
		const { headers } = await world.signIn(adminToken, { headers: { ...ownPage, 'x-forwarded-proto': 'https' } });
		expect(headers.get('set-cookie')).toMatch(/; Secure$/);
	});

	test('another gateway with the same secret and token takes the cookie; another token or secret does not', async () => {
		const cookie = await (await openInboxWorld()).cookie();
		const status = async (changed: object): Promise<number> =>
			(await (await openInboxWorld(undefined, changed)).askAs(cookie, '/inbox/leads?list=waiting')).status;
		expect([
			await status({}),
			await status({ adminToken: `${adminToken}!` }),
			await status({ secret: `${secret}!` }),
		]).toEqual([200, 401, 401]);
	});

	test('signing out ends it in this browser', async () => {
		const world = await openInboxWorld();
		const { status, headers } = await world.askAs(await world.cookie(), '/inbox/sign-out', { method: 'POST' });
		expect([status, headers.get('set-cookie')]).toEqual([
			303,
			expect.stringMatching(/^icloud_ready_inbox=; Path=\/inbox; .*Max-Age=0$/),
		]);
	});

	test('a wrong token says so; after five, an address waits, and another does not', async () => {
		const world = await openInboxWorld();
		for (let tries = 0; tries < 5; tries++) expect((await world.signIn('a token that is wrong')).status).toBe(401);
		const locked = await world.signIn(adminToken);
		expect([locked.status, locked.headers.get('retry-after'), locked.headers.get('set-cookie')]).toEqual([
			429,
			'10',
			null,
		]);
		expect((await world.signIn(adminToken, { from: '192.0.2.2' })).status).toBe(303);
		await world.clock.advance(10_000);
		expect((await world.signIn('wrong once more')).status).toBe(401);
		expect((await world.signIn(adminToken)).headers.get('retry-after')).toBe('20');
		await world.clock.advance(20_000);
		expect((await world.signIn(adminToken)).status).toBe(303);
		expect((await world.signIn('a token that is wrong')).status).toBe(401);
	});

	test.each([
		['nothing', ''],
		['a list', 'token=a&token=b'],
		['JSON', '{"token":1}'],
		['10 kB and more', `token=${'x'.repeat(20_000)}`],
	])('%s in place of a token is no way in', async (_name, body) => {
		const world = await openInboxWorld();
		const { status, headers } = await world.ask('/inbox/sign-in', {
			method: 'POST',
			body,
			headers: {
				...ownPage,
				'content-type': 'application/x-www-form-urlencoded',
				'content-length': String(body.length),
			},
		});
		expect([[401, 413].includes(status), headers.get('set-cookie')]).toEqual([true, null]);
	});
});

const strangers: [name: string, headers: Readonly<Record<string, string>>][] = [
	['another site', { host: 'gateway.test', origin: 'http://evil.test' }],
	['a site beside it', { host: 'gateway.test', origin: 'http://gateway.test', 'sec-fetch-site': 'same-site' }],
	[
		'another site, as the browser says',
		{ host: 'gateway.test', origin: 'http://gateway.test', 'sec-fetch-site': 'cross-site' },
	],
	['a page of nobody', { host: 'gateway.test', origin: 'null' }],
	['whoever does not say', { host: 'gateway.test' }],
];

test.each(strangers)('a request that changes something is not taken from %s', async (_name, headers) => {
	const world = await openInboxWorld();
	const cookie = await world.cookie();
	const body = JSON.stringify({ id: 'x', action: 'discard', ids: ['x'], bulkId: 'x'.repeat(32), values: {} });
	for (const path of ['action', 'actions', 'check', 'correct', 'damage-seen'])
		expect([
			path,
			(
				await world.ask(`/inbox/${path}`, {
					method: 'POST',
					body,
					headers: { cookie, 'content-type': 'application/json', ...headers },
				})
			).status,
		]).toEqual([path, 403]);
	expect(
		(await world.ask('/inbox/sign-out', { method: 'POST', headers: { cookie, ...headers } })).headers.get('set-cookie'),
	).toBeNull();
	const signedIn = await world.signIn(adminToken, { headers });
	expect([signedIn.status, signedIn.headers.get('set-cookie')]).toEqual([403, null]);
});

test.each([
	['/inbox?list=ended&outcome=invalid&lead=1~a', 'list=ended&outcome=invalid&lead=1%7Ea'],
	['/inbox?list=ended&next=http://evil.test&text=Mona', 'list=ended'],
	['/inbox?list="><script>', 'list=%22%3E%3Cscript%3E'],
])('signing in leads from %s to what was asked for, and nowhere else', async (path, query) => {
	const world = await openInboxWorld();
	const form = (await world.ask(path)).text;
	const action = /action="([^"]*)"/.exec(form)?.[1]?.replaceAll('&amp;', '&') ?? '';
	expect(action).toBe(`/inbox/sign-in?lang=en&${query}`);
	const signedIn = await world.ask(action, {
		method: 'POST',
		body: new URLSearchParams({ token: adminToken }).toString(),
		headers: { ...ownPage, 'content-type': 'application/x-www-form-urlencoded' },
	});
	expect(signedIn.headers.get('location')).toBe(`/inbox?lang=en&${query}`);
});

test('what changes something is no GET', async () => {
	const world = await openInboxWorld();
	const cookie = await world.cookie();
	for (const path of [
		'/inbox/action',
		'/inbox/actions',
		'/inbox/check',
		'/inbox/correct',
		'/inbox/sign-in',
		'/inbox/sign-out',
	])
		expect((await world.askAs(cookie, path)).status).toBe(404);
});

test('every answer keeps strangers out and is kept nowhere', async () => {
	const world = await openInboxWorld();
	const cookie = await world.cookie();
	for (const path of places) {
		const { headers, status } = await world.askAs(cookie, path);
		expect([path, status]).toEqual([path, 200]);
		expect(headers.get('content-security-policy')).toMatch(
			/^default-src 'none'; script-src 'self'; style-src 'self';.* form-action 'self'; frame-ancestors 'none'$/,
		);
		expect([
			headers.get('x-content-type-options'),
			headers.get('referrer-policy'),
			headers.get('cache-control'),
		]).toEqual(['nosniff', 'same-origin', 'no-store']);
	}
	for (const path of ['/inbox', '/inbox?lang=ar'])
		expect((await world.askAs(cookie, path)).text).not.toMatch(/(?:src|href)="(?:https?:)?\/\/| on\w+=|style=/);
});

test('neither the token nor the secret nor a key stands in an answer or the log', async () => {
	const world = await openInboxWorld();
	await world.call();
	const cookie = await world.cookie();
	const answers = [
		await world.signIn(adminToken),
		await world.signIn('a wrong token of somebody'),
		...(await Promise.all(places.map(async (path) => await world.askAs(cookie, path)))),
	];
	const texts = [
		...answers.map(({ text, headers }) => text + JSON.stringify([...headers])),
		...world.log,
		(await world.ask('/metrics')).text,
	].join('\n');
	for (const hidden of [adminToken, encodeURIComponent(adminToken), secret, 'key-1', 'a wrong token of somebody'])
		expect(texts).not.toContain(hidden);
	expect(world.log.map((line) => (JSON.parse(line) as { did?: string }).did).filter(Boolean)).toEqual([
		'signedIn',
		'signedIn',
		'refused',
	]);
});
