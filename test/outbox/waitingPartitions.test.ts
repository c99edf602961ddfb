import { entryId } from '../../packages/outbox/src/store/entry';
import { waitingPartitions } from '../../packages/outbox/src/queue/waitingPartitions';

const [first, second, third] = [entryId(1, 'a'), entryId(2, 'a'), entryId(3, 'b')];
const found = (waiting: readonly string[], onTheWay: readonly string[]): readonly unknown[] => {
	const of = (partition: string): ReadonlySet<string> =>
		new Set(waiting.filter((id) => (id === third ? 'b' : 'a') === partition));
	return waitingPartitions({
		waiting: {
			// As the counts themselves: a partition of which none waits is not among them.
			byPartition: () => new Map(['a', 'b'].map((each) => [each, of(each)] as const).filter(([, ids]) => ids.size > 0)),
			has: (id) => waiting.includes(id),
		},
		onTheWay: new Set(onTheWay),
		breakers: { why: () => undefined },
	});
};

test.each<[name: string, waiting: readonly string[], onTheWay: readonly string[], expected: readonly unknown[]]>([
	[
		'what waits, the longest first',
		[first, second, third],
		[],
		[
			{ partition: 'a', count: 2, first },
			{ partition: 'b', count: 1, first: third },
		],
	],
	['what is on its way as well', [second], [first], [{ partition: 'a', count: 2, first }]],
	['what is just being marked as sent, once', [first], [first], [{ partition: 'a', count: 1, first }]],
	['nothing', [], [], []],
])('%s', (_, waiting, onTheWay, expected) => expect(found(waiting, onTheWay)).toEqual(expected));
