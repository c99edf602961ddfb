import { stateOf } from '../../../packages/gateway/src/stores/redis/jobData';
import { createCircuitBreakers } from '../../../packages/gateway/src/stores/redis/circuitBreaker';
import { clockRepair, createClockSteps } from '../../../packages/gateway/src/stores/redis/clockSteps';
import { lookAround } from '../../../packages/gateway/src/stores/redis/lookAround';
import { atOnceOf, createQueueLimits } from '../../../packages/gateway/src/stores/redis/queueLimits';
import type { QueueSnapshot } from '../../../packages/gateway/src/stores/redis/queueSnapshot';
import { indexKeys, queueKey, stateKeys } from '../../../packages/gateway/src/stores/redis/redisKeys';
import { dueAt, onceAtATime } from '../../../packages/gateway/src/stores/redis/scheduler';
import { holdText } from '../../../packages/gateway/src/stores/redis/schema/hold';
import type { GatewayEvent } from '../../../packages/gateway/src/stores/redis/schema/event';
import { createSharedLimiter } from '../../../packages/gateway/src/stores/redis/sharedLimiter';
import { lookAtTrials } from '../../../packages/gateway/src/stores/redis/trialQueue';
import { createTrialWorkers } from '../../../packages/gateway/src/stores/redis/trialWorkers';
import { trialState, workerDecision } from '../../../packages/gateway/src/stores/redis/workerDecision';
import { idOf, nowMs, openStand, recordOf, type Stand } from './stand';

const quiet: QueueSnapshot = { waiting: 0, active: 0, dueInMs: Number.POSITIVE_INFINITY, heldMs: undefined };

describe('the worker of a key', () => {
	test.each<[name: string, snapshot: Partial<QueueSnapshot>, idleForMs: number | undefined, decision: string]>([
		['leads wait, and there is none', { waiting: 1 }, undefined, 'start'],
		['leads wait, and there is one', { waiting: 1 }, 0, 'keep'],
		['another gateway has one on its way', { active: 1 }, undefined, 'start'],
		['one is due soon', { dueInMs: 9999 }, undefined, 'start'],
		['one is due later', { dueInMs: 10_000 }, undefined, 'keep'],
		['nothing is there', {}, undefined, 'keep'],
		['nothing is there, and it was at work a moment ago', {}, 60_000, 'keep'],
		['nothing is there for long', {}, 60_001, 'stop'],
		['held for a moment', { waiting: 1, heldMs: 10_000 }, undefined, 'start'],
		['held for long', { waiting: 1, heldMs: 10_001 }, 0, 'rest'],
		['held for long, and one is on its way still', { active: 1, heldMs: 10_001 }, 0, 'keep'],
	])('%s', (_name, snapshot, idleForMs, decision) => {
		expect(workerDecision({ ...quiet, ...snapshot }, idleForMs)).toBe(decision);
	});
});

describe('a trial of a key that was never verified', () => {
	test.each<[name: string, snapshot: Partial<QueueSnapshot>, inWork: boolean, againInMs: number]>([
		['one waits', { waiting: 1 }, true, 0],
		['one waits, and the key is held', { waiting: 1, heldMs: 700.5 }, false, 701],
		['one waits, and the hold is over', { waiting: 1, heldMs: 0 }, true, 0],
		['one is on its way', { active: 1, heldMs: 700 }, true, 700],
		['one is delayed', { dueInMs: 900 }, false, 900],
		['one is delayed for long', { dueInMs: 90_000 }, false, 5000],
		['one is delayed, and another has just come', { waiting: 1, dueInMs: 900 }, true, 0],
		['nothing is there', {}, false, 0],
	])('%s', (_name, snapshot, inWork, againInMs) => {
		expect(trialState({ ...quiet, ...snapshot })).toEqual({ inWork, againInMs });
	});
});

