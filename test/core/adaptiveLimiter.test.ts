import { createLimiter } from '../../packages/core/src';
import {
	initialLimiter,
	onSuccess,
	onThrottled,
	type LimiterState,
	currentRate,
	acquire,
} from '../../packages/core/src/rateLimit/adaptiveLimiter';
import { type Limit, runAgainst } from './limitedApi';

const bucket = (perSecond: number, retryAfter: Limit['retryAfter'] = 'seconds', burst = perSecond): Limit => ({
	perSecond,
	burst,
	kind: 'bucket',
	retryAfter,
});

describe('against a limit that nobody told of', () => {
	test.each<
		[
			name: string,
			setup: Parameters<typeof runAgainst>[0] & { readonly limit: Limit },
			mostTimes: number,
			mostRefused: number,
		]
	>([
		['20 a second with Retry-After', { leads: 300, limit: bucket(20) }, 1.1, 0.03],
		['20 a second without', { leads: 300, limit: bucket(20, 'none') }, 1.2, 0.03],
		['20 a second, slow answers', { leads: 300, limit: bucket(20), latencyMs: 150 }, 1.1, 0.03],
		['5 a second', { leads: 300, limit: bucket(5) }, 1.1, 0.05],
		['100 a second', { leads: 3000, limit: bucket(100) }, 1.1, 0.01],
		['100 a second without Retry-After', { leads: 3000, limit: bucket(100, 'none') }, 1.1, 0.01],
		['20 in each second', { leads: 300, limit: { ...bucket(20), kind: 'window' } }, 1.35, 0.03],
		['20 a second without any burst', { leads: 600, limit: bucket(20, 'seconds', 1) }, 1.5, 0.03],
		['many at once', { leads: 1000, limit: bucket(20), concurrency: 50 }, 1.1, 0.07],
		['two programs that share it', { leads: 600, limit: bucket(20), workers: 2 }, 1.1, 0.04],
		['five programs that share it', { leads: 2000, limit: bucket(20), workers: 5 }, 1.1, 0.06],
	])('%s: every lead is created once, soon, with few refusals', async (_name, setup, mostTimes, mostRefused) => {
		const run = await runAgainst(setup);
		const ideal = (setup.leads - setup.limit.burst) / setup.limit.perSecond;
		expect(run.ended).toEqual({ created: setup.leads });
		expect(run.created).toBe(setup.leads);
		expect(run.seconds / ideal).toBeLessThanOrEqual(mostTimes);
		expect(run.refused / run.requests).toBeLessThanOrEqual(mostRefused);
	});

	const open = { fromMs: 5000, untilMs: 65_000 };
	test.each<[name: string, limit: Limit, shut: NonNullable<Limit['shut']>, mostSeconds: number]>([
		['100 a second, shut for a minute', bucket(100), open, 140],
		['the same without Retry-After', bucket(100, 'none'), open, 310],
		['20 a second, shut for a minute', bucket(20), open, 320],
		['shut from the first lead on', bucket(100), { fromMs: 0, untilMs: 60_000 }, 340],
	])('%s: what waited leaves soon after it takes leads again', async (_name, limit, shut, mostSeconds) => {
		const run = await runAgainst({
			leads: 4000,
			limit: { ...limit, shut },
			policy: { maxTries: 1000, maxWaitSeconds: 86_400 },
		});
		expect(run.ended).toEqual({ created: 4000 });
		expect(run.seconds).toBeLessThanOrEqual(mostSeconds);
	});

	test("a cap of the user's is kept, and nothing is refused below the limit", async () => {
		const run = await runAgainst({ leads: 100, limit: bucket(20), maxPerSecond: 10 });
		expect(run.refused).toBe(0);
		expect(run.seconds).toBeGreaterThanOrEqual(9.8);
		expect(run.seconds).toBeLessThanOrEqual(10.2);
	});

	test('a turn in the queue does not count as waiting', async () => {
		const run = await runAgainst({ leads: 400, limit: bucket(20), policy: { maxWaitSeconds: 3 } });
		expect(Object.keys(run.ended)).toEqual(['created']);
		expect(run.longestWaitMs).toBeLessThanOrEqual(3000);
	});
});

