/** Who waits for which lead. */
export interface Watching {
	readonly watch: (id: string, wake: () => void) => () => void;
	readonly wake: (id: string) => void;
}

export const createWatching = (): Watching => {
	const watchers = new Map<string, Set<() => void>>();
	return {
		watch: (id, wake) => {
			const mine = watchers.get(id) ?? new Set();
			watchers.set(id, mine.add(wake));
			return () => {
				mine.delete(wake);
				if (mine.size === 0 && watchers.get(id) === mine) watchers.delete(id);
			};
		},
		wake: (id) => {
			for (const wake of watchers.get(id) ?? []) wake();
		},
	};
};
