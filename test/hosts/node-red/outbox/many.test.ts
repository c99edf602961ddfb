import { openOutbox } from '../../../../packages/outbox/src';
import { byCases } from '../../../fixtures/cases';
import { leadOf, post, useOutboxWorld } from './outboxWorld';

const world = useOutboxWorld();
const megabyte = 1024 * 1024;
const [few, many, batch] = [1000, byCases({ few: 15_000, more: 15_000, all: 100_000 }), 1000];
/** How much more memory may be held once garbage is collected, in MB. */
const most = 30;

test(`${many} leads wait in the memory of ${few}, and are there soon after a start`, async () => {
	const { api, deploy, nodeRed, openStore } = world();
	await deploy({ outbox: 'disk' }, 'expired-key');
	const postUpTo = async (from: number, to: number): Promise<void> => {
		for (let first = from; first < to; first += batch)
			await post(
				nodeRed.url,
				Array.from({ length: batch }, (_, index) => leadOf(first + index)),
			);
	};
	// The code that handles a batch warms up before the first look.
	await postUpTo(0, few);
	const before = (await nodeRed.heldBytes()) / megabyte;
	await postUpTo(few, many);
	const after = (await nodeRed.heldBytes()) / megabyte;
	process.stdout.write(
		`held by Node-RED: ${before.toFixed(0)} MB with ${few} waiting leads, ${after.toFixed(0)} MB with ${many}\n`,
	);
	expect(api.arrived).toHaveLength(0);
	await nodeRed.stop();

	// Of the processor: how long it takes by the clock is also what else this machine does meanwhile.
	const [beganAtMs, used] = [performance.now(), process.cpuUsage()];
	const store = await openStore();
	const outbox = await openOutbox({
		store,
		send: async () => await new Promise(() => undefined),
		notify: () => true,
		concurrency: 1,
		maxWaiting: many,
		keepDays: 30,
		now: Date.now,
		monotonicMs: () => performance.now(),
		sleep: async () => await new Promise(() => undefined),
	});
	const openedInMs = performance.now() - beganAtMs;
	const { user, system } = process.cpuUsage(used);
	const processorMs = (user + system) / 1000;
	process.stdout.write(
		`open with ${outbox.counts().waiting} waiting leads after ${openedInMs.toFixed(0)} ms, ${processorMs.toFixed(0)} of the processor\n`,
	);
	expect(outbox.counts().waiting).toBe(many);
	await outbox.close(Promise.resolve());
	expect([after - before < most, processorMs < 3000]).toEqual([true, true]);
}, 600_000);
