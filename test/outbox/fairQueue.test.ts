import { createFairQueue, type Gates, type FairQueue } from '../../packages/outbox/src/queue/fairQueue';
import { entryId, partitionOf } from '../../packages/outbox/src/store/entry';
import fc from '../fixtures/fastCheck';
import { processorMs } from '../fixtures/processorTime';

/** Of which key an organization is: "3.1" is the second organization of the fourth key. */
const groupOf = (partition: string): string => partition.split('.')[0] ?? '';

interface World {
	readonly queue: FairQueue;
	/** From when on groups and organizations may send; any other may at once. */
	readonly opensAtMs: Map<string, number>;
	readonly unverified: Set<string>;
	roomForUnverified: boolean;
	/** How often a gate was asked. */
	asked: number;
}
const open = (): World => {
	const opensAtMs = new Map<string, number>();
	const unverified = new Set<string>();
	const ask = (name: string): number => {
		world.asked++;
		return opensAtMs.get(name) ?? Number.NEGATIVE_INFINITY;
	};
	const gates: Gates = {
		groupOf,
		isUnverified: (partition) => unverified.has(groupOf(partition)),
		hasRoomForUnverified: () => world.roomForUnverified,
		groupOpensAtMs: (partition) => ask(groupOf(partition)),
		opensAtMs: ask,
	};
	const world: World = { queue: createFairQueue(gates), opensAtMs, unverified, roomForUnverified: true, asked: 0 };
	return world;
};
const all = ({ queue }: World, nowMs = 0): readonly string[] => {
	const taken: string[] = [];
	for (let id = queue.take(nowMs); id !== undefined; id = queue.take(nowMs)) taken.push(id);
	return taken;
};

test('what is sent again goes out in the order of arrival, and costs little however many come back', () => {
	const count = 50_000;
	const ids = Array.from({ length: count }, (_, place) => entryId(place + 1, 'a.0'));
	const world = open();
	let taken: readonly string[] = [];
	const tookMs = processorMs(() => {
		for (const id of [...ids].reverse()) world.queue.requeue(id);
		taken = all(world);
	});
	expect(taken).toEqual(ids);
	// With a look at each of the others it were minutes.
	expect(tookMs).toBeLessThan(10_000);
});

test.each([10, 1000, 10_000])('a lead costs the same with %d other accounts that may not send', (count) => {
	const world = open();
	for (let account = 0; account < count; account++) {
		world.opensAtMs.set(String(account), Number.POSITIVE_INFINITY);
		world.queue.add(entryId(account + 1, `${account}.0`));
	}
	expect(all(world)).toEqual([]);
	world.asked = 0;
	for (let lead = 0; lead < 100; lead++) {
		const id = entryId(count + lead + 1, 'good.0');
		world.queue.add(id);
		expect(world.queue.take(0)).toBe(id);
		world.queue.wake('good.0');
		expect(world.queue.take(0)).toBeUndefined();
	}
	// Twice for each: its key, and its organization.
	expect(world.asked).toBe(200);
});

test('what is set aside comes at its time, at the latest after a minute, and at once when something happens to it', () => {
	const world = open();
	for (const [index, account] of ['a.0', 'b.0', 'c.0'].entries()) {
		world.opensAtMs.set(groupOf(account), [5000, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY][index] ?? 0);
		world.queue.add(entryId(index + 1, account));
	}
	expect([all(world), world.queue.nextAtMs()]).toEqual([[], 5000]);
	world.opensAtMs.delete('b');
	expect(all(world)).toEqual([]);
	world.queue.wake('b.0');
	expect(all(world)).toEqual([entryId(2, 'b.0')]);
	expect([all(world, 4999), all(world, 5000)]).toEqual([[], [entryId(1, 'a.0')]]);
	world.opensAtMs.delete('c');
	expect([all(world, 59_999), all(world, 60_000)]).toEqual([[], [entryId(3, 'c.0')]]);
	expect(world.queue.isEmpty('c.0')).toBe(true);
});

