import type { LeadsPage } from '../../packages/node-red/src/runtime/account/outboxRoutes';
import type { ShownOutbox } from '../../packages/node-red/src/runtime/account/shownOutboxes';
import type { OutboxRow } from '../../packages/node-red/src/runtime/outbox/leadRows';
import type { ShownFacets } from '../../packages/outbox/src/view/shownFacets';
import { searchHeaders } from '../../packages/outbox/src/view/searchText';
import { apiKey, helper, type RunningFlow, startFlow, until, useOwnUserFolder, useSandbox } from './flow';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const sandbox = useSandbox();
const folder = useOwnUserFolder();

/** Whatever comes after it waits for longer than any test takes. */
const limit = [1, 2, 3].map(() => ({ status: 429, headers: { 'Retry-After': '600' } }));
const person = (number: number): Record<string, unknown> => ({
	name: `Mona Ali ${number}`,
	phone: `0100123${String(number).padStart(4, '0')}`,
	email: `mona${number}@example.com`,
});
const start = async (baseUrl = sandbox().baseUrl, account: Record<string, unknown> = {}): Promise<RunningFlow> =>
	await startFlow(baseUrl, {
		account: { outbox: 'disk', name: 'Sales', maxTries: 1, ...account },
		node: { name: 'Website' },
	});

const get = async <T>(path: string, text = ''): Promise<{ readonly status: number; readonly body: T }> =>
	(await helper.request().get(`/icloud-ready/outbox${path}`).set(searchHeaders(text))) as never;
const leadsOf = async (query: string, text = ''): Promise<LeadsPage> =>
	(await get<LeadsPage>(`/account/leads?${query}`, text)).body;
const act = async (id: string, action: string): Promise<unknown> =>
	(
		await helper
			.request()
			.post(`/icloud-ready/outbox/account/leads/${encodeURIComponent(id)}/${action}`)
			.send({})
	).body;
/** Counts are told before the write: only what is listed stays. Until the store is open there is no list. */
const listed = async (shelf: 'waiting' | 'unconfirmed' | 'ended', count: number): Promise<void> =>
	await until(
		async () =>
			(await get<Partial<LeadsPage>>(`/account/leads?shelf=${shelf}`)).body.leads?.length === count &&
			(shelf !== 'waiting' || (await get<ShownOutbox[]>('')).body[0]?.held === 'limit') &&
			(await leadsOf('shelf=sending')).leads.length === 0,
	);

test('the accounts that keep leads, with what they hold and why it waits', async () => {
	sandbox().failNext(limit);
	const flow = await start();
	flow.send({ payload: person(1) });
	await listed('waiting', 1);
	expect((await get('')).body).toEqual([
		{
			id: 'account',
			name: 'Sales',
			counts: { waiting: 1, sending: 0, unconfirmed: 0, ended: 0 },
			held: 'limit',
			isBroken: false,
		},
	]);
});

test('an account that sends at once is not among them, and has no leads to show', async () => {
	await startFlow(sandbox().baseUrl);
	expect((await get('')).body).toEqual([]);
	expect(await get('/account/leads?shelf=waiting')).toMatchObject({
		status: 404,
		body: { message: expect.stringMatching(/No running account/) },
	});
});

test('a lead with its person, what came of it, and the node that took it in', async () => {
	sandbox().failNext({ status: 500 });
	(await start()).send({ payload: { ...person(1), question: 'Villa' } });
	await listed('unconfirmed', 1);
	const {
		leads: [lead],
	} = await leadsOf('shelf=unconfirmed');
	expect(lead).toMatchObject({
		name: 'Mona Ali 1',
		phone: '+201001230001',
		email: 'mona1@example.com',
		node: { id: 'lead', name: 'Website' },
		outcome: {
			kind: 'unconfirmed',
			label: 'Unconfirmed',
			message: expect.stringMatching(/\.$/),
			hint: expect.stringMatching(/\+201001230001/),
		},
	});
	expect(lead?.fields).toContainEqual({ name: 'customField', value: 'question: Villa' });
	expect((await leadsOf('shelf=unconfirmed&language=ar')).leads[0]?.outcome?.message).toMatch(/[\u0600-\u06FF]/);
});

