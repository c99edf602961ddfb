import type { Change, EntryStore } from './entryStore';

interface Means {
	readonly store: Pick<EntryStore, 'write'>;
	readonly sleep: (ms: number) => Promise<void>;
	readonly isClosed: () => boolean;
}

/** Writes once; false where the store does not take it. */
export const tryWrite = async (store: Pick<EntryStore, 'write'>, changes: readonly Change[]): Promise<boolean> =>
	await store.write(changes).then(
		() => true,
		() => false,
	);

/** Moves an entry to another shelf. A write may fail although it was done: what is found there has moved. */
export const writeMove = async (
	store: Pick<EntryStore, 'write' | 'get'>,
	change: Extract<Change, { kind: 'put' }>,
): Promise<void> => {
	try {
		await store.write([change]);
	} catch (error) {
		const { entry, shelf, from } = change;
		const isThere = from !== shelf && (await store.get(shelf, entry.id).catch(() => undefined)) !== undefined;
		if (!isThere) throw error;
	}
};

/** Writes again and again until the store takes it. False where the outbox was closed before that. */
export const retryWrite = async (
	{ store, sleep, isClosed }: Means,
	changes: readonly Change[],
	everyMs: number,
): Promise<boolean> => {
	while (!(await tryWrite(store, changes))) {
		if (isClosed()) return false;
		await sleep(everyMs);
	}
	return true;
};
