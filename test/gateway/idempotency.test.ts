import type { Reply } from '../../packages/core/src';
import { type Api, as, createdBy, leadBody, openWorld, replied, type World } from './world';

const named = (key: string): Readonly<Record<string, string>> => ({ 'idempotency-key': key });
const seen = (answers: readonly Awaited<ReturnType<World['call']>>[]): readonly unknown[] =>
	answers.map(({ status, headers }) => [status, headers['x-gateway-lead'], headers['idempotent-replayed'] ?? null]);

describe('the same Idempotency-Key', () => {
	test('at the same time: one lead, and the same answer for all', async () => {
		const world = await openWorld(async (request, { clock }) => {
			await clock.sleep(1000);
			return createdBy(request);
		});
		const calls = Array.from({ length: 5 }, () => world.call({ headers: named('a') }));
		await world.clock.advance(1000);
		const answers = await Promise.all(calls);
		expect(seen(answers)).toEqual([[201, '1', null], ...Array.from({ length: 4 }, () => [201, '1', 'true'])]);
		expect([new Set(answers.map(({ text }) => text)).size, world.sent.length]).toEqual([1, 1]);
	});

	test.each<[name: string, reply: Reply]>([
		['created', replied(201)],
		['taken with an answer that names no lead', replied(200)],
		['lost', { fault: { code: 'TIMEOUT', left: true } }],
	])('later, after it was %s: the same answer and nothing sent', async (_name, reply) => {
		const world = await openWorld(() => reply);
		const first = await world.call({ headers: named('a') });
		const second = await (await world.crash()).call({ headers: named('a') });
		expect([second.status, second.text, second.headers['idempotent-replayed'], world.sent.length]).toEqual([
			first.status,
			first.text,
			'true',
			1,
		]);
	});

	test.each<[name: string, second: Parameters<World['call']>[0], expected: readonly unknown[], sent: number]>([
		['with another body', { headers: named('a'), body: leadBody(2) }, [422, '1', 'true'], 1],
		[
			'with the same body spaced otherwise',
			{ headers: named('a'), body: JSON.stringify(leadBody(1), null, 2) },
			[201, '1', 'true'],
			1,
		],
		['of another key', { headers: { ...named('a'), ...as('key-2') }, body: leadBody(2) }, [201, '2', null], 2],
		[
			'of another organization',
			{ headers: { ...named('a'), ...as('key-1', 'b') }, body: leadBody(2) },
			[201, '2', null],
			2,
		],
		['but another one', { headers: named('b') }, [201, '2', null], 2],
		['but none', {}, [201, '2', null], 2],
	])('%s', async (_name, second, expected, sent) => {
		const world = await openWorld();
		await world.call({ headers: named('a') });
		expect([seen([await world.call(second)]), world.sent.length]).toEqual([[expected], sent]);
	});

	test('is forgotten after keepDays', async () => {
		const world = await openWorld(undefined, { keepDays: 1 });
		await world.call({ headers: named('a') });
		await world.clock.advance(26 * 3_600_000);
		expect(seen([await world.call({ headers: named('a') })])).toEqual([[201, '2', null]]);
	});

	test('a lead that could not be kept is taken when it comes again', async () => {
		const world = await openWorld();
		world.store.failing = true;
		expect((await world.call({ headers: named('a') })).status).toBe(503);
		world.store.failing = false;
		expect(seen([await world.call({ headers: named('a') })])).toEqual([[201, '2', null]]);
	});
});

