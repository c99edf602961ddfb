/** Answers, by the logarithm of how long they took: an answer that took ten times as long counts for one, not for ten. */
export interface Tally {
	readonly count: number;
	readonly sum: number;
	readonly squares: number;
	/** How many leads were on their way together, summed up. */
	readonly together: number;
}

/** What is remembered of the base counts for no more than so many answers, or it could not change any more. */
const mostRemembered = 60;

export const emptyTally: Tally = { count: 0, sum: 0, squares: 0, together: 0 };

export const meanOf = ({ sum, count }: Tally): number => sum / count;

const spreadOf = ({ sum, squares, count }: Tally): number => Math.max(0, squares / count - (sum / count) ** 2);

/** How far the difference of two means may be off by chance. Few answers that are alike by chance are not more certain for it. */
export const errorOf = (tally: Tally, base: Tally): number => {
	const spread = Math.max(spreadOf(tally), spreadOf(base));
	return Math.sqrt(spread / tally.count + spread / base.count);
};

export const withAnswer = ({ count, sum, squares, together }: Tally, tookMs: number, others: number): Tally => {
	const log = Math.log(Math.max(1, tookMs));
	return { count: count + 1, sum: sum + log, squares: squares + log * log, together: together + others };
};

/** Both together, in which what is old fades. */
export const mergedTallies = (old: Tally, recent: Tally): Tally => {
	const kept = Math.min(1, mostRemembered / (old.count + recent.count));
	const of = (name: keyof Tally): number => (old[name] + recent[name]) * kept;
	return { count: of('count'), sum: of('sum'), squares: of('squares'), together: of('together') };
};
