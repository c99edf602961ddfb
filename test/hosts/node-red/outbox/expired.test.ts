import { leadOf, phoneOf, post, useOutboxWorld } from './outboxWorld';

const world = useOutboxWorld();

test('a key that expires half-way: nothing is lost, and after it was changed the rest goes out in the order of arrival', async () => {
	const { api, deploy, restart } = world();
	const half = 100;
	const numbers = Array.from({ length: 2 * half }, (_, number) => number);
	await deploy({ outbox: 'disk', concurrency: 1 }, 'first-key');
	for (const number of numbers.slice(0, half)) await post(world().nodeRed.url, leadOf(number));
	await api.created(half);
	api.key = 'second-key';
	for (const number of numbers.slice(half)) await post(world().nodeRed.url, leadOf(number));
	const refusals = api.requests() - half;
	// Through a restart with the old key too.
	await restart('stop');
	expect([api.arrived.length, refusals]).toEqual([half, expect.any(Number)]);
	expect(refusals).toBeLessThan(half / 4);
	await deploy({ outbox: 'disk', concurrency: 1 }, 'second-key');
	await api.created(2 * half);
	expect(api.arrived).toEqual(numbers.map(phoneOf));
}, 300_000);
