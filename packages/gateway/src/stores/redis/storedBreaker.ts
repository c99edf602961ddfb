import type { StoredHold } from './schema/hold';
import { longestAskedMs, type Open } from '@icloud-ready/core';

const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/**
 * A hold on this gateway's own clock, on which it is `nowMs` while it is `redisMs` in Redis. Either time may have been set
 * since it was written, so a pause lasts no longer than it was meant to, and never longer than any may.
 */
export const openOf = (hold: StoredHold, redisMs: number, nowMs: number): Open => {
	const pauseMs = within(hold.untilMs - hold.sinceMs, 0, longestAskedMs);
	const leftMs = within(hold.untilMs - redisMs, 0, pauseMs);
	return {
		kind: 'open',
		why: hold.why,
		consecutiveFailures: Math.max(1, hold.consecutiveFailures),
		unanswered: 0,
		openedAtMs: nowMs - (pauseMs - leftMs),
		untilMs: nowMs + leftMs,
	};
};

/** The hold for a breaker, the other way round. */
export const holdOf = (
	{ why, consecutiveFailures, openedAtMs, untilMs }: Open,
	redisMs: number,
	nowMs: number,
): StoredHold => ({
	why,
	consecutiveFailures,
	sinceMs: Math.round(redisMs + openedAtMs - nowMs),
	untilMs: Math.round(redisMs + untilMs - nowMs),
});
