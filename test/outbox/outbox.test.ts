import { explain, type Outcome } from '../../packages/core/src';
import { newEntry } from './entries';
import { type Api, faulted, openWorld, replied, unsent, type World } from './world';

const created: Api = () => replied(201);
const start = async (api: Api, options: Parameters<typeof openWorld>[1] = {}): Promise<World> => {
	const world = await openWorld(api, options);
	world.outbox.start();
	return world;
};
const put = async ({ outbox, clock }: World, ...numbers: readonly number[]): Promise<void> => {
	for (const number of numbers) await outbox.put(newEntry(number));
	await clock.settle();
};
/** Answers in order; the last one for all that comes after. */
const inOrder = (...outcomes: readonly (() => Outcome)[]): Api => {
	let next = 0;
	return () => (outcomes[Math.min(next++, outcomes.length - 1)] ?? (() => replied(201)))();
};

test('a lead is kept before it is sent, marked while it is on its way, and told when it ended', async () => {
	const seen: unknown[] = [];
	const world = await start((entry) => {
		seen.push(world.store.shelf('sending').map(({ id }) => id === entry.id));
		return replied(201);
	});
	await put(world, 1);
	expect([seen, world.told, world.outbox.counts()]).toEqual([
		[[true]],
		['1 created'],
		{ waiting: 0, sending: 0, unconfirmed: 0, ended: 1 },
	]);
	expect(await world.store.unacked()).toEqual([]);
});

test('nothing is sent before the start, and leads are kept already', async () => {
	const world = await openWorld(created);
	await put(world, 1, 2);
	expect([world.sent, world.outbox.counts().waiting]).toEqual([[], 2]);
	world.outbox.start();
	await world.clock.settle();
	expect(world.told).toEqual(['1 created', '2 created']);
});

test('no more are on their way at once than allowed', async () => {
	let [under, most] = [0, 0];
	const world = await start(
		async (_entry, { clock }) => {
			most = Math.max(most, ++under);
			await clock.sleep(10);
			under--;
			return replied(201);
		},
		{ concurrency: 3 },
	);
	await put(world, 1, 2, 3, 4, 5, 6, 7);
	await world.clock.advance(100);
	expect([most, world.told.length]).toEqual([3, 7]);
});