test('pages, newest first, and a search', async () => {
	sandbox().failNext(limit);
	const flow = await start();
	for (const number of [1, 2, 3]) flow.send({ payload: person(number) });
	await listed('waiting', 3);
	const names = (page: LeadsPage): readonly string[] => page.leads.map(({ name }) => name);
	const first = await leadsOf('shelf=waiting&limit=2');
	expect(names(first)).toEqual(['Mona Ali 3', 'Mona Ali 2']);
	expect(names(await leadsOf(`shelf=waiting&limit=2&after=${encodeURIComponent(first.next ?? '')}`))).toEqual([
		'Mona Ali 1',
	]);
	expect(names(await leadsOf('shelf=waiting', 'MONA2@'))).toEqual(['Mona Ali 2']);
	expect(names(await leadsOf('shelf=waiting&limit=999999'))).toHaveLength(3);
});

test.each<[name: string, query: string]>([
	['no list', ''],
	['a list that is none', 'shelf=nowhere'],
	['two lists', 'shelf=waiting&shelf=ended'],
	['a limit of nothing', 'shelf=waiting&limit=0'],
	['a limit in words', 'shelf=waiting&limit=ten'],
	['a place that is none', 'shelf=waiting&after=x'],
	['a text in the address', 'shelf=waiting&text=mona'],
	['no text in the address', 'shelf=waiting&text='],
	['a text in parts', 'shelf=waiting&text[a]=b'],
])('%s: 400 with words', async (_name, query) => {
	await start();
	expect(await get(`/account/leads?${query}`)).toMatchObject({
		status: 400,
		body: { message: expect.stringMatching(/^[A-Z].*\.$/) },
	});
});

test.each<[name: string, header: string]>([
	['too long', 'x'.repeat(201)],
	['not encoded', '%'],
])('a text that is %s: 400 with words', async (_name, header) => {
	await start();
	for (const path of ['leads', 'leads.csv'])
		expect(
			await helper.request().get(`/icloud-ready/outbox/account/${path}?shelf=waiting`).set('x-search', header),
		).toMatchObject({ status: 400, body: { message: expect.stringMatching(/^The search text.*\.$/) } });
});

test('an unconfirmed lead that is sent again is created', async () => {
	sandbox().failNext({ status: 500 });
	(await start()).send({ payload: person(1) });
	await listed('unconfirmed', 1);
	const { id } = (await leadsOf('shelf=unconfirmed')).leads[0] as OutboxRow;
	expect(await act(id, 'retry')).toEqual({ done: true });
	await listed('ended', 1);
	expect([sandbox().leadCount, (await leadsOf('shelf=ended')).leads[0]?.outcome?.kind]).toEqual([1, 'created']);
});

test('one that arrived has ended; what is not there any more is not done', async () => {
	sandbox().failNext({ status: 500 });
	(await start()).send({ payload: person(1) });
	await listed('unconfirmed', 1);
	const { id } = (await leadsOf('shelf=unconfirmed')).leads[0] as OutboxRow;
	expect([
		await act(id, 'arrived'),
		await act(id, 'arrived'),
		await act(id, 'discard'),
		await act('none', 'retry'),
	]).toEqual([true, false, false, false].map((done) => ({ done })));
	expect((await leadsOf('shelf=ended')).leads[0]).toMatchObject({ id, resolved: 'arrived' });
});

test('one of an organization of its own, whose id has signs in it, is discarded and never sent', async () => {
	sandbox().failNext(limit);
	const flow = await start();
	flow.send({ payload: person(1), organizationId: 'a/b %?#' });
	await listed('waiting', 1);
	const { id } = (await leadsOf('shelf=waiting')).leads[0] as OutboxRow;
	await until(async () => ((await act(id, 'discard')) as { readonly done: boolean }).done);
	expect((await leadsOf('shelf=ended')).leads[0]).toMatchObject({ id, resolved: 'discarded' });
	expect((await leadsOf('shelf=waiting')).leads).toEqual([]);
});

