import { withAnswer, errorOf, meanOf, mergedTallies, emptyTally, type Tally } from './answerTimes';

/**
 * How many of an account's leads may be on their way at once, learned from how long the API takes to answer. Pure, as the
 * rate beside it is: every function takes the state and the time of a clock that only goes forward, and gives the next
 * state, which JSON can hold.
 *
 * It begins low and goes up step by step. Each step has to show that answers come about as quickly as they did on the steps
 * just below before the next is taken, so that a server which slows down beyond some number is not driven there. Not as
 * quickly as on the first: a program that does more at once comes a little later to each answer by itself, and gets through
 * more all the same. A 429, an answer that was lost and one that says the server is busy halve it at once.
 */
export interface ConcurrencyState {
	/** How many may be on their way now; whole. */
	readonly level: number;
	/** When the level was set: only leads that left since then tell of it. */
	readonly sinceMs: number;
	/** What leads at this level were answered in. */
	readonly tally: Tally;
	/** What answers took of late at levels that were good; null: nothing is known yet. */
	readonly base: Tally | null;
	/** The highest level that was good; 0: none is known. */
	readonly good: number;
	/** From this level on answers came slower. Null: no such level has shown. */
	readonly ceiling: number | null;
	/** When the ceiling may be tried again. */
	readonly tryAtMs: number;
	/** How often a ceiling was met in a row: the pause before the next try doubles with each. */
	readonly ceilings: number;
	/** When the last answers came, oldest first: so many came while a lead was on its way as were on their way with it. */
	readonly answersAtMs: readonly number[];
}

/** What came of a lead: an answer of any kind, a 429, or nothing that a server in good order gives. */
export type LoadSignal = 'answered' | 'limited' | 'overloaded';

/** What adaptive concurrency begins with, and what no 429 and no slowness takes it below: five at once were the fixed default. */
export const startConcurrency = 5;
/** What it never goes beyond. */
export const maxConcurrency = 50;
/** The most that may be on their way at once under a setting of `concurrency`, of which 0 is adaptive. */
export const mostAtOnce = (concurrency: number): number => (concurrency === 0 ? maxConcurrency : concurrency);

/** Where answers are lost, one lead at a time still asks. */
const leastConcurrency = 1;

/**
 * Tuned on the simulated servers of `test/core/adaptiveConcurrency.test.ts`: steady ones, such as take as long as chance wants,
 * and such as slow down beyond 7 or 20 at once. Whoever changes a number runs these.
 */
const growth = 1.25;
/** An answer that takes up to a tenth longer is no sign; as a logarithm. */
const slack = 0.1;
/** Twice as long even with the fewest on their way is none of their doing, nor of a few programs that share a server. */
const changed = Math.log(2);
/** So many times the error that chance makes is no chance any more. */
const sure = 2;
/**
 * The quick ones of those that left are answered first. So a level is good after as many answers as this times the level, and
 * is a measure for others after as many as that.
 */
const answersToGrow = 1.5;
const answersToMeasure = 3;
/** After so many answers, and this many times the level, it is good unless it has shown not to be, however much they differ. */
const fewestToTell = 50;
const answersToTell = 5;
/** A level that is used less than this is not what limits, and tells nothing of itself. */
const usedShare = 0.7;
/** A ceiling is tried again after as long as so many answers one after the other take, then after twice as long, up to so many times. */
const answersInPause = 20;
const firstPauseMs = 5000;
const mostPauses = 10;

export const initialConcurrency = (nowMs: number): ConcurrencyState => ({
	level: startConcurrency,
	sinceMs: nowMs,
	tally: emptyTally,
	base: null,
	good: 0,
	ceiling: null,
	tryAtMs: nowMs,
	ceilings: 0,
	answersAtMs: [],
});

/** A new level, which has to show by itself what it is. */
const setTo = (state: ConcurrencyState, level: number, nowMs: number): ConcurrencyState => ({
	...state,
	level,
	sinceMs: nowMs,
	tally: emptyTally,
});

/** The base after a level that is no slower. What one level adds to what answers take is taken on, or ten would add up to one that is slow. */
const baseAfter = (base: Tally | null, tally: Tally): Tally => (base === null ? tally : mergedTallies(base, tally));

/** The level after one that has shown to be good; the same where the next one was slow a short while ago. */
const nextLevel = ({ level, ceiling, tryAtMs }: ConcurrencyState, nowMs: number): number => {
	const next = Math.min(maxConcurrency, Math.max(level + 1, Math.ceil(level * growth)));
	if (ceiling === null || next < ceiling) return next;
	return nowMs < tryAtMs ? level : Math.max(level, ceiling);
};

