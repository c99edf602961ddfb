import { byCases } from '../../fixtures/cases';
import { type Limited, limitSummary, openLimited, shareRefused, timesIdeal } from '../limitedServer';
import { pause } from '../until';
import { type End, give, inLanes, people } from './clients';
import { type GatewayProcess, gatewayProcess } from './gatewayProcess';
import { type RedisServer, startRedis } from './redisServer';

const print = (text: string): void => {
	process.stdout.write(`${text}\n`);
};
const tally = (ends: readonly End[]): Readonly<Record<string, number>> =>
	Object.fromEntries(
		[...new Set(ends.map(({ status }) => status))]
			.sort()
			.map((status) => [status, ends.filter((end) => end.status === status).length]),
	);

const perSecond = 20;
let redis: RedisServer;
let api: Limited;
let gateways: readonly GatewayProcess[] = [];

const open = async (latencyMs: number): Promise<void> => {
	redis = await startRedis();
	api = await openLimited(perSecond, '1', latencyMs);
	const env = { GATEWAY_REDIS: redis.url, GATEWAY_API: api.baseUrl };
	gateways = [await gatewayProcess(env), await gatewayProcess(env)];
	for (const gateway of gateways) await gateway.start();
};

afterEach(async () => {
	for (const gateway of gateways) await gateway.kill();
	await api.close();
	await redis.close();
});

const [sharing, amidKills] = byCases({ few: [500, 100], more: [500, 100], all: [1000, 300] });

test(`${sharing} leads over two gateways with one limit, a fifth of them given to both at once: each is created once`, async () => {
	await open(20);
	const leads = people(sharing, 1);
	const [one = '', other = ''] = gateways.map(({ baseUrl }) => baseUrl);
	const ends = await inLanes(leads, 100, async (lead, index) => {
		if (index % 5 === 0) return await Promise.all([give([one, other], lead), give([other, one], lead)]);
		return [await give(index % 2 === 0 ? [one, other] : [other, one], lead)];
	});
	const counts = api.counts();
	print(`Two gateways, one limit: ${limitSummary(counts, sharing, perSecond)}`);
	expect(tally(ends.flat())).toEqual({ 201: sharing * 1.2 });
	expect([counts.created, counts.phones]).toEqual([sharing, sharing]);
	const both = ends.filter((each) => each.length === 2);
	expect(both.filter(([a, b]) => a?.id !== b?.id || a?.replayed === b?.replayed)).toEqual([]);
	expect(shareRefused(counts)).toBeLessThanOrEqual(0.03);
	expect(timesIdeal(counts, sharing, perSecond)).toBeLessThanOrEqual(1.5);
}, 180_000);

test('gateways and Redis killed in turn: none is lost, none is doubled, unconfirmed ones are named', async () => {
	await open(100);
	const leads = people(amidKills, 2);
	const urls = gateways.map(({ baseUrl }) => baseUrl);
	let isOver = false;
	const kills = (async () => {
		let count = 0;
		for (; !isOver; count++) {
			await pause(5000);
			const victim = [gateways[0], redis, gateways[1]][count % 3];
			await victim?.kill();
			await pause(700);
			await victim?.start();
		}
		return count;
	})();
	const ends = await inLanes(
		leads,
		60,
		async (lead, index) => await give(index % 2 === 0 ? urls : [...urls].reverse(), lead),
	).finally(() => {
		isOver = true;
	});
	const times = await kills;
	const { created, phones, refused } = api.counts();
	print(
		`Killed ${times} times: ${JSON.stringify(tally(ends))}; at the API ${phones} people, ${created - phones} doubles, ${refused} answered 429`,
	);
	expect(ends).toHaveLength(leads.length);
	expect(created - phones).toBe(0);
	const confirmed = ends.filter(({ status }) => status === 201).length;
	const unconfirmed = ends.filter(({ status }) => status === 504).length;
	expect(confirmed + unconfirmed).toBe(leads.length);
	expect(phones).toBeGreaterThanOrEqual(confirmed);
	expect(phones).toBeLessThanOrEqual(leads.length);
}, 300_000);