describe('without an Idempotency-Key, by the chosen field', () => {
	const other = (changes: object): object => ({ ...leadBody(1), ...changes });
	test.each<[name: string, duplicateKey: 'off' | 'phone' | 'email' | 'phoneAndCampaign', second: object, sent: number]>(
		[
			['off: every lead is one', 'off', other({}), 2],
			['the same phone', 'phone', other({ campaignName: 'other' }), 1],
			[
				'the same phone, spelled otherwise',
				'phone',
				{ leadInformation: { firstName: 'M', phone: '+20 100-12 00001' } },
				1,
			],
			['another phone', 'phone', leadBody(2), 2],
			['no email on either: the phone', 'email', other({}), 1],
			['another campaign', 'phoneAndCampaign', other({ campaignName: 'other' }), 2],
		],
	)('%s', async (_name, duplicateKey, second, sent) => {
		const world = await openWorld(undefined, { duplicateKey });
		await world.call();
		const answer = await world.call({ body: second });
		expect([answer.status, world.sent.length, answer.headers['idempotent-replayed'] ?? null]).toEqual([
			201,
			sent,
			sent === 1 ? 'true' : null,
		]);
	});

	test.each<[name: string, reply: Reply, sent: number]>([
		['one that was refused may be sent corrected', replied(400), 2],
		['one that got no answer is not sent again', { fault: { code: 'TIMEOUT', left: true } }, 1],
	])('%s', async (_name, reply, sent) => {
		const world = await openWorld(() => reply, { duplicateKey: 'phone' });
		await world.call();
		await world.call();
		expect(world.sent).toHaveLength(sent);
	});
});

describe('a key that is refused', () => {
	/** Keys that work; the API names another organization for a key of somebody else. */
	const keys =
		(...good: readonly string[]): Api =>
		(request) => {
			const key = request.headers['x-api-key'] ?? '';
			if (key === 'foreign') return { ...createdBy(request), body: JSON.stringify({ _id: 'x', realmId: 'foreign' }) };
			return good.includes(key) ? createdBy(request) : replied(401);
		};
	const held = async (world: World): Promise<number> => (await world.gateway.queue.counts()).waiting;
	const give = async (world: World, ...keysInTurn: readonly string[]): Promise<void> => {
		for (const [index, key] of keysInTurn.entries()) {
			void world.call({ headers: { ...as(key), prefer: 'wait=0' }, body: leadBody(index + 1) });
			await world.clock.settle();
		}
	};

	test('its leads go with a newer key of the same organization, and whoever asks with the old one hears of it', async () => {
		const good = ['old', 'new'];
		const world = await openWorld((request) => keys(...good)(request, { clock }));
		const { clock } = world;
		await give(world, 'old');
		good.shift();
		await give(world, 'old', 'old', 'old');
		expect(await held(world)).toBe(3);
		await give(world, 'new');
		expect([await held(world), world.sent.filter(({ headers }) => headers['x-api-key'] === 'new').length]).toEqual([
			0, 4,
		]);
		expect((await world.call({ method: 'GET', path: '/leads/2', headers: as('old') })).status).toBe(201);
	});

	test.each<[name: string, order: readonly string[], waiting: number]>([
		['a lead that comes when the newer key is in use already: who was shut out stays out', ['new', 'old', 'new'], 1],
		['a key whose answers name another organization', ['old', 'foreign'], 1],
		['a newer key that is refused as well', ['old', 'newer'], 2],
	])('does not go with: %s', async (_name, order, waiting) => {
		const world = await openWorld(keys('new'));
		await give(world, ...order);
		expect(await held(world)).toBe(waiting);
	});

	test('goes by itself when it works again', async () => {
		const good: string[] = [];
		const world = await openWorld((request) =>
			good.includes(request.headers['x-api-key'] ?? '') ? createdBy(request) : replied(401),
		);
		await give(world, 'old', 'old');
		good.push('old');
		await world.clock.advance(300_000);
		expect(await held(world)).toBe(0);
	});
});

test('a lead sent again by a person goes with the key of its account, as soon as that is known', async () => {
	let isLost = true;
	const world = await openWorld((request) =>
		isLost ? { fault: { code: 'TIMEOUT', left: true } } : createdBy(request),
	);
	await world.call();
	isLost = false;
	const next = await world.crash();
	const {
		leads: [lead],
	} = await next.gateway.queue.list('unconfirmed', { text: '', limit: 1 });
	expect(await next.gateway.queue.retry(lead?.id ?? '')).toBe(true);
	await next.clock.settle();
	expect(next.sent).toEqual([]);
	await next.call({ body: leadBody(2) });
	await next.clock.settle();
	expect([next.sent.length, (await next.call({ method: 'GET', path: '/leads/1' })).status]).toEqual([2, 201]);
});
