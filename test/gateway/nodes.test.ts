import { createLead, type Host, type Policy, type Reply } from '../../packages/core/src';
import { type Api, as, createdBy, leadBody, openWorld, organization, replied, type World } from './world';
import { createHmac } from 'node:crypto';

const named = { 'idempotency-key': 'a' } as const;
const lost: Reply = { fault: { code: 'TIMEOUT', left: true } };
/** The first sending gets this, any later one is created. */
const first = (reply: Reply): Api => {
	let count = 0;
	return (request) => (++count === 1 ? reply : createdBy(request, count));
};
const seen = ({ status, headers }: Awaited<ReturnType<World['call']>>): readonly unknown[] => [
	status,
	headers['x-gateway-lead'],
	headers['idempotent-replayed'] ?? null,
];
const idIn = async (world: World, list: 'waiting' | 'unconfirmed'): Promise<string> =>
	(await world.gateway.queue.list(list, { text: '', limit: 1 })).leads[0]?.id ?? '';

describe('an Idempotency-Key is free again where its lead surely was not created, for whatever lead comes with it', () => {
	test.each<[name: string, reply: Reply]>([
		['invalid (400)', replied(400)],
		['invalid (422)', replied(422)],
		['failed: no such address', replied(404)],
		['failed: a redirect', replied(307)],
		['failed: not offered', replied(501)],
	])('%s', async (_name, reply) => {
		const world = await openWorld(first(reply));
		expect(seen(await world.call({ headers: named }))).toEqual(['status' in reply && reply.status, '1', null]);
		expect(seen(await (await world.crash()).call({ headers: named, body: leadBody(2) }))).toEqual([201, '2', null]);
	});

	test('forbidden, again and again while others of its organization pass', async () => {
		const isBad = (body: string): boolean => body.includes('Mona 1"');
		let refuses = true;
		const world = await openWorld((request) => (refuses && isBad(request.body) ? replied(403) : createdBy(request)));
		void world.call({ headers: { ...named, prefer: 'wait=0' } });
		for (let number = 2; number < 6; number++) {
			await world.clock.advance(1000);
			void world.call({ body: leadBody(number), headers: { prefer: 'wait=0' } });
			await world.clock.advance(600_000);
		}
		expect((await world.call({ method: 'GET', path: '/leads/1' })).status).toBe(403);
		refuses = false;
		expect(seen(await world.call({ headers: named }))).toEqual([201, '6', null]);
	});

	test('discarded by a person before it was sent', async () => {
		const world = await openWorld(first(replied(401)));
		await world.call({ headers: { ...named, prefer: 'wait=0' } });
		await world.clock.settle();
		await world.gateway.queue.discard(await idIn(world, 'waiting'));
		expect((await world.call({ method: 'GET', path: '/leads/1' })).status).toBe(410);
		const again = world.call({ headers: named });
		await world.clock.advance(2000);
		expect(seen(await again)).toEqual([201, '2', null]);
	});

	test('its answer was lost and the very same request comes again: sent anew, one lead at the API', async () => {
		const world = await openWorld(first(replied(400)));
		world.call({ headers: named }).hangUp();
		await world.clock.settle();
		const [one, other] = await Promise.all([world.call({ headers: named }), world.call({ headers: named })]);
		expect([seen(one), seen(other), world.sent.length]).toEqual([[201, '2', null], [201, '2', 'true'], 2]);
	});

	test('what came after it keeps the key, when the first one is forgotten or sent again by a person', async () => {
		const world = await openWorld(first(replied(400)), { keepDays: 1 });
		await world.call({ headers: named });
		await world.clock.advance(12 * 3_600_000);
		await world.call({ headers: named });
		const [refused] = (await world.gateway.queue.list('ended', { text: '', limit: 2 })).leads.slice(-1);
		await world.gateway.queue.retry(refused?.id ?? '');
		await world.call({ body: leadBody(9) });
		await world.clock.settle();
		expect(seen(await world.call({ headers: named }))).toEqual([201, '2', 'true']);
		await world.clock.advance(13 * 3_600_000);
		expect(seen(await world.call({ headers: named }))).toEqual([201, '2', 'true']);
	});
});

