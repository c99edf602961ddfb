/** Keeps count of what is under way, so that a closing node can wait for it. */
export interface Drain {
	readonly track: <Result>(work: Promise<Result>) => Promise<Result>;
	/** Resolves when nothing is under way any more, or after `mostMs`. */
	readonly drained: (mostMs: number) => Promise<void>;
}

export const createDrain = (): Drain => {
	let count = 0;
	let whenIdle = (): void => undefined;
	return {
		track: async (work) => {
			count++;
			try {
				return await work;
			} finally {
				count--;
				if (count === 0) whenIdle();
			}
		},
		drained: async (mostMs) => {
			if (count === 0) return;
			await new Promise<void>((resolve) => {
				const patience = setTimeout(resolve, mostMs);
				whenIdle = () => {
					clearTimeout(patience);
					resolve();
				};
			});
		},
	};
};
