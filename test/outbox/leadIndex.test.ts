import { createLeadIndex, type EntryFilter } from '../../packages/outbox/src/queue/leadIndex';
import { factsOfEntry } from '../../packages/outbox/src/queue/leadColumns';
import type { Change } from '../../packages/outbox/src/store/entryStore';
import { type Entry, entryId, type Shelf, shelves } from '../../packages/outbox/src/store/entry';
import { outcomeOf } from '../../packages/core/src';
import { seeded } from '../fixtures/cases';
import { memoryStore } from './memoryStore';
import { entry, type Payload } from './entries';

const sources = ['Facebook', 'Google', ''];

/** A store with a model of it beside, in which anything happens. */
const world = (seed: number) => {
	const random = seeded(seed);
	const pick = <Each>(all: readonly Each[]): Each => all[Math.floor(random() * all.length)] as Each;
	const store = memoryStore();
	const index = createLeadIndex<Payload>(store);
	const model = new Map<number, { readonly shelf: Shelf; readonly entry: Entry<Payload> }>();
	let last = 0;
	const made = (number: number): Entry<Payload> => {
		const known = model.get(number)?.entry;
		const partition = known?.partition ?? `organization ${Math.floor(random() * 7)}`;
		const plain = entry(number, partition);
		const leadSource = pick(sources);
		return {
			...plain,
			id: entryId(number, partition),
			arrivedAtMs: number * 1000,
			payload: {
				...plain.payload,
				lead: { ...plain.payload.lead, ...(leadSource === '' ? {} : { leadSource }) },
			},
			outcome: pick([
				null,
				outcomeOf({ outcome: 'invalid', cause: { kind: 'apiCheck' } }),
				outcomeOf({ outcome: 'unconfirmed', cause: { kind: 'cut' } }),
			]),
			...(random() < 0.1 ? { resolved: 'arrived' as const } : {}),
		};
	};
	const change = async (): Promise<void> => {
		const known = [...model.keys()];
		const number = random() < 0.6 || known.length === 0 ? ++last : pick(known);
		const before = model.get(number);
		const from = before?.shelf;
		const id = before?.entry.id ?? '';
		const changes: Change<Payload>[] = [];
		if (from !== undefined && random() < 0.3) {
			changes.push({ kind: 'remove', id, from });
			model.delete(number);
		} else {
			const shelf = pick(shelves);
			const now = made(number);
			changes.push({ kind: 'put', entry: now, shelf, ...(from === undefined ? {} : { from }) });
			model.set(number, { shelf, entry: now });
		}
		await store.write(changes);
		index.written(changes);
	};
	const found = (shelf: Shelf, filter: EntryFilter): readonly string[] =>
		[...model.values()]
			.filter((each) => {
				const { end, source, arrivedAtMs } = factsOfEntry(each.entry, each.shelf);
				return (
					each.shelf === shelf &&
					(filter.end === undefined || filter.end === end) &&
					(filter.source === undefined || filter.source === source) &&
					filter.isPartition?.(each.entry.partition) !== false &&
					arrivedAtMs >= (filter.fromMs ?? 0) &&
					arrivedAtMs < (filter.toMs ?? Number.POSITIVE_INFINITY)
				);
			})
			.map((each) => each.entry.id)
			.sort()
			.reverse();
	return { index, change, found, last: () => last };
};

test.each([1, 2, 3])('seed %d: whatever happens, it finds what a look at each would', async (seed) => {
	const { index, change, found, last } = world(seed);
	for (let round = 0; round < 300; round++) await change();
	// What is written while it is being made is in it too.
	const making = index.ready();
	for (let round = 0; round < 300; round++) await change();
	await making;
	for (let round = 0; round < 2500; round++) await change();
	await index.ready();
	const filters: readonly EntryFilter[] = [
		{},
		{ end: 'invalid' },
		{ end: 'arrived', source: 'Google' },
		{ source: '' },
		{ isPartition: (partition) => partition === 'organization 3' },
		{ fromMs: 200_000, toMs: 900_000 },
	];
	expect(last()).toBeGreaterThan(1500);
	for (const shelf of shelves)
		for (const filter of filters) expect([...(index.ids(shelf, filter) ?? [])]).toEqual(found(shelf, filter));
});

test.each([4, 5])('seed %d: what is written while it is put in order, in many steps, is in it too', async (seed) => {
	const { index, change, found } = world(seed);
	for (let round = 0; round < 9000; round++) await change();
	let isMade = false;
	const making = index.ready().finally(() => {
		isMade = true;
	});
	let steps = 0;
	// Pages are read without a turn of others here, so those who have one come between two steps of putting in order.
	for (; !isMade; steps++) {
		await new Promise((resolve) => setImmediate(resolve));
		for (let round = 0; round < 5; round++) await change();
	}
	await making;
	expect(steps).toBeGreaterThan(1);
	for (const shelf of shelves) {
		const entries = found(shelf, {});
		expect([...(index.ids(shelf, {}) ?? [])]).toEqual(entries);
		expect([...(index.facets(shelf)?.partitions.values() ?? [])].reduce((sum, each) => sum + each, 0)).toBe(
			entries.length,
		);
		expect(index.facets(shelf)?.ends.get('invalid')).toBe(found(shelf, { end: 'invalid' }).length);
		expect(index.facets(shelf)?.sources.get('Google')).toBe(found(shelf, { source: 'Google' }).length);
	}
});
