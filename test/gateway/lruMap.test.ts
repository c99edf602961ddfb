import { createLruMap } from '../../packages/gateway/src/leads/lruMap';
import { seeded } from '../fixtures/cases';
import { processorMs } from '../fixtures/processorTime';

test.each([1, 2, 3, 4])('seed %d: what was not used for longest is forgotten, whatever happens', (seed) => {
	const random = seeded(seed);
	const [dropped, expected]: [number[], number[]] = [[], []];
	const most = 1 + Math.floor(random() * 20);
	const map = createLruMap<number>(most, (value) => dropped.push(value));
	let model: (readonly [key: string, value: number])[] = [];
	for (let step = 0; step < 5000; step++) {
		const key = String(Math.floor(random() * 40));
		const known = model.find(([each]) => each === key)?.[1];
		const rest = model.filter(([each]) => each !== key);
		const kind = random();
		if (kind < 0.5) {
			map.set(key, step);
			model = [...rest, [key, step]];
			if (model.length > most) expected.push(model[0]?.[1] as number);
			model = model.slice(-most);
		} else if (kind < 0.8) {
			expect(map.get(key)).toBe(known);
			if (known !== undefined) model = [...rest, [key, known]];
		} else {
			map.delete(key, kind < 0.95 ? (known ?? -1) : -1);
			if (kind < 0.95) model = rest;
		}
	}
	expect(dropped).toEqual(expected);
	for (const [key, value] of model) expect(map.get(key)).toBe(value);
});

test('forgetting costs the same however many were forgotten before', () => {
	const map = createLruMap<number>(50_000);
	const tookMs = processorMs(() => {
		for (let number = 0; number < 200_000; number++) map.set(`key-${number}`, number);
	});
	// With a pass over those before it were half a minute.
	expect(tookMs).toBeLessThan(4000);
	expect([map.get('key-149999'), map.get('key-150000')]).toEqual([undefined, 150_000]);
});