describe('a key whose lead exists or may exist answers as before, and says so', () => {
	test.each<[name: string, reply: Reply | undefined, status: number]>([
		['created', undefined, 201],
		['no answer', lost, 504],
		['something wrong there', replied(500), 500],
		['taken without a lead in the answer', replied(200), 200],
	])('%s', async (_name, reply, status) => {
		const world = await openWorld(reply === undefined ? undefined : first(reply));
		expect(seen(await world.call({ headers: named }))).toEqual([status, '1', null]);
		expect([seen(await world.call({ headers: named })), world.sent.length]).toEqual([[status, '1', 'true'], 1]);
	});

	test.each<[name: string, act: 'discard' | 'arrived']>([
		['no answer, and a person does not want it sent again', 'discard'],
		['no answer, and a person found it', 'arrived'],
	])('%s', async (_name, act) => {
		const world = await openWorld(() => lost);
		await world.call({ headers: named });
		await world.gateway.queue[act](await idIn(world, 'unconfirmed'));
		expect([seen(await world.call({ headers: named })), world.sent.length]).toEqual([[504, '1', 'true'], 1]);
	});

	test('while it waits: 202, and so to a question that is asked again', async () => {
		const world = await openWorld(() => replied(401));
		for (const isReplayed of [null, 'true', 'true'])
			expect(seen(await world.call({ headers: { ...named, prefer: 'wait=0' } }))).toEqual([202, '1', isReplayed]);
	});

	test('cut off on its way', async () => {
		const world = await openWorld(async () => await new Promise<Reply>(() => undefined));
		void world.call({ headers: named });
		await world.clock.settle();
		expect(seen(await (await world.crash()).call({ headers: named }))).toEqual([504, '1', 'true']);
	});
});

describe('another lead with the same key', () => {
	test.each<[name: string, reply: Reply]>([
		['while the first one waits', replied(401)],
		['after it was created', replied(201)],
		['after it got no answer', lost],
	])("%s: 422 with the first one's id, and nothing is sent", async (_name, reply) => {
		const world = await openWorld(first(reply));
		await world.call({ headers: { ...named, prefer: 'wait=0' } });
		await world.clock.settle();
		expect([seen(await world.call({ headers: named, body: leadBody(2) })), world.sent.length]).toEqual([
			[422, '1', 'true'],
			1,
		]);
	});

	test("known by the gateway's own duplicate key: the first one's outcome, whatever else the bodies say", async () => {
		const world = await openWorld(undefined, { duplicateKey: 'phone' });
		const { text } = await world.call();
		const again = await world.call({ body: { ...leadBody(1), campaignName: 'Another' } });
		expect([seen(again), again.text]).toEqual([[201, '1', 'true'], text]);
	});
});

describe('404 without an id is told only of what is forgotten for good', () => {
	const ask = (world: World, id = '1'): ReturnType<World['call']> =>
		world.call({ method: 'GET', path: `/api/v2/leads/${id}` });
	test('a store that cannot be read: come again, to a question and to a lead; a lead that was kept before is not told as gone', async () => {
		const world = await openWorld(async (request, { clock }) => {
			await clock.sleep(8000);
			return createdBy(request);
		});
		const waiting = world.call({ headers: named });
		const impatient = world.call({ headers: { ...named, prefer: 'wait=2' } });
		await world.clock.settle();
		world.store.unreadable = true;
		const asked = await ask(world);
		expect([asked.status, asked.headers['retry-after'], asked.headers['x-gateway-lead']]).toEqual([
			503,
			'5',
			undefined,
		]);
		const given = await world.call({ headers: named });
		expect([given.status, given.headers['retry-after'], given.headers['x-gateway-lead']]).toEqual([
			503,
			'5',
			undefined,
		]);
		await world.clock.advance(2000);
		expect(seen(await impatient)).toEqual([202, '1', 'true']);
		await world.clock.advance(6000);
		// Its end was told by whoever sent it.
		expect(seen(await waiting)).toEqual([201, '1', null]);
		world.store.unreadable = false;
		expect((await ask(world)).status).toBe(201);
	});

	test('forgotten after keepDays', async () => {
		const world = await openWorld(undefined, { keepDays: 1 });
		await world.call();
		await world.clock.advance(26 * 3_600_000);
		expect(seen(await ask(world))).toEqual([404, undefined, null]);
	});

	test('an id comes back from a path in which it is percent-encoded, and is visible ASCII', async () => {
		const world = await openWorld();
		const id = (await world.call()).headers['x-gateway-lead'] ?? '';
		expect(id).toMatch(/^(?!\.{1,2}$)[\x21-\x7e]{1,255}$/);
		expect(seen(await ask(world, `%${id.charCodeAt(0).toString(16)}${id.slice(1)}`))).toEqual([201, id, null]);
	});
});

