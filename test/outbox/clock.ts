/** A clock that only a test moves. */
export interface Clock {
	/** What people see; jumps when it is set. */
	readonly now: () => number;
	/** Only goes forward, whatever is set. */
	readonly monotonicMs: () => number;
	/** Somebody, or something, sets the time: `byMs` further, or back where it is negative. No sleeper wakes by it. */
	readonly set: (byMs: number) => void;
	readonly sleep: (ms: number) => Promise<void>;
	/** Lets everything happen that can happen now. */
	readonly settle: () => Promise<void>;
	/** Moves on by `ms`, waking each sleeper at its time. */
	readonly advance: (ms: number) => Promise<void>;
}

/** Lets everything happen that can happen now, a timer of the system's among it. */
const macrotasks = async (): Promise<void> => {
	// A macrotask lets every microtask before it run, and a store in memory has nothing else.
	for (let round = 0; round < 5; round++) await new Promise<void>((resolve) => setImmediate(resolve));
};

/** The same for what waits for nothing but promises, many times quicker: for tens of thousands of runs. */
export const microtasks = async (): Promise<void> => {
	for (let round = 0; round < 120; round++) await Promise.resolve();
};

export const createClock = (startMs = 1_000_000, settle = macrotasks): Clock => {
	/** Far from the time since 1970, so that one taken for the other shows. */
	let nowMs = 5000;
	let offsetMs = startMs - nowMs;
	let sleepers: { readonly atMs: number; readonly wake: () => void }[] = [];
	return {
		now: () => nowMs + offsetMs,
		monotonicMs: () => nowMs,
		set: (byMs) => {
			offsetMs += byMs;
		},
		sleep: async (ms) => await new Promise((resolve) => sleepers.push({ atMs: nowMs + ms, wake: resolve })),
		settle,
		advance: async (ms) => {
			const untilMs = nowMs + ms;
			await settle();
			for (;;) {
				const [next] = [...sleepers].sort((a, b) => a.atMs - b.atMs);
				if (next === undefined || next.atMs > untilMs) break;
				sleepers = sleepers.filter((sleeper) => sleeper !== next);
				nowMs = Math.max(nowMs, next.atMs);
				next.wake();
				await settle();
			}
			nowMs = untilMs;
		},
	};
};
