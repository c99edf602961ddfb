import type { Entry } from '../store/entry';
import { afterRefusal } from './nextStep';

/** Counts how often a lead was refused although others of its partition passed in between. */
export interface RefusalCounts {
	/** A lead of this partition was created. */
	readonly passed: (partition: string) => void;
	/** This one was refused with 403, at `nowMs` since 1970: its refusals, this one among them. */
	readonly refused: (
		entry: Pick<Entry, 'id' | 'partition' | 'forbidden'>,
		nowMs: number,
	) => NonNullable<Entry['forbidden']>;
}

/** In the order of what happened, since a clock may be set back between a refusal and a pass. */
export const createRefusalCounts = (): RefusalCounts => {
	/** By partition: the leads that were refused since one of it passed. None before the first did. */
	const refusedSince = new Map<string, Set<string>>();
	return {
		passed: (partition) => {
			const since = refusedSince.get(partition);
			if (since === undefined) refusedSince.set(partition, new Set());
			else since.clear();
		},
		refused: ({ id, partition, forbidden }, nowMs) => {
			const since = refusedSince.get(partition);
			const hasPassedSince = since !== undefined && !since.has(id);
			since?.add(id);
			return afterRefusal(forbidden, hasPassedSince, nowMs);
		},
	};
};