test.each([
	[true, true, 1],
	[true, false, 1],
	[false, false, 1],
	[false, true, 5],
])('held: %s, verified: %s: so many at once', (isHeld, isVerified, atOnce) => {
	expect(atOnceOf(isHeld, isVerified, 5)).toBe(atOnce);
});

test('what is due in ten minutes of ticks', () => {
	const ticks = Array.from({ length: 600 }, (_, tick) => dueAt(tick));
	const count = (name: keyof (typeof ticks)[number]): number => ticks.filter((due) => due[name]).length;
	expect({
		look: count('look'),
		expire: count('expire'),
		maintain: count('maintain'),
		anew: count('applyAnew'),
	}).toEqual({
		look: 120,
		expire: 120,
		maintain: 1,
		anew: 60,
	});
	expect(ticks.some(({ look, expire }) => look && expire)).toBe(false);
});

describe('a part of a round', () => {
	const stand = (status: string) => {
		let nowMs = 0;
		let begun = 0;
		const ends: (() => void)[] = [];
		const begin = onceAtATime(
			async () => {
				begun++;
				await new Promise<void>((resolve) => ends.push(resolve));
			},
			1000,
			{ redis: { status } as never, monotonicMs: () => nowMs },
		);
		return { begin, ends, at: (ms: number) => (nowMs = ms), begun: () => begun };
	};
	test('is not begun twice, and again once it is over', async () => {
		const { begin, ends, at, begun } = stand('ready');
		begin();
		at(999);
		begin();
		expect(begun()).toBe(1);
		ends[0]?.();
		for (let turn = 0; turn < 5; turn++) await Promise.resolve();
		begin();
		expect(begun()).toBe(2);
	});
	test('whose answer was lost holds up no other, but for as long as Redis is away', () => {
		const lost = stand('ready');
		const away = stand('reconnecting');
		for (const { begin, at } of [lost, away]) {
			begin();
			at(1000);
			begin();
			begin();
		}
		expect([lost.begun(), away.begun()]).toEqual([2, 1]);
	});
});

test.each<[name: string, clock: Parameters<typeof clockRepair>[0], promote: boolean, removeLimit: boolean]>([
	['nothing', { tooLate: 0, limiterMs: -2, heldMs: 0 }, false, false],
	['a lead that is delayed for too long', { tooLate: 1, limiterMs: 0, heldMs: 0 }, true, false],
	['a limit no longer than the slowest pace', { tooLate: 0, limiterMs: 12_000, heldMs: 0 }, false, false],
	['a limit that is too long', { tooLate: 0, limiterMs: 12_001, heldMs: 0 }, false, true],
	['a limit as long as its hold', { tooLate: 0, limiterMs: 60_000, heldMs: 60_000 }, false, false],
])('a clock that was set: %s', (_name, clock, promote, removeLimit) => {
	expect(clockRepair(clock)).toEqual({ promote, removeLimit });
});

/** What the parts of a scheduler are given, with a pool that notes what is asked of it. */
const partsOf = (stand: Stand, verifiedNames: readonly string[]) => {
	const done: string[] = [];
	const set: Record<string, unknown> = {};
	const workerPool = {
		active: () => [],
		start: (group: string, isTrial = false) => void done.push(`${isTrial ? 'trial' : 'start'} ${group}`),
		stop: (group: string) => void done.push(`stop ${group}`),
		isWorking: () => false,
		queueOf: (group: string) =>
			({
				setGlobalRateLimit: async (max: number) => await Promise.resolve(void (set[`${group} max`] = max)),
				setGlobalConcurrency: async (atOnce: number) => await Promise.resolve(void (set[`${group} atOnce`] = atOnce)),
				promoteJobs: async () => await Promise.resolve(void done.push(`promote ${group}`)),
				removeRateLimitKey: async () => await Promise.resolve(void done.push(`unlimit ${group}`)),
			}) as never,
		close: async () => await Promise.resolve(),
	};
	const verified = { has: async (name: string) => await Promise.resolve(verifiedNames.includes(name)) };
	const breakers = createCircuitBreakers(stand.redis, () => 0, stand.unread);
	const watchdog = {
		observe: () => undefined,
		onTrial: (group: string, _snapshot: QueueSnapshot, sinceMs: number | undefined) =>
			void (sinceMs !== undefined && done.push(`in vain ${group}`)),
		observeTrials: (first: string | undefined) => void done.push(`first ${first ?? 'none'}`),
	};
	const common = { ...stand, workerPool, verified, breakers, watchdog, now: () => nowMs, monotonicMs: () => 0 };
	return { ...common, done, set };
};
const hold = (stand: Stand, name: string, forMs: number, change = (text: string): string => text): void => {
	const text = holdText({ why: 'key', consecutiveFailures: 1, sinceMs: nowMs, untilMs: nowMs + forMs });
	stand.call('set', stateKeys.hold(name), change(text));
};