describe('what ends a lead and what makes it wait', () => {
	test.each<[name: string, first: () => Outcome, told: string, why: string | undefined]>([
		['created', () => replied(201), '1 created', undefined],
		['refused as it is', () => replied(400), '1 invalid', undefined],
		['an answer that is lost', () => faulted('ECONNRESET', true), '1 unconfirmed', undefined],
		['an error there', () => replied(500), '1 unconfirmed', undefined],
		['a redirect', () => replied(302), '1 failed', undefined],
		['an address without an API', () => replied(404), '1 failed', undefined],
		['the key', () => replied(401), '1 created', 'key'],
		['the permission', () => replied(403), '1 created', 'organization'],
		['the limit', () => replied(429), '1 created', 'limit'],
		['a server too busy', () => replied(503, { 'retry-after': '2' }), '1 created', 'limit'],
		['no way to the API', () => faulted('ECONNREFUSED', false), '1 created', 'network'],
		['an account without a key', () => unsent({ kind: 'notConfigured', missing: 'apiKey' }), '1 created', 'key'],
	])('%s', async (_name, first, told, why) => {
		const world = await start(inOrder(first, () => replied(201)));
		await put(world, 1);
		expect([world.outbox.holdReason(), world.outbox.counts().waiting]).toEqual([why, why === undefined ? 0 : 1]);
		await world.clock.advance(5000);
		expect([world.told, world.outbox.holdReason()]).toEqual([[told], undefined]);
	});

	test('what waits says why, with its outcome so far', async () => {
		const world = await start(() => replied(401));
		await put(world, 1);
		const {
			entries: [entry],
		} = await world.outbox.list({ shelf: 'waiting', limit: 10 });
		expect(entry?.outcome?.outcome).toBe('unauthorized');
	});

	test('Retry-After says how long, at most an hour', async () => {
		const world = await start(
			inOrder(
				() => replied(429, { 'retry-after': '20' }),
				() => replied(201),
			),
		);
		await put(world, 1);
		await world.clock.advance(19_900);
		expect(world.told).toEqual([]);
		await world.clock.advance(200);
		expect(world.told).toEqual(['1 created']);
		const long = await start(
			inOrder(
				() => replied(429, { 'retry-after': '99999999' }),
				() => replied(201),
			),
		);
		await put(long, 1);
		await long.clock.advance(3_660_000);
		expect(long.told).toEqual(['1 created']);
	});

	test('one lead asks for all that wait, ever more seldom, and the rest goes out in the order of arrival', async () => {
		let isMended = false;
		const world = await start(() => replied(isMended ? 201 : 401), { concurrency: 5 });
		await put(world, 1, 2, 3, 4, 5, 6, 7, 8);
		await world.clock.advance(3_600_000);
		// One at the front of the queue each time: 1, 2, 4 … 300 s and from then on every five minutes.
		expect(world.sent.length).toBeLessThan(30);
		isMended = true;
		world.sent.length = 0;
		await world.clock.advance(301_000);
		expect(world.sent).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
		expect(world.told).toHaveLength(8);
	});

	test('a lead refused with 403 three times while others pass ends; nothing else does', async () => {
		const world = await start(({ payload: { lead } }) =>
			replied(lead.leadInformation.firstName.endsWith(' 1') ? 403 : 201),
		);
		await put(world, ...Array.from({ length: 20 }, (_, index) => index + 1));
		await world.clock.advance(60_000);
		expect(world.sent.filter((name) => name === '1')).toHaveLength(3);
		expect(world.told.filter((text) => !text.endsWith('created'))).toEqual(['1 forbidden']);
		expect(world.told).toHaveLength(20);
	});

	test('two such leads do not keep the others from passing', async () => {
		const world = await start(({ payload: { lead } }) =>
			replied(/ [12]$/.test(lead.leadInformation.firstName) ? 403 : 201),
		);
		await put(world, 1, 2, 3, 4, 5, 6, 7, 8);
		await world.clock.advance(120_000);
		expect([...world.told].sort()).toEqual([
			'1 forbidden',
			'2 forbidden',
			'3 created',
			'4 created',
			'5 created',
			'6 created',
			'7 created',
			'8 created',
		]);
	});

	test('a permission that is gone for all ends no lead, however long', async () => {
		let isMended = false;
		const world = await start(() => replied(isMended ? 201 : 403), { concurrency: 3 });
		await put(world, 1, 2, 3, 4);
		await world.clock.advance(86_400_000);
		expect([world.told, world.outbox.counts().waiting]).toEqual([[], 4]);
		isMended = true;
		await world.clock.advance(600_000);
		expect([...world.told].sort()).toEqual(['1 created', '2 created', '3 created', '4 created']);
	});

	test('an organization that is refused does not hold up the others', async () => {
		const world = await start(({ partition }) => replied(partition === 'closed' ? 403 : 201));
		await world.outbox.put(newEntry(1, 'closed'));
		await world.outbox.put(newEntry(2, 'open'));
		await world.outbox.put(newEntry(3, 'open'));
		await world.clock.settle();
		expect([world.told, world.outbox.holdReason()]).toEqual([['2 created', '3 created'], 'organization']);
	});

	test('an API that takes leads and says nothing is not fed with them', async () => {
		const world = await start(() => faulted('ETIMEDOUT', true), { concurrency: 5 });
		await put(world, ...Array.from({ length: 100 }, (_, index) => index + 1));
		await world.clock.advance(60_000);
		expect(world.outbox.holdReason()).toBe('answers');
		expect(world.outbox.counts().unconfirmed).toBeLessThan(15);
	});

	test('a lost answer now and then holds nothing up', async () => {
		let count = 0;
		const world = await start(() => (++count % 2 === 0 ? faulted('ECONNRESET', true) : replied(201)), {
			concurrency: 5,
		});
		await put(world, ...Array.from({ length: 40 }, (_, index) => index + 1));
		expect(world.outbox.counts()).toMatchObject({ waiting: 0, unconfirmed: 20, ended: 20 });
	});
});

describe('after a crash', () => {
	const never = async (): Promise<Outcome> => await new Promise(() => undefined);

	test('what was on its way is unconfirmed and told so; what waited is sent', async () => {
		let isUp = false;
		const world = await start(() => (isUp ? replied(201) : never()));
		await put(world, 1, 2, 3);
		isUp = true;
		const next = await world.crash();
		expect([next.told, next.sent]).toEqual([
			['1 unconfirmed restored', '2 created restored', '3 created restored'],
			['2', '3'],
		]);
		const [entry] = (await next.outbox.list({ shelf: 'unconfirmed', limit: 1 })).entries;
		expect(entry?.outcome && explain(entry.outcome).message).toMatch(/program stopped while the lead was being sent/);
	});

	test('an outcome that was written and not told is told then', async () => {
		const world = await openWorld(created, { notify: () => false });
		world.outbox.start();
		await put(world, 1);
		const next = await openWorld(created, {}, world.store, world.clock);
		next.outbox.start();
		await world.clock.settle();
		expect([next.told, next.sent, await next.store.unacked()]).toEqual([['1 created restored'], [], []]);
	});

	test('new leads come after those that waited', async () => {
		const world = await openWorld(created);
		await put(world, 1, 2);
		const next = await openWorld(created, {}, world.store, world.clock);
		await put(next, 3);
		next.outbox.start();
		await next.clock.settle();
		expect(next.sent).toEqual(['1', '2', '3']);
	});

	test('refusals are counted on', async () => {
		let isFirst = true;
		const api: Api = ({ payload: { lead } }) =>
			replied(lead.leadInformation.firstName.endsWith(' 1') ? 403 : isFirst ? 401 : 201);
		const world = await start(api);
		await put(world, 1, 2, 3, 4, 5);
		isFirst = false;
		const next = await world.crash();
		await next.clock.advance(600_000);
		expect(next.told.filter((text) => text.startsWith('1 '))).toEqual(['1 forbidden restored']);
	});
});

