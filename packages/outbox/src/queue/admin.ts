import type { Entry, Shelf } from '../store/entry';
import type { EntryStore } from '../store/entryStore';
import { writeMove } from '../store/retryWrite';
import { type Search, type Found, mostRead, pageSize, holdsText } from './search';
import type { Outcome } from '@icloud-ready/core';

/** What a person can see and do. Each action says whether the entry was there to be acted on. */
export interface OutboxAdmin {
	readonly list: (search: Search) => Promise<Found>;
	/** Sends an unconfirmed or ended lead once more, at the place of its arrival, whatever the record of duplicates says. */
	readonly retry: (id: string) => Promise<boolean>;
	/** The lead of an unconfirmed entry was found in iCloud-Ready. */
	readonly arrived: (id: string) => Promise<boolean>;
	/** A waiting or unconfirmed lead is not to be sent. It stays in the list of the ended, so that nobody wonders. */
	readonly discard: (id: string) => Promise<boolean>;
}

interface Means {
	readonly store: EntryStore;
	readonly now: () => number;
	readonly moved: (from: Shelf, to: Shelf) => void;
	readonly sendAgain: (id: string) => void;
}

/** Whether nobody has said what became of it: then a gateway that has it is to tell that, and not to make one more. */
const isUnanswered = (outcome: Outcome | null): boolean =>
	outcome?.outcome === 'unconfirmed' && (outcome.status === null || outcome.cause.kind === 'atGateway');

/** What was a lead's last outcome, and what a person said before, is not carried into a new try. */
const reopened =
	(nowMs: number) =>
	({ endedAtMs: _, resolved, forbidden: _forbidden, sentTo: _leftFor, generation = 0, ...entry }: Entry): Entry => ({
		...entry,
		resend: true,
		againAtMs: nowMs,
		generation: isUnanswered(entry.outcome) && resolved === undefined ? generation : generation + 1,
	});

/** What is done to entries beside what a person does. */
export interface Changing {
	/** Writes a waiting entry anew where it stands; false where it does not wait. */
	readonly change: (id: string, change: (entry: Entry) => Entry) => Promise<boolean>;
	/** Ends one that waits, as `change` says; gives it as it was written, or undefined where it does not wait. */
	readonly end: (id: string, change: (entry: Entry) => Entry) => Promise<Entry | undefined>;
	/** Resolves when nobody moves this entry. */
	readonly settled: (id: string) => Promise<void>;
}

export const createAdmin = ({ store, now, moved, sendAgain }: Means): OutboxAdmin & Changing => {
	/** What is being moved is not moved twice, and not sent meanwhile. */
	const busy = new Map<string, Promise<boolean>>();

	const move = async (
		id: string,
		from: readonly Shelf[],
		to: Shelf,
		change: (entry: Entry) => Entry,
	): Promise<boolean> => {
		for (const shelf of from) {
			const entry = await store.get(shelf, id);
			if (entry === undefined) continue;
			// What cannot be read cannot be sent: all that a person can do is to say what became of it.
			if (entry.unreadable === true && to === 'waiting') return false;
			await writeMove(store, { kind: 'put', entry: change(entry), shelf: to, from: shelf });
			moved(shelf, to);
			return true;
		}
		return false;
	};
	const alone: typeof move = async (id, ...rest) => {
		if (busy.has(id)) return false;
		const moving = move(id, ...rest);
		busy.set(id, moving);
		return await moving.finally(() => busy.delete(id));
	};

	return {
		list: async ({ shelf, text = '', after, limit }) => {
			const wanted = text.trim().toLowerCase();
			const found: Entry[] = [];
			let last = after;
			for (let read = 0; read < mostRead; read += pageSize) {
				const page = await store.list(shelf, {
					limit: pageSize,
					newestFirst: true,
					...(last === undefined ? {} : { after: last }),
				});
				for (const entry of page) {
					last = entry.id;
					if (wanted === '' || holdsText(entry, wanted)) found.push(entry);
					if (found.length === limit) return { entries: found, next: last };
				}
				if (page.length < pageSize) return { entries: found };
			}
			return { entries: found, ...(last === undefined ? {} : { next: last }) };
		},
		retry: async (id) => {
			const isThere = await alone(id, ['unconfirmed', 'ended'], 'waiting', reopened(now()));
			if (isThere) sendAgain(id);
			return isThere;
		},
		arrived: async (id) =>
			await alone(id, ['unconfirmed'], 'ended', (entry) => ({ ...entry, resolved: 'arrived', endedAtMs: now() })),
		discard: async (id) =>
			await alone(id, ['waiting', 'unconfirmed'], 'ended', (entry) => ({
				...entry,
				resolved: 'discarded',
				endedAtMs: now(),
			})),
		change: async (id, change) => await alone(id, ['waiting'], 'waiting', change),
		end: async (id, change) => {
			let ended: Entry | undefined;
			return (await alone(id, ['waiting'], 'ended', (entry) => (ended = change(entry)))) ? ended : undefined;
		},
		settled: async (id) => {
			await busy.get(id)?.catch(() => undefined);
		},
	};
};
