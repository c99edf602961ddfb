/** Time that jumps to whatever is due next; what is due at the same time comes in the order it was asked for. */
export const createTimeline = () => {
	const due = [];
	let order = 0;
	let nowMs = 0;
	const isBefore = (one, other) => one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order);

	// A heap: sorting anew for each of millions of events would take hours.
	const put = (event) => {
		let at = due.push(event) - 1;
		while (at > 0) {
			const parent = (at - 1) >> 1;
			if (!isBefore(event, due[parent])) break;
			due[at] = due[parent];
			at = parent;
		}
		due[at] = event;
	};
	const take = () => {
		const first = due[0];
		const last = due.pop();
		if (due.length === 0) return first;
		let at = 0;
		for (;;) {
			let child = 2 * at + 1;
			if (child >= due.length) break;
			if (child + 1 < due.length && isBefore(due[child + 1], due[child])) child++;
			if (!isBefore(due[child], last)) break;
			due[at] = due[child];
			at = child;
		}
		due[at] = last;
		return first;
	};

	return {
		now: () => nowMs,
		in: (ms, happen) => put({ atMs: nowMs + ms, order: order++, happen }),
		run: () => {
			while (due.length > 0) {
				const { atMs, happen } = take();
				nowMs = atMs;
				happen();
			}
		},
	};
};
