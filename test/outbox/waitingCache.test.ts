import { cachingWaiting } from '../../packages/outbox/src/store/waitingCache';
import type { Change } from '../../packages/outbox/src';
import { entry, type Payload } from './entries';
import { memoryStore } from './memoryStore';

const world = (): {
	readonly cached: ReturnType<typeof cachingWaiting<Payload>>;
	readonly reads: () => number;
	fails: boolean;
} => {
	const store = memoryStore<Payload>();
	let reads = 0;
	const made = {
		fails: false,
		reads: () => reads,
		cached: cachingWaiting<Payload>({
			get: async (shelf, id) => {
				reads++;
				return await store.get(shelf, id);
			},
			write: async (changes) => {
				await store.write(changes);
				// Done and reported as failed.
				if (made.fails) throw new Error('EIO');
			},
		}),
	};
	return made;
};
const wait = (number: number): Change<Payload> => ({ kind: 'put', entry: entry(number), shelf: 'waiting' });
const leave = (number: number): Change<Payload> => ({
	kind: 'put',
	entry: entry(number),
	shelf: 'sending',
	from: 'waiting',
});

test('what was put among those that wait is not read back, as long as it waits', async () => {
	const { cached, reads } = world();
	await cached.write([wait(1), wait(2)]);
	expect([await cached.get('waiting', entry(1).id), reads()]).toEqual([entry(1), 0]);
	await cached.write([leave(1)]);
	expect([await cached.get('waiting', entry(1).id), reads()]).toEqual([undefined, 1]);
	await cached.write([{ kind: 'remove', id: entry(2).id, from: 'waiting' }]);
	expect([await cached.get('waiting', entry(2).id), reads()]).toEqual([undefined, 2]);
});

test('nothing is known of what a write that failed may have done, nor of what left in a write beside it', async () => {
	const made = world();
	await made.cached.write([wait(1)]);
	made.fails = true;
	await expect(made.cached.write([leave(1)])).rejects.toThrow('EIO');
	await expect(made.cached.write([wait(2)])).rejects.toThrow('EIO');
	made.fails = false;
	expect([await made.cached.get('waiting', entry(1).id), made.reads()]).toEqual([undefined, 1]);
	expect([await made.cached.get('waiting', entry(2).id), made.reads()]).toEqual([entry(2), 2]);
	await Promise.all([made.cached.write([wait(3)]), made.cached.write([leave(3)])]);
	expect(await made.cached.get('waiting', entry(3).id)).toBeUndefined();
});

test('however many wait, it remembers only so many', async () => {
	const { cached, reads } = world();
	for (let number = 1; number <= 1500; number++) await cached.write([wait(number)]);
	for (let number = 1; number <= 1500; number++) await cached.get('waiting', entry(number).id);
	expect(reads()).toBe(500);
});
