import { byCases } from '../../fixtures/cases';
import { type GatewayProcess, gatewayProcess } from '../gateway/gatewayProcess';
import { type RedisServer, startRedis } from '../gateway/redisServer';
import { type Limited, limitSummary, openLimited, shareRefused } from '../limitedServer';
import { openWebhook } from '../n8n/webhook';
import { apiKey, organizationId } from '../n8n/world';
import { type Answer, route, ways } from '../node-red/flows';
import { type NodeRed, startWithNodes } from '../node-red/host';
import { type FormLead, leadsOf, outcomeOf, print, tally } from './leads';
import { useQueueWorld } from './queueWorld';

/** n8n with three workers and two Node-REDs, half of it through each of two gateways, which share one Redis and one limit. */
const world = useQueueWorld(0, { workers: 3, isLast: true });
const perSecond = 20;
/** Leads of one execution of n8n. */
const each = 10;

let nodeReds: readonly NodeRed[] = [];
let redis: RedisServer;
let api: Limited;
let gateways: readonly GatewayProcess[] = [];
beforeAll(async () => {
	nodeReds = await Promise.all([startWithNodes('node-red-5'), startWithNodes('node-red-5')]);
});
afterAll(async () => {
	await Promise.all(nodeReds.map(async ({ stop }) => await stop()));
});
beforeEach(async () => {
	redis = await startRedis();
	api = await openLimited(perSecond, '1', 50);
	const env = { GATEWAY_REDIS: redis.url, GATEWAY_API: api.baseUrl };
	gateways = [await gatewayProcess(env), await gatewayProcess(env)];
	for (const gateway of gateways) await gateway.start();
	const flow = [...ways, ...route('lead', { input: 'form', duplicates: 'always' })];
	await Promise.all(
		nodeReds.map(async ({ deploy }, index) => {
			const account = {
				id: 'account',
				type: 'icloud-ready-account',
				baseUrl: gateways[index]?.baseUrl,
				organizationId,
				gateway: true,
				concurrency: 20,
				maxTries: 20,
			};
			await deploy([account, ...flow], { account: { apiKey } });
		}),
	);
});
afterEach(async () => {
	for (const gateway of gateways) await gateway.kill();
	await api.close();
	await redis.close();
});

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Undefined where it took too long or failed. */
const within = async <Result>(ms: number, work: Promise<Result>): Promise<Result | undefined> => {
	let timer: NodeJS.Timeout | undefined;
	const tooLong = new Promise<undefined>((done) => {
		timer = setTimeout(done, ms, undefined);
	});
	return await Promise.race([work.catch(() => undefined), tooLong]).finally(() => clearTimeout(timer));
};

/** One lead and what a host said of it. */
interface Told {
	readonly phone: string;
	readonly outcome: string;
	readonly message: string;
}

const chunks = <Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] =>
	Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

/** An execution whose worker died answers nobody: it is run again, as a person would. */
const throughN8n = async (
	series: number,
	giveUpAfterMs: number,
): Promise<(leads: readonly FormLead[]) => Promise<readonly Told[]>> => {
	const posts = await Promise.all(
		gateways.map(
			async ({ baseUrl }, index) =>
				await openWebhook(
					{ stand: world().stand, credential: await world().credentialFor(baseUrl, { gateway: true }) },
					`gateway-${series}-${index}`,
					{ duplicates: 'always', concurrency: each, maxTries: 20 },
					{ responseData: 'allEntries' },
				),
		),
	);
	const run = async (post: (typeof posts)[number], leads: readonly FormLead[]): Promise<readonly Told[]> => {
		for (let tries = 0; tries < 5; tries++) {
			const answer = await within(giveUpAfterMs, post(leads));
			const items = Object.values(answer ?? {}) as readonly Readonly<Record<string, unknown>>[];
			if (items.length === leads.length)
				return items.map((item, index) => ({
					phone: leads[index]?.phone ?? '',
					outcome: outcomeOf(item),
					message: JSON.stringify(item),
				}));
		}
		throw new Error('n8n gave no end to an execution.');
	};
	return async (leads) =>
		(
			await Promise.all(
				chunks(leads, each).map(
					async (chunk, index) => await run(posts[index % posts.length] as (typeof posts)[number], chunk),
				),
			)
		).flat();
};

