import { createLeavingFacts } from '../../packages/outbox/src/queue/leavingFacts';

test('a key that is accepted for the first time begins to wait for its turn anew', () => {
	let isUnverified = true;
	const facts = createLeavingFacts({ groupOf: (partition) => partition, isUnverified: () => isUnverified });
	const turnAtMs = (nowMs: number): number => facts.of('key', 'lead 1', nowMs).turnAtMs;
	expect([turnAtMs(1000), turnAtMs(500_000)]).toEqual([1000, 1000]);
	isUnverified = false;
	expect([turnAtMs(600_000), turnAtMs(650_000)]).toEqual([600_000, 600_000]);
});
