import type { Shelf } from '../../packages/outbox/src';
import { entryId } from '../../packages/outbox/src/store/entry';
import { newEntry } from './entries';
import { type Api, faulted, openWorld, replied, type World } from './world';

const id = (number: number): string => entryId(number, '');
const start = async (api: Api, count: number): Promise<World> => {
	const world = await openWorld(api);
	world.outbox.start();
	for (let number = 1; number <= count; number++) await world.outbox.put(newEntry(number));
	await world.clock.settle();
	return world;
};
const lost: Api = () => faulted('ECONNRESET', true);
const namesOn = async ({ outbox }: World, shelf: Shelf, text = ''): Promise<readonly string[]> =>
	(await outbox.list({ shelf, text, limit: 100 })).entries.map(({ payload }) => payload.lead.leadInformation.firstName);

test('a lead without an answer is sent once more by a person, and told anew', async () => {
	let isUp = false;
	const world = await start(() => (isUp ? replied(201) : faulted('ECONNRESET', true)), 1);
	isUp = true;
	expect(await world.outbox.retry(id(1))).toBe(true);
	await world.clock.settle();
	expect([world.told, world.outbox.counts()]).toEqual([
		['1 unconfirmed', '1 created'],
		{ waiting: 0, sending: 0, unconfirmed: 0, ended: 1 },
	]);
	expect(world.store.shelf('ended')[0]).toMatchObject({ resend: true, outcome: { outcome: 'created' } });
});

test('"it arrived" ends it without sending it', async () => {
	const world = await start(lost, 1);
	expect(await world.outbox.arrived(id(1))).toBe(true);
	expect([world.sent, world.store.shelf('ended')[0]?.resolved, world.outbox.counts().unconfirmed]).toEqual([
		['1'],
		'arrived',
		0,
	]);
});

test('a waiting lead that is discarded is never sent, and stays in the list of the ended', async () => {
	const world = await openWorld(() => replied(201));
	await world.outbox.put(newEntry(1));
	await world.outbox.put(newEntry(2));
	expect(await world.outbox.discard(id(1))).toBe(true);
	world.outbox.start();
	await world.clock.settle();
	expect([world.sent, await namesOn(world, 'ended')]).toEqual([['2'], ['Mona 2', 'Mona 1']]);
});

test.each<[name: string, act: (world: World) => Promise<boolean>]>([
	['a lead that is not there', async ({ outbox }) => await outbox.retry(id(9))],
	['a lead that waits, sent again', async ({ outbox }) => await outbox.retry(id(2))],
	['a lead that ended, said to have arrived', async ({ outbox }) => await outbox.arrived(id(1))],
	['a lead that ended, discarded', async ({ outbox }) => await outbox.discard(id(1))],
])('nothing happens to %s', async (_name, act) => {
	let first = true;
	const world = await start(() => {
		const outcome = replied(first ? 201 : 401);
		first = false;
		return outcome;
	}, 2);
	expect(await act(world)).toBe(false);
	expect(world.outbox.counts()).toEqual({ waiting: 1, sending: 0, unconfirmed: 0, ended: 1 });
});

test('two people at the same time send a lead once', async () => {
	const world = await start(lost, 1);
	expect([...(await Promise.all([world.outbox.retry(id(1)), world.outbox.retry(id(1))]))].sort()).toEqual([
		false,
		true,
	]);
	await world.clock.settle();
	expect(world.sent).toEqual(['1', '1']);
});

test.each<[name: string, text: string, names: readonly string[]]>([
	['nothing searched for', '', ['Mona 3', 'Mona 2', 'Mona 1']],
	['a name', 'mona 2', ['Mona 2']],
	['a part of a phone', '1200003', ['Mona 3']],
	['words of the outcome', 'may exist', []],
	['what happened', 'was lost', ['Mona 3', 'Mona 2', 'Mona 1']],
	['something else', 'nobody', []],
])('a search: %s', async (_name, text, names) => {
	const world = await openWorld(lost);
	world.outbox.start();
	for (const number of [1, 2, 3]) {
		await world.outbox.put(newEntry(number));
		await world.clock.advance(10_000);
	}
	expect(await namesOn(world, 'unconfirmed', text)).toEqual(names);
});

test('a long list comes in pages', async () => {
	const world = await start(() => replied(201), 25);
	const pages: number[] = [];
	let after: string | undefined;
	do {
		const { entries, next } = await world.outbox.list({
			shelf: 'ended',
			limit: 10,
			...(after === undefined ? {} : { after }),
		});
		pages.push(entries.length);
		after = next;
	} while (after !== undefined);
	expect(pages).toEqual([10, 10, 5]);
});

test('one that was discarded while it waited and then sent again is sent once', async () => {
	const answers: (() => void)[] = [];
	const world = await openWorld(async () => await new Promise((resolve) => answers.push(() => resolve(replied(201)))), {
		concurrency: 2,
	});
	world.outbox.start();
	for (const number of [1, 2, 3]) await world.outbox.put(newEntry(number));
	await world.clock.settle();
	expect([await world.outbox.discard(id(3)), await world.outbox.retry(id(3))]).toEqual([true, true]);
	// Two have room at once, and it stands in its line twice.
	for (const answer of answers.splice(0)) answer();
	await world.clock.settle();
	expect(world.sent).toEqual(['1', '2', '3']);
	for (const answer of answers.splice(0)) answer();
	await world.clock.settle();
	expect([world.told.filter((told) => told.startsWith('3')), world.outbox.counts()]).toEqual([
		['3 created'],
		{ waiting: 0, sending: 0, unconfirmed: 0, ended: 3 },
	]);
});

/** Steps of what is begun at the same time, one after the other. */
const steps = Array.from({ length: 40 }, (_, step) => step);

test.each(['discard', 'discard of many'] as const)(
	'a lead that is about to leave: after its %s it is discarded and not sent, or sent and not discarded',
	async (kind) => {
		for (const step of steps) {
			const world = await openWorld(() => replied(201));
			await world.outbox.put(newEntry(1));
			world.outbox.start();
			for (let left = step; left > 0; left--) await Promise.resolve();
			const isDiscarded = await world.outbox.discard(id(1), kind === 'discard' ? undefined : 'the-name-of-one-act');
			await world.clock.settle();
			const [ended] = world.store.shelf('ended');
			expect({ step, sent: world.sent, resolved: ended?.resolved, counts: world.outbox.counts() }).toEqual({
				step,
				sent: isDiscarded ? [] : ['1'],
				resolved: isDiscarded ? 'discarded' : undefined,
				counts: { waiting: 0, sending: 0, unconfirmed: 0, ended: 1 },
			});
		}
	},
);

test('a lead that is about to leave and is written anew stands in one place and leaves once', async () => {
	for (const step of steps) {
		const world = await openWorld(() => replied(201));
		await world.outbox.put(newEntry(1));
		world.outbox.start();
		for (let left = step; left > 0; left--) await Promise.resolve();
		await world.outbox.change(id(1), (entry) => ({ ...entry, arrivedAtMs: 5 }));
		await world.clock.settle();
		const places = (['waiting', 'sending', 'unconfirmed', 'ended'] as const).map(
			(shelf) => world.store.shelf(shelf).length,
		);
		expect({ step, sent: world.sent, places }).toEqual({ step, sent: ['1'], places: [0, 0, 0, 1] });
	}
});
