import {
	type ConcurrencyState,
	initialConcurrency,
	maxConcurrency,
	onAnswer,
	startConcurrency,
} from '../../packages/core/src/rateLimit/adaptiveConcurrency';
import { createLimiter, type Reply } from '../../packages/core/src';
import { byCases, seed, seeded } from '../fixtures/cases';
import { driveBusy } from './busySender';
import { type Latency, type Limit, type Run, runAgainst } from './limitedApi';

/** A server with so many places, of which each answers one after the other: who finds none free waits. */
const slowBeyond = (places: number, ms: number, jitter = 0): Latency => {
	const freeAtMs: number[] = Array.from({ length: places }, () => 0);
	return (_atOnce, random, nowMs) => {
		const place = freeAtMs.indexOf(Math.min(...freeAtMs));
		const endsAtMs = Math.max(nowMs, freeAtMs[place] ?? 0) + ms * (1 + jitter * (2 * random() - 1));
		freeAtMs[place] = endsAtMs;
		return endsAtMs - nowMs;
	};
};
const steady =
	(ms: number, jitter = 0): Latency =>
	(_atOnce, random) =>
		ms * (1 + jitter * (2 * random() - 1));
const bucket = (perSecond: number): Limit => ({ perSecond, burst: perSecond, kind: 'bucket', retryAfter: 'seconds' });

/** Workers that each always have leads to send, at one server; what it saw. */
const drive = (latency: Latency, from: number, leads: number, workers = 1): Omit<Run, 'ended' | 'longestWaitMs'> => {
	const random = seeded(from);
	const states = Array.from({ length: workers }, () => initialConcurrency(0));
	const underWay: { readonly worker: number; readonly leftAtMs: number; readonly endsAtMs: number }[] = [];
	let [nowMs, sent, mostAtOnce, sum] = [0, 0, 0, 0];
	while (sent < leads || underWay.length > 0) {
		for (const [worker, { level }] of states.entries())
			while (sent < leads && underWay.filter((each) => each.worker === worker).length < level) {
				sent++;
				mostAtOnce = Math.max(mostAtOnce, underWay.length + 1);
				sum += underWay.length + 1;
				underWay.push({ worker, leftAtMs: nowMs, endsAtMs: nowMs + latency(underWay.length + 1, random, nowMs) });
			}
		underWay.sort((one, other) => one.endsAtMs - other.endsAtMs);
		const { worker, leftAtMs, endsAtMs } = underWay.shift() ?? { worker: 0, leftAtMs: 0, endsAtMs: nowMs };
		nowMs = endsAtMs;
		states[worker] = onAnswer(states[worker] ?? initialConcurrency(0), 'answered', leftAtMs, nowMs);
	}
	return { seconds: nowMs / 1000, requests: sent, refused: 0, created: sent, mostAtOnce, meanAtOnce: sum / sent };
};

const seeds = Array.from({ length: byCases({ few: 2, more: 10, all: 100 }) }, (_, index) => seed * 1000 + index);
const leads = 3000;

describe.each(seeds)('seed %i', (of) => {
	test.each([
		['always alike', steady(50)],
		['a tenth more or less', steady(50, 0.1)],
		['a quarter more or less', steady(50, 0.25)],
		['slower, a quarter more or less', steady(400, 0.25)],
	])('a server that bears it gets as many as 50 at once: %s', (_name, latencyMs) => {
		const { mostAtOnce, meanAtOnce } = drive(latencyMs, of, leads);
		expect(mostAtOnce).toBe(50);
		expect(meanAtOnce).toBeGreaterThan(40);
	});

	test.each<[name: string, places: number, jitter: number, most: number]>([
		['20 at once', 20, 0, 24],
		['20 at once, a tenth more or less', 20, 0.1, 24],
		['20 at once, a quarter more or less', 20, 0.25, 30],
		['7 at once', 7, 0.1, 9],
		['10 at once', 10, 0.2, 15],
	])('a server that slows down beyond %s is not driven there, and kept busy', (_name, places, jitter, most) => {
		const { mostAtOnce, meanAtOnce, seconds } = drive(slowBeyond(places, 50, jitter), of, leads);
		expect(mostAtOnce).toBeLessThanOrEqual(most);
		expect(meanAtOnce).toBeLessThanOrEqual(places * 1.05);
		expect(seconds / (((leads / places) * 50) / 1000)).toBeLessThan(1.3);
	});

	test.each([
		[2, 24],
		[3, 27],
	])('%i workers that know nothing of each other share what a server bears', (workers, most) => {
		const { meanAtOnce, mostAtOnce } = drive(slowBeyond(20, 50, 0.1), of, leads, workers);
		expect(meanAtOnce).toBeLessThanOrEqual(most);
		expect(mostAtOnce).toBeLessThanOrEqual(36);
	});
});

