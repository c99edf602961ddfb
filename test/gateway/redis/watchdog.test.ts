import type { QueueSnapshot } from '../../../packages/gateway/src/stores/redis/queueSnapshot';
import { createWatchdog, type Watchdog } from '../../../packages/gateway/src/stores/redis/watchdog';
import type { NotLeaving } from '../../../packages/outbox/src';
import { byCases } from '../../fixtures/cases';
import fc from 'fast-check';

const quiet: QueueSnapshot = { waiting: 0, active: 0, dueInMs: Number.POSITIVE_INFINITY, heldMs: undefined };
const lookEveryMs = 5000;

interface Stand extends Watchdog {
	readonly heard: (NotLeaving | undefined)[];
	/** Looks on and on for so long at keys that stand like this; gives those that were to be tried again. */
	readonly lookFor: (ms: number, snapshots: Readonly<Record<string, Partial<QueueSnapshot>>>) => readonly string[];
}

const openStand = (isWorking = true): Stand => {
	let nowMs = 1000;
	const heard: (NotLeaving | undefined)[] = [];
	const watchdog = createWatchdog({
		concurrency: 2,
		longestSendingMs: 90_000,
		maxPerSecond: 0,
		onNotLeaving: (found) => void heard.push(found),
		isWorking: () => isWorking,
		now: () => nowMs + 1_000_000,
		monotonicMs: () => nowMs,
	});
	return {
		...watchdog,
		heard,
		lookFor: (ms, snapshots) => {
			const again: string[] = [];
			for (const untilMs = nowMs + ms; nowMs < untilMs; nowMs += lookEveryMs) {
				for (const [group, snapshot] of Object.entries(snapshots)) watchdog.observe(group, { ...quiet, ...snapshot });
				again.push(...watchdog.overdueGroups());
			}
			return again;
		},
	};
};

test.each<[name: string, snapshot: Partial<QueueSnapshot>, isWorking: boolean, reason: string]>([
	['it waits although a worker is there', { waiting: 1 }, true, 'unknown'],
	['no worker takes it', { waiting: 1 }, false, 'line'],
	['it was delayed, and nobody takes it up', { dueInMs: -1 }, false, 'line'],
	['others are on their way and never come back', { waiting: 1, active: 2 }, true, 'sending'],
])('a lead that does not leave: %s', (_name, snapshot, isWorking, reason) => {
	const stand = openStand(isWorking);
	expect(stand.lookFor(180_000, { key: snapshot }).length).toBeGreaterThan(0);
	expect(stand.heard).toEqual([{ count: 1, reason, sinceMs: expect.any(Number) as number }]);
	stand.lookFor(10_000, { key: {} });
	expect(stand.heard.slice(1)).toEqual([undefined]);
	expect(stand.notLeaving()).toBeUndefined();
});

test.each<[name: string, snapshot: Partial<QueueSnapshot>]>([
	['nothing waits', {}],
	['its key is held', { waiting: 3, heldMs: 1000 }],
	['it is delayed', { dueInMs: 1 }],
])('a lead that may not leave is not told: %s', (_name, snapshot) => {
	const stand = openStand();
	expect(stand.lookFor(3_600_000, { key: snapshot })).toEqual([]);
	expect(stand.heard).toEqual([]);
});

test('it is tried again every half minute, and one key says nothing of the others', () => {
	const stand = openStand();
	const again = stand.lookFor(150_000, { key: { waiting: 7 }, other: { waiting: 0 } });
	expect(again).toEqual(['key', 'key', 'key']);
	expect(stand.heard).toEqual([expect.objectContaining({ count: 7 })]);
});

describe('keys that were never verified', () => {
	/** Looks for so long; what is given stands before each look. */
	const looking = (stand: Stand, ms: number, before: () => void): void => {
		for (let passedMs = 0; passedMs < ms; passedMs += lookEveryMs) {
			before();
			stand.lookFor(lookEveryMs, {});
		}
	};

	test('one that is tried again and again in vain is told, and no more once one of its leads ended', () => {
		const stand = openStand();
		looking(stand, 50_000, () => stand.onTrial('made-up', { ...quiet, waiting: 3 }, 1000));
		expect(stand.heard).toEqual([]);
		looking(stand, 20_000, () => stand.onTrial('made-up', { ...quiet, waiting: 3 }, 40_000));
		expect(stand.heard).toEqual([{ count: 3, reason: 'unknown', sinceMs: 1_001_000 }]);
		stand.onProgress('made-up');
		stand.lookFor(lookEveryMs, {});
		expect(stand.heard.slice(1)).toEqual([undefined]);
	});
	test('one whose sending may take as long is not', () => {
		const stand = openStand();
		looking(stand, 90_000, () => stand.onTrial('slow', { ...quiet, waiting: 3, active: 1 }, 1000));
		expect(stand.heard).toEqual([]);
		looking(stand, 70_000, () => stand.onTrial('slow', { ...quiet, waiting: 3, active: 1 }, 1000));
		expect(stand.heard).toEqual([expect.objectContaining({ reason: 'sending' })]);
	});
	test('one that is tried with success, or held, is forgotten', () => {
		const stand = openStand();
		looking(stand, 50_000, () => stand.onTrial('made-up', { ...quiet, waiting: 3 }, 1000));
		stand.onTrial('made-up', quiet, undefined);
		stand.lookFor(120_000, {});
		expect(stand.heard).toEqual([]);
	});
	test('a line that moves is told of by nobody, and one that stands still is begun anew', () => {
		const stand = openStand();
		let turn = 0;
		looking(stand, 600_000, () => stand.observeTrials(`key ${Math.floor(turn++ / 10)}`));
		expect(stand.heard).toEqual([]);
		let again = 0;
		looking(stand, 400_000, () => {
			stand.observeTrials('key 5');
			if (stand.areTrialsOverdue()) again++;
		});
		expect(stand.heard[0]).toMatchObject({ count: 1, reason: 'line' });
		// After a minute and what a sending may take, and after as long again.
		expect(again).toBe(2);
	});
});

test('a Redis that could not be asked for a while is no reason', () => {
	const stand = openStand();
	for (let round = 0; round < 20; round++) {
		stand.lookFor(50_000, { key: { waiting: 1 } });
		stand.startOver();
	}
	expect(stand.heard).toEqual([]);
});

test('as long as anything of a key is answered at least once a minute nothing is told', () => {
	fc.assert(
		fc.property(
			fc.array(
				fc.record({
					forMs: fc.integer({ min: 0, max: 11 }).map((looks) => looks * lookEveryMs),
					waiting: fc.integer({ min: 0, max: 50 }),
					active: fc.integer({ min: 0, max: 2 }),
					heldMs: fc.option(fc.integer({ min: 0, max: 3_600_000 }), { nil: undefined }),
				}),
				{ maxLength: 30 },
			),
			(spells) => {
				const stand = openStand();
				for (const { forMs, ...snapshot } of spells) {
					stand.onProgress('key');
					stand.lookFor(forMs, { key: snapshot });
				}
				expect(stand.heard).toEqual([]);
			},
		),
		{ numRuns: byCases({ few: 200, more: 2000, all: 50_000 }), seed: 3 },
	);
});
