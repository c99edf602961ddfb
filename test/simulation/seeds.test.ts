import { seedOf } from './kernel/random';

test('each of the first ten thousand seeds is a run of its own', () => {
	const seeds = Array.from({ length: 10_000 }, (_, seed) => seedOf(seed, 'plan'));
	expect(new Set(seeds).size).toBe(seeds.length);
});
