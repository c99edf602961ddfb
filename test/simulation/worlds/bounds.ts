import type { World } from './world';

/** How long anything may take at most, from the settings and from what is promised; never from what the product holds. */
export const minuteMs = 60_000;
/** However much is asked for, after an hour one lead may ask again. */
export const longestAskedMs = 60 * minuteMs;
/** A key or a permission that was refused over and over is tried again after so long at the latest. */
const longestPauseMs = 5 * minuteMs;
/** A lead of which nothing comes back holds the others no longer. */
const longestProbeMs = 5 * minuteMs;
/** An account waits so long for what is on its way. */
export const closingMs = 10_000;
/** A gateway's disk takes no longer than this for the mark of a lead that has its turn. */
export const writingMs = 1500;
/** The most that the setting 0 lets leave at once. */
const mostAdaptive = 50;
export const mostAtOnce = (concurrency: number): number => (concurrency === 0 ? mostAdaptive : concurrency);
/** So many refusals bring no pause yet. */
const allowedRefusals = 3;
/** The slowest rate that a limit can teach. */
const slowestMs = 10_000;

export const bystanderMs = ({ facts }: World): number =>
	longestPauseMs + longestProbeMs + minuteMs + facts.size * slowestMs;

/** How long after everything works the last lead has ended. */
export const endsWithinMs = ({ plan, facts }: World): number => {
	const perLeadMs = Math.max(slowestMs, ...plan.accounts.map(({ timeoutSeconds }) => 2 * timeoutSeconds * 1000));
	// Of a key that was never accepted one lead after the other is given up.
	const unverifiedMs =
		plan.gateway === undefined
			? 0
			: longestPauseMs + (5 + plan.gateway.unverifiedMinutes * (1 + facts.size / 10)) * minuteMs;
	return unverifiedMs + longestPauseMs + longestProbeMs + minuteMs + facts.size * perLeadMs;
};

/** How long so many refusals in a row must have taken at least. */
export const refusalsTakeMs = (count: number, concurrency: number): number => {
	const pauses = count - mostAtOnce(concurrency) - allowedRefusals;
	return pauses <= 0 ? 0 : Math.min(longestPauseMs * pauses, 1000 * (2 ** Math.min(pauses, 8) - 1)) / 2;
};

/** How many things a program may wait for at once: a few for itself, and a few for each lead. */
export const mostPendingFor = (leads: number): number => 30 + 6 * leads;
