import { createLimiter, type Limiter } from '../../packages/core/src';
import { createPurgeClock } from '../../packages/outbox/src';
import { byCases } from '../fixtures/cases';
import { answers, flawsOf } from './answers';
import { createClock, microtasks } from './clock';
import { newEntry } from './entries';
import { memoryStore } from './memoryStore';
import { openWorld, replied } from './world';
import fc from 'fast-check';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const yearMs = 365 * dayMs;

/** Seconds, hours, years; either way. */
const jump = fc.oneof(
	fc.integer({ min: -60_000, max: 60_000 }),
	fc.integer({ min: -30 * hourMs, max: 30 * hourMs }),
	fc.integer({ min: -60 * yearMs, max: 60 * yearMs }),
);

test('whatever the clock is set to, and when: everything ends within ten minutes, and nothing is sent twice', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.constantFrom(...answers), { minLength: 1, maxLength: 5 }),
			fc.array(jump, { minLength: 1, maxLength: 12 }),
			fc.boolean(),
			async (sequence, jumps, isOne) => {
				let next = 0;
				const flaws = await flawsOf(sequence, {
					organizations: isOne ? [''] : ['a', 'b'],
					concurrency: 1,
					leads: 4,
					arriveEveryMs: 'before',
					onSent: (clock) => {
						clock.set(jumps[next++ % jumps.length] ?? 0);
					},
				});
				expect(flaws).toEqual([]);
			},
		),
		{ numRuns: byCases({ few: 60, more: 150, all: 5000 }), seed: 20 },
	);
});

describe('a pace', () => {
	/** Ten leads through an outbox with this pace; the clock is set while they leave. Gives how long it took. */
	const tookMs = async (turns: (nowMs: number) => Limiter, jumps: readonly number[]): Promise<number> => {
		const clock = createClock(1_000_000, microtasks);
		const beganAtMs = clock.monotonicMs();
		const pace = turns(beganAtMs);
		let [next, endedAtMs] = [0, 0];
		const world = await openWorld(
			() => {
				clock.set(jumps[next++ % jumps.length] ?? 0);
				endedAtMs = clock.monotonicMs();
				return replied(201);
			},
			{ acquire: async () => await pace.acquire(clock), tryAcquire: () => pace.tryAcquire(clock.monotonicMs()) },
			memoryStore(),
			clock,
		);
		world.outbox.start();
		for (let number = 1; number <= 10; number++) await world.outbox.put(newEntry(number));
		for (let round = 0; round < 10; round++) await clock.settle();
		await clock.advance(600_000);
		expect(world.told).toHaveLength(10);
		return endedAtMs - beganAtMs;
	};
	const capped = (nowMs: number): Limiter => createLimiter(5, nowMs);
	const limited = (nowMs: number): Limiter => {
		const turns = createLimiter(0, nowMs);
		turns.onReply({ status: 429, headers: { 'retry-after': '3' }, body: '' }, nowMs, nowMs);
		return turns;
	};

	test.each<[name: string, turns: (nowMs: number) => Limiter]>([
		['a cap', capped],
		['a learned rate', limited],
	])('%s holds as long as it does, whatever is set', async (_name, turns) => {
		const usual = await tookMs(turns, [0]);
		for (const jumps of [[-hourMs], [hourMs], [-yearMs, yearMs], [-1000], [60 * yearMs, -60 * yearMs]])
			expect(await tookMs(turns, jumps)).toBe(usual);
	});
});

describe('what is forgotten for its age', () => {
	const clockAt = (): ReturnType<typeof createClock> => createClock(50 * yearMs);

	test.each<[name: string, jumps: readonly number[], aheadMs: number]>([
		['nothing was set', [], 0],
		['set back by an hour', [-hourMs], -hourMs],
		['set forward by a quarter of an hour', [hourMs / 4], hourMs / 4],
		['set forward by years', [10 * yearMs], 0],
		['set forward and back again', [10 * yearMs, -10 * yearMs], 0],
		['set back by years and forward again', [-10 * yearMs, 10 * yearMs], -10 * yearMs],
	])('%s', (_name, jumps, aheadMs) => {
		const clock = clockAt();
		const purgeNow = createPurgeClock(clock.now, clock.monotonicMs);
		const beganAtMs = clock.now();
		for (const byMs of jumps) {
			clock.set(byMs);
			purgeNow();
		}
		expect(purgeNow() - beganAtMs).toBe(aheadMs);
	});

	test('a time that lasts for a day is believed, one that does not last is not', async () => {
		const clock = clockAt();
		const purgeNow = createPurgeClock(clock.now, clock.monotonicMs);
		clock.set(yearMs);
		for (let hour = 0; hour < 26; hour++) {
			await clock.advance(hourMs);
			purgeNow();
		}
		expect(clock.now() - purgeNow()).toBe(0);
		clock.set(yearMs);
		expect(clock.now() - purgeNow()).toBe(yearMs);
	});

	test('ended leads stay through a clock that is years ahead for an hour', async () => {
		const world = await openWorld(() => replied(201), { keepDays: 30 });
		world.outbox.start();
		await world.outbox.put(newEntry(1));
		await world.clock.settle();
		world.clock.set(5 * yearMs);
		await world.clock.advance(5 * hourMs);
		world.clock.set(-5 * yearMs);
		await world.clock.advance(5 * hourMs);
		expect(world.outbox.counts().ended).toBe(1);
		await world.clock.advance(31 * dayMs);
		expect(world.outbox.counts().ended).toBe(0);
	});
});

test('a lead refused with 403 three times while others pass ends, however the clock is set', async () => {
	const clock = createClock();
	const world = await openWorld(
		({ payload: { lead } }) => {
			clock.set(-hourMs);
			return replied(lead.leadInformation.firstName.endsWith(' 1') ? 403 : 201);
		},
		{},
		memoryStore(),
		clock,
	);
	world.outbox.start();
	for (let number = 1; number <= 20; number++) await world.outbox.put(newEntry(number));
	await clock.advance(60_000);
	expect(world.sent.filter((name) => name === '1')).toHaveLength(3);
	expect(world.told.filter((text) => !text.endsWith('created'))).toEqual(['1 forbidden']);
});
