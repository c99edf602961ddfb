import { createCircuitBreakers } from '../../packages/outbox/src/queue/circuitBreakers';

const partition = 'org-1';

/** A lead leaves and is refused for this reason. */
const meet = (
	breakers: ReturnType<typeof createCircuitBreakers>,
	why: 'key' | 'organization' | 'disk',
	nowMs: number,
): void => {
	breakers.onDispatched(partition, nowMs);
	breakers.onAnswer(partition, { kind: 'refused', why, leftAtMs: nowMs }, nowMs + 1);
};

describe('the disk can be used again', () => {
	test.each(['key', 'organization'] as const)('what the API said of the %s before holds on, and counts on', (why) => {
		const breakers = createCircuitBreakers();
		for (const nowMs of [0, 1001, 3002]) meet(breakers, why, nowMs);
		// The one that would see now cannot be written down.
		meet(breakers, 'disk', 7003);
		expect(breakers.why(partition)).toBe('disk');
		breakers.diskBack();
		expect(breakers.why(partition)).toBe(why);
		expect(breakers.maySend(partition, 7004)).toBe(true);
		meet(breakers, why, 7004);
		// The fourth in a row: eight seconds, and not one.
		expect(breakers.maySend(partition, 7004 + 7000)).toBe(false);
		expect(breakers.maySend(partition, 7005 + 8000)).toBe(true);
	});

	test('what only the disk held is held no more', () => {
		const breakers = createCircuitBreakers();
		meet(breakers, 'disk', 0);
		breakers.diskBack();
		expect(breakers.why(partition)).toBeUndefined();
		expect(breakers.maySend(partition, 2)).toBe(true);
	});

	test('what a person mended meanwhile stays mended', () => {
		const breakers = createCircuitBreakers();
		meet(breakers, 'key', 0);
		meet(breakers, 'disk', 1001);
		breakers.close(partition);
		meet(breakers, 'disk', 1003);
		breakers.diskBack();
		expect(breakers.why(partition)).toBeUndefined();
	});
});