test('it looks around: keys with leads get a worker, held ones rest, strangers are to be tried, names that are none are left', async () => {
	const stand = openStand();
	for (const group of ['busy', 'held', 'stranger', 'idle', 'a:b']) {
		stand.call('hset', indexKeys.shares, group, 1);
		if (group !== 'idle') stand.call('lpush', queueKey(group, 'wait'), idOf());
	}
	hold(stand, 'held', 60_000);
	const parts = partsOf(stand, ['busy', 'held', 'idle']);
	const resting = new Set<string>();
	await lookAround(parts, resting, async (group) => await Promise.resolve(parts.workerPool.start(group)));
	expect({ done: [...parts.done].sort(), resting: [...resting] }).toEqual({
		done: ['start busy', 'stop held'],
		resting: ['held'],
	});
	expect({ trials: stand.call('zrange', indexKeys.trials, 0, -1), counted: stand.counted }).toEqual({
		trials: ['stranger'],
		counted: ['index damaged'],
	});
});

test('a key whose trial is set for a time that no clock gives any more is tried now', async () => {
	const stand = openStand();
	stand.call('zadd', indexKeys.trials, nowMs + 365 * 86_400_000, 'stranger');
	await lookAround(partsOf(stand, []), new Set(), async () => await Promise.resolve());
	expect(stand.call('zscore', indexKeys.trials, 'stranger')).toBe(String(nowMs));
});

test.each<[name: string, change: (text: string) => string, atOnce: number, counted: readonly string[]]>([
	['as it was written', (text) => text, 1, []],
	[
		'of a newer gateway: as if there were none',
		(text) => text.replace('"schemaVersion":1', '"schemaVersion":9'),
		5,
		['hold newer'],
	],
	['that nobody can read: as if there were none', () => '{', 5, ['hold damaged']],
])('the limits of a key with a hold, %s', async (_name, change, atOnce, counted) => {
	const stand = openStand();
	hold(stand, 'key', 1000, change);
	const parts = partsOf(stand, ['key']);
	const limits = createQueueLimits({
		...parts,
		limiter: { limitNow: () => ({ max: 3, durationMs: 200 }), concurrencyNow: () => 9 },
		concurrency: 5,
	});
	await limits.apply('key');
	expect({ set: parts.set, counted: stand.counted }).toEqual({ set: { 'key max': 3, 'key atOnce': atOnce }, counted });
	// Set once as long as nothing changed.
	parts.set['key max'] = 0;
	await limits.apply('key');
	expect(parts.set['key max']).toBe(0);
	limits.forget('key');
	await limits.apply('key');
	expect(parts.set['key max']).toBe(3);
});

test('where it is adaptive all gateways together send as many of a key at once as its answers show to be good', async () => {
	const parts = partsOf(openStand(), ['key']);
	const limiter = { limitNow: () => ({ max: 3, durationMs: 200 }), concurrencyNow: () => 9 };
	await createQueueLimits({ ...parts, limiter, concurrency: 0 }).apply('key');
	expect(parts.set['key atOnce']).toBe(9);
});

