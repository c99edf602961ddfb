import { as, createdBy, leadBody, openWorld, organization, replied, type World } from './world';

const minuteMs = 60_000;
const other = '686f894eaf67193dd6e124cf';

const page = async ({ gateway }: World, path: string): Promise<string> =>
	await (await gateway.app.request(path, {}, {})).text();
const figures = async (world: World): Promise<readonly string[]> =>
	(await page(world, '/metrics')).split('\n').filter((line) => line.startsWith('gateway_not_leaving'));
const events = ({ log }: World, event: string): readonly Readonly<Record<string, unknown>>[] =>
	log.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>).filter((each) => each.event === event);

/** One key whose sendings never come back, and another that works. */
const openStuck = async (): Promise<World> => {
	const world = await openWorld(
		async (request) =>
			request.headers['x-api-key'] === 'key-1'
				? await new Promise(() => undefined)
				: await Promise.resolve(createdBy(request)),
		{ waitSeconds: 0 },
	);
	for (const number of [1, 2]) void world.call({ body: leadBody(number), headers: { prefer: 'wait=0' } });
	await world.clock.advance(13 * minuteMs);
	return world;
};

test('leads of one key that do not leave are told once, with neither person nor key, and counted', async () => {
	const world = await openStuck();
	const found = events(world, 'notLeaving');
	expect(found).toHaveLength(1);
	expect(found[0]).toEqual({
		time: expect.any(String) as string,
		level: 'warn',
		event: 'notLeaving',
		leads: 1,
		reason: 'sending',
		since: expect.any(String) as string,
	});
	expect(await figures(world)).toEqual([
		'gateway_not_leaving 1',
		expect.stringMatching(/^gateway_not_leaving_seconds \d+/) as string,
		'gateway_not_leaving_total{reason="sending"} 1',
	]);
	expect(world.gateway.queue.notLeaving()).toMatchObject({ count: 1, reason: 'sending' });
});

test('they take no gateway out of service, and others go on', async () => {
	const world = await openStuck();
	expect(await page(world, '/readyz')).toBe('ready\n');
	void world.call({ body: leadBody(3), headers: as('key-2', other) });
	await world.clock.advance(1000);
	expect(events(world, 'ended').map(({ outcome }) => outcome)).toEqual(['created']);
});

test('where nothing is stuck, nothing is said', async () => {
	const world = await openWorld();
	expect(await figures(world)).toEqual(['gateway_not_leaving 0', 'gateway_not_leaving_seconds 0']);
});

test.each<[name: string, status: number]>([
	['is refused', 401],
	['may not', 403],
	['meets the limit', 429],
	['meets a fault', 500],
])('a gateway whose one key %s is ready', async (_name, status) => {
	const world = await openWorld(() => replied(status), { waitSeconds: 0, maxWaiting: 2 });
	for (const number of [1, 2, 3, 4, 5]) {
		void world.call({ body: leadBody(number), headers: as('key-1', organization) });
		await world.clock.advance(minuteMs);
	}
	// Not even where its share of the queue is full: those of others have theirs.
	expect(await page(world, '/readyz')).toBe('ready\n');
});

test('a gateway is not ready while its store cannot be read, and while it stops', async () => {
	const world = await openWorld();
	const { get } = world.store;
	Object.assign(world.store, { get: async () => await Promise.reject(new Error('The disk is gone.')) });
	const away = await openWorld(undefined, {}, world.store, world.clock);
	expect(await page(away, '/readyz')).toBe('the store cannot be used\n');
	Object.assign(world.store, { get });
	world.gateway.stop();
	expect(await page(world, '/readyz')).toBe('stopping\n');
});
