import { openLimited } from '../limitedServer';
import { pause, until } from '../until';
import { type End, give, inLanes, people } from './clients';
import { type GatewayProcess, gatewayProcess, program } from './gatewayProcess';
import { openKeyedApi } from './keyedApi';
import { type RedisServer, startRedis } from './redisServer';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const cache = join(__dirname, '../../../node_modules/.cache');
let folder = '';
let next = '';
let redis: RedisServer;
let closeApi: () => Promise<void>;
let gateways: readonly GatewayProcess[] = [];
/** Which program each gateway runs from its next start on. */
let programs: string[] = [];

beforeAll(() => {
	// Beside the packages that it loads when it needs them.
	mkdirSync(cache, { recursive: true });
	folder = mkdtempSync(join(cache, 'gateway-next-'));
	next = join(folder, 'dist', 'cli.js');
	execFileSync(process.execPath, [join(__dirname, 'nextVersion/build.mjs'), next]);
});
afterAll(() => {
	rmSync(folder, { recursive: true, force: true });
});
/** Two gateways that run the programs named, and are not started yet. */
const open = async (
	api: { readonly baseUrl: string; readonly close: () => Promise<void> },
	...built: readonly string[]
) => {
	closeApi = api.close;
	redis = await startRedis();
	programs = [...built];
	const env = { GATEWAY_REDIS: redis.url, GATEWAY_API: api.baseUrl };
	gateways = [await gatewayProcess(env, () => programs[0] ?? ''), await gatewayProcess(env, () => programs[1] ?? '')];
	for (const gateway of gateways) await gateway.start();
};
afterEach(async () => {
	for (const gateway of gateways) await gateway.kill();
	await closeApi();
	await redis.close();
});

const update = async (index: number): Promise<void> => {
	await gateways[index]?.stop();
	programs[index] = next;
	await gateways[index]?.start();
};
const statusesOf = (ends: readonly End[]): Readonly<Record<number, number>> => {
	const counts: Record<number, number> = {};
	for (const { status } of ends) counts[status] = (counts[status] ?? 0) + 1;
	return counts;
};
const urls = (): readonly string[] => gateways.map(({ baseUrl }) => baseUrl);
const tellsOfNewer = (gateway: GatewayProcess | undefined): number =>
	gateway?.lines().filter((line) => line.includes('Leads in Redis were written by a newer gateway')).length ?? 0;
const unread = async (gateway: GatewayProcess | undefined): Promise<number> => {
	const text = await (await fetch(`${gateway?.origin}/metrics`)).text();
	return Number(/gateway_unread_total\{what="lead",why="newer"\} (\d+)/.exec(text)?.[1]);
};

test.each<[name: string, order: readonly [number, number]]>([
	['the first one is updated first', [0, 1]],
	['the second one is updated first', [1, 0]],
])(
	'400 leads while two gateways are updated in turn, %s: each is created once',
	async (_name, [first, second]) => {
		const api = await openLimited(1000, '1', 20);
		await open(api, program, program);
		const leads = people(400, first + 1);
		let given = 0;
		let hasNewer = 0;
		const updates = (async () => {
			await until(() => given >= 100);
			await update(first);
			await until(() => given >= 250);
			hasNewer = await unread(gateways[second]);
			await update(second);
		})();
		const ends = await inLanes(leads, 30, async (lead, index) => {
			const end = await give(index % 2 === 0 ? urls() : [...urls()].reverse(), lead);
			given++;
			return end;
		});
		await updates;
		const { created, phones } = api.counts();
		process.stdout.write(
			`Updated under load: ${phones} people, ${created - phones} doubles; ${hasNewer} leads left to the newer one\n`,
		);
		expect({ statuses: statusesOf(ends), created, phones }).toEqual({
			statuses: { 201: 400 },
			created: 400,
			phones: 400,
		});
		expect(hasNewer).toBeGreaterThan(0);
		expect(tellsOfNewer(gateways[second])).toBe(1);
	},
	180_000,
);

test('what a newer gateway took in waits where only an older one is left, and goes when a newer one is back', async () => {
	const api = await openKeyedApi();
	await open(api, program, next);
	const [older, newer] = gateways;
	const [known, lead] = people(2, 3);
	if (known === undefined || lead === undefined) throw new Error('Nobody is there.');
	// Its key is no stranger's from now on.
	await give([older?.baseUrl ?? ''], known);
	api.isGood = false;
	const headers = {
		'x-api-key': 'key-1',
		organizationid: '686f894eaf67193dd6e124ce',
		'content-type': 'application/json',
		'idempotency-key': lead.key,
		prefer: 'wait=0',
	};
	const body = JSON.stringify({ leadInformation: { firstName: 'Mona', phone: lead.phone } });
	const answer = await fetch(`${newer?.baseUrl}/leads`, { method: 'POST', headers, body });
	const { id } = (await answer.json()) as { readonly id: string };
	await until(() => api.refused() > 0);
	await newer?.stop();
	await until(async () => (await unread(older)) > 0);
	const again = await fetch(`${older?.baseUrl}/leads`, { method: 'POST', headers, body });
	const asked = await fetch(`${older?.baseUrl}/leads/${id}`, { headers });
	expect({
		first: answer.status,
		again: again.status,
		replayed: again.headers.get('idempotent-replayed'),
		asked: asked.status,
		phones: api.phones,
	}).toEqual({ first: 202, again: 202, replayed: 'true', asked: 202, phones: [known.phone] });
	api.isGood = true;
	// The older one would have had it by now.
	await pause(3000);
	expect({ phones: api.phones.length, told: tellsOfNewer(older) }).toEqual({ phones: 1, told: 1 });
	await newer?.start();
	await until(() => api.phones.length === 2);
	expect((await give([newer?.baseUrl ?? ''], lead)).status).toBe(201);
	expect(api.phones).toEqual([known.phone, lead.phone]);
}, 180_000);
