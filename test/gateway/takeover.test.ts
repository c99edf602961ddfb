import { explain } from '../../packages/core/src';
import { type Api, as, createdBy, leadBody, openWorld, replied, type World } from './world';

/** A key that worked before, and one that never did. */
type Before = 'accepted' | 'never' | 'otherOrganization' | 'createdElsewhere';

/** Keys that work now, by what is in this set; `elsewhere`: the API names another organization for its leads. */
const apiOf =
	(good: ReadonlySet<string>, elsewhere: ReadonlySet<string>): Api =>
	(request) => {
		const key = request.headers['x-api-key'] ?? '';
		if (!good.has(key)) return replied(401);
		return elsewhere.has(key)
			? { ...createdBy(request), body: JSON.stringify({ _id: 'x', realmId: 'elsewhere' }) }
			: createdBy(request);
	};
const keyOf = ({ headers }: { readonly headers: Readonly<Record<string, string>> }): string =>
	headers['x-api-key'] ?? '';

const give = async (world: World, key: string, number: number, organizationId?: string): Promise<void> => {
	void world.call({ headers: { ...as(key, organizationId), prefer: 'wait=0' }, body: leadBody(number) });
	await world.clock.settle();
};

describe.each([false, true])('a lead whose key is refused, restarts in between: %s', (restarts) => {
	test.each<[name: string, before: Before, isTaken: boolean]>([
		['accepted before in this organization: it goes with the newer key', 'accepted', true],
		['never accepted: it stays', 'never', false],
		['accepted in another organization only: it stays', 'otherOrganization', false],
		['created before, and the API named another organization: it stays', 'createdElsewhere', false],
	])('%s', async (_name, before, isTaken) => {
		const [good, elsewhere] = [new Set<string>(), new Set<string>()];
		let world = await openWorld(apiOf(good, elsewhere));
		const restart = async (): Promise<void> => {
			if (restarts) world = await world.crash();
		};
		if (before !== 'never') {
			good.add('old');
			if (before === 'createdElsewhere') elsewhere.add('old');
			await give(world, 'old', 1, before === 'otherOrganization' ? 'another' : undefined);
			good.delete('old');
			elsewhere.delete('old');
		}
		await restart();
		await give(world, 'old', 2);
		expect((await world.gateway.queue.counts()).waiting).toBe(1);
		await restart();
		await world.clock.advance(60_000);
		good.add('new');
		await give(world, 'new', 3);
		await give(world, 'new', 4);
		await world.clock.advance(1000);
		const ofStranger = world.sent.filter((request) => keyOf(request) === 'new' && request.body.includes('Mona 2'));
		expect([ofStranger.length, (await world.gateway.queue.counts()).waiting]).toEqual(isTaken ? [1, 0] : [0, 1]);
	});
});

test.each<[name: string, body: string]>([
	['another organization', JSON.stringify({ _id: 'x', realmId: 'elsewhere' })],
	['no organization', JSON.stringify({ _id: 'x' })],
])(
	'a key whose leads are created is no stranger, though the answers name %s: its leads leave several at once',
	async (_name, body) => {
		let isSlow = false;
		const world = await openWorld(async (request) => {
			if (isSlow) await new Promise(() => undefined);
			return { ...createdBy(request), body };
		});
		await give(world, 'good', 1);
		isSlow = true;
		for (let number = 2; number <= 6; number++) await give(world, 'good', number);
		expect(world.sent.length).toBe(6);
	},
);

describe('a lead of a key that was never accepted', () => {
	const refusing = async (): Promise<World> => {
		const world = await openWorld(() => replied(401));
		await give(world, 'old', 1);
		return world;
	};
	const told = async (world: World): Promise<readonly unknown[]> => {
		const answer = await world.call({ method: 'GET', path: '/leads/1', headers: as('old') });
		return [answer.status, answer.headers['x-gateway-outcome'], answer.json.message, answer.json.hint];
	};
	const givenUp = [
		401,
		'unauthorized',
		expect.stringMatching(/dropped the lead.*iCloud-Ready never accepted its key/),
		expect.stringMatching(/^Nothing was created\. Check the API key/),
	];

	test('waits an hour, is tried seven times, and is given up then: told to who asks, to the log, the inbox and the metrics', async () => {
		const world = await refusing();
		await world.clock.advance(59 * 60_000);
		expect([(await told(world))[0], world.sent.length]).toEqual([202, 7]);
		await world.clock.advance(2 * 60_000);
		expect(await told(world)).toEqual(givenUp);
		expect([world.sent.length, await world.gateway.queue.counts()]).toEqual([
			7,
			{ waiting: 0, unverified: 0, sending: 0, unconfirmed: 0, ended: 1 },
		]);
		expect(world.log.filter((line) => line.includes('"ended"') && line.includes('"unauthorized"'))).toHaveLength(1);
		expect(world.log.filter((line) => line.includes('1 lead was dropped'))).toHaveLength(1);
		const {
			leads: [lead],
		} = await world.gateway.queue.list('ended', { text: '', limit: 1 });
		expect([lead?.outcome, lead?.sent && explain(lead.sent).message]).toEqual([
			'unauthorized',
			expect.stringMatching(/dropped the lead after 60 minutes/),
		]);
	});

	test('is told to a client that waits', async () => {
		const world = await openWorld(() => replied(401), { unverifiedMinutes: 0.1, waitSeconds: 60 });
		const answer = world.call();
		await world.clock.advance(30_000);
		expect([(await answer).status, (await answer).json.message]).toEqual([401, givenUp[2]]);
	});

	test('also over a restart, and after that a person may have it sent again, with a key that works by now', async () => {
		let isGood = false;
		let world = await openWorld((request) => (isGood ? createdBy(request) : replied(401)));
		await give(world, 'old', 1);
		world = await world.crash();
		await world.clock.advance(61 * 60_000);
		world = await world.crash();
		await world.clock.settle();
		await world.clock.advance(2 * 60_000);
		expect(await told(world)).toEqual(givenUp);
		const {
			leads: [lead],
		} = await world.gateway.queue.list('ended', { text: '', limit: 1 });
		isGood = true;
		expect(await world.gateway.queue.retry(lead?.id ?? '')).toBe(true);
		await world.clock.advance(10 * 60_000);
		await give(world, 'old', 2);
		await world.clock.advance(1000);
		expect((await told(world))[0]).toBe(201);
	});

	test.each<[name: string, reply: Parameters<typeof openWorld>[0], state: number]>([
		['a refused permission is given up as well, as such', () => replied(403), 403],
		['a limit is none', () => replied(429, { 'retry-after': '60' }), 202],
		['an API that cannot be reached is none', () => ({ fault: { code: 'ECONNREFUSED', left: false } }), 202],
	])('%s', async (_name, api, status) => {
		const world = await openWorld(api);
		await give(world, 'old', 1);
		await world.clock.advance(70 * 60_000);
		expect((await told(world))[0]).toBe(status);
	});

	test('one whose key was accepted waits on', async () => {
		let isGood = true;
		const world = await openWorld((request) => (isGood ? createdBy(request) : replied(401)));
		await give(world, 'old', 9);
		isGood = false;
		await give(world, 'old', 1);
		await world.clock.advance(24 * 3_600_000);
		expect((await world.call({ method: 'GET', path: '/leads/2', headers: as('old') })).status).toBe(202);
	});

	test('accounts of leads that an earlier version sent count as accepted', async () => {
		let isGood = true;
		let world = await openWorld((request) => (isGood ? createdBy(request) : replied(401)));
		await give(world, 'old', 1);
		await world.store.write((await world.store.notes()).map(([name]) => ({ kind: 'note', name, value: null })));
		isGood = false;
		world = await world.crash();
		await give(world, 'old', 2);
		expect((await world.gateway.queue.counts()).unverified).toBe(0);
	});
});

