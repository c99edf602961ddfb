import { type EntryFilter, entryId } from '../../packages/outbox/src';
import { newEntry } from './entries';
import { faulted, openWorld, replied, type World } from './world';

const id = (number: number): string => entryId(number, '');
const bulk = 'the-name-of-one-act';

let isUp = false;
const unconfirmed = async (count: number): Promise<World> => {
	isUp = false;
	const world = await openWorld(() => (isUp ? replied(201) : faulted('ECONNRESET', true)));
	world.outbox.start();
	for (let number = 1; number <= count; number++) await world.outbox.put(newEntry(number));
	await world.clock.settle();
	return world;
};

describe('a bulk action, done again', () => {
	test('sends each once, although the answer was lost again', async () => {
		const world = await unconfirmed(1);
		expect(await world.outbox.retry(id(1), bulk)).toBe(true);
		await world.clock.settle();
		// It is unconfirmed once more by now: the same act does not send it a third time.
		expect([world.outbox.counts().unconfirmed, await world.outbox.retry(id(1), bulk)]).toEqual([1, true]);
		await world.clock.settle();
		expect(world.sent).toHaveLength(2);
		isUp = true;
		expect(await world.outbox.retry(id(1), 'the-name-of-another')).toBe(true);
		await world.clock.settle();
		expect([world.sent.length, world.outbox.counts().ended]).toEqual([3, 1]);
	});

	test('goes on after a crash in the middle: what was done is not done twice', async () => {
		const first = await unconfirmed(4);
		isUp = true;
		await first.outbox.retry(id(1), bulk);
		await first.outbox.retry(id(2), bulk);
		const world = await first.crash();
		world.outbox.start();
		await world.clock.settle();
		for (const number of [1, 2, 3, 4]) expect(await world.outbox.retry(id(number), bulk)).toBe(true);
		await world.clock.settle();
		const times = [1, 2, 3, 4].map(
			(number) => [...first.sent, ...world.sent].filter((name) => name === String(number)).length,
		);
		expect([times, world.outbox.counts().unconfirmed + world.outbox.counts().ended]).toEqual([[2, 2, 2, 2], 4]);
	});

	test.each(['arrived', 'discard'] as const)('"%s": the same, and another act finds them gone', async (action) => {
		const world = await unconfirmed(2);
		for (const name of [bulk, bulk]) expect(await world.outbox[action](id(1), name)).toBe(true);
		expect(await world.outbox[action](id(1), 'the-name-of-another')).toBe(false);
		expect(world.outbox.counts()).toMatchObject({ unconfirmed: 1, ended: 1 });
	});

	test('is not done twice after another one had the same lead sent: seed 54', async () => {
		const world = await unconfirmed(1);
		for (const name of [bulk, 'the-name-of-another']) {
			expect(await world.outbox.retry(id(1), name)).toBe(true);
			await world.clock.settle();
		}
		expect([await world.outbox.retry(id(1), bulk), world.sent.length]).toEqual([true, 3]);
		await world.clock.settle();
		expect(world.sent).toHaveLength(3);
	});

	test('two requests of it at the same time are one', async () => {
		const world = await unconfirmed(1);
		expect(await Promise.all([world.outbox.retry(id(1), bulk), world.outbox.retry(id(1), bulk)])).toEqual([true, true]);
		await world.clock.settle();
		expect(world.sent).toHaveLength(2);
	});
});

describe('a correction', () => {
	const invalid = async (): Promise<World> => {
		const world = await openWorld(({ payload }) =>
			replied(payload.lead.leadInformation.firstName === 'Right' ? 201 : 400),
		);
		world.outbox.start();
		await world.outbox.put(newEntry(1));
		await world.clock.settle();
		return world;
	};
	const right = { ...newEntry(1).payload, lead: { leadInformation: { firstName: 'Right', phone: '+201001234567' } } };

	test('is a new lead that names the first, which stays invalid and names the new one', async () => {
		const world = await invalid();
		expect(await world.outbox.correct(id(1), () => right)).toEqual({ kind: 'corrected', id: id(2) });
		await world.clock.settle();
		const { entries } = await world.outbox.list({ shelf: 'ended', limit: 10 });
		expect(entries).toMatchObject([
			{ id: id(2), correctionOf: id(1), outcome: { outcome: 'created' } },
			{ id: id(1), correctedBy: id(2), outcome: { outcome: 'invalid' } },
		]);
		expect(world.outbox.counts()).toMatchObject({ waiting: 0, ended: 2 });
	});

	test('asked for again is the same one, also at the same time and after a crash', async () => {
		const first = await invalid();
		const both = await Promise.all([
			first.outbox.correct(id(1), () => right),
			first.outbox.correct(id(1), () => right),
		]);
		expect(both).toEqual([
			{ kind: 'corrected', id: id(2) },
			{ kind: 'corrected', id: id(2) },
		]);
		const world = await first.crash();
		expect(await world.outbox.correct(id(1), () => right)).toEqual({ kind: 'corrected', id: id(2) });
		const { waiting, sending, unconfirmed: lost, ended } = world.outbox.counts();
		expect(waiting + sending + lost + ended).toBe(2);
	});

	test.each<[name: string, asksAgain: boolean]>([
		['is found by whoever asks again', true],
		['leaves once the disk is back, where nobody asks again', false],
	])('whose write was done although it failed %s', async (_name, asksAgain) => {
		const world = await invalid();
		const { write } = world.store;
		Object.assign(world.store, {
			write: async (changes: Parameters<typeof write>[0]) => {
				Object.assign(world.store, { write });
				await write(changes);
				throw new Error('no space');
			},
		});
		await expect(world.outbox.correct(id(1), () => right)).rejects.toThrow('no space');
		expect(world.outbox.counts()).toMatchObject({ waiting: 0, ended: 1 });
		if (asksAgain) expect(await world.outbox.correct(id(1), () => right)).toEqual({ kind: 'corrected', id: id(2) });
		await world.clock.advance(6000);
		expect([world.sent, world.outbox.counts()]).toEqual([
			['1', 'Right'],
			{ waiting: 0, sending: 0, unconfirmed: 0, ended: 2 },
		]);
	});

	test('whose write failed leaves nothing behind', async () => {
		const world = await invalid();
		world.store.failing = true;
		await expect(world.outbox.correct(id(1), () => right)).rejects.toThrow('no space');
		world.store.failing = false;
		await world.clock.advance(6000);
		expect([world.sent, world.outbox.counts()]).toEqual([['1'], { waiting: 0, sending: 0, unconfirmed: 0, ended: 1 }]);
	});

	test.each([201, 404])('there is none of a lead that ended with %d', async (status) => {
		const world = await openWorld(() => replied(status));
		world.outbox.start();
		await world.outbox.put(newEntry(1));
		await world.clock.settle();
		expect(await world.outbox.correct(id(1), () => right)).toEqual({ kind: 'notThere' });
	});
});

