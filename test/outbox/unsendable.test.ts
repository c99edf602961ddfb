import { type Outcome, outcomeOf } from '../../packages/core/src';
import type { Shelf } from '../../packages/outbox/src';
import { newEntry } from './entries';
import { openWorld, replied, type World } from './world';

/*
 * What a lead needs for leaving is looked for before it is marked: whatever cuts that off, nothing left.
 */

const noKey = outcomeOf({ outcome: 'unauthorized', cause: { kind: 'notSent' } }, {});
const noneToRead = outcomeOf({ outcome: 'unconfirmed', cause: { kind: 'unreadableEntry' } }, {});

/** A world in which `answers` say what is found of each look; one that is left out never comes to an end. */
const looking = async (answer: () => Promise<Outcome | undefined>, concurrency = 5): Promise<World> => {
	const world = await openWorld(() => replied(201), { unsendable: answer, concurrency });
	for (const number of [1, 2, 3]) await world.outbox.put(newEntry(number));
	world.outbox.start();
	await world.clock.settle();
	return world;
};
const namesOn = ({ store }: World, shelf: Shelf): readonly number[] =>
	store.shelf(shelf).map(({ payload }) => Number(payload.lead.leadInformation.firstName.replace('Mona ', '')));

test('killed while it is looked for, all wait still, and each is sent once', async () => {
	let isThere = false;
	const world = await looking(async () => await (isThere ? Promise.resolve(undefined) : new Promise(() => undefined)));
	expect([namesOn(world, 'sending'), namesOn(world, 'waiting'), world.sent]).toEqual([[], [1, 2, 3], []]);
	isThere = true;
	const next = await world.crash();
	expect([namesOn(next, 'unconfirmed'), next.sent, next.told]).toEqual([
		[],
		['1', '2', '3'],
		['1 created restored', '2 created restored', '3 created restored'],
	]);
});

test('where it is nowhere, they wait unmarked with that outcome, held as after an answer, and leave once it is there', async () => {
	let isThere = false;
	const world = await looking(async () => await Promise.resolve(isThere ? undefined : noKey), 1);
	expect([world.store.shelf('sending'), world.outbox.holdReason(), world.outbox.counts().waiting]).toEqual([
		[],
		'key',
		3,
	]);
	expect(world.store.shelf('waiting').map(({ outcome }) => outcome?.outcome)).toEqual([
		'unauthorized',
		undefined,
		undefined,
	]);
	await world.clock.advance(60_000);
	expect([world.sent, world.outbox.counts().waiting]).toEqual([[], 3]);
	isThere = true;
	world.outbox.release('');
	await world.clock.settle();
	expect([world.sent, world.outbox.counts()]).toEqual([
		['1', '2', '3'],
		{ waiting: 0, sending: 0, unconfirmed: 0, ended: 3 },
	]);
});

test('one that can never be sent ends as its outcome says, is told, and holds nobody', async () => {
	let looks = 0;
	const world = await looking(async () => await Promise.resolve(++looks === 1 ? noneToRead : undefined), 1);
	expect([namesOn(world, 'unconfirmed'), world.sent, world.told, world.outbox.counts()]).toEqual([
		[1],
		['2', '3'],
		['1 unconfirmed', '2 created', '3 created'],
		{ waiting: 0, sending: 0, unconfirmed: 1, ended: 2 },
	]);
});

test.each([true, false])('discarded while it is looked for, it is not sent; it is found then: %s', async (isFound) => {
	const found: ((outcome: Outcome | undefined) => void)[] = [];
	const world = await looking(async () => await new Promise((resolve) => found.push(resolve)), 1);
	const [first] = world.store.shelf('waiting');
	expect(await world.outbox.discard(first?.id ?? '')).toBe(true);
	for (let next = found.shift(), round = 0; next !== undefined; next = found.shift(), round++) {
		next(round === 0 && !isFound ? noKey : undefined);
		await world.clock.settle();
	}
	expect([world.sent, world.outbox.counts()]).toEqual([
		['2', '3'],
		{ waiting: 0, sending: 0, unconfirmed: 0, ended: 3 },
	]);
	expect(world.store.shelf('ended')[0]).toMatchObject({ resolved: 'discarded', outcome: null });
});

test('a disk that fails while that is written leaves it waiting', async () => {
	let isThere = false;
	const world = await openWorld(() => replied(201), {
		unsendable: async () => await Promise.resolve(isThere ? undefined : noKey),
	});
	await world.outbox.put(newEntry(1));
	world.store.failing = true;
	world.outbox.start();
	await world.clock.settle();
	expect([world.outbox.holdReason(), world.outbox.counts()]).toEqual([
		'disk',
		{ waiting: 1, sending: 0, unconfirmed: 0, ended: 0 },
	]);
	world.store.failing = false;
	isThere = true;
	await world.clock.advance(60_000);
	expect([world.sent, world.outbox.counts().ended]).toEqual([['1'], 1]);
});