describe.each(seeds)('a program that is busy itself, seed %i', (of) => {
	const steadyMs = (ms: number) => (): number => ms;

	test.each<[name: string, serverMs: number, ownMs: number, mostTimes: number]>([
		['an API that answers in 50 ms, 4 ms for each lead, as n8n takes', 50, 4.4, 1.7],
		['in 100 ms', 100, 4.4, 2],
		['in 50 ms, 12 ms for each lead', 50, 12, 1.15],
		['in 20 ms', 20, 4.4, 1.2],
		['in 3 ms', 3, 4.4, 1.05],
	])('takes little longer than with as many as it likes: %s', (_name, serverMs, ownMs, mostTimes) => {
		const withAll = driveBusy({ latency: steadyMs(serverMs), ownMs, from: of, leads: 1000, atOnce: maxConcurrency });
		const { tookMs } = driveBusy({ latency: steadyMs(serverMs), ownMs, from: of, leads: 1000 });
		expect(tookMs / withAll.tookMs).toBeLessThan(mostTimes);
	});

	test.each<[name: string, serverMs: number, ownMs: number, mostTimes: number]>([
		['3 ms before, 50 ms now', 50, 4.4, 1.9],
		['3 ms before, 50 ms now, to a program that does little itself', 50, 0.2, 6.5],
		['3 ms before, 200 ms now', 200, 4.4, 3.2],
	])(
		'what was learned of a server that has become slower keeps nobody back: %s',
		(_name, serverMs, ownMs, mostTimes) => {
			const withAll = driveBusy({ latency: steadyMs(serverMs), ownMs, from: of, leads: 1000, atOnce: maxConcurrency });
			const before = driveBusy({ latency: steadyMs(3), ownMs, from: of, leads: 1000 });
			const { tookMs } = driveBusy({ latency: steadyMs(serverMs), ownMs, from: of, leads: 1000, before });
			expect(tookMs / withAll.tookMs).toBeLessThan(mostTimes);
		},
	);
});

describe.each(seeds.slice(0, byCases({ few: 1, more: 2, all: 10 })))('against a limit, seed %i', (of) => {
	const run = async (setup: Partial<Parameters<typeof runAgainst>[0]>): Promise<Run> => {
		const ran = await runAgainst({ leads, concurrency: 0, seed: of, ...setup });
		expect(ran.ended).toEqual({ created: setup.leads ?? leads });
		return ran;
	};

	test('through the whole of the sending too no more are at a slow server than it bears', async () => {
		const { mostAtOnce, meanAtOnce } = await run({ leads: 1000, latencyMs: slowBeyond(20, 50, 0.1) });
		expect(mostAtOnce).toBeLessThanOrEqual(24);
		expect(meanAtOnce).toBeLessThanOrEqual(21);
	});

	test.each<[name: string, setup: Partial<Parameters<typeof runAgainst>[0]>, mostTimes: number, mostRefused: number]>([
		['20 a second', { leads: 300, limit: bucket(20) }, 1.1, 0.05],
		['20 a second, slow answers', { leads: 300, limit: bucket(20), latencyMs: steady(150, 0.2) }, 1.15, 0.05],
		['100 a second', { leads: 1500, limit: bucket(100) }, 1.1, 0.02],
		['100 a second, slow answers', { leads: 1500, limit: bucket(100), latencyMs: steady(200, 0.2) }, 1.2, 0.03],
		['two programs that share 20 a second', { leads: 600, limit: bucket(20), workers: 2 }, 1.1, 0.06],
		['five that share 100 a second', { leads: 1500, limit: bucket(100), workers: 5 }, 1.25, 0.08],
	])('under a limit of %s: soon, with few refusals', async (_name, setup, mostTimes, mostRefused) => {
		const { seconds, refused, requests } = await run(setup);
		const { perSecond, burst } = setup.limit as Limit;
		expect(seconds / (((setup.leads ?? 0) - burst) / perSecond)).toBeLessThanOrEqual(mostTimes);
		expect(refused / requests).toBeLessThanOrEqual(mostRefused);
	});
});

