import type { Entry, LeadPayload } from './entry';
import type { Change, EntryStore } from './entryStore';

/** Half a megabyte or so at once, however many have ended. */
const pageSize = 500;
const dayMs = 86_400_000;

/** Whether it ended before `beforeMs`. When one ended that cannot be read is not known: it is kept as if it ended now. */
const isOld = ({ endedAtMs, unreadable }: Entry, beforeMs: number): boolean =>
	endedAtMs === undefined ? unreadable === undefined : endedAtMs < beforeMs;

/** Removes what ended more than `keepDays` ago; gives how many those were. */
export const purge = async <Payload extends LeadPayload>(
	store: EntryStore<Payload>,
	keepDays: number,
	nowMs: number,
): Promise<number> => {
	let removed = 0;
	let after: string | undefined;
	for (;;) {
		const page = await store.list('ended', { limit: pageSize, ...(after === undefined ? {} : { after }) });
		const old = page.filter((entry) => isOld(entry, nowMs - keepDays * dayMs));
		const undated = page.filter(({ unreadable, endedAtMs }) => unreadable !== undefined && endedAtMs === undefined);
		const changes: readonly Change<Payload>[] = [
			...old.map(({ id, submissionKey }) => ({ kind: 'remove', id, from: 'ended', submissionKey }) as const),
			...undated.map(
				(entry) => ({ kind: 'put', entry: { ...entry, endedAtMs: nowMs }, shelf: 'ended', from: 'ended' }) as const,
			),
		];
		if (changes.length > 0) await store.write(changes);
		removed += old.length;
		after = page.at(-1)?.id;
		// Arrivals are in order, ends almost: a page of young ones is followed by younger ones.
		if (page.length < pageSize || old.length === 0) return removed;
	}
};
