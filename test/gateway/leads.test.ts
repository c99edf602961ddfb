import { interpretResponse, type Reply } from '../../packages/core/src';
import { type Api, as, createdBy, leadBody, openWorld, organization, replied, type World } from './world';

const get = (world: World, id: unknown, headers: Readonly<Record<string, string>> = {}): ReturnType<World['call']> =>
	world.call({ method: 'GET', path: `/api/v2/leads/${String(id)}`, headers });
/** Answers in order; the last one for all that comes after. */
const inOrder = (...replies: readonly (Reply | 'created')[]): Api => {
	let next = 0;
	return (request) => {
		const reply = replies[Math.min(next++, replies.length - 1)] ?? 'created';
		return reply === 'created' ? createdBy(request, next) : reply;
	};
};

test("a lead reaches the API as it was given, and the API's answer comes back as it was", async () => {
	const world = await openWorld();
	const body =
		'{ "leadInformation": {"firstName":"Mona","phone":"+201001234567"},  "big": 12345678901234567890, "more": {"x":[1]} }';
	const answer = await world.call({ body });
	expect(world.sent).toEqual([
		{
			method: 'POST',
			url: 'https://crm.test/api/v2/leads',
			headers: {
				'content-type': 'application/json',
				accept: 'application/json',
				organizationId: organization,
				'x-api-key': 'key-1',
			},
			body,
		},
	]);
	expect([answer.status, answer.text]).toEqual([201, (createdBy(world.sent[0] as never) as { body: string }).body]);
	expect([
		answer.headers['x-gateway-lead'],
		answer.headers['x-gateway-outcome'],
		answer.headers['content-type'],
	]).toEqual(['1', 'created', 'application/json']);
	expect((await get(world, 1)).text).toBe(answer.text);
});

test.each([
	['a', 'application/json'],
	['json', 'text/plain;charset=UTF-8'],
	['application', 'text/plain;charset=UTF-8'],
])('the answer to the key %s keeps its content type where the key is not in it', async (apiKey, contentType) => {
	const world = await openWorld(() => replied(400, { 'content-type': 'application/json' }));
	const answer = await world.call({ headers: as(apiKey) });
	expect([answer.status, answer.headers['content-type']]).toEqual([400, contentType]);
});

describe('answers that end a lead are passed on, and a node reads the same outcome', () => {
	test.each<[name: string, reply: Reply, status: number, outcome: string]>([
		['created', createdBy({ method: 'POST', url: '', headers: {}, body: '{}' }), 201, 'created'],
		['invalid', replied(400), 400, 'invalid'],
		['unprocessable', replied(422), 422, 'invalid'],
		['no such address', replied(404), 404, 'failed'],
		['a redirect', { status: 307, headers: { location: 'https://elsewhere.test' }, body: '' }, 307, 'failed'],
		['something wrong there', replied(500), 500, 'unconfirmed'],
		['accepted without a lead', replied(200), 200, 'unconfirmed'],
		['no content', { status: 204, headers: {}, body: '' }, 204, 'unconfirmed'],
		['a status that is none', { status: 999, headers: {}, body: 'x' }, 504, 'unconfirmed'],
		['no answer', { fault: { code: 'TIMEOUT', left: true } }, 504, 'unconfirmed'],
		['a cut', { fault: { code: 'ECONNRESET', left: true } }, 504, 'unconfirmed'],
	])('%s', async (_name, reply, status, outcome) => {
		const world = await openWorld(() => reply);
		const answer = await world.call();
		expect([answer.status, answer.headers['x-gateway-outcome'], answer.headers.location]).toEqual([
			status,
			outcome,
			undefined,
		]);
		expect(interpretResponse({ status: answer.status, headers: answer.headers, body: answer.text }).outcome).toBe(
			outcome,
		);
		expect([world.sent.length, (await get(world, 1)).status]).toEqual([1, status]);
	});
});

