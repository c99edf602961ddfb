import type { Standing } from './leadState';

/** Tells whoever waits for a lead that it may have ended, with where it stands where that is known. */
export type Wake = (standing?: Standing) => void;

/** Who waits for which lead. */
export interface Watching {
	readonly watch: (id: string, wake: Wake) => () => void;
	readonly wake: (id: string, standing?: Standing) => void;
}

export const createWatching = (): Watching => {
	const watchers = new Map<string, Set<Wake>>();
	return {
		watch: (id, wake) => {
			const mine = watchers.get(id) ?? new Set();
			watchers.set(id, mine.add(wake));
			return () => {
				mine.delete(wake);
				if (mine.size === 0 && watchers.get(id) === mine) watchers.delete(id);
			};
		},
		wake: (id, standing) => {
			for (const wake of watchers.get(id) ?? []) wake(standing);
		},
	};
};
