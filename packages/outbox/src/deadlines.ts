/** Times at which something happens by itself, one for each name; the soonest is found without looking at all of them. */
export interface Deadlines {
	/** Undefined: nothing happens by itself any more. */
	readonly set: (name: string, atMs: number | undefined) => void;
	/** The soonest after `nowMs`; what is not later than that is forgotten. */
	readonly nextAtMs: (nowMs: number) => number | undefined;
}

interface Deadline {
	readonly name: string;
	readonly atMs: number;
}

/** A binary heap in which what was set anew stays until it comes to the top. */
export const createDeadlines = (): Deadlines => {
	const current = new Map<string, number>();
	let heap: Deadline[] = [];
	const isBefore = (one: number, other: number): boolean => {
		const [first, second] = [heap[one], heap[other]];
		return first !== undefined && second !== undefined && first.atMs < second.atMs;
	};
	const swap = (one: number, other: number): void => {
		const [first, second] = [heap[one], heap[other]];
		if (first !== undefined && second !== undefined) [heap[one], heap[other]] = [second, first];
	};
	const add = (deadline: Deadline): void => {
		let at = heap.push(deadline) - 1;
		for (let above = (at - 1) >> 1; at > 0 && isBefore(at, above); at = above, above = (at - 1) >> 1) swap(at, above);
	};
	const dropFirst = (): void => {
		swap(0, heap.length - 1);
		heap.pop();
		for (let at = 0; ; ) {
			const [left, right] = [2 * at + 1, 2 * at + 2];
			const below = isBefore(right, left) ? right : left;
			if (!isBefore(below, at)) return;
			swap(at, below);
			at = below;
		}
	};
	/** Without it, what is set anew over and over would be held as often. */
	const tidy = (): void => {
		if (heap.length <= 64 + 2 * current.size) return;
		const live = [...current].map(([name, atMs]) => ({ name, atMs }));
		heap = live.sort((one, other) => one.atMs - other.atMs);
	};

	return {
		set: (name, atMs) => {
			if (current.get(name) === atMs) return;
			if (atMs === undefined) current.delete(name);
			else {
				current.set(name, atMs);
				add({ name, atMs });
			}
			tidy();
		},
		nextAtMs: (nowMs) => {
			for (let [first] = heap; first !== undefined; [first] = heap) {
				const isLive = current.get(first.name) === first.atMs;
				if (isLive && first.atMs > nowMs) return first.atMs;
				if (isLive) current.delete(first.name);
				dropFirst();
			}
			return undefined;
		},
	};
};
