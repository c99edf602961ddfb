import { initialConcurrency, maxConcurrency, onAnswer, type LoadSignal } from './adaptiveConcurrency';

/** What waiting for a slot needs of a host. */
interface Waiter {
	readonly sleep: (ms: number) => Promise<void>;
	/** Milliseconds on a clock that only goes forward. */
	readonly monotonicMs: () => number;
	readonly stopped?: () => boolean;
}

/** The slots of an account's leads on their way, as many as adaptive concurrency gives; without it there is always one. */
export interface ConcurrencySlots {
	/** Whether there is one. */
	readonly hasRoom: (nowMs: number) => boolean;
	/** Resolves when there may be one, or when the waiter may have been stopped. */
	readonly untilChanged: (waiter: Waiter) => Promise<void>;
	/** Keeps one for a lead that leaves soon. */
	readonly keep: (nowMs: number) => void;
	/** One that was kept is not used. */
	readonly release: () => void;
	/** A lead leaves, for which one was kept. */
	readonly onSent: () => void;
	/** What came of one that left at `leftAtMs`. */
	readonly onAnswer: (signal: LoadSignal, leftAtMs: number, nowMs: number) => void;
	/** How many there are now, of adaptive concurrency. 1 to 50. */
	readonly level: () => number;
	/** Whether there are only as many as answers have shown to be good, or as many as anybody asks for. */
	readonly setAdaptive: (isAdaptive: boolean) => void;
}

/**
 * Whoever keeps a slot longer than this without leaving has let it go: a lead of a queue may be gone by the time it is
 * looked for. Who leaves later all the same is one more on its way for once.
 */
const keptMs = 1000;

export const createConcurrencySlots = (isAdaptiveAtFirst: boolean, nowMs: number): ConcurrencySlots => {
	let state = initialConcurrency(nowMs);
	let isAdaptive = isAdaptiveAtFirst;
	let onTheirWay = 0;
	/** When each slot was kept that nobody has left on, oldest first. */
	let keptAtMs: readonly number[] = [];
	let waiting: readonly (() => void)[] = [];
	let isLookedAgain = false;

	const wake = (): void => {
		const woken = waiting;
		waiting = [];
		for (const each of woken) each();
	};
	/**
	 * No answer tells of a slot that was let go in silence, and none of a run that was stopped. One timer for all who wait: with one
	 * each, a run would have thousands.
	 */
	const lookAgain = (sleep: Waiter['sleep']): void => {
		if (isLookedAgain) return;
		isLookedAgain = true;
		void sleep(keptMs).then(() => {
			isLookedAgain = false;
			wake();
		});
	};
	return {
		hasRoom: (now) => {
			if (!isAdaptive) return true;
			if (keptAtMs.length > 0) keptAtMs = keptAtMs.filter((atMs) => now - atMs < keptMs);
			return onTheirWay + keptAtMs.length < state.level;
		},
		untilChanged: async ({ sleep }) => {
			lookAgain(sleep);
			await new Promise<void>((resolve) => {
				waiting = [...waiting, resolve];
			});
		},
		keep: (now) => {
			if (isAdaptive) keptAtMs = [...keptAtMs.slice(1 - maxConcurrency), now];
		},
		release: () => {
			keptAtMs = keptAtMs.slice(1);
			wake();
		},
		onSent: () => {
			keptAtMs = keptAtMs.slice(1);
			onTheirWay++;
		},
		onAnswer: (signal, leftAtMs, now) => {
			onTheirWay = Math.max(0, onTheirWay - 1);
			state = onAnswer(state, signal, leftAtMs, now);
			wake();
		},
		level: () => state.level,
		setAdaptive: (value) => {
			isAdaptive = value;
			wake();
		},
	};
};