test('CSV: what was looked for, with the mark for Excel, never the key', async () => {
	sandbox().failNext(limit);
	const flow = await start();
	for (const payload of [person(1), { name: '=منى', phone: '01001239999' }]) flow.send({ payload });
	await listed('waiting', 2);
	const { status, text, headers } = (await get<never>('/account/leads.csv?shelf=waiting')) as unknown as {
		readonly status: number;
		readonly text: string;
		readonly headers: Record<string, string>;
	};
	expect([status, headers['content-type'], headers['content-disposition']]).toEqual([
		200,
		'text/csv; charset=utf-8',
		'attachment; filename="icloud-ready-leads-waiting.csv"',
	]);
	expect(text.split('\r\n')).toHaveLength(4);
	expect(text).toMatch(/,'=منى,/);
	expect(text).not.toContain(apiKey);
	const found = (await get<never>('/account/leads.csv?shelf=waiting', 'mona1@')) as unknown as {
		readonly text: string;
	};
	expect(found.text.split('\r\n')).toHaveLength(3);
	expect(await get('/account/leads.csv?shelf=nowhere')).toMatchObject({ status: 400 });
});

test('filters, what there is to filter by, and a JSON file of what is filtered', async () => {
	sandbox().failNext([{ status: 400 }, { status: 500 }]);
	const flow = await start();
	for (const [number, leadSource] of [
		[1, 'Facebook'],
		[2, 'Google'],
		[3, 'Google'],
	] as const)
		flow.send({ payload: { ...person(number), leadSource } });
	await listed('ended', 2);
	const names = (page: LeadsPage): readonly string[] => page.leads.map(({ name }) => name);
	const google = await leadsOf('shelf=ended&source=Google');
	expect(names(google)).toEqual(['Mona Ali 3']);
	expect(google.leads[0]).toMatchObject({
		source: 'Google',
		attempts: [{ kind: 'created', status: 201, atMs: expect.any(Number), answer: expect.stringContaining('{') }],
	});
	expect(names(await leadsOf('shelf=ended&outcome=invalid'))).toEqual(['Mona Ali 1']);
	expect(names(await leadsOf(`shelf=ended&to=${Date.now() - 60_000}`))).toEqual([]);
	const facetsOf = async (language: string): Promise<ShownFacets> =>
		(await get<ShownFacets>(`/account/facets?shelf=ended&language=${language}`)).body;
	await until(async () => (await facetsOf('en')).isPending !== true);
	expect(await facetsOf('ar')).toEqual({
		outcomes: expect.arrayContaining([{ value: 'created', label: expect.stringMatching(/[\u0600-\u06FF]/) }]),
		sources: expect.arrayContaining(['Facebook', 'Google']),
		organizations: [],
	});
	const file = (await helper
		.request()
		.get('/icloud-ready/outbox/account/leads.json?shelf=ended&outcome=invalid')) as unknown as {
		readonly headers: Record<string, string>;
		readonly body: unknown;
	};
	expect(file.headers['content-disposition']).toBe('attachment; filename="icloud-ready-leads-ended.json"');
	expect(file.body).toEqual([
		expect.objectContaining({ name: 'Mona Ali 1', source: 'Facebook', email: 'mona1@example.com' }),
	]);
});

test('a store that cannot be used: the account says so, its leads are a 503 with words', async () => {
	writeFileSync(join(folder(), 'icloud-ready'), 'not a folder');
	await start();
	await until(async () => (await get<ShownOutbox[]>('')).body[0]?.isBroken === true);
	for (const path of ['leads?shelf=waiting', 'leads.csv?shelf=waiting'])
		expect(await get(`/account/${path}`)).toMatchObject({
			status: 503,
			body: { message: expect.stringMatching(/cannot be used/) },
		});
	expect(await act('000000000000001~', 'retry')).toMatchObject({ message: expect.stringMatching(/cannot be used/) });
});

const post = async (path: string, body: object): Promise<{ readonly status: number; readonly body: unknown }> =>
	(await helper.request().post(`/icloud-ready/outbox/account/${path}`).send(body)) as never;

describe('many at once', () => {
	const bulkId = 'the-name-of-one-act';

	test('all that match are chosen, and each is done once however often it is asked for', async () => {
		sandbox().failNext(limit);
		const flow = await start();
		for (const number of [1, 2, 3]) flow.send({ payload: person(number) });
		await listed('waiting', 3);
		const { body } = await get<{ readonly leads: readonly { readonly id: string }[] }>(
			'/account/selection?shelf=waiting',
			'mona1@',
		);
		expect(body.leads).toHaveLength(1);
		const all = await get<typeof body>('/account/selection?shelf=waiting');
		const ids = all.body.leads.map(({ id }) => id);
		for (const done of [3, 3])
			expect((await post('actions', { action: 'discard', ids, bulkId })).body).toEqual({ done });
		expect((await post('actions', { action: 'discard', ids, bulkId: `${bulkId}-2` })).body).toEqual({ done: 0 });
		expect((await leadsOf('shelf=ended&outcome=discarded')).leads).toHaveLength(3);
	});

	test.each([{}, { action: 'discard', ids: ['x'] }, { action: 'close', ids: ['x'], bulkId }])(
		'%j: 400 with words',
		async (body) => {
			await start();
			await listed('ended', 0);
			expect(await post('actions', body)).toMatchObject({ status: 400, body: { message: expect.any(String) } });
		},
	);
});

describe('an invalid lead', () => {
	const wrong = { name: 'Karim Nabil', phone: '0100', email: 'karim@example.com', campaign: 'Villas' };

	test('is not kept unless the account says so', async () => {
		const flow = await start();
		flow.send({ payload: wrong });
		await flow.endings(1);
		await listed('ended', 0);
	});

	test('is kept where the account says so, and is corrected into a new lead, which its node tells of', async () => {
		const flow = await start(sandbox().baseUrl, { keepInvalid: true });
		await listed('ended', 0);
		flow.send({ payload: wrong });
		await until(async () => (await leadsOf('shelf=ended')).leads.length === 1);
		const [first] = (await leadsOf('shelf=ended')).leads;
		expect(first).toMatchObject({ kind: 'invalid', mayCorrect: true, email: 'karim@example.com' });
		const id = first?.id ?? '';
		const { body } = await get<{ readonly form: readonly { readonly name: string; readonly value: string }[] }>(
			`/account/leads/${encodeURIComponent(id)}/form`,
		);
		expect(body.form.find(({ name }) => name === 'phone')?.value).toBe('0100');
		expect(await post('check', { id, values: {} })).toMatchObject({
			body: { done: false, issues: [{ name: 'phone' }] },
		});
		const values = { phone: '0100 123 4503' };
		for (let round = 0; round < 2; round++)
			expect((await post('correct', { id, values })).body).toMatchObject({ done: true, issues: [] });
		await until(async () => (await leadsOf('shelf=ended&outcome=created')).leads.length === 1);
		expect(sandbox().calls.filter(({ body: sent }) => sent.includes('+201001234503'))).toHaveLength(1);
		expect((await leadsOf('shelf=ended&outcome=corrected')).leads).toMatchObject([{ id, actions: [] }]);
		await flow.endings(2);
	});

	test.each([{}, { id: 'x', values: { stranger: 'x' } }])('%j: 400 with words', async (body) => {
		await start();
		await listed('ended', 0);
		for (const path of ['check', 'correct'])
			expect(await post(path, body)).toMatchObject({ status: 400, body: { message: expect.any(String) } });
	});
});
