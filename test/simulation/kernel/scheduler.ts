import { runMicrotasks } from './microtasks';

/** Takes back something that was to happen later. */
export type TakeBack = () => void;

/** One timeline for everything of a run: nothing in it waits for real time. */
export interface Scheduler {
	/** Milliseconds since the run began, on the clock that only goes forward. */
	readonly nowMs: () => number;
	/** Milliseconds since 1970, as the machine believes. */
	readonly wallMs: () => number;
	/** Somebody sets the machine's time. */
	readonly setWall: (byMs: number) => void;
	readonly after: (ms: number, happen: () => void) => TakeBack;
	/** Lets everything happen up to this time. */
	readonly runUntil: (untilMs: number) => Promise<void>;
	/** Happens before anything that is still to come, as Node.js' own `process.nextTick`. */
	readonly nextTick: (happen: () => void) => void;
	/** How many things happened. */
	readonly count: () => number;
}

interface Planned {
	readonly atMs: number;
	readonly order: number;
	happen: (() => void) | undefined;
}

const isBefore = (one: Planned, other: Planned): boolean =>
	one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order);

/** More than this in one run is a loop that ends nowhere. */
const mostEvents = 400_000;

export const createScheduler = (startMs: number): Scheduler => {
	let nowMs = 0;
	let offsetMs = startMs;
	let order = 0;
	let count = 0;
	const heap: Planned[] = [];
	let ticks: (() => void)[] = [];
	/** Everything that promises still have to do, and nothing else: no real I/O exists that could come in between. */
	const settle = (): void => {
		runMicrotasks();
		while (ticks.length > 0) {
			const now = ticks;
			ticks = [];
			for (const tick of now) tick();
			runMicrotasks();
		}
	};
	const happenUntil = (untilMs: number): void => {
		settle();
		for (let next = heap[0]; next !== undefined && next.atMs <= untilMs; next = heap[0]) {
			pop();
			const { happen } = next;
			if (happen === undefined) continue;
			if (++count > mostEvents) throw new Error('The run does not come to rest.');
			nowMs = Math.max(nowMs, next.atMs);
			happen();
			settle();
		}
		nowMs = Math.max(nowMs, untilMs);
	};
	const push = (planned: Planned): void => {
		let at = heap.push(planned) - 1;
		while (at > 0) {
			const parent = (at - 1) >> 1;
			const above = heap[parent] as Planned;
			if (!isBefore(planned, above)) break;
			heap[at] = above;
			at = parent;
		}
		heap[at] = planned;
	};
	const pop = (): void => {
		const last = heap.pop();
		if (last === undefined || heap.length === 0) return;
		let at = 0;
		for (;;) {
			let child = 2 * at + 1;
			if (child >= heap.length) break;
			if (child + 1 < heap.length && isBefore(heap[child + 1] as Planned, heap[child] as Planned)) child++;
			if (!isBefore(heap[child] as Planned, last)) break;
			heap[at] = heap[child] as Planned;
			at = child;
		}
		heap[at] = last;
	};
	return {
		nowMs: () => nowMs,
		wallMs: () => Math.floor(nowMs + offsetMs),
		setWall: (byMs) => {
			offsetMs += byMs;
		},
		after: (ms, happen) => {
			const planned: Planned = { atMs: nowMs + Math.max(0, ms), order: order++, happen };
			push(planned);
			return () => {
				planned.happen = undefined;
			};
		},
		nextTick: (happen) => {
			ticks.push(happen);
		},
		// Promises run when asked to only where none is running: so not from within one.
		runUntil: async (untilMs) =>
			await new Promise((resolve, reject) => {
				setImmediate(() => {
					try {
						happenUntil(untilMs);
						resolve();
					} catch (error) {
						reject(error as Error);
					}
				});
			}),
		count: () => count,
	};
};
