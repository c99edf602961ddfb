import { until } from '../../until';
import { alertNodes, leadOf, phoneOf, post, useOutboxWorld } from './outboxWorld';
import { existsSync, readFileSync } from 'node:fs';

const world = useOutboxWorld();

interface Told {
	readonly atMs: number;
	readonly topic: string;
	readonly payload: string;
	readonly alert: { readonly kind: string; readonly state: string; readonly count: number };
}
const lines = (): string => (existsSync(world().alertsFile) ? readFileSync(world().alertsFile, 'utf8') : '');
const told = (): readonly Told[] =>
	lines()
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => JSON.parse(line) as Told);

test('a key that expires half-way: nothing is lost, somebody is told, and after it was changed the rest goes out in the order of arrival', async () => {
	const { api, deploy, restart } = world();
	const half = 100;
	const numbers = Array.from({ length: 2 * half }, (_, number) => number);
	const alerts = alertNodes(world().alertsFile);
	await deploy({ outbox: 'disk', concurrency: 1 }, 'first-key', alerts);
	for (const number of numbers.slice(0, half)) await post(world().nodeRed.url, leadOf(number));
	await api.created(half);
	expect(told()).toEqual([]);
	api.key = 'second-key';
	const expiredAtMs = Date.now();
	for (const number of numbers.slice(half)) await post(world().nodeRed.url, leadOf(number));
	await until(() => told().length > 0, 180_000);
	const refusals = api.requests() - half;
	// Through a restart with the old key too.
	await restart('stop');
	expect([api.arrived.length, refusals]).toEqual([half, expect.any(Number)]);
	expect(refusals).toBeLessThan(half / 4);
	// Longer than it takes to say that it is over, were that forgotten.
	await new Promise((resolve) => setTimeout(resolve, 45_000));
	expect(told().map(({ alert: { kind, state } }) => `${state} ${kind}`)).toEqual(['begun key']);
	const changedAtMs = Date.now();
	await deploy({ outbox: 'disk', concurrency: 1 }, 'second-key', alerts);
	await api.created(2 * half);
	expect(api.arrived).toEqual(numbers.map(phoneOf));

	await until(() => told().length > 1, 180_000);
	const [begun, over] = told();
	expect(told().map(({ alert: { kind, state } }) => `${state} ${kind}`)).toEqual(['begun key', 'over key']);
	expect(begun).toMatchObject({
		topic: 'iCloud-Ready refuses the API key of the account',
		payload: expect.stringMatching(/leads? (?:is|are) waiting; none is lost\. Paste a new key/) as unknown,
		alert: { ar: { title: expect.stringMatching(/[\u0600-\u06ff]/) as unknown } },
	});
	for (const hidden of ['Mona', '+2010', 'first-key', 'second-key']) expect(lines()).not.toContain(hidden);
	const [begunMs, overMs] = [(begun?.atMs ?? 0) - expiredAtMs, (over?.atMs ?? 0) - changedAtMs];
	process.stdout.write(`${JSON.stringify({ toldAfterMs: { begun: begunMs, over: overMs } })}\n`);
}, 600_000);
