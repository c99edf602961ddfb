import { make } from './dom';

const ofToday = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
const ofAnotherDay = { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** A time for people, without its day where that is today. */
export const createShownTime = (language?: string): ((ms: number) => string) => {
	const clock = new Intl.DateTimeFormat(language, ofToday);
	const dayAndClock = new Intl.DateTimeFormat(language, ofAnotherDay);
	return (ms) => (new Date(ms).toDateString() === new Date().toDateString() ? clock : dayAndClock).format(ms);
};

const units = [
	['day', 86_400_000],
	['hour', 3_600_000],
	['minute', 60_000],
] as const;
/** So many days back, a date says more. */
const daysShown = 7;

/** A time as long ago as it is, and whole with its date and zone. */
export const createRelativeTime = (
	language?: string,
): { readonly relative: (ms: number, nowMs: number) => string; readonly full: (ms: number) => string } => {
	const ago = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
	const day = new Intl.DateTimeFormat(language, { year: 'numeric', month: 'short', day: 'numeric' });
	const whole = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'long' });
	return {
		relative: (ms, nowMs) => {
			const passedMs = nowMs - ms;
			if (Math.abs(passedMs) >= daysShown * 86_400_000) return day.format(ms);
			const unit = units.find(([, length]) => Math.abs(passedMs) >= length);
			return unit === undefined ? ago.format(0, 'second') : ago.format(-Math.trunc(passedMs / unit[1]), unit[0]);
		},
		full: (ms) => whole.format(ms),
	};
};

/** Short facts in a line; each keeps its own direction of writing. */
export const factsLine = (facts: readonly string[]): readonly (Node | string)[] =>
	facts.filter(Boolean).flatMap((fact, at) => [at === 0 ? '' : ' · ', make('bdi', {}, fact)]);
