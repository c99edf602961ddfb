import { createdBy, leadBody } from '../../gateway/world';
import { pause, until } from '../until';
import { openFaultyProxy } from './faultyProxy';
import { useRedisWorld } from './redisWorld';
import { Redis } from 'ioredis';

const world = useRedisWorld();
const notices = (log: readonly string[]): string => log.filter((line) => line.includes('"notice"')).join('\n');

afterEach(async () => {
	world().redis.goOn();
});

test('Redis ended: nothing is taken, in words and soon; it comes back by itself and what waited goes', async () => {
	const one = await world().open();
	world().api = () => ({ status: 429, headers: { 'retry-after': '3' }, body: '' });
	const waiting = await one.call({ headers: { prefer: 'wait=0' } });
	await until(() => world().sent.length === 1);
	await pause(100);
	await world().redis.kill();
	const startedAtMs = Date.now();
	const refused = await one.call({ body: leadBody(2) });
	expect([refused.status, refused.headers['retry-after'], await one.gateway.queue.isReady()]).toEqual([
		503,
		'5',
		false,
	]);
	expect(Date.now() - startedAtMs).toBeLessThan(45_000);
	expect((await one.gateway.app.request('/readyz')).status).toBe(503);
	// It is known here that this one was safe.
	expect((await one.call({ method: 'GET', path: `/leads/${String(waiting.json.id)}` })).status).toBe(202);
	world().api = (request) => createdBy(request);
	await world().redis.start();
	await until(async () => await one.gateway.queue.isReady());
	await until(
		async () => (await one.call({ method: 'GET', path: `/leads/${String(waiting.json.id)}` })).status === 201,
	);
	expect((await one.call({ body: leadBody(3) })).status).toBe(201);
	expect(notices(one.log)).toMatch(/cannot be reached[\s\S]*can be reached again/);
});

test.each<[name: string, awayMs: number, status: number]>([
	['for a moment: it is asked once more, and that is the same lead', 500, 201],
	['for longer: its giver hears that nobody knows, with an id that tells later', 7000, 504],
])(
	'Redis took a lead, but its answer is lost %s',
	async (_name, awayMs, status) => {
		const proxy = await openFaultyProxy(Number(new URL(world().redis.url).port));
		// The answer by which a worker takes the lead may be lost as well: then it is found stalled 20 seconds later, and sent.
		const one = await world().open({ redis: proxy.url, waitSeconds: 40 });
		await one.call();
		proxy.loseAnswerTo('+201001200002', awayMs);
		const answer = await one.call({ body: leadBody(2) });
		expect(answer.status).toBe(status);
		await until(
			async () =>
				(await one.call({ method: 'GET', path: `/leads/${answer.headers['x-gateway-lead'] ?? ''}` })).status === 201,
		);
		expect((await one.call({ body: leadBody(3) })).status).toBe(201);
		expect(
			world()
				.sent.map(({ body }) => /Mona \d/.exec(body)?.[0])
				.sort(),
		).toEqual(['Mona 1', 'Mona 2', 'Mona 3']);
		await one.close();
		await proxy.close();
	},
	180_000,
);

test('Redis answers nothing at all: it is told soon, and nothing is kept', async () => {
	const one = await world().open();
	await one.call();
	world().redis.pause();
	const startedAtMs = Date.now();
	const { status } = await one.call({ body: leadBody(2) });
	world().redis.goOn();
	expect([status, Date.now() - startedAtMs < 45_000]).toEqual([503, true]);
	await pause(1000);
	expect(world().sent.length).toBe(1);
});

test('the answer to a lead comes while Redis is away: it is written when Redis is back', async () => {
	const one = await world().open();
	let letGo = (): void => undefined;
	const answered = new Promise<void>((resolve) => {
		letGo = resolve;
	});
	world().api = async (request) => {
		await answered;
		return createdBy(request);
	};
	const { json } = await one.call({ headers: { prefer: 'wait=0' } });
	await until(() => world().sent.length === 1);
	await world().redis.kill();
	letGo();
	await pause(1000);
	await world().redis.start();
	await until(async () => (await one.call({ method: 'GET', path: `/leads/${String(json.id)}` })).status === 201);
	expect(world().sent.length).toBe(1);
});

test.each<[name: string, isLate: boolean, status: number]>([
	['and its answer comes later: it is known after all', true, 201],
	['and no answer comes: it stays unconfirmed', false, 504],
])(
	'a worker that lost its lock in the middle of a sending: another does not send it again, %s',
	async (_name, isLate, status) => {
		const [one, other] = [await world().open(), await world().open()];
		let letGo = (): void => undefined;
		const answered = new Promise<void>((resolve) => {
			letGo = resolve;
		});
		world().api = async (request) => {
			await answered;
			return isLate ? createdBy(request) : { fault: { code: 'TIMEOUT', left: true } };
		};
		const { json } = await one.call({ headers: { prefer: 'wait=0' } });
		const path = `/leads/${String(json.id)}`;
		await until(() => world().sent.length === 1);
		const client = new Redis(world().redis.url);
		for (const key of await client.keys('*:lock')) await client.del(key);
		client.disconnect();
		await until(async () => (await other.call({ method: 'GET', path })).status === 504);
		letGo();
		await until(async () => (await other.call({ method: 'GET', path })).status === status);
		await pause(1500);
		expect([
			(await other.call({ method: 'GET', path })).status,
			world().sent.length,
			(await one.gateway.queue.counts()).unconfirmed,
		]).toEqual([status, 1, isLate ? 0 : 1]);
	},
	180_000,
);

test('a gateway that stops lets what is on its way end, and another sends the rest', async () => {
	const one = await world().open({ concurrency: 2, stopSeconds: 5 });
	world().api = async (request) => {
		await pause(700);
		return createdBy(request);
	};
	for (let number = 1; number <= 6; number++) await one.call({ headers: { prefer: 'wait=0' }, body: leadBody(number) });
	await until(() => world().sent.length === 2);
	await one.close();
	expect(world().sent.length).toBeLessThanOrEqual(4);
	const other = await world().open({ concurrency: 2 });
	await until(async () => (await other.gateway.queue.list('ended', { text: '', limit: 10 })).leads.length === 6);
	expect([world().sent.length, (await other.gateway.queue.counts()).unconfirmed]).toEqual([6, 0]);
});

test.each<[name: string, settings: Readonly<Record<string, string>>, words: RegExp]>([
	['throws away', { 'maxmemory-policy': 'allkeys-lru' }, /maxmemory-policy is allkeys-lru.*noeviction/],
	['writes once a second', { appendfsync: 'everysec' }, /once a second.*always/],
	['writes nothing', { appendonly: 'no' }, /memory only.*appendonly/],
])('a Redis that %s: it is said at the start', async (_name, settings, words) => {
	const client = new Redis(world().redis.url);
	const before = await Promise.all(
		Object.keys(settings).map(async (name) => (await client.config('GET', name)) as string[]),
	);
	for (const [name, value] of Object.entries(settings)) await client.config('SET', name, value);
	const one = await world().open();
	for (const [name = '', value = ''] of before) await client.config('SET', name, value);
	client.disconnect();
	expect(notices(one.log)).toMatch(words);
});