describe.each(seeds)('seed %i', (of) => {
	test('any answers in any order leave it between 1 and 50, and JSON can hold it', () => {
		const random = seeded(of);
		let state = initialConcurrency(0);
		let nowMs = 0;
		const levels = new Set<number>();
		for (let answers = 0; answers < 5000; answers++) {
			nowMs += random() * 100;
			const sign = random() < 0.05 ? 'limited' : random() < 0.05 ? 'overloaded' : 'answered';
			state = onAnswer(state, sign, nowMs - random() ** 4 * 60_000, nowMs);
			levels.add(state.level);
		}
		expect([...levels].filter((level) => !Number.isInteger(level) || level < 1 || level > maxConcurrency)).toEqual([]);
		expect(JSON.parse(JSON.stringify(state))).toEqual(state);
	});
});

describe('decisions', () => {
	/** Answers at the level that it has, until it is another. */
	const answered = (state: ConcurrencyState, tookMs: number, fromMs: number): [ConcurrencyState, number] => {
		let [now, at] = [state, Math.max(fromMs, state.sinceMs)];
		for (let answers = 0; now.level === state.level && answers < 1000; answers++) {
			at += tookMs / state.level;
			now = onAnswer(now, 'answered', at - tookMs, at);
		}
		return [now, at];
	};

	test('it starts at five and grows by a quarter', () => {
		let [state, nowMs] = [initialConcurrency(0), 0];
		const levels = [state.level];
		while (state.level < maxConcurrency) {
			[state, nowMs] = answered(state, 50, nowMs);
			levels.push(state.level);
		}
		expect(levels).toEqual([startConcurrency, 7, 9, 12, 15, 19, 24, 30, 38, 48, 50]);
	});

	test('a 429 halves it, once for all that were on their way, and not below five; a lost answer goes down to one', () => {
		const high: ConcurrencyState = { ...initialConcurrency(0), level: 40 };
		const once = onAnswer(high, 'limited', 10, 20);
		expect([once.level, onAnswer(once, 'limited', 11, 21).level, onAnswer(once, 'limited', 22, 30).level]).toEqual([
			20, 20, 10,
		]);
		const least = [1, 2, 3, 4, 5, 6].reduce(
			(state, step) => onAnswer(state, 'limited', step * 100, step * 100 + 1),
			high,
		);
		const lost = [1, 2, 3, 4, 5, 6].reduce(
			(state, step) => onAnswer(state, 'overloaded', step * 100, step * 100 + 1),
			high,
		);
		expect([least.level, lost.level]).toEqual([5, 1]);
	});

	test('slower answers take it back at once, and it comes again only after a while', () => {
		let [state, nowMs] = [initialConcurrency(0), 0];
		while (state.level < 12) [state, nowMs] = answered(state, 50, nowMs);
		const [back, atMs] = answered(state, 100, nowMs);
		const pauseMs = back.tryAtMs - atMs;
		expect([back.level, back.ceiling, Math.round(pauseMs)]).toEqual([9, 12, 2000]);
		let later = back;
		for (let at = atMs; at < atMs + 0.98 * pauseMs; at += 50 / 9) later = onAnswer(later, 'answered', at - 50, at);
		expect(later.level).toBe(9);
	});

	/** So many answers with as many on their way as may be, one after the other. */
	const answers = (state: ConcurrencyState, count: number, tookMs: number, fromMs: number): ConcurrencyState => {
		let now = state;
		for (let each = 1; each <= count; each++) {
			const atMs = fromMs + (each * tookMs) / state.level;
			now = onAnswer(now, 'answered', Math.max(state.sinceMs, atMs - tookMs), atMs);
		}
		return now;
	};

	test.each([1, 4, 8, 11, 14])(
		'what it measures others by is of one server, where %i of the first answers are of before',
		(early) => {
			const mixed = answers(answers(initialConcurrency(0), early, 5, 0), 15 - early, 60, 1000);
			expect([mixed.level, mixed.base]).toEqual([startConcurrency, null]);
			const { level, base } = answers(mixed, 15, 60, 5000);
			expect([level, Math.round(Math.exp((base?.sum ?? 0) / (base?.count ?? 1)))]).toEqual([7, 60]);
		},
	);

	test('a server that answers as chance wants, in 5 ms or in 5 s, is no other one each time', () => {
		const { mostAtOnce } = drive((_atOnce, random) => 5 * 1000 ** random(), seed, leads);
		expect(mostAtOnce).toBeGreaterThan(startConcurrency);
	});

	test('who sends little learns nothing of more', () => {
		let state = initialConcurrency(0);
		for (let lead = 1; lead <= 1000; lead++) state = onAnswer(state, 'answered', lead * 1000, lead * 1000 + 50);
		expect(state.level).toBe(startConcurrency);
	});
});

