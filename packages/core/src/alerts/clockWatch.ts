/** What is known of a host's time of day; JSON can hold it. */
export interface ClockWatch {
	/** The latest time that was seen, in ms since 1970. */
	readonly latestMs: number;
	/**
	 * When it was found set back, in ms since 1970 by the clock as it is since then.
	 * @default it was not
	 */
	readonly backAtMs?: number;
}

/** Clocks are corrected by less than this all the time. */
const stepMs = 60_000;
/** By then somebody was told, in ms; a clock that had been years ahead would never catch up. */
export const longestBackMs = 12 * 3_600_000;

/**
 * The clock as it is seen now. One that was set back by more than a minute counts as that until it has caught up, or for
 * twelve hours. `before`: undefined where it was never seen.
 */
export const watchClock = (before: ClockWatch | undefined, nowMs: number): ClockWatch => {
	if (before === undefined || nowMs >= before.latestMs - stepMs)
		return { latestMs: Math.max(nowMs, before?.latestMs ?? nowMs) };
	// Set back once more since then it is as if it was set back now.
	const backAtMs = before.backAtMs === undefined || before.backAtMs > nowMs + stepMs ? nowMs : before.backAtMs;
	return nowMs - backAtMs >= longestBackMs ? { latestMs: nowMs } : { latestMs: before.latestMs, backAtMs };
};

export const isClockBack = ({ backAtMs }: ClockWatch): boolean => backAtMs !== undefined;
