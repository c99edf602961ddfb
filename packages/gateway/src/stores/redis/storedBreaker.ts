import { type HoldReason, holdReasons, longestAskedMs, type Open } from '@icloud-ready/core';

/** A breaker that is open, as it stands in Redis for all gateways; times are of Redis's clock, in ms since 1970. */
export interface StoredBreaker {
	readonly why: HoldReason;
	readonly consecutiveFailures: number;
	readonly sinceMs: number;
	readonly untilMs: number;
}

const isHeldBy = (value: unknown): value is HoldReason => (holdReasons as readonly unknown[]).includes(value);

/** A note as it was read; undefined where there is none, or another version wrote something else. */
export const readHold = (text: string | null | undefined): StoredBreaker | undefined => {
	if (text == null) return undefined;
	try {
		const { why, consecutiveFailures, sinceMs, untilMs } = JSON.parse(text) as Readonly<Record<string, unknown>>;
		const numbers = [consecutiveFailures, sinceMs, untilMs];
		if (!isHeldBy(why) || !numbers.every((value) => typeof value === 'number' && Number.isFinite(value)))
			return undefined;
		return {
			why,
			consecutiveFailures: Number(consecutiveFailures),
			sinceMs: Number(sinceMs),
			untilMs: Number(untilMs),
		};
	} catch {
		return undefined;
	}
};

/** What Redis answers to TIME, in ms since 1970. */
export const redisNowMs = (time: unknown): number => {
	const [seconds, microseconds] = (Array.isArray(time) ? time : []).map(Number);
	return (seconds ?? 0) * 1000 + (microseconds ?? 0) / 1000;
};

const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/**
 * A note on this gateway's own clock, on which it is `nowMs` while it is `redisMs` in Redis. Either time may have been set
 * since it was written, so a pause lasts no longer than it was meant to, and never longer than any may.
 */
export const openOf = (text: string | null | undefined, redisMs: number, nowMs: number): Open | undefined => {
	const hold = readHold(text);
	if (hold === undefined) return undefined;
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

/** The note for a breaker, the other way round. */
export const holdOf = (
	{ why, consecutiveFailures, openedAtMs, untilMs }: Open,
	redisMs: number,
	nowMs: number,
): StoredBreaker => ({
	why,
	consecutiveFailures,
	sinceMs: Math.round(redisMs + openedAtMs - nowMs),
	untilMs: Math.round(redisMs + untilMs - nowMs),
});
