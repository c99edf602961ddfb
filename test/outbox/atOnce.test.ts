import type { OutboxOptions } from '../../packages/outbox/src';
import { createClock } from './clock';
import { newEntry, type Payload } from './entries';
import { type MemoryStore, memoryStore } from './memoryStore';
import { type Api, openWorld, replied, type World } from './world';

/** A world that notes on which shelves entries are put, one after the other. */
const notingWorld = async (
	api: Api,
	options: Partial<OutboxOptions<Payload>> = {},
): Promise<World & { readonly puts: string[]; readonly memory: MemoryStore }> => {
	const memory = memoryStore();
	const puts: string[] = [];
	const noting: MemoryStore = Object.assign(Object.create(memory) as MemoryStore, memory, {
		write: async (changes) => {
			for (const change of changes)
				if (change.kind === 'put') puts.push(`${Number(change.entry.id.slice(0, 15))} ${change.shelf}`);
			await new Promise<void>((resolve) => setImmediate(resolve));
			await memory.write(changes);
		},
		close: async () => {
			memory.failing = true;
			await Promise.resolve();
		},
	} satisfies Partial<MemoryStore>);
	return { ...(await openWorld(api, options, noting, createClock())), puts, memory };
};
const put = async ({ outbox, clock }: World, ...numbers: readonly number[]): Promise<void> => {
	for (const number of numbers) {
		await outbox.put(newEntry(number));
		await clock.settle();
	}
};

test('a lead that nothing keeps from leaving comes in marked, and is written twice in all', async () => {
	const world = await notingWorld(() => replied(201));
	world.outbox.start();
	await put(world, 1, 2);
	expect([world.puts, world.told]).toEqual([
		['1 sending', '1 ended', '2 sending', '2 ended'],
		['1 created', '2 created'],
	]);
});

test.each<
	[name: string, options: Partial<OutboxOptions<Payload>>, api: Api, before: readonly number[], isStarted: boolean]
>([
	['before the start', {}, () => replied(201), [], false],
	['behind one whose key was refused', {}, () => replied(401), [1], true],
	[
		'behind one that is on its way',
		{},
		async (_entry, { clock }) => {
			await clock.sleep(10);
			return replied(201);
		},
		[1],
		true,
	],
	[
		'where the pace lets none leave',
		{ acquire: async () => await new Promise(() => undefined), tryAcquire: () => false },
		() => replied(201),
		[],
		true,
	],
	['where only waiting tells the pace', { acquire: async () => await Promise.resolve() }, () => replied(201), [], true],
])('%s a lead comes in as one that waits', async (_name, options, api, before, isStarted) => {
	const world = await notingWorld(api, options);
	if (isStarted) world.outbox.start();
	await put(world, ...before);
	world.puts.length = 0;
	await put(world, 9);
	expect(world.puts[0]).toMatch(/^\d+ waiting$/);
});

test('a turn is taken once for each', async () => {
	let turns = 0;
	const world = await notingWorld(() => replied(201), {
		acquire: async () => await Promise.reject(new Error('asked')),
		tryAcquire: () => ++turns > 0,
	});
	world.outbox.start();
	await put(world, 1, 2, 3);
	expect([turns, world.told]).toEqual([3, ['1 created', '2 created', '3 created']]);
});

test('what could not be written is told so, is not sent, and leaves room for the next', async () => {
	const world = await notingWorld(() => replied(201));
	world.outbox.start();
	world.memory.failing = true;
	await expect(world.outbox.put(newEntry(1))).rejects.toThrow('no space');
	expect([world.sent, world.outbox.counts()]).toEqual([[], { waiting: 0, sending: 0, unconfirmed: 0, ended: 0 }]);
	world.memory.failing = false;
	await world.clock.advance(10_000);
	await put(world, 2);
	expect([world.told, world.memory.shelf('sending')]).toEqual([['2 created'], []]);
});

test('a lead that comes in while the program ends is kept, not sent, and goes out after the next start', async () => {
	const world = await notingWorld(() => replied(201));
	world.outbox.start();
	const kept = world.outbox.put(newEntry(1));
	const closed = world.outbox.close(new Promise(() => undefined));
	expect(await kept).toBe('kept');
	await closed;
	expect([world.sent, world.memory.shelf('waiting').length]).toEqual([[], 1]);
	world.memory.failing = false;
	expect((await world.crash()).told).toEqual(['1 created restored']);
});

test('one that was cut off on its way is unconfirmed after the next start', async () => {
	const world = await notingWorld(async () => await new Promise(() => undefined));
	world.outbox.start();
	await put(world, 1);
	expect(world.memory.shelf('sending')).toHaveLength(1);
	const next = await world.crash();
	expect(next.told).toEqual(['1 unconfirmed restored']);
});
