import type { LeadPayload } from './entry';
import type { Change, EntryStore, Put } from './entryStore';

/** Writes once; false where the store does not take it. */
export const tryWrite = async <Payload extends LeadPayload>(
	store: Pick<EntryStore<Payload>, 'write'>,
	changes: readonly Change<Payload>[],
): Promise<boolean> =>
	await store.write(changes).then(
		() => true,
		() => false,
	);

/** Moves an entry to another shelf. A write may fail although it was done: what is found there has moved. */
export const writeMove = async <Payload extends LeadPayload>(
	store: Pick<EntryStore<Payload>, 'write' | 'get'>,
	change: Put<Payload>,
): Promise<void> => {
	try {
		await store.write([change]);
	} catch (error) {
		const { entry, shelf, from } = change;
		const isThere = from !== shelf && (await store.get(shelf, entry.id).catch(() => undefined)) !== undefined;
		if (!isThere) throw error;
	}
};

interface Means<Payload extends LeadPayload> {
	readonly store: Pick<EntryStore<Payload>, 'write'>;
	readonly sleep: (ms: number) => Promise<void>;
	readonly isClosed: () => boolean;
}

/** Writes again and again until the store takes it. False where the outbox was closed before that. */
export const retryWrite = async <Payload extends LeadPayload>(
	{ store, sleep, isClosed }: Means<Payload>,
	changes: readonly Change<Payload>[],
	everyMs: number,
): Promise<boolean> => {
	while (!(await tryWrite(store, changes))) {
		if (isClosed()) return false;
		await sleep(everyMs);
	}
	return true;
};
