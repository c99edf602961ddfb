/** Lets a bounded number in at once; the others wait in the order they came. */
export interface Semaphore {
	/** Runs `work` when there is room for its `share` (1 where it is left out) and passes on what it gives. */
	readonly pass: <Result>(work: () => Promise<Result>, share?: number) => Promise<Result>;
	/** How much is inside and how many wait. */
	readonly counts: () => { readonly inside: number; readonly waiting: number };
}

interface Waiting {
	readonly share: number;
	readonly enter: () => void;
}

/** `turn`: whoever is let in waits for this as well, since what lets in one may let in a thousand at once. */
export const createSemaphore = (most: number, turn: () => Promise<void> = async () => undefined): Semaphore => {
	let inside = 0;
	// A list with a moving start: taking from the front of a long array would copy it each time.
	let waiting: Waiting[] = [];
	let start = 0;

	const letIn = (): void => {
		for (let next = waiting[start]; next !== undefined && inside + next.share <= most; next = waiting[start]) {
			start++;
			if (start > 1024 && start * 2 > waiting.length) {
				waiting = waiting.slice(start);
				start = 0;
			}
			inside += next.share;
			next.enter();
		}
	};

	const enter = async (share: number): Promise<void> => {
		if (start === waiting.length && inside + share <= most) {
			inside += share;
			return;
		}
		await new Promise<void>((resolve) => waiting.push({ share, enter: resolve }));
	};

	return {
		pass: async (work, share = 1) => {
			// What is larger than all the room there is gets it all.
			const mine = Math.min(most, share);
			await enter(mine);
			try {
				await turn();
				return await work();
			} finally {
				inside -= mine;
				letIn();
			}
		},
		counts: () => ({ inside, waiting: waiting.length - start }),
	};
};
