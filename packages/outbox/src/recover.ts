import { type Outcome, outcomeOf } from '@icloud-ready/core';
import { arrivalOf, type Entry, type Shelf, shelves } from './entry';
import type { Change, EntryStore } from './entryStore';

const pageSize = 500;
const dayMs = 86_400_000;

/** What is known of a lead that was cut off on its way. */
export const interrupted = ({ lead, warnings }: Pick<Entry, 'lead' | 'warnings'>): Outcome =>
	outcomeOf({ outcome: 'unconfirmed', cause: { kind: 'interrupted' } }, { lead, warnings, attempts: 1 });

/** An entry of a damaged store, from its text: perhaps it was sent since. Undefined where it cannot be read. */
export const damaged = (text: string): Entry | undefined => {
	try {
		const entry = JSON.parse(text) as Entry;
		const { id, lead, warnings } = entry;
		// Written by this format and no other: a lead is all that the rest depends on.
		if (typeof id !== 'string' || typeof lead?.leadInformation?.phone !== 'string') return undefined;
		return { ...entry, outcome: outcomeOf({ outcome: 'unconfirmed', cause: { kind: 'damaged' } }, { lead, warnings: warnings ?? [] }) };
	} catch {
		return undefined;
	}
};

export interface Recovered {
	readonly counts: Readonly<Record<Shelf, number>>;
	/** By arrival. */
	readonly waiting: readonly string[];
	readonly lastArrival: number;
}

/**
 * What a store holds after a start: whatever was on its way when the program ended is unconfirmed from here on, but what
 * had left for this same gateway waits again, since that takes a second sending for the first.
 */
export const recover = async (store: EntryStore, nowMs: number, gateway?: string): Promise<Recovered> => {
	for (;;) {
		const cutOff = await store.list('sending', { limit: pageSize });
		if (cutOff.length === 0) break;
		await store.write(cutOff.map((entry): Change => (entry.leftFor !== undefined && entry.leftFor === gateway
			? { kind: 'put', entry, shelf: 'waiting', from: 'sending' }
			: { kind: 'put', entry: { ...entry, outcome: interrupted(entry), endedAtMs: nowMs }, shelf: 'unconfirmed', from: 'sending', untold: true })));
	}
	const counts: Record<Shelf, number> = { waiting: 0, sending: 0, unconfirmed: 0, ended: 0 };
	const waiting: string[] = [];
	let lastArrival = 0;
	for (const shelf of shelves) {
		for await (const ids of store.ids(shelf)) {
			counts[shelf] += ids.length;
			const last = ids.at(-1);
			if (last !== undefined) lastArrival = Math.max(lastArrival, arrivalOf(last));
			if (shelf === 'waiting') waiting.push(...ids);
		}
	}
	return { counts, waiting, lastArrival };
};

/** Removes what ended more than `keepDays` ago; gives how many those were. */
export const purge = async (store: EntryStore, keepDays: number, nowMs: number): Promise<number> => {
	let removed = 0;
	let after: string | undefined;
	for (;;) {
		const page: readonly Entry[] = await store.list('ended', { limit: pageSize, ...(after === undefined ? {} : { after }) });
		const old = page.filter(({ endedAtMs = 0 }) => endedAtMs < nowMs - keepDays * dayMs);
		if (old.length > 0) await store.write(old.map(({ id, mark }) => ({ kind: 'remove', id, from: 'ended', mark })));
		removed += old.length;
		after = page.at(-1)?.id;
		// Arrivals are in order, ends almost: a page of young ones is followed by younger ones.
		if (page.length < pageSize || old.length === 0) return removed;
	}
};
