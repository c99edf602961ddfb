import { cachingWaiting } from '../../packages/outbox/src/store/waitingCache';
import type { Change } from '../../packages/outbox/src';
import { entry, type Payload } from './entries';
import { memoryStore } from './memoryStore';
import fc from 'fast-check';

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

test('what is large or nested without end is read back', async () => {
	const { cached, reads } = world();
	const put = async (number: number, of: unknown): Promise<void> => {
		const { payload, ...rest } = entry(number);
		await cached.write([
			{ kind: 'put', entry: { ...rest, payload: { ...payload, more: of } as Payload }, shelf: 'waiting' },
		]);
		await cached.get('waiting', entry(number).id);
	};
	await put(1, 'x'.repeat(4000));
	expect(reads()).toBe(0);
	await put(2, 'x'.repeat(10_000));
	await put(
		3,
		Array.from({ length: 10_000 }, () => ''),
	);
	let nested: unknown = '';
	for (let depth = 0; depth < 2000; depth++) nested = { '': nested };
	await put(4, nested);
	expect(reads()).toBe(3);
});

type Step = readonly ['wait' | 'leave' | 'remove', number: number, fate: 'done' | 'failed' | 'failed but done'];

test('whatever is written, done or not, it reads what the store itself would read', async () => {
	const steps = fc.array(
		fc.tuple(
			fc.constantFrom<Step[0]>('wait', 'leave', 'remove'),
			fc.integer({ min: 1, max: 4 }),
			fc.constantFrom<Step[2]>('done', 'failed', 'failed but done'),
		),
		{ maxLength: 20 },
	);
	await fc.assert(
		fc.asyncProperty(steps, async (all) => {
			const store = memoryStore<Payload>();
			let fate: Step[2] = 'done';
			const cached = cachingWaiting<Payload>({
				get: store.get,
				write: async (changes) => {
					if (fate !== 'failed') await store.write(changes);
					if (fate !== 'done') throw new Error('EIO');
				},
			});
			for (const [kind, number, how] of all) {
				fate = how;
				const { id } = entry(number);
				const change: Change<Payload> =
					kind === 'wait' ? wait(number) : kind === 'leave' ? leave(number) : { kind: 'remove', id, from: 'waiting' };
				await cached.write([change]).catch(() => undefined);
				for (const each of [1, 2, 3, 4])
					expect(await cached.get('waiting', entry(each).id)).toEqual(await store.get('waiting', entry(each).id));
			}
		}),
		{ numRuns: 200, seed: 1 },
	);
});