const throughNodeRed = async ({ url }: NodeRed, leads: readonly FormLead[]): Promise<readonly Told[]> =>
	await Promise.all(
		leads.map(async (lead) => {
			const response = await fetch(`${url}/lead`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(lead),
			});
			const { icloudReady } = (await response.json()) as Answer;
			return { phone: lead.phone, outcome: String(icloudReady.outcome), message: String(icloudReady.message) };
		}),
	);

/** A fifth of the leads goes to all three hosts at once; of the rest each has its own. */
const give = async (
	leads: readonly FormLead[],
	n8n: (leads: readonly FormLead[]) => Promise<readonly Told[]>,
): Promise<ReadonlyMap<string, readonly Told[]>> => {
	const [one, two, three, four] = [0.2, 0.5, 0.75, 1].map((share) => Math.round(leads.length * share));
	const all = leads.slice(0, one);
	const [first, second] = nodeReds as [NodeRed, NodeRed];
	const told = await Promise.all([
		n8n([...all, ...leads.slice(one, two)]),
		throughNodeRed(first, [...all, ...leads.slice(two, three)]),
		throughNodeRed(second, [...all, ...leads.slice(three, four)]),
	]);
	return new Map(leads.map(({ phone }) => [phone, told.flat().filter((each) => each.phone === phone)]));
};

const endsOf = (told: ReadonlyMap<string, readonly Told[]>): Readonly<Record<string, number>> =>
	tally(
		[...told.values()].map((each) =>
			each
				.map(({ outcome }) => outcome)
				.sort()
				.join(' + '),
		),
	);

const [sharing, amidKills] = byCases({ few: [400, 200], more: [400, 200], all: [1000, 600] });

test(`${sharing} leads, a fifth of them given to all three at once: each is created once, and one limit is kept`, async () => {
	const leads = leadsOf(sharing, 5);
	const told = await give(leads, await throughN8n(1, 120_000));
	const counts = api.counts();
	print(
		`Three workers, two Node-REDs, two gateways: ${limitSummary(counts, sharing, perSecond)}; ${JSON.stringify(endsOf(told))}; the workers took ${world()
			.workers.map((worker) => worker.taken())
			.join(', ')}`,
	);
	expect(endsOf(told)).toEqual({ created: sharing * 0.8, 'created + duplicate + duplicate': sharing * 0.2 });
	expect([counts.created, counts.phones]).toEqual([sharing, sharing]);
	expect(shareRefused(counts)).toBeLessThanOrEqual(0.03);
	expect(Math.min(...world().workers.map((worker) => worker.taken()))).toBeGreaterThan(0);
}, 400_000);

test('gateways, Redis and workers killed in turn: none is lost, none is doubled, unconfirmed ones are named', async () => {
	const leads = leadsOf(amidKills, 6);
	const n8n = await throughN8n(2, 60_000);
	const [firstWorker] = world().workers;
	let isOver = false;
	const kills = (async () => {
		let count = 0;
		for (; !isOver; count++) {
			await pause(4000);
			if (count === 3) firstWorker?.kill();
			const victim = [gateways[0], redis, gateways[1]][count % 3];
			await victim?.kill();
			await pause(700);
			await victim?.start();
		}
		return count;
	})();
	const told = await give(leads, n8n).finally(() => {
		isOver = true;
	});
	const times = await kills;
	const { created, phones, refused } = api.counts();
	print(
		`Killed ${times} times and a worker once: ${JSON.stringify(endsOf(told))}; at the API ${phones} people, ${created - phones} doubles, ${refused} answered 429`,
	);
	expect(created - phones).toBe(0);
	// What a host calls unconfirmed may be there or not; everything else is there.
	const open = [...told.values()].filter(
		(each) => !each.some(({ outcome }) => outcome === 'created' || outcome === 'duplicate'),
	);
	expect(open.flat().filter(({ outcome }) => outcome !== 'unconfirmed')).toEqual([]);
	expect(phones).toBeGreaterThanOrEqual(leads.length - open.length);
	expect(open.flat().filter(({ message }) => message === '')).toEqual([]);
}, 600_000);
