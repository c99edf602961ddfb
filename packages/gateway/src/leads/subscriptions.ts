import type { LeadState } from './leadState';

/** Tells whoever waits for a lead that it may have ended, with where it stands where that is known. */
export type Notify = (standing?: LeadState) => void;

/** Who waits for which lead. */
export interface Subscriptions {
	readonly subscribe: (id: string, wake: Notify) => () => void;
	readonly notify: (id: string, standing?: LeadState) => void;
}

export const createSubscriptions = (): Subscriptions => {
	const watchers = new Map<string, Set<Notify>>();
	return {
		subscribe: (id, wake) => {
			const mine = watchers.get(id) ?? new Set();
			watchers.set(id, mine.add(wake));
			return () => {
				mine.delete(wake);
				if (mine.size === 0 && watchers.get(id) === mine) watchers.delete(id);
			};
		},
		notify: (id, standing) => {
			for (const wake of watchers.get(id) ?? []) wake(standing);
		},
	};
};