test('keys never accepted wait for their few places, and hold up no other', () => {
	const world = open();
	world.unverified.add('new');
	world.roomForUnverified = false;
	world.queue.add(entryId(1, 'new.0'));
	world.queue.add(entryId(2, 'old.0'));
	expect(all(world)).toEqual([entryId(2, 'old.0')]);
	world.roomForUnverified = true;
	expect(all(world)).toEqual([entryId(1, 'new.0')]);
	world.roomForUnverified = false;
	world.queue.add(entryId(3, 'new.0'));
	expect(all(world)).toEqual([]);
	// A lead of it was accepted.
	world.unverified.delete('new');
	world.queue.wake('new.0');
	expect(all(world)).toEqual([entryId(3, 'new.0')]);
});

type Step =
	| { readonly kind: 'add' | 'wake' | 'passed' | 'takeFrom'; readonly account: string }
	| { readonly kind: 'requeue'; readonly nth: number; readonly wasRefused: boolean }
	| { readonly kind: 'gate'; readonly name: string; readonly opensAtMs: number | undefined }
	| { readonly kind: 'verify'; readonly group: string; readonly isUnverified: boolean }
	| { readonly kind: 'time' | 'take' };

const account = fc.constantFrom('a.0', 'a.1', 'b.0', 'b.1', 'c.0');
const step: fc.Arbitrary<Step> = fc.oneof(
	fc.record({ kind: fc.constantFrom('add', 'add', 'add', 'wake', 'passed', 'takeFrom'), account }),
	fc.record({ kind: fc.constant('requeue'), nth: fc.nat(5), wasRefused: fc.boolean() }),
	fc.record({
		kind: fc.constant('gate'),
		name: fc.constantFrom('a', 'b', 'c', 'a.0', 'a.1', 'b.0'),
		opensAtMs: fc.constantFrom(undefined, 5000, 70_000, Number.POSITIVE_INFINITY),
	}),
	fc.record({ kind: fc.constant('verify'), group: fc.constantFrom('a', 'b', 'c'), isUnverified: fc.boolean() }),
	fc.record({ kind: fc.constantFrom('time', 'take', 'take') }),
) as fc.Arbitrary<Step>;

test('whatever happens in whatever order: each id comes out once, none that may not, and none is forgotten', () => {
	fc.assert(
		fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
			const world = open();
			const [inside, outside] = [new Set<string>(), [] as string[]];
			let [arrival, nowMs] = [0, 0];
			const took = (id: string | undefined): void => {
				if (id === undefined) return;
				expect(inside.delete(id)).toBe(true);
				outside.push(id);
			};
			const mayLeave = (id: string): boolean =>
				[groupOf(partitionOf(id)), partitionOf(id)].every((name) => (world.opensAtMs.get(name) ?? 0) <= nowMs);
			for (const each of steps) {
				if (each.kind === 'add') {
					const id = entryId(++arrival, each.account);
					inside.add(id);
					world.queue.add(id);
				} else if (each.kind === 'wake') world.queue.wake(each.account);
				else if (each.kind === 'passed') world.queue.onPassed(each.account);
				else if (each.kind === 'takeFrom') took(world.queue.takeFrom(each.account));
				else if (each.kind === 'gate') {
					if (each.opensAtMs === undefined) world.opensAtMs.delete(each.name);
					else world.opensAtMs.set(each.name, each.opensAtMs);
					// As holds do: whatever changes is told.
					for (const partition of ['a.0', 'a.1', 'b.0', 'b.1', 'c.0'])
						if (partition.startsWith(each.name)) world.queue.wake(partition);
				} else if (each.kind === 'verify') {
					if (each.isUnverified) world.unverified.add(each.group);
					else world.unverified.delete(each.group);
					world.queue.wake(`${each.group}.0`);
					world.roomForUnverified = !world.roomForUnverified;
				} else if (each.kind === 'requeue') {
					const id = outside.splice(each.nth, 1)[0];
					if (id !== undefined) {
						inside.add(id);
						world.queue.requeue(id, each.wasRefused);
					}
				} else if (each.kind === 'time') nowMs += 10_000;
				else {
					const id = world.queue.take(nowMs);
					if (id !== undefined) expect(mayLeave(id)).toBe(true);
					took(id);
				}
			}
			// In the end all gates are open: nothing may be left behind.
			world.opensAtMs.clear();
			world.roomForUnverified = true;
			for (const id of all(world, nowMs + 120_000)) took(id);
			expect([...inside]).toEqual([]);
		}),
		{ numRuns: 500 },
	);
});