describe('shares', () => {
	test('made-up keys fill their part and no more, a good key goes on, and each is told what is full', async () => {
		const world = await openWorld((request) => (keyOf(request) === 'good' ? createdBy(request) : replied(401)), {
			maxWaiting: 100,
		});
		await give(world, 'good', 1);
		const answers = [];
		for (let number = 0; number < 30; number++) {
			answers.push(
				await world.call({ headers: { ...as(`made-up-${number}`), prefer: 'wait=0' }, body: leadBody(number) }),
			);
			await world.clock.settle();
		}
		expect(answers.map(({ status }) => status)).toEqual([
			...Array.from({ length: 5 }, () => 202),
			...Array.from({ length: 25 }, () => 503),
		]);
		expect([answers[9]?.json.message, answers[9]?.headers['retry-after']]).toEqual([
			expect.stringMatching(/only a few leads for keys that iCloud-Ready has never accepted/),
			'5',
		]);
		expect((await world.call({ headers: as('good'), body: leadBody(2) })).status).toBe(201);
		const metrics = await (await world.gateway.app.request('/metrics')).text();
		for (const line of [
			'gateway_waiting_unverified 5',
			'gateway_full_total{part="unverified"} 25',
			'gateway_full_total{part="key"} 0',
		])
			expect(metrics).toContain(`${line}\n`);
		// An hour later there is room again.
		await world.clock.advance(62 * 60_000);
		expect((await world.call({ headers: { ...as('made-up-99'), prefer: 'wait=0' } })).status).toBe(202);
	});

	test('one key never fills it, and the next finds room', async () => {
		const good = new Set(['one', 'two']);
		const world = await openWorld(apiOf(good, new Set()), { maxWaiting: 100 });
		await give(world, 'one', 1);
		await give(world, 'two', 1);
		good.delete('one');
		const statuses = [];
		for (let number = 0; number < 60; number++)
			statuses.push((await world.call({ headers: { ...as('one'), prefer: 'wait=0' }, body: leadBody(number) })).status);
		expect(statuses.filter((status) => status === 202)).toHaveLength(50);
		expect((await world.call({ headers: { ...as('one'), prefer: 'wait=0' } })).json.message).toMatch(
			/queue for this key is full/,
		);
		expect((await world.call({ headers: as('two') })).status).toBe(201);
	});

	test('no more than ten keys never accepted are tried at once, each with one lead, and an accepted one goes at once', async () => {
		const world = await openWorld(async (request, { clock }) => {
			if (keyOf(request) === 'good') return createdBy(request);
			await clock.sleep(1000);
			return replied(401);
		});
		await give(world, 'good', 1);
		world.sent.length = 0;
		for (let number = 0; number < 40; number++) await give(world, `made-up-${number % 20}`, number);
		expect([world.sent.length, new Set(world.sent.map(keyOf)).size]).toEqual([10, 10]);
		expect((await world.call({ headers: as('good'), body: leadBody(2) })).status).toBe(201);
	});

	test('questions with made-up keys, which are no leads, take no more than that either', async () => {
		const world = await openWorld(async (_request, { clock }) => {
			await clock.sleep(1000);
			return replied(400);
		});
		const answers = Array.from({ length: 15 }, (_, number) =>
			world.call({ headers: as(`made-up-${number}`), body: {} }),
		);
		await world.clock.advance(2000);
		expect((await Promise.all(answers)).map(({ status }) => status).sort()).toEqual([
			...Array.from({ length: 10 }, () => 400),
			...Array.from({ length: 5 }, () => 503),
		]);
	});
});
