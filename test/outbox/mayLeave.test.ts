import { type Answer, breaker, type Breaker, closed } from '../../packages/core/src';
import { type AnswerHistory, afterAnswer, mayLeaveAtMs, noAnswers } from '../../packages/outbox/src/queue/mayLeave';
import { byCases } from '../fixtures/cases';
import fc from 'fast-check';

const facts = {
	turnAtMs: 1000,
	answers: [],
	onTheWay: 0,
	concurrency: 1,
	longestSendingMs: 600_000,
	maxPerSecond: 0,
};
const refusedUntil = (untilMs: number): AnswerHistory => ({
	refusal: { why: 'key', times: 1, atMs: 0, untilMs },
	unanswered: 0,
});

test.each<[name: string, changed: Partial<Parameters<typeof mayLeaveAtMs>[0]>, atMs: number]>([
	['nothing happened', {}, 1000],
	['its key was refused', { answers: [refusedUntil(5000)] }, 5000],
	['its organization was refused for longer', { answers: [refusedUntil(5000), refusedUntil(9000)] }, 9000],
	['another left, and the slowest limit may hold it', { leftAtMs: 2000 }, 14_000],
	['the cap of the settings is slower', { leftAtMs: 2000, maxPerSecond: 0.05 }, 22_000],
	['as many as may be are on their way', { leftAtMs: 2000, onTheWay: 1 }, 602_000],
	[
		'one sees whether a refusal is over',
		{ leftAtMs: 2000, onTheWay: 1, concurrency: 5, answers: [refusedUntil(0)] },
		602_000,
	],
	['there is room for more', { leftAtMs: 2000, onTheWay: 1, concurrency: 5 }, 14_000],
])('%s', (_name, changed, atMs) => {
	expect(mayLeaveAtMs({ ...facts, ...changed })).toBe(atMs);
});

/** What happens to a key: a lead leaves, or one that left before is answered. */
const answers = fc.oneof(
	fc.constant({ kind: 'passed' } as const),
	fc.record({
		kind: fc.constant('refused' as const),
		why: fc.constantFrom('key', 'limit', 'network', 'disk' as const),
		askedMs: fc.option(fc.integer({ min: 0, max: 10_000_000 }), { nil: undefined }),
	}),
	fc.constant({ kind: 'unanswered' } as const),
	fc.constant({ kind: 'undecided' } as const),
);
const steps = fc.array(
	fc.record({
		afterMs: fc.integer({ min: 0, max: 400_000 }),
		tookMs: fc.integer({ min: 0, max: 30_000 }),
		answer: answers,
	}),
	{ maxLength: 40 },
);

test('the watchdog is never less patient than what may hold a lead', () => {
	fc.assert(
		fc.property(steps, (all) => {
			let nowMs = 0;
			let state: Breaker = closed;
			let known = noAnswers;
			for (const { afterMs, tookMs, answer } of all) {
				nowMs += afterMs;
				const leftAtMs = nowMs - tookMs;
				const { askedMs, ...rest } = { askedMs: undefined, ...answer };
				const event = { ...rest, leftAtMs, ...(askedMs === undefined ? {} : { askedMs }) } as Answer;
				state = breaker(state, event, nowMs);
				known = afterAnswer(known, event, nowMs);
				const heldUntilMs = state.kind === 'open' ? state.untilMs : nowMs;
				expect(Math.max(nowMs, known.refusal?.untilMs ?? 0)).toBeGreaterThanOrEqual(heldUntilMs);
			}
		}),
		{ numRuns: byCases({ few: 300, more: 3000, all: 100_000 }), seed: 1 },
	);
});
