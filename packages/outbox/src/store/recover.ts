import { arrivalOf, type Entry, isEntryId, type Shelf, shelves } from './entry';
import type { Change, EntryStore } from './entryStore';
import type { ReadEntry } from './readEntry';
import { type Outcome, outcomeOf } from '@icloud-ready/core';

const pageSize = 500;
const dayMs = 86_400_000;

/** What is known of a lead that was cut off on its way. */
export const interrupted = ({ lead, warnings }: Pick<Entry, 'lead' | 'warnings'>): Outcome =>
	outcomeOf({ outcome: 'unconfirmed', cause: { kind: 'interrupted' } }, { lead, warnings, attempts: 1 });

/** An entry of a damaged store: perhaps it was sent since. */
export const damaged = ({ kind, entry }: ReadEntry): Entry =>
	kind === 'unreadable'
		? entry
		: {
				...entry,
				outcome: outcomeOf(
					{ outcome: 'unconfirmed', cause: { kind: 'damaged' } },
					{ lead: entry.lead, warnings: entry.warnings },
				),
			};

export interface Recovered {
	readonly counts: Readonly<Record<Shelf, number>>;
	/** By arrival. */
	readonly waiting: readonly string[];
	readonly lastArrival: number;
}

/** Puts an entry that cannot be read where a person sees it; its giver is told where it is known who that is. */
export const setAside = (entry: Entry, from: Shelf, nowMs: number): Extract<Change, { kind: 'put' }> => ({
	kind: 'put',
	entry: { ...entry, endedAtMs: nowMs },
	shelf: 'unconfirmed',
	...(from === 'unconfirmed' ? {} : { from }),
	...(entry.origin.nodeId === '' ? {} : { unacked: true as const }),
});

/** What was on its way when the program ended. */
const afterCut = (entry: Entry, nowMs: number, gateway: string | undefined): Change => {
	if (entry.unreadable === true) return setAside(entry, 'sending', nowMs);
	if (entry.sentTo !== undefined && entry.sentTo === gateway)
		return { kind: 'put', entry, shelf: 'waiting', from: 'sending' };
	return {
		kind: 'put',
		entry: { ...entry, outcome: interrupted(entry), endedAtMs: nowMs },
		shelf: 'unconfirmed',
		from: 'sending',
		unacked: true,
	};
};

/**
 * What a store holds after a start: whatever was on its way when the program ended is unconfirmed from here on, but what
 * had left for this same gateway waits again, since that takes a second sending for the first. `unreadable` is told of
 * entries that cannot be read, which are unconfirmed too; of those that wait that shows when they are to be sent, unless
 * their very id is none.
 */
export const recover = async (
	store: EntryStore,
	nowMs: number,
	gateway?: string,
	unreadable: (entry: Entry) => void = () => undefined,
): Promise<Recovered> => {
	for (;;) {
		const cutOff = await store.list('sending', { limit: pageSize });
		if (cutOff.length === 0) break;
		await store.write(cutOff.map((entry) => afterCut(entry, nowMs, gateway)));
		for (const entry of cutOff) if (entry.unreadable === true) unreadable(entry);
	}
	const counts: Record<Shelf, number> = { waiting: 0, sending: 0, unconfirmed: 0, ended: 0 };
	const waiting: string[] = [];
	let lastArrival = 0;
	for (const shelf of shelves) {
		for await (const ids of store.ids(shelf)) {
			const own = ids.filter(isEntryId);
			counts[shelf] += ids.length;
			for (const id of own.slice(-1)) lastArrival = Math.max(lastArrival, arrivalOf(id));
			if (shelf !== 'waiting') continue;
			waiting.push(...own);
			for (const id of ids.filter((each) => !isEntryId(each))) {
				const entry = await store.get('waiting', id);
				if (entry === undefined) continue;
				await store.write([setAside(entry, 'waiting', nowMs)]);
				unreadable(entry);
				// It is counted where it stands now, which is looked at later.
				counts.waiting--;
			}
		}
	}
	return { counts, waiting, lastArrival };
};

/** Removes what ended more than `keepDays` ago; gives how many those were. */
export const purge = async (store: EntryStore, keepDays: number, nowMs: number): Promise<number> => {
	let removed = 0;
	let after: string | undefined;
	for (;;) {
		const page: readonly Entry[] = await store.list('ended', {
			limit: pageSize,
			...(after === undefined ? {} : { after }),
		});
		const old = page.filter(
			({ endedAtMs, unreadable }) => (endedAtMs ?? (unreadable === true ? nowMs : 0)) < nowMs - keepDays * dayMs,
		);
		// When they ended cannot be read: they are kept as long as those that end now.
		const unknown = page.filter(({ unreadable, endedAtMs }) => unreadable === true && endedAtMs === undefined);
		const changes: readonly Change[] = [
			...old.map(({ id, submissionKey }): Change => ({ kind: 'remove', id, from: 'ended', submissionKey })),
			...unknown.map(
				(entry): Change => ({ kind: 'put', entry: { ...entry, endedAtMs: nowMs }, shelf: 'ended', from: 'ended' }),
			),
		];
		if (changes.length > 0) await store.write(changes);
		removed += old.length;
		after = page.at(-1)?.id;
		// Arrivals are in order, ends almost: a page of young ones is followed by younger ones.
		if (page.length < pageSize || old.length === 0) return removed;
	}
};
