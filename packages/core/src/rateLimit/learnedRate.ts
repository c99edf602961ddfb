/**
 * How a learned rate rises and falls. Every function is pure; rates are leads a second.
 *
 * The numbers below were tuned on the simulated limits of `test/core/pace.test.ts` (5 to 100 a second, buckets and windows,
 * with and without Retry-After, up to five programs that share one, and APIs that take nothing for a minute): all leads in
 * 1.01 to 1.04 times the least time where a bucket holds one second's leads, with 0.2 to 5 % of the requests refused.
 * Whoever changes one runs these, which fail where it becomes worse.
 */

/** A rate as the last 429 left it. */
export interface Rate {
	readonly perSecond: number;
	/** By how much it climbs each second. */
	readonly climbPerSecond: number;
	/** The same as a share of the rate, learned too. */
	readonly climbShare: number;
	/** A rate that was borne before: up to it this one doubles each second, from there it climbs. */
	readonly searchUpTo: number;
	/** While the API lets nothing through: half the rate before, or one a second where none was measured. 0 where it does. */
	readonly borne: number;
}

/** So many leads that the API let through in a step of time. */
export interface Step {
	readonly fromMs: number;
	readonly count: number;
}

/** Leads are counted in steps of this length. */
export const stepMs = 100;
const slowestPerSecond = 0.1;
/** Where the very first lead meets the limit, so that nothing was measured. */
const unknownPerSecond = 1;
/** Nothing tells how far to search; a number that JSON can hold. */
const anyRate = Number.MAX_VALUE;
/** A rate never falls far below the one at which the limit showed: a hold longer than needed makes what is measured too small. */
const deepestFall = 0.85;
/** A rate that was far above what left shows nothing of what the API bears. */
const mostOverBusiest = 2;
/** So many leads let through before the first 429 tell a rate; fewer do not. */
const enoughToMeasure = 10;
const searchingGrowth = 2;
/** So many holds in a row with nothing let through are no matter of the rate: the API takes nothing at all for a while. */
const shutHolds = 8;
/**
 * How much of the rate is climbed each second: less where limits come one soon after the other, more where none comes. It
 * begins at 5 %: with 2 % the first 300 leads take 1.08 times the least time in place of 1.02, with 10 % a limit that
 * counts whole seconds refuses more and takes 1.33 times in place of 1.25. The bounds matter to long runs alone: a least share of
 * 2 % has five programs on one limit refused in 4.5 % of their requests in place of 3.8.
 */
const firstClimbShare = 0.05;
const leastClimbShare = 0.005;
const mostClimbShare = 0.1;
const aimedBetweenLimitsMs = 20_000;
/** A rate that climbs for so long without a limit doubles in so many seconds from then on. */
const steadySeconds = 120;
const doublingSeconds = 20;

/**
 * What a rate has become after some seconds: first it doubles up to one that was borne before, then it climbs evenly, and
 * where no limit shows for long it grows ever faster, since it is far below what the API bears then.
 */
export const risen = ({ perSecond, climbPerSecond, searchUpTo }: Rate, seconds: number): number => {
	const searching =
		searchUpTo <= perSecond ? 0 : Math.min(seconds, Math.log(searchUpTo / perSecond) / Math.log(searchingGrowth));
	const climbing = Math.min(seconds - searching, steadySeconds);
	const beyond = seconds - searching - climbing;
	return (perSecond * searchingGrowth ** searching + climbPerSecond * climbing) * 2 ** (beyond / doublingSeconds);
};

/**
 * The rate that the API has shown to bear: of all stretches of time that end with this hold, the one with the most leads
 * for its length. A pause before a burst would make any fixed stretch far too small.
 */
const measure = (lately: readonly Step[], untilMs: number): { readonly perSecond: number; readonly count: number } => {
	let count = 0;
	let best = { perSecond: 0, count: 0 };
	for (const step of [...lately].reverse()) {
		count += step.count;
		const perSecond = (count * 1000) / Math.max(1, untilMs - step.fromMs);
		if (perSecond > best.perSecond) best = { perSecond, count };
	}
	return best;
};

/** The most leads that were let through in one second. */
const busiest = (lately: readonly Step[]): number => {
	let [most, count, from] = [0, 0, 0];
	for (const [index, step] of lately.entries()) {
		count += step.count;
		for (; from < index && (lately[from] as Step).fromMs <= step.fromMs - 1000; from++)
			count -= (lately[from] as Step).count;
		most = Math.max(most, count);
	}
	return most;
};

/** The rate after a 429: what was let through tells it, within bounds that the rate before sets. */
const fallen = (
	measured: number,
	before: number | null,
	lately: readonly Step[],
	letNothingThrough: boolean,
): number => {
	if (before === null) return measured === 0 ? unknownPerSecond : measured;
	const used = lately.length === 0 ? before : Math.min(before, busiest(lately) * mostOverBusiest);
	if (letNothingThrough) return used / 2;
	return Math.min(used, Math.max(measured, used * deepestFall));
};

/** What the rate may be searched up to once the API takes leads again, after `emptyHolds` in a row. */
const borneAfter = (rate: Rate, before: number, emptyHolds: number): number => {
	if (emptyHolds === 0) return 0;
	return emptyHolds === 1 ? before / 2 : rate.borne;
};

/** What a 429 is met with. */
export interface Met {
	/** What the rate had become. */
	readonly before: number;
	/** Since the rate was set, in ms. */
	readonly sinceSetMs: number;
}

/** The rate after a 429 that holds until `untilMs`, with `emptyHolds` in a row that let nothing through. `met`: null where there was no rate. */
export const rateAfter = (
	rate: Rate | null,
	met: Met | null,
	lately: readonly Step[],
	untilMs: number,
	emptyHolds: number,
): Rate => {
	const measured = measure(lately, untilMs);
	const perSecond = Math.max(slowestPerSecond, fallen(measured.perSecond, met?.before ?? null, lately, emptyHolds > 0));
	if (rate === null || met === null) {
		const isMeasured = measured.count >= enoughToMeasure;
		return {
			perSecond,
			climbPerSecond: perSecond * firstClimbShare,
			climbShare: firstClimbShare,
			borne: isMeasured ? 0 : unknownPerSecond,
			searchUpTo: isMeasured ? perSecond : anyRate,
		};
	}
	const quick = Math.min(2, Math.max(0.5, met.sinceSetMs / aimedBetweenLimitsMs));
	const climbShare = Math.min(mostClimbShare, Math.max(leastClimbShare, rate.climbShare * quick));
	const borne = borneAfter(rate, met.before, emptyHolds);
	const searchUpTo = emptyHolds < shutHolds ? perSecond : Math.max(borne, perSecond);
	return { perSecond, climbPerSecond: searchUpTo * climbShare, climbShare, borne, searchUpTo };
};
