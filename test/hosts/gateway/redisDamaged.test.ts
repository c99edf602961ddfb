import { indexKeys, queuePrefix, stateKeys } from '../../../packages/gateway/src/stores/redis/redisKeys';
import { createdBy, leadBody, replied } from '../../gateway/world';
import { until } from '../until';
import { type OneGateway, useRedisWorld } from './redisWorld';
import { Redis } from 'ioredis';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const world = useRedisWorld();

type Data = Record<string, unknown>;

/** What is written over the data of a lead that waits, and what has to become of it. */
const rows: readonly (readonly [
	name: string,
	write: (data: Data) => string,
	end: 'created' | 'unconfirmed' | 'waits',
])[] = [
	['nothing', (data) => JSON.stringify(data), 'created'],
	['a field that nobody knows', (data) => JSON.stringify({ ...data, added: { by: 'another' } }), 'created'],
	['no JSON', (data) => JSON.stringify(data).slice(0, -5), 'unconfirmed'],
	['an empty text', () => '', 'unconfirmed'],
	['null', () => 'null', 'unconfirmed'],
	['no body', ({ body: _, ...data }) => JSON.stringify(data), 'unconfirmed'],
	['a body of another type', (data) => JSON.stringify({ ...data, body: { a: 1 } }), 'unconfirmed'],
	['no version', ({ schemaVersion: _, ...data }) => JSON.stringify(data), 'unconfirmed'],
	['a version that is none', (data) => JSON.stringify({ ...data, schemaVersion: '1' }), 'unconfirmed'],
	['another account', (data) => JSON.stringify({ ...data, account: 'somebody.else' }), 'unconfirmed'],
	['an outcome that is none', (data) => JSON.stringify({ ...data, outcome: { outcome: 'eaten' } }), 'unconfirmed'],
	['a newer version', () => JSON.stringify({ schemaVersion: 2, next: true }), 'waits'],
];
const countOf = (wanted: string): number => rows.filter(([, , end]) => end === wanted).length;

test('whatever stands in Redis: what cannot be read is unconfirmed and told, the rest goes, and what is newer is left', async () => {
	const one = await world().open();
	expect((await one.call({ body: leadBody(99) })).status).toBe(201);
	world().api = () => replied(401);
	const named = (index: number): Readonly<Record<string, string>> => ({
		'idempotency-key': `lead-${index}`,
		prefer: 'wait=0',
	});
	const ids: string[] = [];
	for (const index of rows.keys())
		ids.push(String((await one.call({ headers: named(index), body: leadBody(index + 1) })).json.id));
	await until(async () => (await one.gateway.queue.counts()).waiting === rows.length);
	await one.close();

	const redis = new Redis(world().redis.url);
	const [group = ''] = await redis.hkeys(indexKeys.shares);
	const jobOf = (index: number): string => [queuePrefix, group, ids[index]].join(':');
	const written: string[] = [];
	for (const [index, [, write]] of rows.entries()) {
		const text = write(JSON.parse((await redis.hget(jobOf(index), 'data')) ?? '') as Data);
		written.push(text);
		await redis.hset(jobOf(index), 'data', text);
	}
	await redis.set(stateKeys.hold(group), '{"schemaVersion":1,"why":"moon"}');
	await redis.set(stateKeys.pace(group), 'nonsense');
	await redis.sadd(indexKeys.groups, 'a:b');
	await redis.hset(indexKeys.shares, 'a:b', '1');
	await redis.zadd(indexKeys.open, 0, 'nonsense');

	const before = world().sent.length;
	world().api = (request) => createdBy(request);
	const [other, another] = [await world().open(), await world().open()];
	await redis.publish(indexKeys.events, 'nonsense');
	await redis.publish(indexKeys.events, '{"schemaVersion":9}');
	const listed = async (): Promise<number> => (await other.gateway.queue.counts()).unconfirmed;
	await until(
		async () => (await listed()) === countOf('unconfirmed') && world().sent.length === before + countOf('created'),
	);

	const log = [...other.log, ...another.log];
	const about = (words: string): number => log.filter((line) => line.includes(words)).length;
	for (const [index, [name, , end]] of rows.entries()) {
		const answer = await other.call({ headers: named(index), body: leadBody(index + 1) });
		expect({ name, status: answer.status }).toEqual({
			name,
			status: { created: 201, unconfirmed: 504, waits: 202 }[end],
		});
		expect({ name, told: about(`Lead ${ids[index]} cannot be read`) > 0 }).toEqual({
			name,
			told: end === 'unconfirmed',
		});
		const data = await redis.hget(jobOf(index), 'data');
		if (end === 'waits') expect(data).toBe(written[index]);
		if (end === 'unconfirmed') expect(JSON.parse(data ?? '')).toMatchObject({ unreadable: true });
	}
	expect(JSON.parse((await redis.hget(jobOf(1), 'data')) ?? '')).toMatchObject({ added: { by: 'another' } });
	expect(world().sent.length).toBe(before + countOf('created'));
	expect(about('written by a newer gateway (schema version 2)')).toBeGreaterThan(0);
	expect(about('Messages between gateways in Redis cannot be read')).toBeGreaterThan(0);
	const metrics = await (await other.gateway.app.request('/metrics')).text();
	expect(metrics).toMatch(/gateway_unread_total\{what="event",why="newer"\} 1\n/);
	redis.disconnect();
}, 180_000);

