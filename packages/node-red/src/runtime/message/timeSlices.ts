/**
 * Lets work that comes in thousands of small steps share the event loop: a step waits for its turn, turns are given one
 * after the other, each with all that follows at once from it, and after a few milliseconds of them everything else of
 * Node-RED comes first.
 */
export interface TimeSlices {
	/** Resolves when the next step may be done. */
	readonly turn: () => Promise<void>;
}

/** A message passes the event loop once for each node on its way, so several slices lie on the way of others. */
const usualSliceMs = 2;

export const createTimeSlices = (mostMs = usualSliceMs, nowMs: () => number = () => performance.now()): TimeSlices => {
	let begunAtMs: number | undefined;
	let isAtWork = false;
	// A list with a moving start: taking from the front of a long array would copy it each time.
	let waiting: (() => void)[] = [];
	let start = 0;

	const take = (): (() => void) | undefined => {
		const next = waiting[start];
		if (next === undefined) {
			[waiting, start] = [[], 0];
			return undefined;
		}
		start++;
		return next;
	};

	/** Whether this round of the event loop has had its share. It counts from the first step of the round. */
	const isOver = (): boolean => {
		if (begunAtMs !== undefined) return nowMs() - begunAtMs >= mostMs;
		begunAtMs = nowMs();
		setImmediate(() => {
			begunAtMs = undefined;
			if (isAtWork) work();
		});
		return false;
	};

	const work = (): void => {
		if (isOver()) return;
		const next = take();
		if (next === undefined) {
			isAtWork = false;
			return;
		}
		next();
		// Comes once the promises that this step settles have run, so its whole cost is counted: ticks that a tick asks for
		// come before them.
		queueMicrotask(() => process.nextTick(work));
	};

	return {
		turn: async () =>
			await new Promise((resolve) => {
				waiting.push(resolve);
				if (isAtWork) return;
				isAtWork = true;
				process.nextTick(work);
			}),
	};
};

/** All lists of all nodes: what they take of the event loop counts together. */
export const listSlices = createTimeSlices();

/** Everything of an iterable, with other work between, also where it gives way by an `undefined`; a small one is there at once. */
export const allOf = async <Each>(source: Iterable<Each | undefined>, { turn }: TimeSlices): Promise<Each[]> => {
	const all: Each[] = [];
	const steps = source[Symbol.iterator]();
	for (let step = steps.next(); step.done !== true; step = steps.next()) {
		if (step.value === undefined) {
			await turn();
			continue;
		}
		all.push(step.value);
		// Reading two is as quick as asking for a turn, which a message of one lead need not.
		if (all.length > 1) await turn();
	}
	return all;
};
