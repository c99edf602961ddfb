import { createClock } from './clock';
import { newEntry } from './entries';
import { memoryStore } from './memoryStore';
import { openWorld, replied } from './world';

/** What the simulation found, each as the fewest steps that show it; see docs/trust.md. */

test('waits that come sooner than those before leave no sleeper behind (seed 178)', async () => {
	const clock = createClock();
	let sleeping = 0;
	const { outbox } = await openWorld(
		({ payload: { lead } }) =>
			replied(429, { 'retry-after': String(60 - 3 * Number(/\d+$/.exec(lead.leadInformation.firstName)?.[0] ?? 0)) }),
		{
			groupOf: (partition) => partition,
			sleep: async (ms) => {
				sleeping++;
				await clock.sleep(ms);
				sleeping--;
			},
		},
		memoryStore(),
		clock,
	);
	outbox.start();
	for (let number = 1; number <= 15; number++) {
		await outbox.put(newEntry(number, `account-${number}`));
		await clock.settle();
	}
	await clock.advance(600_000);
	// One to look again, and those of the purge, of what expires and of the watchdog.
	expect(sleeping).toBeLessThan(6);
});

test('an outcome whose write was done before it said so is told once, whoever looks meanwhile (seed 1149)', async () => {
	const store = memoryStore();
	let letGo = (): void => undefined;
	const slow: typeof store = {
		...store,
		write: async (changes) => {
			await store.write(changes);
			if (changes.some((change) => change.kind === 'put' && change.shelf === 'ended'))
				await new Promise<void>((resolve) => {
					letGo = resolve;
				});
		},
	};
	const world = await openWorld(() => replied(201), {}, slow);
	world.outbox.start();
	await world.outbox.put(newEntry(1));
	await world.clock.settle();
	world.outbox.redeliver();
	await world.clock.settle();
	letGo();
	await world.clock.settle();
	expect(world.told).toEqual(['1 created']);
});
