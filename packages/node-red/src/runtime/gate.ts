/** Lets a bounded number in at once; the others wait in the order they came. */
export interface Gate {
	/** Runs `work` when there is room and passes on what it gives. */
	readonly pass: <Result>(work: () => Promise<Result>) => Promise<Result>;
	/** How many are inside and how many wait. */
	readonly counts: () => { readonly inside: number; readonly waiting: number };
}

export const createGate = (most: number): Gate => {
	let inside = 0;
	// A list with a moving start: taking from the front of a long array would copy it each time.
	let waiting: (() => void)[] = [];
	let start = 0;

	const leave = (): void => {
		const next = waiting[start];
		if (next === undefined) {
			inside--;
			return;
		}
		start++;
		if (start > 1024 && start * 2 > waiting.length) {
			waiting = waiting.slice(start);
			start = 0;
		}
		next();
	};

	const enter = async (): Promise<void> => {
		if (inside < most) {
			inside++;
			return;
		}
		await new Promise<void>((resolve) => waiting.push(resolve));
	};

	return {
		pass: async (work) => {
			await enter();
			try {
				return await work();
			} finally {
				leave();
			}
		},
		counts: () => ({ inside, waiting: waiting.length - start }),
	};
};