describe('whoever is not there to be told', () => {
	test('is told when it is back, once', async () => {
		let isThere = false;
		const told: string[] = [];
		const world = await start(created, {
			notify: ({ id }, { outcome }) => isThere && told.push(`${Number(id.slice(0, 15))} ${outcome}`) > 0,
		});
		await put(world, 1, 2);
		expect([told, (await world.store.unacked()).length]).toEqual([[], 2]);
		isThere = true;
		world.outbox.redeliver();
		world.outbox.redeliver();
		await world.clock.settle();
		expect([told, await world.store.unacked()]).toEqual([['1 created', '2 created'], []]);
	});
});

describe('bounds', () => {
	test('more than may wait are not kept, and it says so', async () => {
		const world = await openWorld(created, { maxWaiting: 2 });
		expect([
			await world.outbox.put(newEntry(1)),
			await world.outbox.put(newEntry(2)),
			await world.outbox.put(newEntry(3)),
		]).toEqual(['kept', 'kept', 'full']);
	});

	test('ended leads are forgotten after their days, unconfirmed ones never', async () => {
		let first = true;
		const world = await start(
			() => {
				const outcome = first ? faulted('ECONNRESET', true) : replied(201);
				first = false;
				return outcome;
			},
			{ keepDays: 2 },
		);
		await put(world, 1, 2);
		await world.clock.advance(86_400_000);
		expect(world.outbox.counts()).toMatchObject({ unconfirmed: 1, ended: 1 });
		await world.clock.advance(2 * 86_400_000);
		expect([world.outbox.counts(), world.store.shelf('ended')]).toEqual([
			expect.objectContaining({ unconfirmed: 1, ended: 0 }),
			[],
		]);
	});
});

describe('a disk that takes nothing', () => {
	test('a lead that could not be kept is refused, so that it can be sent directly, and is not sent from here as well', async () => {
		const world = await start(created);
		world.store.failing = true;
		await expect(world.outbox.put(newEntry(1))).rejects.toThrow('no space');
		world.store.failing = false;
		await put(world, 2);
		await world.clock.advance(10_000);
		expect([world.sent, world.outbox.counts()]).toEqual([['2'], { waiting: 0, sending: 0, unconfirmed: 0, ended: 1 }]);
	});

	test('a lead that waits is not sent without its mark, and is when the disk is back', async () => {
		const world = await openWorld(created);
		await put(world, 1);
		world.store.failing = true;
		world.outbox.start();
		await world.clock.settle();
		expect([world.sent, world.outbox.holdReason()]).toEqual([[], 'disk']);
		world.store.failing = false;
		await world.clock.advance(60_000);
		expect(world.told).toEqual(['1 created']);
	});

	test('an outcome that cannot be written is told all the same, and written when it can be', async () => {
		const world = await start(() => {
			world.store.failing = true;
			return replied(201);
		});
		await put(world, 1);
		expect(world.told).toEqual(['1 created']);
		world.store.failing = false;
		await world.clock.advance(2000);
		expect(world.store.shelf('ended')).toHaveLength(1);
	});
});

describe('closing', () => {
	test('waits for what is on its way and keeps the rest', async () => {
		const world = await start(async (_entry, { clock }) => {
			await clock.sleep(100);
			return replied(201);
		});
		await put(world, 1, 2);
		const closing = world.outbox.close(world.clock.sleep(10_000));
		await world.clock.advance(200);
		await closing;
		expect([world.told, world.outbox.counts()]).toEqual([
			['1 created'],
			{ waiting: 1, sending: 0, unconfirmed: 0, ended: 1 },
		]);
	});

	test('a lead whose sending was called off waits for the next start', async () => {
		let callOff = (_outcome: Outcome): void => undefined;
		const world = await start(
			async () =>
				await new Promise((resolve) => {
					callOff = resolve;
				}),
		);
		await put(world, 1);
		const closing = world.outbox.close(world.clock.sleep(10_000));
		callOff(unsent({ kind: 'canceled' }));
		await closing;
		expect([world.told, world.outbox.counts().waiting, world.store.shelf('waiting')]).toEqual([
			[],
			1,
			[expect.objectContaining({ outcome: null })],
		]);
	});

	test('an answer that does not come in time leaves the lead on its way, for the next start to tell', async () => {
		const world = await start(async () => await new Promise(() => undefined));
		await put(world, 1);
		const closing = world.outbox.close(world.clock.sleep(10_000));
		await world.clock.advance(10_000);
		await closing;
		expect(world.store.shelf('sending')).toHaveLength(1);
	});
});
