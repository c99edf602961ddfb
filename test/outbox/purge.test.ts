import { outcomeOf } from '../../packages/core/src';
import type { Entry } from '../../packages/outbox/src';
import { createClock } from './clock';
import { entry, type Payload } from './entries';
import { memoryStore, type MemoryStore } from './memoryStore';
import { openWorld, replied, type World } from './world';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const startMs = 1_800_000_000_000;
const failed = outcomeOf({ outcome: 'failed', cause: { kind: 'status', text: 'Not Found' } });

const ended = (number: number, agoMs: number): Entry<Payload> => ({
	...entry(number),
	outcome: failed,
	endedAtMs: startMs - agoMs,
	submissionKey: `key ${number}`,
});
const storeOf = async (entries: readonly Entry<Payload>[]): Promise<MemoryStore> => {
	const store = memoryStore();
	await store.write(entries.map((each) => ({ kind: 'put', entry: each, shelf: 'ended' })));
	return store;
};
const open = async (store: MemoryStore, keepDays = 30): Promise<World> =>
	await openWorld(() => replied(201), { keepDays }, store, createClock(startMs));
const numbers = (store: MemoryStore): readonly number[] => store.shelf('ended').map(({ arrivedAtMs }) => arrivedAtMs);
const range = (from: number, to: number): readonly number[] =>
	Array.from({ length: to - from + 1 }, (_, place) => from + place);

test('what ended long ago is forgotten within a day, also behind many that came before it and ended later', async () => {
	const store = await storeOf([
		// Somebody looked after these yesterday.
		...range(1, 1200).map((number) => ended(number, dayMs)),
		...range(1201, 2400).map((number) => ended(number, 31 * dayMs)),
		...range(2401, 2500).map((number) => ended(number, dayMs)),
	]);
	const world = await open(store);
	world.outbox.start();
	await world.clock.advance(25 * hourMs);
	expect(numbers(store)).toEqual([...range(1, 1200), ...range(2401, 2500)]);
	expect(world.outbox.counts().ended).toBe(1300);
});

test('what is forgotten at the front does not wait for the rest', async () => {
	const store = await storeOf(range(1, 1500).map((number) => ended(number, number <= 1000 ? 31 * dayMs : dayMs)));
	const world = await open(store);
	world.outbox.start();
	await world.clock.advance(hourMs);
	expect(numbers(store)).toEqual(range(1001, 1500));
});

test('a page that cannot be read leaves what was forgotten before it counted', async () => {
	const store = await storeOf(range(1, 1200).map((number) => ended(number, 31 * dayMs)));
	const { list } = store;
	let reads = 0;
	Object.assign(store, {
		list: async (...given: Parameters<typeof list>) => {
			if (given[0] === 'ended' && ++reads === 3) throw new Error('cannot be read');
			return await list(...given);
		},
	});
	const world = await open(store);
	world.outbox.start();
	await world.clock.advance(hourMs);
	expect(store.shelf('ended').length).toBeLessThan(1200);
	expect(world.outbox.counts().ended).toBe(store.shelf('ended').length);
	await world.clock.advance(3 * hourMs);
	expect([store.shelf('ended').length, world.outbox.counts().ended]).toEqual([0, 0]);
});

test('one that a person sends again as it is being forgotten: it is sent, or it is gone and they are told', async () => {
	for (let step = 0; step < 60; step++) {
		const store = await storeOf([ended(1, 31 * dayMs), ended(2, dayMs)]);
		const { list } = store;
		let retrying: Promise<boolean> | undefined;
		const retry = async (world: World): Promise<boolean> => {
			for (let left = step; left > 0; left--) await Promise.resolve();
			return await world.outbox.retry(entry(1).id);
		};
		const opened: { world?: World } = {};
		Object.assign(store, {
			list: async (...given: Parameters<typeof list>) => {
				if (opened.world !== undefined && given[0] === 'ended') retrying ??= retry(opened.world);
				const found = await list(...given);
				// A disk takes its time, in which a person may come.
				for (let turn = 0; turn < 30; turn++) await Promise.resolve();
				return found;
			},
		});
		const world = await open(store);
		opened.world = world;
		world.outbox.start();
		await world.clock.advance(600_000);
		const isDone = await retrying;
		const [first] = store.shelf('ended').filter(({ arrivedAtMs }) => arrivedAtMs === 1);
		expect({
			step,
			sent: world.sent,
			outcome: first?.outcome?.outcome,
			isKnown: (await store.bySubmissionKey('key 1')) !== undefined,
			counts: world.outbox.counts(),
		}).toEqual({
			step,
			sent: isDone === true ? ['1'] : [],
			outcome: isDone === true ? 'created' : undefined,
			isKnown: isDone === true,
			counts: { waiting: 0, sending: 0, unconfirmed: 0, ended: isDone === true ? 2 : 1 },
		});
	}
});
