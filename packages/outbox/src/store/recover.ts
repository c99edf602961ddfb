import { afterAttempt } from './attempts';
import { arrivalOf, type Entry, factsOf, isEntryId, type LeadPayload, type Shelf, shelves } from './entry';
import type { Change, EntryStore, Put } from './entryStore';
import { type Outcome, outcomeOf } from '@icloud-ready/core';

/** Half a megabyte or so at once, whatever waits. */
const pageSize = 500;

/** What is known of a lead that was cut off on its way. */
export const interrupted = (payload: LeadPayload): Outcome =>
	outcomeOf({ outcome: 'unconfirmed', cause: { kind: 'interrupted' } }, { ...factsOf(payload), attempts: 1 });

export interface Recovered {
	readonly counts: Readonly<Record<Shelf, number>>;
	/** By arrival. */
	readonly waiting: readonly string[];
	readonly lastArrival: number;
}

/** Puts an entry that cannot be read where a person sees it; its giver is told where somebody knows who that is. */
export const asideOf = <Payload extends LeadPayload>(
	entry: Entry<Payload>,
	from: Shelf,
	nowMs: number,
): Put<Payload> => ({
	kind: 'put',
	entry: { ...entry, endedAtMs: nowMs },
	shelf: 'unconfirmed',
	from,
	unacked: true,
});

/** What was on its way when the program ended. */
const afterCut = <Payload extends LeadPayload>(
	entry: Entry<Payload>,
	nowMs: number,
	gateway: string | undefined,
): Change<Payload> => {
	if (entry.unreadable !== undefined) return asideOf(entry, 'sending', nowMs);
	if (entry.sentTo !== undefined && entry.sentTo === gateway)
		return { kind: 'put', entry, shelf: 'waiting', from: 'sending' };
	const ended = {
		...entry,
		...afterAttempt(entry, nowMs),
		outcome: interrupted(entry.payload),
		endedAtMs: nowMs,
	};
	return { kind: 'put', entry: ended, shelf: 'unconfirmed', from: 'sending', unacked: true };
};

interface Means<Payload extends LeadPayload> {
	readonly store: EntryStore<Payload>;
	readonly nowMs: number;
	readonly gateway: string | undefined;
	readonly unreadable: (entry: Entry<Payload>) => void;
}

const recoverCutOff = async <Payload extends LeadPayload>(means: Means<Payload>): Promise<void> => {
	const { store, nowMs, gateway, unreadable } = means;
	for (;;) {
		const cutOff = await store.list('sending', { limit: pageSize });
		if (cutOff.length === 0) return;
		await store.write(cutOff.map((entry) => afterCut(entry, nowMs, gateway)));
		for (const entry of cutOff) if (entry.unreadable !== undefined) unreadable(entry);
	}
};

/** Ids that no line can hold; those of them that could be set aside. */
const setAsideMisnamed = async <Payload extends LeadPayload>(
	{ store, nowMs, unreadable }: Means<Payload>,
	ids: readonly string[],
): Promise<number> => {
	let count = 0;
	for (const id of ids) {
		const entry = await store.get('waiting', id);
		if (entry === undefined) continue;
		await store.write([asideOf(entry, 'waiting', nowMs)]);
		unreadable(entry);
		count++;
	}
	return count;
};

/**
 * What a store holds after a start: whatever was on its way when the program ended is unconfirmed from here on, but what
 * had left for this same gateway waits again, since that takes a second sending for the first. `unreadable` is told of
 * entries that cannot be read, which are unconfirmed too; of those that wait that shows when they are to be sent, unless
 * their very id is none.
 */
export const recover = async <Payload extends LeadPayload>(means: Means<Payload>): Promise<Recovered> => {
	await recoverCutOff(means);
	const counts: Record<Shelf, number> = { waiting: 0, sending: 0, unconfirmed: 0, ended: 0 };
	const waiting: string[] = [];
	let lastArrival = 0;
	for (const shelf of shelves) {
		for await (const ids of means.store.ids(shelf)) {
			const own = ids.filter(isEntryId);
			counts[shelf] += ids.length;
			for (const id of own.slice(-1)) lastArrival = Math.max(lastArrival, arrivalOf(id));
			if (shelf !== 'waiting') continue;
			waiting.push(...own);
			// They are counted where they stand now, which is looked at later.
			counts.waiting -= await setAsideMisnamed(
				means,
				ids.filter((id) => !isEntryId(id)),
			);
		}
	}
	return { counts, waiting, lastArrival };
};
