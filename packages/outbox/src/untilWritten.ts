import type { Change, EntryStore } from './entryStore';

interface Means {
	readonly store: Pick<EntryStore, 'write'>;
	readonly sleep: (ms: number) => Promise<void>;
	readonly isClosed: () => boolean;
}

/** Writes once; false where the store does not take it. */
export const written = async (store: Pick<EntryStore, 'write'>, changes: readonly Change[]): Promise<boolean> =>
	await store.write(changes).then(() => true, () => false);

/** Writes again and again until the store takes it. False where the outbox was closed before that. */
export const untilWritten = async ({ store, sleep, isClosed }: Means, changes: readonly Change[], everyMs: number): Promise<boolean> => {
	while (!(await written(store, changes))) {
		if (isClosed()) return false;
		await sleep(everyMs);
	}
	return true;
};
