import {
	type Alert,
	alertKinds,
	type AlertState,
	type Condition,
	decideAlerts,
	onTold,
} from '../../../packages/core/src';
import { byCases, seed } from '../../fixtures/cases';
import fc from 'fast-check';

const minuteMs = 60_000;
const startMs = 1_800_000_000_000;
const key = (count = 3): Condition => ({ kind: 'key', organizationId: 'org-1', count });

interface Told {
	readonly minute: number;
	readonly alert: Alert;
}
/** What is told where each minute has its conditions, and its clock. */
const run = (
	minutes: readonly (readonly Condition[])[],
	clock = (minute: number): number => startMs + minute * minuteMs,
): readonly Told[] => {
	let state: AlertState = new Map();
	return minutes.flatMap((conditions, minute) => {
		const decided = decideAlerts(state, conditions, clock(minute));
		state = decided.alerts.reduce((now, alert) => onTold(now, alert, clock(minute)), decided.state);
		return decided.alerts.map((alert) => ({ minute, alert }));
	});
};
const words = (told: readonly Told[]): readonly (readonly [number, string])[] =>
	told.map(({ minute, alert: { state } }) => [minute, state]);
const during = (minutes: number, isOn: (minute: number) => boolean): readonly (readonly Condition[])[] =>
	Array.from({ length: minutes }, (_, minute) => (isOn(minute) ? [key()] : []));

test.each([
	[
		'one that begins and ends is told of twice, at once',
		during(30, (minute) => minute >= 5 && minute < 9),
		[
			[5, 'begun'],
			[9, 'over'],
		],
	],
	[
		'one that stays is told again after a day, and again after another',
		during(3000, (minute) => minute >= 10),
		[
			[10, 'begun'],
			[1450, 'still'],
			[2890, 'still'],
		],
	],
	[
		'one that ends and begins again just after the daily word',
		during(1600, (minute) => minute !== 1446),
		[
			[0, 'begun'],
			[1440, 'still'],
			[1446, 'over'],
			[1506, 'begun'],
		],
	],
	[
		'one that ends after days is told of at once',
		during(3000, (minute) => minute >= 10 && minute < 2000),
		[
			[10, 'begun'],
			[1450, 'still'],
			[2000, 'over'],
		],
	],
	[
		'one that comes again is told of after an hour',
		during(200, (minute) => (minute >= 5 && minute < 9) || minute >= 12),
		[
			[5, 'begun'],
			[9, 'over'],
			[69, 'begun'],
		],
	],
	[
		'one that came again and went is not told of',
		during(200, (minute) => (minute >= 5 && minute < 9) || (minute >= 12 && minute < 60)),
		[
			[5, 'begun'],
			[9, 'over'],
		],
	],
	[
		'after an hour of calm it is told of at once',
		during(200, (minute) => (minute >= 5 && minute < 9) || minute >= 100),
		[
			[5, 'begun'],
			[9, 'over'],
			[100, 'begun'],
		],
	],
	['nothing is told of nothing', during(100, () => false), []],
] as const)('%s', (_name, minutes, expected) => {
	expect(words(run(minutes))).toEqual(expected);
});

test('a thousand minutes in which it comes and goes are told of less and less', () => {
	const told = words(run(during(1000, (minute) => minute % 2 === 0)));
	expect(told.slice(0, 2)).toEqual([
		[0, 'begun'],
		[1, 'over'],
	]);
	expect(told.length).toBeLessThan(8);
	// Never two within an hour, but for the first begin and its end.
	for (const [index, [minute]] of told.entries())
		if (index >= 2) expect(minute - (told[index - 1]?.[0] ?? 0)).toBeGreaterThanOrEqual(60);
});

test('each organization and each kind is told of by itself', () => {
	const both = [key(), { kind: 'key', organizationId: 'org-2', count: 1 }, { kind: 'store', count: 0 }] as const;
	expect(
		run([both, [both[1]], []]).map(({ alert: { kind, organizationId, state } }) => [kind, organizationId, state]),
	).toEqual([
		['key', 'org-1', 'begun'],
		['key', 'org-2', 'begun'],
		['store', undefined, 'begun'],
		['key', 'org-1', 'over'],
		['store', undefined, 'over'],
		['key', 'org-2', 'over'],
	]);
});

test('it says since when and until when, and how many leads it is now', () => {
	const sinceMs = startMs - 5 * minuteMs;
	const [begun, still, over] = run([
		[{ ...key(3), sinceMs }],
		...Array.from({ length: 1500 }, () => [{ ...key(40), sinceMs }]),
		[],
	]).map(({ alert }) => alert);
	expect([begun?.count, begun?.sinceMs, still?.count, over?.overMs]).toEqual([
		3,
		sinceMs,
		40,
		startMs + 1501 * minuteMs,
	]);
});

test('what reached nobody is told as soon as it can be, with its first time, and not at all where it is over by then', () => {
	const first = decideAlerts(new Map(), [key()], startMs);
	const second = decideAlerts(first.state, [key(9)], startMs + minuteMs);
	expect(second.alerts).toEqual([{ ...key(9), state: 'begun', sinceMs: startMs }]);
	expect(decideAlerts(second.state, [], startMs + 2 * minuteMs).alerts).toEqual([]);
});

test('a clock that is set back by years holds no word back for ever', () => {
	const clock = (minute: number): number => startMs + minute * minuteMs - (minute >= 20 ? 1e11 : 0);
	const told = words(
		run(
			during(1600, (minute) => (minute >= 5 && minute < 9) || minute >= 30),
			clock,
		),
	);
	expect(told.slice(0, 2)).toEqual([
		[5, 'begun'],
		[9, 'over'],
	]);
	expect(told[2]?.[1]).toBe('begun');
	expect(told[2]?.[0]).toBeLessThanOrEqual(30 + 60);
});

const condition: fc.Arbitrary<Condition> = fc.record({
	kind: fc.constantFrom(...alertKinds),
	organizationId: fc.constantFrom('a', 'b'),
	count: fc.nat(9),
});
const story = fc.array(
	fc.record({ minutes: fc.constantFrom(1, 2, 7, 59, 60, 61, 1439, 1500), so: fc.array(condition, { maxLength: 4 }) }),
	{ maxLength: 8 },
);

test('whatever comes and goes: words alternate, nothing is told twice in an hour, and the last word is the truth', () => {
	fc.assert(
		fc.property(story, (parts) => {
			const calm = { minutes: 1500, so: parts.at(-1)?.so ?? [] };
			const minutes = [...parts, calm].flatMap(({ minutes: length, so }) => Array.from({ length }, () => so));
			const byName = new Map<string, Told[]>();
			for (const told of run(minutes)) {
				const name = `${told.alert.kind} ${told.alert.organizationId}`;
				byName.set(name, [...(byName.get(name) ?? []), told]);
			}
			const last = new Set(calm.so.map(({ kind, organizationId }) => `${kind} ${organizationId}`));
			for (const [name, told] of byName) {
				let isOn = false;
				for (const [index, { minute, alert }] of told.entries()) {
					expect(alert.state).toBe(isOn ? (alert.state === 'still' ? 'still' : 'over') : 'begun');
					isOn = alert.state !== 'over';
					const before = told[index - 2]?.minute;
					if (before !== undefined) expect(minute - before).toBeGreaterThanOrEqual(60);
				}
				expect(isOn).toBe(last.has(name));
			}
			for (const name of last) expect(byName.has(name)).toBe(true);
		}),
		{ numRuns: byCases({ few: 15, more: 100, all: 3000 }), seed },
	);
});
