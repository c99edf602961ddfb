import type { Entry } from '../store/entry';
import type { EntryStore } from '../store/entryStore';
import type { Changing } from './admin';
import type { FairQueue } from './fifoByOrganization';
import { createHeap } from './heap';
import { type Outcome, outcomeOf } from '@icloud-ready/core';

interface Means {
	readonly store: Pick<EntryStore, 'get'>;
	readonly lines: Pick<FairQueue, 'firstOf' | 'takeFrom'>;
	readonly isUnverified: (organizationId: string) => boolean;
	/** How long a lead of an account that was never accepted may wait. */
	readonly forMs: number;
	/** Milliseconds since 1970, by which leads are given up. */
	readonly now: () => number;
	/** Milliseconds on a clock that only goes forward. */
	readonly monotonicMs: () => number;
	readonly sleep: (ms: number) => Promise<void>;
	readonly isClosed: () => boolean;
	/** Ends one that waits; see `Changing`. */
	readonly end: Changing['end'];
	readonly requeue: (id: string) => void;
	readonly tell: (entry: Entry, outcome: Outcome) => void;
	/** No lead of this organization waits any more. */
	readonly onEmpty: (organizationId: string) => void;
	/** So many were given up. */
	readonly onGivenUp: (count: number) => void;
}

/** Leads of accounts of which none was ever accepted wait for so long and no longer. */
export interface Expiry {
	/** A lead of this organization waits, since `sinceMs` at the earliest. */
	readonly watch: (organizationId: string, sinceMs: number) => void;
	readonly run: () => Promise<void>;
}

const longestNapMs = 60_000;
const leastNapMs = 1000;

/** Since when a lead waits: a person who sends it again gives it the whole time anew. */
export const waitsSinceMs = ({ arrivedAtMs, againAtMs = 0 }: Pick<Entry, 'arrivedAtMs' | 'againAtMs'>): number =>
	Math.max(arrivedAtMs, againAtMs);

/** What a lead is told whose key or permission was refused as long as it waited; undefined where nobody refused it. */
export const givenUp = (
	{ lead, warnings, outcome }: Pick<Entry, 'lead' | 'warnings' | 'outcome'>,
	waitedMs: number,
): Outcome | undefined => {
	if (outcome?.outcome !== 'unauthorized' && outcome?.outcome !== 'forbidden') return undefined;
	return outcomeOf(
		{ outcome: outcome.outcome, cause: { kind: 'neverAccepted', waitedMs } },
		{ lead, warnings, status: outcome.status, attempts: outcome.attempts },
	);
};

export const createExpiry = (means: Means): Expiry => {
	const { store, lines, forMs, now, monotonicMs } = means;
	const due = createHeap<{ readonly atMs: number; readonly organizationId: string }>(
		(one, other) => one.atMs < other.atMs,
	);
	/** Each organization is watched once, by the lead that would leave next. */
	const watched = new Set<string>();
	const look = (organizationId: string, inMs: number): void => {
		watched.add(organizationId);
		due.push({ atMs: monotonicMs() + inMs, organizationId });
	};
	const leftMs = (sinceMs: number): number => Math.min(forMs, Math.max(0, sinceMs + forMs - now()));
	const napMs = Math.max(leastNapMs, Math.min(longestNapMs, forMs / 10));

	/** It is taken out of its line first, so that nobody sends it meanwhile. */
	const endFirst = async (organizationId: string, outcome: Outcome): Promise<boolean> => {
		const id = lines.takeFrom(organizationId) ?? '';
		const ended = await means
			.end(id, (entry) => ({ ...entry, outcome, endedAtMs: now() }))
			.catch(() => 'unwritten' as const);
		if (ended === 'unwritten') means.requeue(id);
		else if (ended !== undefined) means.tell(ended, outcome);
		return ended !== 'unwritten' && ended !== undefined;
	};
	/** How many of them were given up. */
	const lookAt = async (organizationId: string): Promise<number> => {
		for (let count = 0; ; ) {
			const id = means.isUnverified(organizationId) ? lines.firstOf(organizationId) : undefined;
			if (id === undefined) {
				watched.delete(organizationId);
				means.onEmpty(organizationId);
				return count;
			}
			const entry = await store.get('waiting', id).catch(() => undefined);
			// One that came later than it is now came before the clock was set back, and has waited since it was watched.
			const remainingMs = entry === undefined || waitsSinceMs(entry) > now() ? 0 : leftMs(waitsSinceMs(entry));
			const outcome = entry === undefined ? undefined : givenUp(entry, now() - waitsSinceMs(entry));
			if (lines.firstOf(organizationId) !== id) continue;
			if (remainingMs > 0 || outcome === undefined) {
				look(organizationId, Math.max(remainingMs, napMs));
				return count;
			}
			if (await endFirst(organizationId, outcome)) count++;
		}
	};
	return {
		watch: (organizationId, sinceMs) => {
			if (!watched.has(organizationId) && means.isUnverified(organizationId)) look(organizationId, leftMs(sinceMs));
		},
		run: async () => {
			while (!means.isClosed()) {
				await means.sleep(napMs);
				let count = 0;
				for (
					let next = due.peek();
					next !== undefined && next.atMs <= monotonicMs() && !means.isClosed();
					next = due.peek()
				) {
					due.pop();
					count += await lookAt(next.organizationId);
				}
				if (count > 0) means.onGivenUp(count);
			}
		},
	};
};
