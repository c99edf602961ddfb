import { longestWaitSinceMs } from '../../packages/outbox/src/queue/longestWait';
import { arrivedAtMsOf, jobKey } from '../../packages/gateway/src/stores/redis/redisKeys';
import { longestWaitSinceMs as longestOfRedis } from '../../packages/gateway/src/stores/redis/longestWait';
import { accountOfId } from '../../packages/gateway/src/leads/accounts';
import type { ReadJob } from '../../packages/gateway/src/stores/redis/jobReader';
import type { Entry, Shelf } from '../../packages/outbox/src';
import { entry, type Payload } from './entries';

/** When one arrived, when a person had it sent again, and whose it is. */
interface Waiting {
	readonly atMs: number;
	readonly againAtMs?: number;
	readonly partition?: string;
	readonly shelf?: Shelf;
	readonly isUnreadable?: true;
}

const entriesOf = (waiting: readonly Waiting[]): readonly (readonly [Shelf, Entry<Payload>])[] =>
	waiting.map(({ atMs, againAtMs, partition, shelf = 'waiting', isUnreadable }) => [
		shelf,
		{
			...entry(atMs, partition),
			...(againAtMs === undefined ? {} : { againAtMs }),
			...(isUnreadable === undefined ? {} : { unreadable: 'damaged' }),
		} as Entry<Payload>,
	]);

/** Since when, and how many were read for that. */
const found = async (
	waiting: readonly Waiting[],
	isWanted?: (partition: string) => boolean,
	firstOf?: (partition: string) => string,
): Promise<readonly [number | undefined, number]> => {
	const entries = entriesOf(waiting);
	const ids = (shelf: Shelf, of?: string): ReadonlySet<string> =>
		new Set(
			entries
				.filter(([on, { partition }]) => on === shelf && (of === undefined || partition === of))
				.map(([, { id }]) => id),
		);
	let reads = 0;
	const sinceMs = await longestWaitSinceMs<Payload>(
		{
			waiting: {
				byPartition: () => new Map(entries.map(([, { partition }]) => [partition, ids('waiting', partition)])),
			},
			onTheWay: ids('sending'),
			queue: { firstOf: firstOf ?? (() => undefined) },
			store: {
				get: async (shelf: Shelf, id: string) => {
					reads += shelf === 'waiting' ? 1 : 0;
					return await Promise.resolve(entries.find(([on, each]) => on === shelf && each.id === id)?.[1]);
				},
			},
		} as unknown as Parameters<typeof longestWaitSinceMs<Payload>>[0],
		isWanted,
	);
	return [sinceMs, reads];
};

describe('since when the lead waits that waits longest', () => {
	test.each<[name: string, waiting: readonly Waiting[], expected: number | undefined]>([
		['none', [], undefined],
		['the first that arrived', [{ atMs: 10 }, { atMs: 20 }], 10],
		['one of days ago that a person had sent again just now', [{ atMs: 10, againAtMs: 900 }], 900],
		[
			'one that came later, and was left alone',
			[{ atMs: 10, againAtMs: 900 }, { atMs: 20 }, { atMs: 30, againAtMs: 40 }],
			20,
		],
		[
			'one of another account, behind many that were sent again',
			[
				...Array.from({ length: 60 }, (_, place) => ({ atMs: 10 + place, againAtMs: 900 })),
				{ atMs: 500, partition: 'b' },
			],
			500,
		],
		['one that is on its way', [{ atMs: 10, shelf: 'sending' }, { atMs: 20 }], 10],
		['not one of which nobody knows when it came', [{ atMs: 10, isUnreadable: true }, { atMs: 20 }], 20],
	])('%s', async (_, waiting, expected) => expect((await found(waiting))[0]).toBe(expected));

	test('only of those that are looked after', async () => {
		const waiting = [
			{ atMs: 10, partition: 'never accepted' },
			{ atMs: 20, partition: 'known' },
		];
		expect((await found(waiting, (partition) => partition === 'known'))[0]).toBe(20);
	});

	test('one that was tried meanwhile, and so waits behind many that came later', async () => {
		const waiting = [...[50, 60, 70, 80].map((atMs) => ({ atMs })), { atMs: 10 }];
		expect((await found(waiting, undefined, () => entry(10).id))[0]).toBe(10);
	});

	test.each([
		['one read where nobody had anything sent again', undefined, 1],
		['few reads where all were sent again', 5000, 3],
	])('%s', async (_, againAtMs, reads) => {
		const more = againAtMs === undefined ? {} : { againAtMs };
		expect((await found(Array.from({ length: 1000 }, (__, place) => ({ atMs: 1 + place, ...more }))))[1]).toBe(reads);
	});
});

describe('the same of leads in Redis', () => {
	const account = accountOfId(`${'0'.repeat(32)}-${'1'.repeat(32)}`);
	const keyOf = ({ atMs }: Waiting): string => jobKey(account, `${String(atMs).padStart(13, '0')}-0`);
	test.each<[name: string, waiting: readonly Waiting[], beforeMs: number | undefined, expected: number, reads: number]>(
		[
			['none', [], undefined, Number.POSITIVE_INFINITY, 0],
			['the first that arrived', [{ atMs: 10 }, { atMs: 20 }], undefined, 10, 1],
			['one that a person had sent again', [{ atMs: 10, againAtMs: 900 }], undefined, 900, 1],
			['one that came later', [{ atMs: 10, againAtMs: 900 }, { atMs: 20 }, { atMs: 30 }], undefined, 20, 2],
			['one of another account', [{ atMs: 30 }], 25, 25, 0],
			['one that cannot be read: as its name says', [{ atMs: 10, isUnreadable: true }], undefined, 10, 1],
		],
	)('%s', async (_, waiting, beforeMs, expected, reads) => {
		let count = 0;
		const jobs = {
			readByKey: async (key: string): Promise<ReadJob> => {
				count++;
				const at = waiting.find((each) => keyOf(each) === key);
				const record = {
					arrivedAtMs: arrivedAtMsOf(key),
					...(at?.isUnreadable === true ? { unreadable: true, arrivedAtMs: 0 } : {}),
					...(at?.againAtMs === undefined ? {} : { againAtMs: at.againAtMs }),
				};
				return await Promise.resolve({ kind: 'lead', record } as unknown as ReadJob);
			},
		};
		expect(await longestOfRedis(jobs, waiting.map(keyOf), beforeMs)).toBe(expected);
		expect(count).toBe(reads);
	});
});