describe('decisions', () => {
	const now = 10_000;
	const passed = (pace: LimiterState, times: number, atMs = now): LimiterState =>
		Array.from({ length: times }).reduce<LimiterState>((so) => onSuccess(so, atMs), pace);

	test('nothing is known at first, so nothing is held back', () => {
		const fresh = initialLimiter(now);
		expect([currentRate(fresh, now), acquire(fresh, now).kind]).toEqual([null, 'go']);
	});

	test('a 429 holds everything as long as it asks', () => {
		const held = onThrottled(passed(initialLimiter(now), 20), now, 5000, now);
		expect(acquire(held, now)).toEqual({ kind: 'wait', inMs: 5000 });
		expect(acquire(held, now + 4999)).toEqual({ kind: 'wait', inMs: 1 });
		expect(acquire(held, now + 5000).kind).toBe('go');
	});

	test('several answers to one overshoot lower the rate once, and the longest wait counts', () => {
		const once = onThrottled(passed(initialLimiter(now - 1000), 20), now - 10, 1000, now);
		const twice = onThrottled(once, now - 5, 3000, now + 2);
		expect(twice.rate?.perSecond).toBe(once.rate?.perSecond);
		expect(twice.heldUntilMs).toBe(now + 3002);
	});

	test('the rate climbs evenly after that, and falls again with the next 429', () => {
		const first = onThrottled(passed(initialLimiter(now - 1000), 40), now, 1000, now);
		const [early, late] = [currentRate(first, now + 2000) ?? 0, currentRate(first, now + 6000) ?? 0];
		expect(late).toBeGreaterThan(early);
		const second = onThrottled(passed(first, 100), now + 6000, 1000, now + 6000);
		expect(currentRate(second, now + 7000) ?? 0).toBeLessThan(late);
	});

	test('429 after 429 with nothing between doubles the hold and halves the rate', () => {
		let pace = onThrottled(passed(initialLimiter(now - 1000), 20), now, null, now);
		const holds = [1, 2, 3].map(() => {
			const atMs = pace.heldUntilMs;
			pace = onThrottled(pace, atMs, null, atMs);
			return pace.heldUntilMs - atMs;
		});
		expect(holds).toEqual([1000, 2000, 4000]);
		expect(pace.rate?.perSecond ?? 0).toBeLessThan(3);
	});

	test('an hour without leads does not make the rate climb', () => {
		const held = onThrottled(passed(initialLimiter(now - 1000), 40), now, 1000, now);
		const resumed = passed(held, 1, now + 3_600_000);
		expect([held, resumed].map((pace) => currentRate(pace, now + 3_600_000))).toEqual([
			expect.closeTo(42, 0),
			expect.closeTo(42, 0),
		]);
	});

	test('a rate that climbed while a lead came now and then falls at once to what the API bears', () => {
		let pace = onThrottled(passed(initialLimiter(now - 1000), 20), now, 1000, now);
		let atMs = now + 2000;
		for (let lead = 0; lead < 600; lead++) pace = passed(pace, 1, (atMs += 1000));
		expect(currentRate(pace, atMs) ?? 0).toBeGreaterThan(1000);
		const after = onThrottled(passed(pace, 20, atMs + 500), atMs + 600, 1000, atMs + 600);
		expect(after.rate?.perSecond ?? 0).toBeLessThan(50);
	});

	test('its state goes through JSON unchanged', () => {
		const states = [
			initialLimiter(now),
			onThrottled(initialLimiter(now), now, null, now),
			onThrottled(passed(initialLimiter(now - 1000), 40), now, 1000, now),
		];
		expect(JSON.parse(JSON.stringify(states))).toEqual(states);
	});

	test('a pause before a burst does not make the learned rate small', () => {
		const trickle = [1, 2, 3, 4, 5, 6, 7, 8].reduce<LimiterState>(
			(so, second) => onSuccess(so, now - 9000 + second * 1000),
			initialLimiter(now - 600_000),
		);
		const burst = onThrottled(passed(trickle, 20), now, 1000, now);
		expect(burst.rate?.perSecond ?? 0).toBeGreaterThan(15);
	});

	test('it never stops for good', () => {
		let pace = initialLimiter(now);
		for (let time = 0; time < 50; time++) pace = onThrottled(pace, pace.heldUntilMs + 1, null, pace.heldUntilMs + 1);
		expect(pace.rate?.perSecond ?? 0).toBeGreaterThanOrEqual(0.1);
		expect(pace.heldUntilMs - (pace.heldAtMs ?? 0)).toBeLessThanOrEqual(60_000);
	});
});

describe('turns', () => {
	test('are taken in the order they were asked for, and a stopped one does not hold up the rest', async () => {
		let nowMs = 0;
		const sleep = async (ms: number): Promise<void> => {
			nowMs += ms;
			await Promise.resolve();
		};
		const turns = createLimiter(10, 0);
		const order: string[] = [];
		const asked = ['a', 'b', 'c', 'd'].map(async (name) => {
			await turns.acquire({ sleep, monotonicMs: () => nowMs, stopped: () => name === 'b' });
			order.push(`${name} ${nowMs}`);
		});
		await Promise.all(asked);
		expect(order.map((entry) => entry[0])).toEqual(['a', 'b', 'c', 'd']);
		expect(nowMs).toBeLessThanOrEqual(200);
	});

	test('a hold that is longer than a lead may wait is told at once, and ends by itself within the hour', async () => {
		const turns = createLimiter(0, 0);
		const waiter = { sleep: async () => await Promise.reject(new Error('must not wait')), monotonicMs: () => 1000 };
		turns.onReply(
			{
				status: 429,
				headers: { date: 'Fri, 20 Nov 2026 08:00:00 GMT', 'retry-after': 'Fri, 31 Dec 2100 23:59:59 GMT' },
				body: '',
			},
			500,
			1000,
		);
		expect(await turns.acquire(waiter, 60_000)).toBe(3_600_000);
		expect(await turns.acquire({ ...waiter, monotonicMs: () => 3_601_000 }, 60_000)).toBe(0);
	});

	test('say how long the limit holds', () => {
		const turns = createLimiter(0, 0);
		expect(turns.throttledMs(0)).toBe(0);
		turns.onReply({ status: 429, headers: { 'Retry-After': '20' }, body: '' }, 0, 100);
		expect([turns.throttledMs(100), turns.throttledMs(10_100), turns.throttledMs(30_000)]).toEqual([20_000, 10_000, 0]);
	});

	test('no answer says nothing of the limit', () => {
		const turns = createLimiter(0, 0);
		turns.onReply({ fault: { code: 'ECONNRESET' } }, 0, 100);
		expect(turns.throttledMs(100)).toBe(0);
	});
});

test('a 429 that asks for no wait does not lift the user’s own cap', () => {
	const turns = createLimiter(2, 0);
	expect(turns.tryAcquire(0)).toBe(true);
	turns.onReply({ status: 429, headers: { 'retry-after': '0' }, body: '' }, 0, 10);
	expect([turns.tryAcquire(20), turns.tryAcquire(499), turns.tryAcquire(500)]).toEqual([false, false, true]);
});