describe('what ends no lead holds its key, and words say why', () => {
	test.each<[name: string, first: Reply, words: RegExp]>([
		['the key', replied(401), /key was refused/],
		['the permission', replied(403), /may not create leads in this organization/],
		['the limit', replied(429, { 'retry-after': '3' }), /not accepting more leads right now/],
		['a server too busy', replied(503, { 'retry-after': '3' }), /not accepting more leads right now/],
		['no way to the API', { fault: { code: 'ECONNREFUSED', left: false } }, /cannot be reached/],
	])('%s', async (_name, first, words) => {
		const world = await openWorld(inOrder(first, 'created'));
		const answer = await world.call({ headers: { prefer: 'wait=0' } });
		expect(answer.status).toBe(202);
		await world.clock.settle();
		const waiting = await get(world, answer.json.id);
		expect([waiting.status, waiting.json.state, waiting.headers['x-gateway-lead'], answer.headers.location]).toEqual([
			202,
			'waiting',
			'1',
			'/api/v2/leads/1',
		]);
		expect(waiting.json.message).toMatch(words);
		await world.clock.advance(5000);
		expect([(await get(world, 1)).status, world.sent.length]).toEqual([201, 2]);
	});

	test('another key goes on meanwhile', async () => {
		const world = await openWorld((request) =>
			request.headers['x-api-key'] === 'old' ? replied(401) : createdBy(request),
		);
		for (let number = 1; number <= 5; number++)
			void world.call({ headers: as('old', 'organization a'), body: leadBody(number) });
		const answer = await world.call({ headers: as('good', 'organization b') });
		expect(answer.status).toBe(201);
		await world.clock.settle();
		expect((await world.gateway.queue.counts()).waiting).toBe(5);
	});

	test('a permission holds its organization alone', async () => {
		const world = await openWorld((request) =>
			request.headers.organizationId === 'closed' ? replied(403) : createdBy(request),
		);
		void world.call({ headers: as('key-1', 'closed') });
		await world.clock.settle();
		expect((await world.call({ headers: as('key-1', 'open') })).status).toBe(201);
	});
});

describe('how long a request waits', () => {
	const slow: Api = async (request, { clock }) => {
		await clock.sleep(8000);
		return createdBy(request);
	};
	test.each<[name: string, prefer: string, waitSeconds: number, status: number, state: string | undefined]>([
		['as the gateway says', '', 20, 201, undefined],
		['no longer than the gateway says', 'wait=600', 5, 202, 'sending'],
		['less, as the client says', 'respond-async, wait=2', 20, 202, 'sending'],
		['not at all', 'wait=0', 20, 202, undefined],
		['as the gateway says where the client says nothing sensible', 'wait=soon', 20, 201, undefined],
	])('%s', async (_name, prefer, waitSeconds, status, state) => {
		const world = await openWorld(slow, { waitSeconds });
		const answer = world.call({ headers: { prefer } });
		await world.clock.advance(10_000);
		expect((await answer).status).toBe(status);
		if (state !== undefined) expect((await answer).json.state).toBe(state);
		expect((await get(world, 1)).status).toBe(201);
	});

	test('a client that hung up does not keep its lead from being sent', async () => {
		const world = await openWorld(slow);
		const call = world.call();
		await world.clock.settle();
		call.hangUp();
		await world.clock.settle();
		expect((await call).status).toBe(202);
		await world.clock.advance(10_000);
		expect((await get(world, 1)).status).toBe(201);
	});
});

describe('who may ask for a lead', () => {
	test.each<[name: string, id: string, headers: Readonly<Record<string, string>>, status: number]>([
		['its own account', '1', {}, 201],
		['another key', '1', as('key-2'), 404],
		['another organization', '1', as('key-1', 'another'), 404],
		['nobody', '1', { 'x-api-key': '' }, 401],
		['an id that is none', '..%2f1', {}, 404],
		['an id of nothing', '2', {}, 404],
		['a number that is no number', '1e3', {}, 404],
	])('%s', async (_name, id, headers, status) => {
		const world = await openWorld();
		await world.call();
		for (const path of ['/api/v2/leads/', '/leads/']) {
			const answer = await world.call({ method: 'GET', path: path + id, headers });
			expect([answer.status, answer.headers['x-gateway-lead']]).toEqual([status, status === 201 ? '1' : undefined]);
		}
	});
});

