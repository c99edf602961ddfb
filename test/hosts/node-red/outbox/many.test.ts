import { openOutbox } from '../../../../packages/outbox/src';
import { leadOf, post, useOutboxWorld } from './outboxWorld';

const world = useOutboxWorld();
const megabyte = 1024 * 1024;
const [few, many, batch] = [1000, 100_000, 1000];

/** The least of a few looks, since memory that is free again is given back late. */
const residentMegabytes = async (): Promise<number> => {
	let least = Number.POSITIVE_INFINITY;
	for (let look = 0; look < 10; look++) {
		await new Promise((resolve) => setTimeout(resolve, 500));
		least = Math.min(least, world().nodeRed.residentBytes() / megabyte);
	}
	return least;
};

test('100,000 leads wait in the memory of 1,000, and are there soon after a start', async () => {
	const { api, deploy, nodeRed, openStore } = world();
	await deploy({ outbox: 'disk' }, 'expired-key');
	const postUpTo = async (from: number, to: number): Promise<void> => {
		for (let first = from; first < to; first += batch) await post(nodeRed.url, Array.from({ length: batch }, (_, index) => leadOf(first + index)));
	};
	// The code that handles a batch warms up before the first look.
	await postUpTo(0, few);
	const before = await residentMegabytes();
	await postUpTo(few, many);
	const after = await residentMegabytes();
	process.stdout.write(`memory of Node-RED: ${before.toFixed(0)} MB with ${few} waiting leads, ${after.toFixed(0)} MB with ${many}\n`);
	expect(api.arrived).toHaveLength(0);
	await nodeRed.stop();

	const beganAtMs = performance.now();
	const store = await openStore();
	const outbox = await openOutbox({
		store, send: async () => await new Promise(() => undefined), tell: () => true, concurrency: 1, most: many, keepDays: 30, now: Date.now, sleep: async () => await new Promise(() => undefined),
	});
	const openedInMs = performance.now() - beganAtMs;
	process.stdout.write(`open with ${outbox.counts().waiting} waiting leads after ${openedInMs.toFixed(0)} ms\n`);
	expect(outbox.counts().waiting).toBe(many);
	await outbox.close(Promise.resolve());
	expect([after - before < 60, openedInMs < 3000]).toEqual([true, true]);
}, 600_000);
