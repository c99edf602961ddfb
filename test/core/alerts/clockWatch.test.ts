import { type ClockWatch, isClockBack, watchClock } from '../../../packages/core/src';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const startMs = 1_800_000_000_000;

/** Whether it counts as set back after each of these times. */
const seen = (times: readonly number[]): readonly boolean[] => {
	let clock: ClockWatch | undefined;
	return times.map((nowMs) => {
		// As it is kept over a restart.
		clock = watchClock(clock && (JSON.parse(JSON.stringify(clock)) as ClockWatch), nowMs);
		return isClockBack(clock);
	});
};

test.each<readonly [string, readonly number[], readonly boolean[]]>([
	['one that goes on', [0, minuteMs, 2 * minuteMs], [false, false, false]],
	['a correction by less than a minute', [10 * minuteMs, 9 * minuteMs + 1], [false, false]],
	[
		'an hour back, until it has caught up',
		[2 * hourMs, hourMs, hourMs + 30 * minuteMs, 2 * hourMs, 3 * hourMs],
		[false, true, true, false, false],
	],
	['years back, for twelve hours', [1e11, 0, 11 * hourMs, 12 * hourMs, 13 * hourMs], [false, true, true, false, false]],
	['back and back again', [1e11, 5e10, 0, 11 * hourMs, 12 * hourMs], [false, true, true, true, false]],
])('%s', (_name, offsets, expected) => {
	expect(seen(offsets.map((offsetMs) => startMs + offsetMs))).toEqual(expected);
});
