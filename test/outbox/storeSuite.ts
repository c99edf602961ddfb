import type { Change, EntryStore } from '../../packages/outbox/src';
import { entry, type Payload } from './entries';

const idsOf = async (
	store: EntryStore<Payload>,
	shelf: 'waiting' | 'sending' | 'unconfirmed' | 'ended',
): Promise<readonly string[]> => {
	const ids: string[] = [];
	for await (const page of store.ids(shelf)) ids.push(...page);
	return ids;
};

/**
 * What every store of entries must do. `open` gives an empty one; `reopen` the same one after the program was ended, and
 * is left out where nothing is meant to survive that.
 */
export const storeSuite = (
	name: string,
	open: () => Promise<EntryStore<Payload>>,
	reopen?: (store: EntryStore<Payload>) => Promise<EntryStore<Payload>>,
): void => {
	describe(`a store of entries: ${name}`, () => {
		let store: EntryStore<Payload>;
		beforeEach(async () => {
			store = await open();
		});
		afterEach(async () => {
			await store.close();
		});
		const put = async (...numbers: readonly number[]): Promise<void> => {
			await store.write(numbers.map((number) => ({ kind: 'put', entry: entry(number), shelf: 'waiting' })));
		};

		test('an entry is where it was put, whole, and nowhere else', async () => {
			await put(1);
			expect(await store.get('waiting', entry(1).id)).toEqual(entry(1));
			expect([await store.get('sending', entry(1).id), await store.get('waiting', entry(2).id)]).toEqual([
				undefined,
				undefined,
			]);
		});

		test('an entry that moves stands on its new shelf only, as it is now', async () => {
			await put(1);
			await store.write([{ kind: 'put', entry: { ...entry(1), resend: true }, shelf: 'sending', from: 'waiting' }]);
			expect([await idsOf(store, 'waiting'), await store.get('sending', entry(1).id)]).toEqual([
				[],
				{ ...entry(1), resend: true },
			]);
		});

		test('ids come by arrival, whatever the order of writing and however large the numbers', async () => {
			await put(10, 9, 100_000, 2);
			expect(await idsOf(store, 'waiting')).toEqual([2, 9, 10, 100_000].map((number) => entry(number).id));
		});

		test('notes are kept beside the entries, by name, until they are forgotten', async () => {
			await put(1);
			await store.write([
				{ kind: 'note', name: 'b:2', value: 'two' },
				{ kind: 'note', name: 'a!1', value: 'one' },
				{ kind: 'note', name: 'c', value: '' },
			]);
			await store.write([
				{ kind: 'note', name: 'b:2', value: 'three' },
				{ kind: 'note', name: 'c', value: null },
			]);
			const expected = [
				['a!1', 'one'],
				['b:2', 'three'],
			];
			expect([await store.notes(), await idsOf(store, 'waiting')]).toEqual([expected, [entry(1).id]]);
			if (reopen !== undefined) expect(await (store = await reopen(store)).notes()).toEqual(expected);
		});

		test('partitions of any spelling are kept apart and read back', async () => {
			await store.write([
				{ kind: 'put', entry: entry(1, 'شركة/1!"'), shelf: 'waiting' },
				{ kind: 'put', entry: entry(1, 'b'), shelf: 'waiting' },
			]);
			expect((await store.get('waiting', entry(1, 'شركة/1!"').id))?.partition).toBe('شركة/1!"');
			expect(await idsOf(store, 'waiting')).toHaveLength(2);
		});

		test.each<[name: string, page: Parameters<EntryStore['list']>[1], numbers: readonly number[]]>([
			['the first ones', { limit: 2 }, [1, 2]],
			['those after one', { limit: 2, after: entry(2).id }, [3, 4]],
			['the newest first', { limit: 2, newestFirst: true }, [5, 4]],
			['older than one', { limit: 9, newestFirst: true, after: entry(3).id }, [2, 1]],
			['more than there are', { limit: 9, after: entry(5).id }, []],
		])('a page: %s', async (_name, page, numbers) => {
			await put(1, 2, 3, 4, 5);
			expect((await store.list('waiting', page)).map(({ id }) => id)).toEqual(
				numbers.map((number) => entry(number).id),
			);
			expect(await store.list('ended', page)).toEqual([]);
		});

		test('what is to be told stays so until it was told, or is removed', async () => {
			await store.write(
				[1, 2, 3].map((number) => ({ kind: 'put', entry: entry(number), shelf: 'ended', unacked: true })),
			);
			await store.write([
				{ kind: 'acked', id: entry(2).id },
				{ kind: 'remove', id: entry(3).id, from: 'ended' },
			]);
			expect([await store.unacked(), await idsOf(store, 'ended')]).toEqual([[entry(1).id], [entry(1).id, entry(2).id]]);
		});

		test('a submission key leads to the newest entry that has it, and goes with it', async () => {
			await store.write([
				{ kind: 'put', entry: { ...entry(1), submissionKey: 'm' }, shelf: 'ended' },
				{ kind: 'put', entry: { ...entry(2), submissionKey: 'm' }, shelf: 'waiting' },
			]);
			expect([await store.bySubmissionKey('m'), await store.bySubmissionKey('n')]).toEqual([entry(2).id, undefined]);
			await store.write([{ kind: 'remove', id: entry(2).id, from: 'waiting', submissionKey: 'm' }]);
			expect([await store.bySubmissionKey('m'), await idsOf(store, 'ended')]).toEqual([undefined, [entry(1).id]]);
		});

		test.each<[name: string, change: Change<Payload>]>([
			['is removed', { kind: 'remove', id: entry(1).id, from: 'ended', submissionKey: 'm' }],
			['moves once more', { kind: 'put', entry: { ...entry(1), submissionKey: 'm' }, shelf: 'waiting', from: 'ended' }],
		])('a submission key stays with the newest entry when an older one of it %s', async (_name, change) => {
			await store.write([{ kind: 'put', entry: { ...entry(1), submissionKey: 'm' }, shelf: 'ended' }]);
			await store.write([{ kind: 'put', entry: { ...entry(2), submissionKey: 'm' }, shelf: 'waiting' }, change]);
			await store.write([change]);
			expect(await store.bySubmissionKey('m')).toBe(entry(2).id);
		});

		test('writes at the same time all arrive', async () => {
			await Promise.all(
				Array.from({ length: 200 }, async (_, number) => {
					await put(number);
				}),
			);
			expect(await idsOf(store, 'waiting')).toHaveLength(200);
		});

		if (reopen !== undefined) {
			test('everything is there after the program was ended', async () => {
				await put(1);
				await store.write([{ kind: 'put', entry: entry(2), shelf: 'ended', unacked: true }]);
				store = await reopen(store);
				expect([
					await store.get('waiting', entry(1).id),
					await store.get('ended', entry(2).id),
					await store.unacked(),
				]).toEqual([entry(1), entry(2), [entry(2).id]]);
			});
		}
	});
};
