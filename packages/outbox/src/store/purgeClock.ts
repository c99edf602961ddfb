/** Clocks are set by a little all the time. */
const stepMs = 3_600_000;
/** A time that has lasted so long is believed. */
const believedAfterMs = 86_400_000;

/**
 * The time by which leads are forgotten for their age, in ms since 1970. It follows `now` but for jumps forward by more than
 * an hour, which it believes after a day: a clock that is years ahead for a moment would have everything forgotten that
 * has ended, and known leads created again.
 */
export const createPurgeClock = (now: () => number, monotonicMs: () => number): (() => number) => {
	let offsetMs = now() - monotonicMs();
	let candidate = { offsetMs, sinceMs: monotonicMs() };
	return () => {
		const elapsedMs = monotonicMs();
		const current = now() - elapsedMs;
		if (current <= offsetMs + stepMs) offsetMs = current;
		else if (Math.abs(current - candidate.offsetMs) > stepMs) candidate = { offsetMs: current, sinceMs: elapsedMs };
		else if (elapsedMs - candidate.sinceMs >= believedAfterMs) offsetMs = current;
		return elapsedMs + offsetMs;
	};
};
