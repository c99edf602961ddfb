import type { NotLeaving, OutboxOptions } from '../../packages/outbox/src';
import type { Outcome } from '../../packages/core/src';
import { byCases } from '../fixtures/cases';
import { createClock } from './clock';
import { newEntry, type Payload } from './entries';
import { memoryStore } from './memoryStore';
import { faulted, openWorld, replied, type World } from './world';
import fc from 'fast-check';

const minuteMs = 60_000;

interface Watched extends World {
	/** What was told, in order; undefined: that it is over. */
	readonly heard: (NotLeaving | undefined)[];
}

const open = async (
	changed: Partial<OutboxOptions<Payload>>,
	store = memoryStore(),
	api: Parameters<typeof openWorld>[0] = () => replied(201),
	clock = createClock(),
): Promise<Watched> => {
	const heard: (NotLeaving | undefined)[] = [];
	const world = await openWorld(api, { ...changed, onNotLeaving: (found) => void heard.push(found) }, store, clock);
	return { ...world, heard };
};

test('a lead that a read missed stands in no line: it is told and sent', async () => {
	const store = memoryStore();
	let misses = 1;
	const world = await open(
		{},
		{
			...store,
			get: async (shelf, id) => (shelf === 'waiting' && misses-- > 0 ? undefined : await store.get(shelf, id)),
		},
	);
	await world.outbox.put(newEntry(1));
	world.outbox.start();
	await world.clock.advance(1.9 * minuteMs);
	expect(world.sent).toEqual(['1']);
	expect(world.heard).toEqual([{ count: 1, reason: 'line', sinceMs: expect.any(Number) as number }]);
	await world.clock.advance(minuteMs);
	expect(world.heard.slice(1)).toEqual([undefined]);
	expect(world.outbox.notLeaving()).toBeUndefined();
});

test('a lead whose write hangs, and then failed although it was done, is left to whoever was told that it is not kept', async () => {
	const store = memoryStore();
	let fail = (): void => undefined;
	const hanging = new Promise<void>((_resolve, reject) => {
		fail = () => reject(new Error('no space'));
	});
	const acquire = async (partition: string): Promise<void> =>
		await (partition === 'a' ? new Promise<void>(() => undefined) : Promise.resolve());
	const world = await open(
		{ concurrency: 2, acquire, tryAcquire: () => false },
		{
			...store,
			write: async (changes) => {
				await store.write(changes);
				if (changes.some((change) => change.kind === 'put' && change.entry.partition === 'b')) await hanging;
			},
		},
	);
	world.outbox.start();
	// One of which the turn never comes, so that somebody looks.
	await world.outbox.put(newEntry(1, 'a'));
	const given = world.outbox.put(newEntry(2, 'b'));
	await world.clock.advance(5 * minuteMs);
	expect(world.heard).toMatchObject([{ count: 2 }]);
	fail();
	await expect(given).rejects.toThrow('no space');
	await world.clock.advance(5 * minuteMs);
	expect(world.sent).toEqual([]);
});

test('a turn that never comes is told once, with how many wait, and once that it came', async () => {
	let come = (): void => undefined;
	const turn = new Promise<void>((resolve) => {
		come = resolve;
	});
	const world = await open({ acquire: async () => await turn, tryAcquire: () => false });
	world.outbox.start();
	for (const name of ['1', '2', '3']) await world.outbox.put(newEntry(Number(name)));
	await world.clock.advance(10 * minuteMs);
	expect(world.heard).toEqual([{ count: 3, reason: 'turn', sinceMs: expect.any(Number) as number }]);
	expect(world.outbox.notLeaving()).toMatchObject({ count: 3, reason: 'turn' });
	come();
	await world.clock.advance(2 * minuteMs);
	expect(world.sent).toEqual(['1', '2', '3']);
	expect(world.heard).toHaveLength(2);
	expect(world.heard[1]).toBeUndefined();
});

test('a pause that nobody ends is ended', async () => {
	const clock = createClock();
	const forgotten = new Set([1000]);
	let refusals = 1;
	const world = await open(
		// What should wake it after the first pause never does.
		{ sleep: async (ms) => await (forgotten.delete(ms) ? new Promise<void>(() => undefined) : clock.sleep(ms)) },
		memoryStore(),
		() => (refusals-- > 0 ? replied(401) : replied(201)),
		clock,
	);
	await world.outbox.put(newEntry(1));
	world.outbox.start();
	await clock.advance(2 * minuteMs);
	expect(world.sent).toEqual(['1', '1']);
	expect(world.heard[0]).toMatchObject({ count: 1, reason: 'key' });
});

test('an organization that is refused is not told, nor are those behind it kept back', async () => {
	const world = await open({}, memoryStore(), ({ partition }) => replied(partition === 'a' ? 403 : 201));
	world.outbox.start();
	for (const [name, partition] of [
		['1', 'a'],
		['2', 'b'],
		['3', 'a'],
		['4', 'b'],
	] as const)
		await world.outbox.put(newEntry(Number(name), partition));
	await world.clock.advance(60 * minuteMs);
	expect(world.sent.filter((name) => name === '2' || name === '4')).toEqual(['2', '4']);
	expect(world.heard).toEqual([]);
});

const outcomes: Readonly<Record<string, () => Outcome>> = {
	created: () => replied(201),
	'401': () => replied(401),
	'403': () => replied(403),
	'429': () => replied(429),
	'429 for 90 s': () => replied(429, { 'retry-after': '90' }),
	'429 for two hours': () => replied(429, { 'retry-after': '7200' }),
	'503 for 5 s': () => replied(503, { 'retry-after': '5' }),
	'500': () => replied(500),
	away: () => faulted('ECONNREFUSED', false),
	silence: () => faulted('ETIMEDOUT', true),
};

test('whatever an API answers, nothing is told that does not leave by itself', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.constantFrom(...Object.keys(outcomes)), { maxLength: 12 }),
			fc.array(fc.tuple(fc.integer({ min: 0, max: 300_000 }), fc.constantFrom('a', 'b')), {
				minLength: 1,
				maxLength: 6,
			}),
			fc.integer({ min: 1, max: 5 }),
			async (answers, leads, concurrency) => {
				const left = [...answers];
				const world = await open({ concurrency }, memoryStore(), async (_entry, { clock }) => {
					await clock.sleep(2000);
					return outcomes[left.shift() ?? 'created']?.() ?? replied(201);
				});
				world.outbox.start();
				for (const [index, [afterMs, partition]] of leads.entries()) {
					await world.clock.advance(afterMs);
					await world.outbox.put(newEntry(index, partition));
				}
				await world.clock.advance(5 * 60 * minuteMs);
				expect(world.heard).toEqual([]);
			},
		),
		{ numRuns: byCases({ few: 25, more: 100, all: 3000 }), seed: 7 },
	);
}, 600_000);