test('a hold of a newer gateway is not taken away as leads pass, and one that another gateway added to keeps that', async () => {
	const stand = openStand();
	const newer = JSON.stringify({ schemaVersion: 2, until: 'x' });
	stand.call('set', stateKeys.hold('key'), newer);
	const breakers = createCircuitBreakers(stand.redis, () => 0, stand.unread);
	const account = { id: 'key.organization', group: 'key', organization: 'organization' };
	await breakers.passed(account, true, 0);
	expect(stand.call('get', stateKeys.hold('key'))).toBe(newer);
	hold(stand, 'key', 1000, (text) => text.replace('{', '{"added":1,'));
	await breakers.refused(account, { kind: 'refused', why: 'limit', leftAtMs: 5000, askedMs: 60_000 });
	expect(JSON.parse(String(stand.call('get', stateKeys.hold('key'))))).toMatchObject({
		added: 1,
		why: 'limit',
		schemaVersion: 1,
	});
});

describe('a pace in Redis', () => {
	const limiterOf = (stand: Stand) =>
		createSharedLimiter({
			redis: stand.redis,
			pubSub: { publish: () => undefined },
			maxPerSecond: 0,
			now: () => nowMs,
			monotonicMs: () => 0,
			unread: stand.unread,
		});
	const limited = { kind: 'answered', group: 'key', isLimited: true, retryAfterMs: 1000, agoMs: 0 } as const;
	const settle = async (): Promise<void> => {
		for (let turn = 0; turn < 20; turn++) await Promise.resolve();
	};

	test('of a newer gateway: the default, and it is not written over', async () => {
		const stand = openStand();
		const newer = JSON.stringify({ schemaVersion: 2 });
		stand.call('set', stateKeys.pace('key'), newer);
		const limiter = limiterOf(stand);
		await limiter.load('key');
		expect(limiter.limitNow('key')).toEqual({ max: 1_000_000, durationMs: 1000 });
		limiter.onEvent(limited);
		await settle();
		expect({ text: stand.call('get', stateKeys.pace('key')), counted: stand.counted }).toEqual({
			text: newer,
			counted: ['pace newer'],
		});
	});

	test.each(['{', '[]', '{"schemaVersion":1}'])(
		'that nobody can read (%s): the default, and it is written anew',
		async (text) => {
			const stand = openStand();
			stand.call('set', stateKeys.pace('key'), text);
			const limiter = limiterOf(stand);
			await limiter.load('key');
			limiter.onEvent(limited);
			await settle();
			const other = limiterOf(stand);
			await other.load('key');
			expect(other.limitNow('key')).toEqual(limiter.limitNow('key'));
			expect(stand.counted).toEqual(['pace damaged']);
		},
	);

	test('an answer that was lost is told to all gateways, and takes the concurrency down at each', () => {
		const stand = openStand();
		const told: GatewayEvent[] = [];
		const clock = { ms: 0 };
		const limiter = createSharedLimiter({
			redis: stand.redis,
			pubSub: { publish: (event) => told.push(event) },
			maxPerSecond: 0,
			now: () => nowMs,
			monotonicMs: () => clock.ms,
			unread: stand.unread,
		});
		expect(limiter.concurrencyNow('key')).toBe(5);
		limiter.onReply('key', { fault: { code: 'ECONNRESET' } }, 100, 140);
		expect(told).toEqual([{ kind: 'lost', group: 'key', agoMs: 40 }]);
		for (clock.ms = 200; clock.ms < 1000; clock.ms += 100) limiter.onEvent({ kind: 'lost', group: 'key', agoMs: 40 });
		expect(limiter.concurrencyNow('key')).toBe(1);
		// It says nothing of the limit.
		expect(limiter.limitNow('key')).toEqual({ max: 1_000_000, durationMs: 1000 });
	});

	test('headers that count slow all gateways down, and say nothing where they do not', () => {
		const stand = openStand();
		const clock = { ms: 0 };
		const told: GatewayEvent[] = [];
		const limiter = createSharedLimiter({
			redis: stand.redis,
			pubSub: { publish: (event) => told.push(event) },
			maxPerSecond: 0,
			now: () => nowMs,
			monotonicMs: () => clock.ms,
			unread: stand.unread,
		});
		const answer = (remaining: number): void => {
			clock.ms += 10;
			const headers = { 'ratelimit-policy': '"a";q=600;w=60', ratelimit: `"a";r=${remaining};t=60` };
			limiter.onReply('key', { status: 201, headers, body: {} }, clock.ms - 5, clock.ms);
			const event = told.pop();
			if (event?.kind === 'answered') limiter.onEvent(event);
		};
		for (let same = 0; same < 20; same++) answer(120);
		expect(limiter.limitNow('key')).toEqual({ max: 1_000_000, durationMs: 1000 });
		for (let left = 119; left >= 60; left--) answer(left);
		const { max, durationMs } = limiter.limitNow('key');
		expect((max * 1000) / durationMs).toBeCloseTo(1, 0);
	});

	test('what another gateway added to it is kept', async () => {
		const stand = openStand();
		limiterOf(stand).onEvent(limited);
		await settle();
		stand.call(
			'set',
			stateKeys.pace('key'),
			String(stand.call('get', stateKeys.pace('key'))).replace('{', '{"added":1,'),
		);
		const limiter = limiterOf(stand);
		await limiter.load('key');
		limiter.onEvent({ ...limited, retryAfterMs: 9000, agoMs: -1 });
		await settle();
		expect(JSON.parse(String(stand.call('get', stateKeys.pace('key'))))).toMatchObject({ added: 1, schemaVersion: 1 });
	});
});

