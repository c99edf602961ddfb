import type { Reply } from '../../../packages/core/src';
import type { Settings } from '../../../packages/gateway/src/main/settings';
import { canary, traceOf } from '../../fixtures/canary';
import { as, createdBy, leadBody, replied } from '../../gateway/world';
import { pause, until } from '../until';
import { useRedisWorld } from './redisWorld';

const world = useRedisWorld();
const named = (key: string): Readonly<Record<string, string>> => ({ 'idempotency-key': key });
const lost: Reply = { fault: { code: 'TIMEOUT', left: true } };

test('a lead reaches the API and its answer comes back, whichever gateway is asked', async () => {
	const [one, other] = [await world().open(), await world().open()];
	const answer = await one.call();
	expect([answer.status, answer.headers['x-gateway-outcome'], world().sent.length]).toEqual([201, 'created', 1]);
	const path = `/leads/${answer.headers['x-gateway-lead']}`;
	expect((await other.call({ method: 'GET', path })).text).toBe(answer.text);
	expect((await other.call({ method: 'GET', path, headers: as('key-2') })).status).toBe(404);
	expect((await other.call({ method: 'GET', path, headers: as('key-1', 'another') })).status).toBe(404);
	expect(one.log.filter((line) => line.includes('notice'))).toEqual([]);
});

describe('the same Idempotency-Key', () => {
	test('at the same time over two gateways: one lead, and the same answer for all', async () => {
		const gateways = [await world().open(), await world().open()];
		world().api = async (request) => {
			await pause(300);
			return createdBy(request);
		};
		const answers = await Promise.all(
			Array.from({ length: 10 }, async (_, index) => await gateways[index % 2]?.call({ headers: named('a') })),
		);
		expect([
			world().sent.length,
			new Set(answers.map((answer) => answer?.text)).size,
			new Set(answers.map((answer) => answer?.headers['x-gateway-lead'])).size,
		]).toEqual([1, 1, 1]);
		expect(answers.map((answer) => answer?.headers['idempotent-replayed'] ?? '').sort()).toEqual([
			'',
			...Array.from({ length: 9 }, () => 'true'),
		]);
	});

	test.each<[name: string, reply: Reply | undefined, second: object, status: number, sent: number]>([
		['later, after it was created', undefined, {}, 201, 1],
		['later, after its answer was lost', lost, {}, 504, 1],
		['after it was refused: it goes anew', replied(400), {}, 400, 2],
		['after it was refused: it goes corrected', replied(400), { body: leadBody(2) }, 400, 2],
		['with another body', undefined, { body: leadBody(2) }, 422, 1],
		['with the same body spaced otherwise', undefined, { body: JSON.stringify(leadBody(1), null, 2) }, 201, 1],
		['of another key', undefined, { headers: { ...named('a'), ...as('key-2') }, body: leadBody(2) }, 201, 2],
		[
			'of another organization',
			undefined,
			{ headers: { ...named('a'), ...as('key-1', 'b') }, body: leadBody(2) },
			201,
			2,
		],
	])('%s', async (_name, reply, second, status, sent) => {
		const [one, other] = [await world().open(), await world().open()];
		if (reply !== undefined) world().api = () => reply;
		await one.call({ headers: named('a') });
		expect([(await other.call({ headers: named('a'), ...second })).status, world().sent.length]).toEqual([
			status,
			sent,
		]);
	});

	test('is forgotten after keepDays, and so is its lead', async () => {
		const one = await world().open({ keepDays: 0 });
		const id = (await one.call({ headers: named('a') })).headers['x-gateway-lead'] ?? '';
		await until(async () => (await one.call({ method: 'GET', path: `/leads/${id}` })).status === 404);
		expect([
			(await one.gateway.queue.list('ended', { text: '', limit: 5 })).leads,
			(await one.call({ headers: named('a') })).headers['idempotent-replayed'],
		]).toEqual([[], undefined]);
	});
});

test.each<[name: string, choice: Settings['duplicateKey'], second: object, sent: number]>([
	['off: every lead is one', 'off', {}, 2],
	['the same phone, another body', 'phone', { campaignName: 'other' }, 1],
	['another campaign', 'phoneAndCampaign', { campaignName: 'other' }, 2],
])('without an Idempotency-Key: %s', async (_name, duplicateKey, second, sent) => {
	const [one, other] = [await world().open({ duplicateKey }), await world().open({ duplicateKey })];
	await one.call();
	expect([(await other.call({ body: { ...leadBody(), ...second } })).status, world().sent.length]).toEqual([201, sent]);
});