describe('places', () => {
	const created: Reply = { status: 201, headers: {}, body: { _id: 'a' } };
	const waiter = (nowMs = 0) => ({
		sleep: async () => await new Promise<void>(() => undefined),
		monotonicMs: () => nowMs,
	});

	test('as many leave as there are places, and each answer lets the next one go, in order', async () => {
		const limiter = createLimiter(0, 0, true);
		const left: number[] = [];
		for (let lead = 0; lead < 8; lead++)
			void limiter.acquire(waiter()).then(() => {
				limiter.onSent(0);
				left.push(lead);
			});
		await new Promise((resolve) => setImmediate(resolve));
		expect(left).toEqual([0, 1, 2, 3, 4]);
		limiter.onReply(created, 0, 50);
		await new Promise((resolve) => setImmediate(resolve));
		expect(left).toEqual([0, 1, 2, 3, 4, 5]);
	});

	test('who waits for a place hears that its own run was stopped, and leaves the line to the next', async () => {
		const limiter = createLimiter(0, 0, true);
		for (let lead = 0; lead < startConcurrency; lead++) {
			limiter.tryAcquire(0);
			limiter.onSent(0);
		}
		let wake = (): void => undefined;
		let [timers, isStopped] = [0, false];
		const stoppable = {
			sleep: async () => {
				timers++;
				await new Promise<void>((resolve) => (wake = resolve));
			},
			monotonicMs: () => 0,
			stopped: () => isStopped,
		};
		const settled: string[] = [];
		void limiter.acquire(stoppable).then(() => settled.push('turn'));
		void limiter.acquireSlot(stoppable).then(() => settled.push('slot'));
		void limiter.acquire(waiter()).then(() => settled.push('next'));
		await new Promise((resolve) => setImmediate(resolve));
		expect([settled, timers]).toEqual([[], 1]);
		isStopped = true;
		wake();
		await new Promise((resolve) => setImmediate(resolve));
		expect([...settled].sort()).toEqual(['slot', 'turn']);
		limiter.onReply(created, 0, 50);
		await new Promise((resolve) => setImmediate(resolve));
		expect([...settled].sort()).toEqual(['next', 'slot', 'turn']);
	});

	test('a place that is given back, or kept and never used, is there again', () => {
		const limiter = createLimiter(0, 0, true);
		const taken = (nowMs: number): boolean[] => Array.from({ length: 6 }, () => limiter.tryAcquire(nowMs));
		expect(taken(0)).toEqual([true, true, true, true, true, false]);
		limiter.release();
		expect([limiter.tryAcquire(1), limiter.tryAcquire(2)]).toEqual([true, false]);
		expect([limiter.tryAcquire(999), limiter.tryAcquireSlot(1002)]).toEqual([false, true]);
	});

	test('without adaptive concurrency whoever sends sees to the number', () => {
		const limiter = createLimiter(0, 0);
		expect(Array.from({ length: 100 }, () => limiter.tryAcquire(0)).includes(false)).toBe(false);
		limiter.setAdaptive(true);
		expect(limiter.concurrency()).toBe(startConcurrency);
	});
});