/** Answers come as quickly as with fewer on their way. */
const grown = (state: ConcurrencyState, nowMs: number): ConcurrencyState => {
	const { level, tally, base, ceiling } = state;
	const isPast = ceiling !== null && level >= ceiling;
	return {
		...setTo(state, nextLevel(isPast ? { ...state, ceiling: null } : state, nowMs), nowMs),
		base: baseAfter(base, tally),
		good: level,
		...(isPast ? { ceiling: null, ceilings: 0 } : {}),
	};
};

/**
 * With the fewest on their way they still take far longer, or some took far longer than others: this is another server now, or
 * another road to it, of which nothing is known. What left before it was seen tells of neither.
 */
const begunAnew = (state: ConcurrencyState, nowMs: number): ConcurrencyState => ({
	...setTo(state, state.level, nowMs),
	base: null,
	good: state.level,
	ceiling: null,
	ceilings: 0,
});

/** Answers come slower: back to the level where they did not. */
const slowed = (state: ConcurrencyState, nowMs: number): ConcurrencyState => {
	const { level, tally, good, ceiling } = state;
	// With so few on their way it is not for them that it is slow: from here on this is how long answers take.
	if (level <= startConcurrency) return { ...setTo(state, level, nowMs), base: tally, good: level };
	// A level below a ceiling that was just met falls with it; only what was tried again, in vain, waits longer.
	const ceilings = ceiling !== null && level < ceiling ? state.ceilings : state.ceilings + 1;
	const firstMs = Math.min(firstPauseMs, answersInPause * Math.exp(meanOf(tally)));
	const pauseMs = firstMs * Math.min(mostPauses, 2 ** (ceilings - 1));
	return {
		...setTo(state, Math.max(startConcurrency, good < level ? good : Math.floor(level / growth)), nowMs),
		good: Math.min(good, level - 1),
		ceiling: level,
		tryAtMs: nowMs + pauseMs,
		ceilings,
	};
};

/** Whether a level has shown enough, and what. `mayGrow`: there is a next one, for which less is enough. */
const verdict = (
	{ level, tally, base, good }: ConcurrencyState,
	mayGrow: boolean,
): 'slower' | 'asQuick' | 'another' | 'unused' | 'unknown' => {
	const { count, together } = tally;
	// The first ones of a level leave together, and wait for each other in the sending program.
	if (count < level) return 'unknown';
	const isUsed = together >= usedShare * level * count;
	if (!isUsed) return count < answersToMeasure * level ? 'unknown' : 'unused';
	if (base === null) {
		if (count < answersToMeasure * level) return 'unknown';
		// Once: there are servers that answer as chance wants.
		return good === 0 && errorOf(tally, tally) > slack ? 'another' : 'asQuick';
	}
	const slower = meanOf(tally) - meanOf(base);
	const error = errorOf(tally, base);
	if (level === startConcurrency && slower - sure * error > changed) return 'another';
	if (slower - sure * error > slack) return 'slower';
	if (count >= (mayGrow ? answersToGrow : answersToMeasure) * level && slower + error <= slack) return 'asQuick';
	if (count < Math.max(fewestToTell, answersToTell * level)) return 'unknown';
	return slower - Math.max(0, error - slack / 2) > slack ? 'slower' : 'asQuick';
};

/** What came of a lead that left at `leftAtMs`. */
export const onAnswer = (
	before: ConcurrencyState,
	signal: LoadSignal,
	leftAtMs: number,
	nowMs: number,
): ConcurrencyState => {
	const answersAtMs = [...before.answersAtMs.slice(1 - maxConcurrency), nowMs];
	const state = { ...before, answersAtMs };
	// One overshoot, several answers: it falls once.
	if (leftAtMs < state.sinceMs) return state;
	if (signal !== 'answered') {
		const least = Math.min(state.level, signal === 'limited' ? startConcurrency : leastConcurrency);
		// What leaves from now on; what is on its way has left before.
		return setTo(state, Math.max(least, Math.floor(state.level / 2)), nowMs + 1);
	}
	// Those that came as it left count half, since nobody knows whether they were before it.
	const others = answersAtMs.reduce((sum, atMs) => sum + (atMs > leftAtMs ? 1 : atMs === leftAtMs ? 0.5 : 0), 0);
	const told = { ...state, tally: withAnswer(state.tally, nowMs - leftAtMs, others) };
	switch (verdict(told, nextLevel(told, nowMs) > told.level)) {
		case 'slower':
			return slowed(told, nowMs);
		case 'asQuick':
			return grown(told, nowMs);
		case 'another':
			return begunAnew(told, nowMs);
		case 'unused':
			return setTo(told, told.level, nowMs);
		case 'unknown':
			return told;
	}
};