describe('what ends no lead holds its key at every gateway, and words say why', () => {
	test.each<[name: string, first: Reply, words: RegExp]>([
		['the key', replied(401), /key was refused/],
		['the permission', replied(403), /may not create leads in this organization/],
		['the limit', replied(429, { 'retry-after': '2' }), /not accepting more leads right now/],
		['a server too busy', replied(503, { 'retry-after': '2' }), /not accepting more leads right now/],
		['no way to the API', { fault: { code: 'ECONNREFUSED', left: false } }, /cannot be reached/],
	])('%s', async (_name, first, words) => {
		const [one, other] = [await world().open(), await world().open()];
		let isFirst = true;
		world().api = (request) => (isFirst ? first : createdBy(request));
		const { json } = await one.call({ headers: { prefer: 'wait=0' } });
		await until(() => world().sent.length === 1);
		await pause(100);
		const waiting = await other.call({ method: 'GET', path: `/leads/${String(json.id)}` });
		expect([waiting.status, waiting.json.state, waiting.json.message]).toEqual([
			202,
			'waiting',
			expect.stringMatching(words),
		]);
		isFirst = false;
		await until(
			async () => (await one.call({ method: 'GET', path: `/leads/${String(json.id)}` })).status === 201,
			60_000,
		);
		expect(world().sent.length).toBe(2);
	});

	test('another key goes on meanwhile, and one lead at a time asks whether the hold is over', async () => {
		const [one, other] = [await world().open(), await world().open()];
		world().api = (request) => (request.headers['x-api-key'] === 'old' ? replied(401) : createdBy(request));
		for (let number = 1; number <= 20; number++)
			void [one, other][number % 2]?.call({ headers: { ...as('old'), prefer: 'wait=0' }, body: leadBody(number) });
		expect((await one.call({ headers: as('good', 'another') })).status).toBe(201);
		await until(async () => (await other.gateway.queue.counts()).waiting === 20);
		await pause(4000);
		const asked = world().sent.filter(({ headers }) => headers['x-api-key'] === 'old').length;
		// As many as are on their way at once, then one after 1 and 2 more seconds.
		expect(asked).toBeLessThanOrEqual(5 + 3);
	});

	test('a permission holds its organization alone', async () => {
		const one = await world().open();
		world().api = (request) => (request.headers.organizationId === 'closed' ? replied(403) : createdBy(request));
		for (let number = 1; number <= 5; number++)
			void one.call({ headers: { ...as('key-1', 'closed'), prefer: 'wait=0' }, body: leadBody(number) });
		expect((await one.call({ headers: as('key-1', 'open') })).status).toBe(201);
	});

	test('after three lost answers in a row the rest waits', async () => {
		const one = await world().open({ concurrency: 1 });
		world().api = () => lost;
		for (let number = 1; number <= 6; number++)
			await one.call({ headers: { prefer: 'wait=0' }, body: leadBody(number) });
		await until(() => world().sent.length === 3);
		await pause(500);
		const { unconfirmed, waiting } = await one.gateway.queue.counts();
		expect([world().sent.length, unconfirmed, waiting]).toEqual([3, 3, 3]);
	});
});

describe('a key that is refused', () => {
	let isOldGood = false;
	const works = (request: Parameters<ReturnType<typeof world>['api']>[0]): Reply => {
		const key = request.headers['x-api-key'];
		if (key === 'old' && isOldGood) return createdBy(request);
		if (key === 'foreign') return { ...createdBy(request), body: JSON.stringify({ _id: 'x', realmId: 'foreign' }) };
		return key === 'new' ? createdBy(request) : replied(401);
	};
	test.each<[name: string, order: readonly string[], waiting: number]>([
		['its leads go with a newer key of the same organization', ['old', 'old', 'new'], 0],
		['not with one that was in use before', ['new', 'old', 'new'], 1],
		['not with one whose answers name another organization', ['old', 'foreign'], 1],
		['not with one that is refused as well', ['old', 'newer'], 2],
	])('%s', async (_name, order, waiting) => {
		const [one, other] = [await world().open(), await world().open()];
		world().api = works;
		isOldGood = true;
		await one.call({ headers: as('old'), body: leadBody(99) });
		isOldGood = false;
		await pause(500);
		for (const [index, key] of order.entries()) {
			const before = world().sent.length;
			await [one, other][index % 2]?.call({ headers: { ...as(key), prefer: 'wait=0' }, body: leadBody(index + 1) });
			await until(() => world().sent.length > before || (index > 0 && order[index - 1] === key));
			await pause(150);
		}
		await until(async () => (await one.gateway.queue.counts()).waiting === waiting);
		await pause(300);
		expect((await one.gateway.queue.counts()).waiting).toBe(waiting);
	});
});

test('no key is in Redis or on its disk, while leads wait and after they ended', async () => {
	const one = await world().open();
	world().api = (request) =>
		request.headers.organizationId === 'held'
			? replied(401)
			: { ...createdBy(request), body: JSON.stringify({ _id: 'x', echo: request.headers['x-api-key'] }) };
	await one.call({ headers: { ...as(canary), ...named('a') } });
	await one.call({ headers: { ...as(canary, 'held'), prefer: 'wait=0' } });
	await until(() => world().sent.length === 2);
	await pause(100);
	const written = world().redis.files();
	expect([written.includes('sealed'), traceOf(written), traceOf(one.log.join())]).toEqual([true, '', '']);
});

test('as many wait as may, and the rest is told to come again', async () => {
	const one = await world().open({ maxWaiting: 4 });
	await one.call({ body: leadBody(9) });
	world().api = () => replied(401);
	await pause(500);
	const statuses = [];
	for (let number = 1; number <= 3; number++)
		statuses.push(
			(await one.call({ headers: { ...named(String(number)), prefer: 'wait=0' }, body: leadBody(number) })).status,
		);
	expect(statuses).toEqual([202, 202, 503]);
	expect(
		(await one.call({ headers: { ...named('1'), prefer: 'wait=0' }, body: leadBody(1) })).headers[
			'idempotent-replayed'
		],
	).toBe('true');
	const { waiting, sending } = await one.gateway.queue.counts();
	expect(waiting + sending).toBe(2);
});
