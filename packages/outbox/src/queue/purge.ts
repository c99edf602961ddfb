import type { Entry, LeadPayload } from '../store/entry';
import type { Change } from '../store/entryStore';
import { whileMoving } from './move';
import type { OutboxState } from './outboxState';

/** Few enough that leads leave in between: checking so many takes some ms. */
const pageSize = 100;
const dayMs = 86_400_000;
/** In so many looks everything that ended is looked at: with one an hour, within a day. */
const looksForAll = 24;

interface Looked {
	/** How many were removed. */
	readonly removed: number;
	/** The last one that was looked at; undefined where none follows. */
	readonly place: string | undefined;
}

/** Whether it ended before `beforeMs`. When one ended that cannot be read is not known: it is kept as if it ended now. */
const isOld = ({ endedAtMs, unreadable }: Entry, beforeMs: number): boolean =>
	endedAtMs === undefined ? unreadable === undefined : endedAtMs < beforeMs;

/** What is to be done with one for its age. */
const changeOf = <Payload extends LeadPayload>(
	entry: Entry<Payload>,
	beforeMs: number,
	nowMs: number,
): Change<Payload> | undefined => {
	const { id, submissionKey, endedAtMs, unreadable } = entry;
	if (isOld(entry, beforeMs)) return { kind: 'remove', id, from: 'ended', submissionKey };
	if (unreadable === undefined || endedAtMs !== undefined) return undefined;
	return { kind: 'put', entry: { ...entry, endedAtMs: nowMs }, shelf: 'ended', from: 'ended' };
};

/** Looks at these once more, since a person may have moved one since, and lets nobody move them until they are written. */
const changeAlone = async <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	ids: readonly string[],
	changeFor: (entry: Entry<Payload>) => Change<Payload> | undefined,
): Promise<number> =>
	await whileMoving(state, ids, async () => {
		const { store } = state;
		const changes: Change<Payload>[] = [];
		for (const id of ids) {
			const entry = await store.get('ended', id);
			const change = entry === undefined ? undefined : changeFor(entry);
			if (change !== undefined) changes.push(change);
		}
		if (changes.length > 0) await store.write(changes);
		return changes.filter(({ kind }) => kind === 'remove').length;
	});

const purgePage = async <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	after: string | undefined,
	nowMs: number,
): Promise<Looked> => {
	const beforeMs = nowMs - state.options.keepDays * dayMs;
	const changeFor = (entry: Entry<Payload>): Change<Payload> | undefined => changeOf(entry, beforeMs, nowMs);
	const page = await state.store.list('ended', { limit: pageSize, ...(after === undefined ? {} : { after }) });
	// What somebody moves, or may have moved, has its turn the next time.
	const ids = page
		.filter((entry) => changeFor(entry) !== undefined && !state.moving.has(entry.id) && !state.doubts.has(entry.id))
		.map(({ id }) => id);
	const removed = ids.length === 0 ? 0 : await changeAlone(state, ids, changeFor);
	state.counts.ended -= removed;
	return { removed, place: page.length < pageSize ? undefined : page.at(-1)?.id };
};

/**
 * One look for what ended more than `keepDays` ago; `from` is where the last one stopped, and where this one stopped is given.
 * Leads arrive in order and mostly end in it, so the first are looked at as long as any of them goes. But what a person looked
 * after ended late: behind it, another part of all is looked at each time. Rejects where the store does not answer.
 */
export const purge = async <Payload extends LeadPayload>(
	state: OutboxState<Payload>,
	from: string | undefined,
	nowMs: number,
): Promise<string | undefined> => {
	for (let after: string | undefined; ; ) {
		const { removed, place } = await purgePage(state, after, nowMs);
		if (place === undefined) return undefined;
		if (removed === 0) break;
		after = place;
	}
	let place = from;
	for (let left = Math.ceil(state.counts.ended / (pageSize * looksForAll)); left > 0; left--) {
		place = (await purgePage(state, place, nowMs)).place;
		if (place === undefined) break;
	}
	return place;
};