describe('what is not taken, in words', () => {
	test.each<[name: string, call: Parameters<World['call']>[0], status: number, words: RegExp]>([
		['no key', { headers: { 'x-api-key': '' } }, 401, /x-api-key header is missing/],
		['a key with letters that no header holds', { headers: { 'x-api-key': 'ключ' } }, 400, /cannot be sent/],
		['no JSON', { body: '{"a":' }, 400, /not a JSON object/],
		['a list', { body: [leadBody()] }, 400, /not a JSON object/],
		['a text', { body: '"Mona"' }, 400, /not a JSON object/],
		['nothing', { body: '' }, 400, /not a JSON object/],
		['a body too long', { body: { ...leadBody(), text: 'a'.repeat(1024 * 1024) } }, 413, /larger than 1 MB/],
		[
			'a body too long that does not say so',
			{ body: { ...leadBody(), text: 'a'.repeat(1024 * 1024) }, headers: { 'content-length': '' } },
			413,
			/larger than 1 MB/,
		],
		['an Idempotency-Key with a space', { headers: { 'idempotency-key': 'a b' } }, 400, /Idempotency-Key/],
		['an Idempotency-Key too long', { headers: { 'idempotency-key': 'a'.repeat(256) } }, 400, /Idempotency-Key/],
		['another method', { method: 'PUT' }, 405, /POST/],
		['another address', { path: '/api/v2/contacts' }, 404, /nothing here/],
	])('%s', async (_name, call, status, words) => {
		const world = await openWorld();
		const answer = await world.call(call);
		expect([answer.status, answer.headers['x-gateway-lead'], world.sent.length]).toEqual([status, undefined, 0]);
		expect(answer.json.message).toMatch(words);
	});

	test.each<[name: string, break_: (world: World) => void, changed: object]>([
		[
			'the store cannot be written',
			({ store }) => {
				store.failing = true;
			},
			{},
		],
		['too many wait', () => undefined, { maxWaiting: 0 }],
		['it is being stopped', ({ gateway }) => gateway.stop(), {}],
	])('%s: nothing is kept, and the client is told when to come again', async (_name, break_, changed) => {
		const store = (await openWorld()).store;
		const world = await openWorld(undefined, changed, store);
		break_(world.store === store ? world : world);
		const answer = await world.call();
		expect([answer.status, answer.headers['retry-after'], answer.headers['x-gateway-lead']]).toEqual([
			503,
			'5',
			undefined,
		]);
		expect(interpretResponse({ status: 503, headers: answer.headers, body: answer.text }).outcome).toBe('failed');
		expect([world.sent, store.shelf('waiting')]).toEqual([[], []]);
	});
});

describe('a body that lacks what the API requires is a question, answered at once and not kept', () => {
	test.each<[name: string, reply: Reply, status: number]>([
		["the API's check", replied(400), 400],
		['a key that is refused', replied(401), 401],
		['the limit', replied(429, { 'retry-after': '7' }), 429],
		['no way to the API', { fault: { code: 'ECONNREFUSED', left: false } }, 503],
		['no answer', { fault: { code: 'TIMEOUT', left: true } }, 504],
	])('%s', async (_name, reply, status) => {
		const world = await openWorld(() => reply);
		const answer = await world.call({ body: {} });
		expect([answer.status, answer.headers['x-gateway-lead'], world.store.shelf('ended').length]).toEqual([
			status,
			undefined,
			0,
		]);
		expect(answer.headers['retry-after']).toBe(status === 429 ? '7' : status === 503 ? '5' : undefined);
	});
});

test('stopping answers who waits, sends what is on its way to its end and keeps the rest', async () => {
	const world = await openWorld(
		async (request, { clock }) => {
			await clock.sleep(3000);
			return createdBy(request);
		},
		{ concurrency: 1 },
	);
	const calls = [1, 2].map((number) => world.call({ body: leadBody(number) }));
	await world.clock.settle();
	const closed = world.gateway.close();
	await world.clock.settle();
	expect((await Promise.all(calls)).map(({ status, json }) => [status, json.state])).toEqual([
		[202, 'sending'],
		[202, 'waiting'],
	]);
	await world.clock.advance(3000);
	await closed;
	expect([world.store.shelf('ended').length, world.store.shelf('waiting').length, world.sent.length]).toEqual([
		1, 1, 1,
	]);
	const next = await world.crash();
	await next.clock.advance(3000);
	expect((await get(next, 2)).status).toBe(201);
});

test('a gateway that ends without a word: what was on its way is unconfirmed and not sent again, the rest goes', async () => {
	let isFirst = true;
	const world = await openWorld(
		async (request) => {
			if (isFirst) return await new Promise<Reply>(() => undefined);
			return createdBy(request);
		},
		{ concurrency: 1 },
	);
	for (const number of [1, 2, 3]) void world.call({ body: leadBody(number) });
	await world.clock.settle();
	isFirst = false;
	const next = await world.crash();
	await next.clock.settle();
	expect([(await get(next, 1)).status, (await get(next, 1)).json.message]).toEqual([
		504,
		expect.stringContaining('program stopped while the lead was being sent'),
	]);
	expect([(await get(next, 2)).status, (await get(next, 3)).status, next.sent.length]).toEqual([201, 201, 2]);
});

test('a lead that waits for its turn is not marked as sent: a crash then doubles and loses nothing', async () => {
	const world = await openWorld(undefined, { maxPerSecond: 1 });
	for (let number = 1; number <= 4; number++) void world.call({ body: leadBody(number) });
	await world.clock.settle();
	const next = await world.crash();
	await next.clock.advance(10_000);
	expect([
		world.sent.length + next.sent.length,
		next.store.shelf('unconfirmed').length,
		next.store.shelf('ended').length,
	]).toEqual([4, 0, 4]);
});