test('a renewed API key is another account: its Idempotency-Keys are its own, and leads of the old one are not told to it', async () => {
	const world = await openWorld();
	await world.call({ headers: named });
	expect(seen(await world.call({ headers: { ...named, ...as('key-2') } }))).toEqual([201, '2', null]);
	expect((await world.call({ method: 'GET', path: '/leads/1', headers: as('key-2') })).status).toBe(404);
});

describe('a node over the gateway', () => {
	/** A node's own walk to an outcome, with this gateway instead of the network. `lose`: whose answers do not arrive. */
	const give = async (
		world: World,
		draft: object,
		policy: Partial<Policy> = {},
		lose: (call: number) => boolean = () => false,
	): Promise<string> => {
		let calls = 0;
		const host: Host = {
			send: async ({ method, url, headers, ...rest }) => {
				const call = ++calls;
				const small = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
				const calling = world.call({
					method,
					path: new URL(url).pathname,
					headers: small,
					...('body' in rest ? { body: rest.body } : {}),
				});
				await world.clock.settle();
				await world.clock.advance(1);
				const { status, headers: answered, text } = await calling;
				return lose(call) ? lost : { status, headers: answered, body: text };
			},
			sleep: async (ms) => {
				await world.clock.advance(ms);
			},
			now: world.clock.now,
			monotonicMs: world.clock.monotonicMs,
			random: Math.random,
			digest: (text, key) => createHmac('sha256', key).update(text).digest('base64url'),
		};
		const { outcome, cause } = await createLead(
			draft,
			{ baseUrl: 'http://gateway.test/api/v2', organizationId: organization, apiKey: 'key-1', gateway: true },
			policy,
			host,
		);
		return [outcome, cause.kind, ...('why' in cause ? [cause.why] : [])].join(' ');
	};
	const mona = { firstName: 'Mona', phone: '+201001234567' };
	const always = { duplicates: 'always' } as const;

	test.each<
		[name: string, api: Api, drafts: readonly object[], policy: Partial<Policy>, ends: readonly string[], sent: number]
	>([
		['created', (request) => createdBy(request), [mona], {}, ['created answered'], 1],
		['refused', () => replied(400), [mona], {}, ['invalid apiCheck'], 1],
		['no answer', () => lost, [mona], {}, ['unconfirmed serverFault'], 1],
		['held, then created', first(replied(429, { 'retry-after': '2' })), [mona], {}, ['created answered'], 2],
		[
			'held for longer than it waits',
			() => replied(401),
			[mona],
			{ maxWaitSeconds: 2 },
			['unconfirmed atGateway key'],
			2,
		],
		[
			'the same lead from two machines',
			(request) => createdBy(request),
			[mona, mona],
			always,
			['created answered', 'duplicate atGateway'],
			1,
		],
		[
			'the same person with other fields',
			(request) => createdBy(request),
			[mona, { ...mona, company: 'Other' }],
			always,
			['created answered', 'duplicate atGateway'],
			1,
		],
		[
			'refused, then corrected',
			first(replied(400)),
			[mona, { ...mona, company: 'Other' }],
			always,
			['invalid apiCheck', 'created answered'],
			2,
		],
		[
			'no answer, then given once more',
			() => lost,
			[mona, mona],
			always,
			['unconfirmed serverFault', 'unconfirmed earlier'],
			1,
		],
	])('%s', async (_name, api, drafts, policy, ends, sent) => {
		const world = await openWorld(api, { waitSeconds: 0.001 });
		const found: string[] = [];
		for (const draft of drafts) found.push(await give(world, draft, policy));
		expect([found, world.sent.length]).toEqual([ends, sent]);
	});

	test('answers of the gateway that are lost are asked for again: one lead at the API', async () => {
		const world = await openWorld();
		expect([await give(world, mona, {}, (call) => call < 3), world.sent.length]).toEqual(['created answered', 1]);
	});
});
