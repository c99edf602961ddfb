import { openConnections } from '../../../packages/gateway/src/stores/redis/connection';
import { roomScript } from '../../../packages/gateway/src/stores/redis/lua/fragments';
import { type Room, mostUnverified, roomFor } from '../../../packages/outbox/src';
import { as, createdBy, leadBody, replied } from '../../gateway/world';
import { pause, until } from '../until';
import { type OneGateway, useRedisWorld } from './redisWorld';

const world = useRedisWorld();

/** A key that worked before, and one that never did. */
type Before = 'accepted' | 'never' | 'otherOrganization' | 'createdElsewhere';

const good = new Set<string>();
const elsewhere = new Set<string>();
beforeEach(() => {
	good.clear();
	elsewhere.clear();
	world().api = (request) => {
		const key = request.headers['x-api-key'] ?? '';
		if (!good.has(key)) return replied(401);
		return elsewhere.has(key)
			? { ...createdBy(request), body: JSON.stringify({ _id: 'x', realmId: 'elsewhere' }) }
			: createdBy(request);
	};
});
const waiting = async ({ gateway }: OneGateway): Promise<number> => (await gateway.queue.counts()).waiting;
/** Sends a lead, and waits until the API was asked for it. */
const give = async (one: OneGateway, key: string, number: number, organizationId?: string): Promise<string> => {
	const { json, headers } = await one.call({
		headers: { ...as(key, organizationId), prefer: 'wait=0' },
		body: leadBody(number),
	});
	await until(
		() =>
			world().sent.some(({ body, headers: sent }) => sent['x-api-key'] === key && body.includes(`"Mona ${number}"`)),
		60_000,
	);
	await pause(300);
	return String(json.id ?? headers['x-gateway-lead']);
};

describe.each([false, true])('a lead whose key is refused, restarts in between: %s', (restarts) => {
	test.each<[name: string, before: Before, isTaken: boolean]>([
		['accepted before in this organization: it goes with the newer key', 'accepted', true],
		['never accepted: it stays', 'never', false],
		['accepted in another organization only: it stays', 'otherOrganization', false],
		['created before, and the API named another organization: it stays', 'createdElsewhere', false],
	])(
		'%s',
		async (_name, before, isTaken) => {
			let one = await world().open();
			const restart = async (): Promise<void> => {
				if (!restarts) return;
				await one.close();
				one = await world().open();
			};
			if (before !== 'never') {
				good.add('old');
				if (before === 'createdElsewhere') elsewhere.add('old');
				await give(one, 'old', 1, before === 'otherOrganization' ? 'another' : undefined);
				good.delete('old');
				elsewhere.delete('old');
			}
			await restart();
			await give(one, 'old', 2);
			expect(await waiting(one)).toBe(1);
			await restart();
			good.add('new');
			await give(one, 'new', 3);
			await give(one, 'new', 4);
			const ofStranger = (): number =>
				world().sent.filter(({ headers, body }) => headers['x-api-key'] === 'new' && body.includes('Mona 2')).length;
			// On its way with the older key it waits for a moment neither.
			if (isTaken) await until(async () => ofStranger() > 0 && (await waiting(one)) === 0);
			await pause(300);
			expect([ofStranger(), await waiting(one)]).toEqual(isTaken ? [1, 0] : [0, 1]);
		},
		180_000,
	);
});

describe('a lead of a key that was never accepted', () => {
	test('is given up in time by one of the gateways, told at each, and may be sent again by a person', async () => {
		const [one, other] = [
			await world().open({ unverifiedMinutes: 0.1 }),
			await world().open({ unverifiedMinutes: 0.1 }),
		];
		const id = await give(one, 'old', 1);
		const { status, json } = await other.call({ method: 'GET', path: `/leads/${id}`, headers: as('old') });
		expect([status, json.message]).toEqual([202, expect.stringMatching(/key was refused/)]);
		await until(
			async () => (await other.call({ method: 'GET', path: `/leads/${id}`, headers: as('old') })).status === 401,
			60_000,
		);
		expect((await other.call({ method: 'GET', path: `/leads/${id}`, headers: as('old') })).json).toEqual({
			message: expect.stringMatching(/dropped the lead.*iCloud-Ready never accepted its key/),
			hint: expect.stringMatching(/^Nothing was created/),
		});
		const notices = (): readonly string[] =>
			[...one.log, ...other.log].filter((line) => line.includes('1 lead was dropped'));
		await until(() => notices().length > 0);
		expect(notices()).toHaveLength(1);
		expect(await one.gateway.queue.counts()).toEqual({
			waiting: 0,
			unverified: 0,
			sending: 0,
			unconfirmed: 0,
			ended: 1,
		});
		good.add('old');
		const {
			leads: [lead],
		} = await one.gateway.queue.list('ended', { text: '', limit: 1 });
		expect([lead?.outcome, await one.gateway.queue.retry(lead?.id ?? '')]).toEqual(['unauthorized', true]);
		await give(one, 'old', 2);
		await until(
			async () => (await other.call({ method: 'GET', path: `/leads/${id}`, headers: as('old') })).status === 201,
			60_000,
		);
	}, 180_000);

	test('one whose key was accepted waits on', async () => {
		const one = await world().open({ unverifiedMinutes: 0.02 });
		good.add('old');
		await give(one, 'old', 1);
		good.delete('old');
		await give(one, 'old', 2);
		await pause(8000);
		expect(await waiting(one)).toBe(1);
	}, 180_000);
});

test('the share of a key is the same in Redis as where leads are on disk', async () => {
	const connections = await openConnections(world().redis.url, () => undefined);
	const script = `${roomScript}\nreturn roomFor(tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5] == '1', tonumber(ARGV[6]))`;
	const counts = [0, 1, 2, 5, 10, 50];
	const told: Room[] = [];
	const expected: Room[] = [];
	for (const most of [0, 1, 2, 20, 100]) {
		for (const all of counts)
			for (const ofKey of counts)
				for (const ofUnverified of counts)
					for (const isUnverified of [false, true]) {
						expected.push(roomFor({ most, all, ofKey, ofUnverified }, isUnverified));
						told.push(
							(await connections.commands.eval(
								script,
								0,
								most,
								all,
								ofKey,
								ofUnverified,
								isUnverified ? 1 : 0,
								mostUnverified(most),
							)) as Room,
						);
					}
	}
	connections.close();
	expect(told).toEqual(expected);
});
