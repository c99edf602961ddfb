import type { QueueCounts } from '../../../packages/gateway/src/leads/leadQueue';
import { deliveryFacts } from '../../../packages/gateway/src/main/deliveryFacts';
import { conditionsOf } from '../../../packages/core/src';
import type { NotLeaving } from '@icloud-ready/outbox';

const none: QueueCounts = { waiting: 0, unverified: 0, sending: 0, unconfirmed: 0, ended: 0 };
const kinds = async (counts: Partial<QueueCounts>, isReady = true, notLeaving?: NotLeaving) => {
	const queue = {
		isReady: async () => await Promise.resolve(isReady),
		counts: async () => await Promise.resolve({ ...none, ...counts }),
		waitingLeads: async () => await Promise.resolve({ held: [] }),
		notLeaving: () => notLeaving,
	};
	return conditionsOf(await deliveryFacts(queue, 10), 0, 30, () => false).map(({ kind, count }) => `${kind} ${count}`);
};

test.each<readonly [string, Partial<QueueCounts>, readonly string[]]>([
	['all is well', {}, []],
	['damage', { damaged: 3 }, ['damaged 3']],
	['an older copy', { damaged: 2, hasGoneBack: true }, ['damaged 2', 'goneBack 0']],
	['unconfirmed leads', { unconfirmed: 4 }, ['unconfirmed 4']],
	['a queue that is nearly full', { waiting: 8 }, ['queueFull 8']],
	['one that is full of leads of keys that anybody made up', { waiting: 10, unverified: 10 }, []],
])('%s', async (_name, counts, expected) => {
	expect(await kinds(counts)).toEqual(expected);
});

test('a store that is away, and leads that do not leave', async () => {
	expect(await kinds({}, false)).toEqual(['store 0']);
	expect(await kinds({}, true, { count: 5, reason: 'turn', sinceMs: 0 })).toEqual(['notLeaving 5']);
});
