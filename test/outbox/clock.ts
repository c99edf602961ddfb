/** A clock that only a test moves. */
export interface Clock {
	readonly now: () => number;
	readonly sleep: (ms: number) => Promise<void>;
	/** Lets everything happen that can happen now. */
	readonly settle: () => Promise<void>;
	/** Moves on by `ms`, waking each sleeper at its time. */
	readonly advance: (ms: number) => Promise<void>;
}

export const createClock = (startMs = 1_000_000): Clock => {
	let nowMs = startMs;
	let sleepers: { readonly atMs: number; readonly wake: () => void }[] = [];
	// A macrotask lets every microtask before it run, and a store in memory has nothing else.
	const settle = async (): Promise<void> => {
		for (let round = 0; round < 5; round++) await new Promise<void>((resolve) => setImmediate(resolve));
	};
	return {
		now: () => nowMs,
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
