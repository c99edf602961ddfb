import { type Entry, entryId, type Shelf } from '../store/entry';
import type { Change, EntryStore } from '../store/entryStore';
import { retryWrite } from '../store/retryWrite';
import type { ConcurrencyLimit } from './concurrency';
import type { Delivery } from './deliver';
import type { Room } from './fairShare';
import type { FairQueue } from './fifoByOrganization';
import type { Outbox } from './types';

/** What taking in leads needs of its outbox. */
interface Means extends Pick<Delivery, 'deliverClaimed' | 'claimed'> {
	readonly store: EntryStore;
	readonly counts: Record<Shelf, number>;
	/** Whether one more lead of this organization may wait. */
	readonly roomFor: (organizationId: string) => Room;
	readonly nextArrival: () => number;
	readonly lines: FairQueue;
	readonly inFlight: ConcurrencyLimit;
	/** Whether a lead that comes now need not wait; its turn is taken then. */
	readonly leavesAtOnce: (organizationId: string) => boolean;
	readonly pump: () => void;
	/** A lead of this organization waits from now on. */
	readonly waits: (organizationId: string) => void;
	/** Closing waits for what is tracked. */
	readonly track: (work: Promise<void>) => void;
	readonly now: () => number;
	readonly sleep: (ms: number) => Promise<void>;
	readonly isClosed: () => boolean;
}

const removeAgainMs = 5000;

/** Removes what may be on the disk although its giver was told that it is not: all together, however many those are. */
const createRemoving = (means: Pick<Means, 'store' | 'sleep' | 'isClosed'>): ((change: Change) => void) => {
	let unkept: Change[] = [];
	let isBusy = false;
	const remove = async (): Promise<void> => {
		isBusy = true;
		while (unkept.length > 0) {
			const all = unkept;
			unkept = [];
			if (!(await retryWrite(means, all, removeAgainMs))) break;
		}
		isBusy = false;
	};
	return (change) => {
		unkept.push(change);
		if (!isBusy) void remove();
	};
};

/** Takes leads in: on disk before anybody is told that they are kept, and marked already where they need not wait. */
export const createEnqueue = ({
	store,
	counts,
	roomFor,
	lines,
	inFlight,
	pump,
	track,
	now,
	...means
}: Means): Outbox['enqueue'] => {
	const removeUnkept = createRemoving({ store, sleep: means.sleep, isClosed: means.isClosed });
	return async (lead) => {
		const { organizationId } = lead;
		const room = roomFor(organizationId);
		if (room !== 'room') return { kind: 'full', of: room };
		const entry: Entry = {
			...lead,
			id: entryId(means.nextArrival(), organizationId),
			arrivedAtMs: now(),
			outcome: null,
		};
		const { id } = entry;
		const answered = means.leavesAtOnce(organizationId) ? inFlight.acquire(organizationId) : undefined;
		const shelf = answered === undefined ? 'waiting' : 'sending';
		counts[shelf]++;
		const writing = store.write([{ kind: 'put', entry: answered === undefined ? entry : means.claimed(entry), shelf }]);
		// Closing waits for it too: what was marked only just before can still be put among those that wait.
		track(writing);
		try {
			await writing;
		} catch (error) {
			counts[shelf]--;
			// It may be on the disk all the same, and its lead was told that it is not.
			removeUnkept({ kind: 'remove', id, from: shelf, submissionKey: lead.submissionKey });
			answered?.();
			throw error;
		}
		if (answered !== undefined) track(means.deliverClaimed(entry, answered).then(pump));
		else {
			lines.add(id);
			means.waits(organizationId);
			pump();
		}
		return { kind: 'kept', id };
	};
};