describe('trials', () => {
	/** Lets trials of these keys run to their end; nothing of them is in work. */
	const fill = async (
		stand: Stand,
		verifiedNames: readonly string[] = [],
		msPerLook = 0,
	): Promise<readonly string[]> => {
		let passedMs = 0;
		const parts = { ...partsOf(stand, verifiedNames), monotonicMs: () => passedMs };
		const trials = createTrialWorkers({
			...parts,
			startTrial: async (group) => await Promise.resolve(parts.workerPool.start(group, true)),
			stopTrial: parts.workerPool.stop,
			onVerified: async (group) => await Promise.resolve(void parts.done.push(`verified ${group}`)),
			timeoutMs: 1000,
			sleep: async () => await Promise.resolve(void (passedMs += msPerLook)),
			// A key that is still to be tried is so at once, on and on.
			isClosed: () => passedMs > 30_000,
		});
		trials.fill();
		for (let turn = 0; turn < 500; turn++) await Promise.resolve();
		return parts.done;
	};

	test('a key whose turn it is is tried, and one with nothing left is tried no more', async () => {
		const stand = openStand();
		stand.call('zadd', indexKeys.trials, nowMs, 'now', nowMs + 1000, 'later');
		stand.call('hset', indexKeys.shares, 'later', 1);
		expect(await fill(stand)).toEqual(['trial now', 'stop now']);
		expect(stand.call('zrange', indexKeys.trials, 0, -1)).toEqual(['later']);
	});
	test('a key that is held is tried again when that is over', async () => {
		const stand = openStand();
		stand.call('zadd', indexKeys.trials, nowMs, 'held');
		stand.call('hset', indexKeys.shares, 'held', 1);
		stand.call('lpush', queueKey('held', 'wait'), idOf());
		hold(stand, 'held', 4000);
		expect(await fill(stand)).toEqual(['trial held', 'stop held']);
		expect(stand.call('zscore', indexKeys.trials, 'held')).toBe(String(nowMs + 4000));
	});
	test('a key that is verified meanwhile keeps its worker', async () => {
		const stand = openStand();
		stand.call('zadd', indexKeys.trials, nowMs, 'good');
		expect(await fill(stand, ['good'])).toEqual(['trial good', 'verified good']);
	});
	test('a verified key that was put back among them is taken out again', async () => {
		const stand = openStand();
		stand.call('zadd', indexKeys.trials, nowMs, 'good');
		stand.call('hset', indexKeys.shares, 'good', 1);
		await fill(stand, ['good']);
		expect(stand.call('zrange', indexKeys.trials, 0, -1)).toEqual([]);
	});
	test('a key is told that could leave for a whole trial and did not', async () => {
		const stand = openStand();
		stand.call('zadd', indexKeys.trials, nowMs, 'stuck');
		stand.call('hset', indexKeys.shares, 'stuck', 1);
		stand.call('lpush', queueKey('stuck', 'wait'), idOf());
		const done = await fill(stand, [], 7000);
		expect(done.slice(0, 3)).toEqual(['trial stuck', 'in vain stuck', 'stop stuck']);
	});
	test('where those that are under way are lost, others take their places', async () => {
		const stand = openStand();
		stand.call('zadd', indexKeys.trials, nowMs, 'lost');
		const parts = partsOf(stand, []);
		const trials = createTrialWorkers({
			...parts,
			// Of ten places at once each is taken by one that never ends.
			startTrial: async (group) => {
				parts.workerPool.start(group, true);
				await new Promise(() => undefined);
			},
			stopTrial: parts.workerPool.stop,
			onVerified: async () => await Promise.resolve(),
			timeoutMs: 1000,
			sleep: async () => await Promise.resolve(),
			isClosed: () => false,
		});
		const fillAgain = async (): Promise<number> => {
			for (let round = 0; round < 30; round++) {
				stand.call('zadd', indexKeys.trials, nowMs, 'lost');
				trials.fill();
				for (let turn = 0; turn < 50; turn++) await Promise.resolve();
			}
			return parts.done.length;
		};
		expect(await fillAgain()).toBe(10);
		trials.startOver();
		expect(await fillAgain()).toBe(20);
	});
	test('which is first in their line is looked at, and one that nothing holds is tried now', async () => {
		const stand = openStand();
		for (const [group, heldMs] of [
			['free', 0],
			['held', 90_000],
		] as const) {
			stand.call('zadd', indexKeys.trials, nowMs + 60_000, group);
			stand.call('lpush', queueKey(group, 'wait'), idOf());
			if (heldMs > 0) hold(stand, group, heldMs);
		}
		const parts = partsOf(stand, []);
		await lookAtTrials(parts);
		await lookAtTrials(parts);
		expect(parts.done).toEqual(['first none', `first free ${nowMs}`]);
		expect(stand.call('zscore', indexKeys.trials, 'held')).toBe(String(nowMs + 60_000));
	});
	test('a name that is none keeps no other from its turn', async () => {
		const stand = openStand();
		stand.call('zadd', indexKeys.trials, 1, 'a:b', nowMs, 'now');
		expect(await fill(stand)).toEqual(['trial now', 'stop now']);
		expect(stand.counted).toEqual(['index damaged']);
	});
});

test('a clock that was set back: leads that would wait too long are promoted, key by key', async () => {
	const stand = openStand();
	for (const group of ['late', 'fine', 'a:b']) stand.call('sadd', indexKeys.groups, group);
	stand.call('zadd', queueKey('late', 'delayed'), (nowMs + 86_400_000) * 0x1000, idOf());
	stand.call('zadd', queueKey('fine', 'delayed'), (nowMs + 60_000) * 0x1000, idOf());
	const parts = partsOf(stand, []);
	const { look } = createClockSteps({ ...parts, sleep: async () => await Promise.resolve(), isClosed: () => false });
	await look(false);
	expect(parts.done).toEqual(['promote late']);
	await look(true);
	expect(parts.done).toEqual(['promote late', 'promote late', 'promote fine']);
});

test('where a lead stands', () => {
	expect([recordOf(), recordOf({ sent: { atMs: 1, by: 'x' } }), recordOf({ endedAtMs: 1 })].map(stateOf)).toEqual([
		{ kind: 'waiting' },
		{ kind: 'sending' },
		{ kind: 'ended', outcome: null },
	]);
});