describe('filters', () => {
	const sources = ['Facebook', 'Google', ''];
	const open = async (): Promise<World> => {
		const world = await openWorld(
			({ payload }) => {
				const number = Number(payload.lead.leadInformation.firstName.replace('Mona ', ''));
				return number % 4 === 0 ? replied(400) : number % 4 === 1 ? faulted('ECONNRESET', true) : replied(201);
			},
			{ groupOf: (partition) => partition },
		);
		world.outbox.start();
		for (let number = 1; number <= 24; number++) {
			const { payload, ...rest } = newEntry(number);
			const leadSource = sources[number % 3] ?? '';
			const lead = { ...payload.lead, ...(leadSource === '' ? {} : { leadSource }) };
			await world.outbox.put({ ...rest, partition: `organization ${number % 5}`, payload: { ...payload, lead } });
			await world.clock.advance(1000);
		}
		return world;
	};
	const ids = async ({ outbox }: World, shelf: 'ended' | 'unconfirmed', filter: EntryFilter, text = '') => {
		const found: string[] = [];
		for (let after: string | undefined, round = 0; round === 0 || after !== undefined; round++) {
			const page = await outbox.list({ shelf, limit: 3, text, filter, ...(after === undefined ? {} : { after }) });
			found.push(...page.entries.map((entry) => entry.id));
			after = page.next;
		}
		return found;
	};

	const cases: readonly EntryFilter[] = [
		{},
		{ end: 'invalid' },
		{ end: 'created', source: 'Google' },
		{ source: '' },
		{ source: 'nobody' },
		{ isPartition: (partition) => partition === 'organization 3' },
		{ fromMs: 1_005_000, toMs: 1_012_000 },
		{ end: 'created', fromMs: 1_010_000 },
	];
	test.each(cases.map((filter, at) => [at, filter] as const))(
		'%d: the index finds what looking at each finds, and follows what happens',
		async (_at, filter) => {
			const world = await open();
			for (const shelf of ['ended', 'unconfirmed'] as const) {
				const looked = await ids(world, shelf, filter);
				await world.outbox.indexed();
				expect(await ids(world, shelf, filter)).toEqual(looked);
			}
			for (const entry of (await world.outbox.list({ shelf: 'unconfirmed', limit: 2 })).entries)
				await world.outbox.arrived(entry.id);
			const fresh = await world.crash();
			for (const shelf of ['ended', 'unconfirmed'] as const)
				expect(await ids(world, shelf, filter)).toEqual(await ids(fresh, shelf, filter));
		},
	);

	test('a shelf says what there is to filter it by', async () => {
		const world = await open();
		expect(world.outbox.facets('ended')).toBeUndefined();
		await world.outbox.indexed();
		const facets = world.outbox.facets('ended');
		const counts = (of: ReadonlyMap<string, number> | undefined): number =>
			[...(of ?? [])].reduce((sum, [, count]) => sum + count, 0);
		expect([
			facets?.ends.get('invalid'),
			counts(facets?.ends),
			counts(facets?.sources),
			facets?.partitions.size,
		]).toEqual([6, world.outbox.counts().ended, world.outbox.counts().ended, 5]);
	});

	test('a whole phone finds its lead however it is written, and an id the lead of that id first', async () => {
		const world = await open();
		await world.outbox.indexed();
		const [one] = (await world.outbox.list({ shelf: 'ended', limit: 1 })).entries;
		const phone = one?.payload.lead.leadInformation.phone ?? '';
		const found = await world.outbox.list({ shelf: 'ended', limit: 10, text: `0${phone.slice(3)}` });
		expect(found.entries.map((entry) => entry.id)).toEqual([one?.id]);
		const byId = await world.outbox.list({ shelf: 'ended', limit: 10, text: '4' });
		expect(byId.entries[0]?.id).toContain('000000000000004~');
	});
});
