const windowMs = 1000;

/**
 * Lets `perSecond` turns through in any second. The returned function takes a turn at `nowMs` and says how long to
 * wait, in ms; 0 means the turn was taken. A refused call takes none.
 */
export function createLimit(perSecond: number): (nowMs: number) => number {
	// A ring of the last turns: the oldest of them says whether this second is full, without counting.
	const turns = new Array<number>(Math.max(1, perSecond)).fill(Number.NEGATIVE_INFINITY);
	let oldest = 0;
	return (nowMs) => {
		const waitMs = (turns[oldest] ?? 0) + windowMs - nowMs;
		if (waitMs > 0) return waitMs;
		turns[oldest] = nowMs;
		oldest = (oldest + 1) % turns.length;
		return 0;
	};
}