test.each([
	['of its log', []],
	['of its whole file', ['--appendonly', 'no']],
] as const)('an older copy %s: nothing is sent twice, and it is told', async (_name, settings) => {
	const { redis } = world();
	await redis.kill();
	await redis.start(...settings);
	// What an earlier test saved.
	await redis.clear();
	const stateDir = mkdtempSync(join(tmpdir(), 'icloud-ready-state-'));
	const one = await world().open({ stateDir });
	expect((await one.call({ body: leadBody(99) })).status).toBe(201);
	world().api = () => replied(401);
	const named = (index: number): Readonly<Record<string, string>> => ({
		'idempotency-key': `copy-${index}`,
		prefer: 'wait=0',
	});
	const give = async (gateway: OneGateway, index: number): Promise<number> =>
		(await gateway.call({ headers: named(index), body: leadBody(index + 1) })).status;
	for (let index = 0; index < 20; index++) await give(one, index);
	await until(async () => {
		const { waiting, sending } = await one.gateway.queue.counts();
		return waiting === 20 && sending === 0;
	});
	const client = new Redis(redis.url);
	await client.save();
	client.disconnect();
	const restore = redis.copy();

	const created = new Map<string, number>();
	world().api = (request) => {
		created.set(request.body, (created.get(request.body) ?? 0) + 1);
		return createdBy(request);
	};
	for (let index = 20; index < 25; index++) await give(one, index);
	await until(() => created.size === 25);
	await until(async () => (await one.gateway.queue.counts()).waiting === 0);
	await one.close();
	await redis.kill();
	restore();
	await redis.start(...settings);

	const again = await world().open({ stateDir });
	await until(async () => (await again.gateway.queue.counts()).unconfirmed === 20);
	expect(await again.gateway.queue.counts()).toMatchObject({ waiting: 0, sending: 0, damaged: 25 });
	// Those that are not in it any more are known by their keys.
	for (let index = 20; index < 25; index++) expect(await give(again, index)).toBe(504);
	expect(await give(again, 30)).toBe(202);
	await until(() => created.size === 26);
	expect([...created.values()]).toEqual(Array.from({ length: 26 }, () => 1));
	expect(again.log.filter((line) => line.includes('An older copy of Redis'))).toHaveLength(1);
	await again.gateway.queue.damageSeen?.();
	expect((await again.gateway.queue.counts()).damaged).toBeUndefined();
	await again.close();
	rmSync(stateDir, { recursive: true, force: true });
	await redis.kill();
	await redis.start();
});
