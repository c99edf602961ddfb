import { arrivalOf, type Entry, type Shelf } from '../store/entry';
import type { EntryStore } from '../store/entryStore';
import type { Outcome } from '@icloud-ready/core';

interface Means {
	readonly store: EntryStore;
	/** False where nobody is there to be told. */
	readonly tell: (entry: Entry, outcome: Outcome, restored: boolean) => boolean;
	/** Arrivals before this one were taken in before this start. */
	readonly firstOfThisStart: number;
	/** Makes one that cannot be read unconfirmed. */
	readonly setAside: (entry: Entry, from: Shelf) => Promise<void>;
	/** Closing waits for what is tracked. */
	readonly track: (work: Promise<void>) => void;
}

export interface Notifier {
	/** Tells an outcome, and forgets that it is to be told. `isKept`: that is on disk. */
	readonly notify: (entry: Entry, outcome: Outcome, isKept: boolean) => void;
	/** Tells every outcome that nobody was told of. */
	readonly redeliver: () => void;
}

/** Who is told what: the mark that an outcome is to be told stays on disk until somebody was. */
export const createNotifier = ({ store, tell, firstOfThisStart, setAside, track }: Means): Notifier => {
	/** Told, and not noted yet: a store that fails for a while must not have it told twice. */
	const unnoted = new Set<string>();
	const told = (id: string): void => {
		unnoted.add(id);
		track(
			store.write([{ kind: 'acked', id }]).then(() => {
				unnoted.delete(id);
			}),
		);
	};
	/** What was told while a round reads the marks: it may have read them before that. */
	let toldMeanwhile = new Set<string>();

	const tellNow = (entry: Entry, outcome: Outcome, isKept: boolean): void => {
		const isTold = tell(entry, outcome, arrivalOf(entry.id) < firstOfThisStart);
		if (!isTold) return;
		if (!isKept) {
			// Its write may have been done although it failed.
			unnoted.add(entry.id);
			return;
		}
		if (isRound) toldMeanwhile.add(entry.id);
		told(entry.id);
	};

	let isRound = false;
	const round = async (): Promise<void> => {
		isRound = true;
		toldMeanwhile = new Set();
		for (const id of await store.unacked()) {
			if (unnoted.has(id)) {
				told(id);
				continue;
			}
			const ended = await store.get('ended', id);
			const entry = ended ?? (await store.get('unconfirmed', id));
			if (toldMeanwhile.has(id)) continue;
			if (ended?.unreadable === true) await setAside(ended, 'ended');
			// A person sent it again, or said what became of it: nobody waits for this outcome any more.
			if (entry?.outcome === undefined || entry.outcome === null || entry.resolved !== undefined) told(id);
			else tellNow(entry, entry.outcome, true);
		}
	};
	let rounds: Promise<void> = Promise.resolve();

	return {
		notify: tellNow,
		redeliver: () => {
			rounds = rounds.then(round, round).finally(() => {
				isRound = false;
			});
			track(rounds);
		},
	};
};
