import { mostUnverified, type Room, roomFor, unverifiedPauseMs } from '../../packages/outbox/src/queue/fairShare';
import fc from '../fixtures/fastCheck';

test.each<
	[name: string, most: number, all: number, ofKey: number, ofUnverified: number, isUnverified: boolean, room: Room]
>([
	['the first', 100, 0, 0, 0, false, 'room'],
	['one key alone, up to half', 100, 49, 49, 0, false, 'room'],
	['one key alone, beyond half', 100, 50, 50, 0, false, 'keyFull'],
	['a second key beside it', 100, 50, 0, 0, false, 'room'],
	['each of two at its third', 100, 66, 33, 0, false, 'room'],
	['each of two beyond its third', 100, 67, 34, 0, false, 'keyFull'],
	['nothing is left at all', 100, 100, 0, 0, false, 'full'],
	['a key never accepted', 100, 60, 0, 4, true, 'room'],
	['a key never accepted, where such keys have their share', 100, 5, 0, 5, true, 'unverifiedFull'],
	['one such key alone, beyond half of that', 100, 3, 3, 3, true, 'keyFull'],
	['a good key then', 100, 5, 0, 5, false, 'room'],
	['the smallest queue', 1, 0, 0, 0, true, 'room'],
	['a queue for none', 0, 0, 0, 0, false, 'full'],
])('%s', (_name, most, all, ofKey, ofUnverified, isUnverified, room) => {
	expect(roomFor({ most, all, ofKey, ofUnverified }, isUnverified)).toBe(room);
});

test('however they come: no key has more than half, keys never accepted no more than their part, and a new good key finds room', () => {
	const lead = fc.record({ key: fc.nat(6), isUnverified: fc.boolean(), leaves: fc.boolean() });
	fc.assert(
		fc.property(fc.integer({ min: 20, max: 200 }), fc.array(lead, { maxLength: 400 }), (most, leads) => {
			const [good, made] = [new Map<number, number>(), new Map<number, number>()];
			const sum = (counts: ReadonlyMap<number, number>): number =>
				[...counts.values()].reduce((one, other) => one + other, 0);
			for (const { key, isUnverified, leaves } of leads) {
				const counts = isUnverified ? made : good;
				const own = counts.get(key) ?? 0;
				if (leaves) counts.set(key, Math.max(0, own - 1));
				else if (
					roomFor({ most, all: sum(good) + sum(made), ofKey: own, ofUnverified: sum(made) }, isUnverified) === 'room'
				)
					counts.set(key, own + 1);
				expect(Math.max(0, ...good.values())).toBeLessThanOrEqual(Math.ceil(most / 2));
				expect(sum(made)).toBeLessThanOrEqual(mostUnverified(most));
				expect(roomFor({ most, all: sum(good) + sum(made), ofKey: 0, ofUnverified: sum(made) }, false)).toBe('room');
			}
		}),
		{ numRuns: 200 },
	);
});

test('a refused key that was never accepted is tried seven times in an hour', () => {
	const tries = [0];
	for (let atMs = 0; (atMs += unverifiedPauseMs(atMs)) < 3_600_000; ) tries.push(atMs / 1000);
	expect(tries).toEqual([0, 1, 4, 16, 64, 256, 1024]);
});

test('of many leads of one such key the last is tried soon after it may wait no longer', () => {
	const forMs = 60_000;
	let [atMs, left] = [0, 20];
	// Each that has waited for longer than it may is given up after its own refusal, and the next one is asked for.
	for (; left > 0; atMs += unverifiedPauseMs(atMs, forMs)) if (atMs >= forMs) left--;
	expect(atMs / forMs).toBeLessThanOrEqual(1 + 21 / 10);
});
