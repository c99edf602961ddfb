import { runCli } from '../../../packages/gateway/src/main/cli';
import { gatewayEnv, imageEnv, imageHealthcheck, isGateway, readCompose } from '../../gateway/compose';
import { freePort } from '../freePort';
import { give, type Person, people } from './clients';
import { type GatewayProcess, gatewayProcess } from './gatewayProcess';
import { type KeyedApi, openKeyedApi } from './keyedApi';
import { type RedisServer, startRedis } from './redisServer';
import { until } from '../until';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const password = 'a-password-of-redis';
let redis: RedisServer;
beforeAll(async () => {
	redis = await startRedis('--requirepass', password);
});
afterAll(async () => {
	await redis.close();
});

const run = async (
	address: string,
): Promise<readonly [result: Awaited<ReturnType<typeof runCli>>, printed: string]> => {
	const printed: string[] = [];
	const print = (text: string): void => {
		printed.push(text);
	};
	const result = await runCli({
		args: ['--port', '0'],
		env: { GATEWAY_SECRET: 'a secret that nobody guesses', GATEWAY_REDIS: address },
		print,
		printError: print,
	});
	return [result, printed.join('\n')];
};

test.each<[name: string, address: (port: string) => string | Promise<string>, words: RegExp]>([
	[
		'nobody listens',
		async () => `redis://:${password}@127.0.0.1:${await freePort()}`,
		/Redis at 127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)/,
	],
	[
		'the password is wrong',
		(port) => `redis://:${password}x@127.0.0.1:${port}`,
		/cannot be reached \(WRONGPASS\).*password is wrong.*GATEWAY_REDIS/,
	],
	['there is no password', (port) => `redis://127.0.0.1:${port}`, /cannot be reached \(NOAUTH\)/],
])(
	'where %s, that is said in words, and no password is',
	async (_name, address, words) => {
		const [result, printed] = await run(await address(new URL(redis.url).port));
		expect([result, printed]).toEqual([1, expect.stringMatching(words)]);
		expect(printed).not.toContain(password);
	},
	180_000,
);

test('it starts with the password, and does not show it', async () => {
	const [result, printed] = await run(redis.url.replace('//', `//:${password}@`));
	if (typeof result === 'number') throw new Error(printed);
	await result.close();
	expect(printed).toMatch(/Leads are kept in {4}Redis at 127\.0\.0\.1:\d+\n/);
	expect(printed).not.toContain(password);
});

describe('the compose files, without containers', () => {
	let api: KeyedApi;
	let place: string;
	const running: GatewayProcess[] = [];
	beforeEach(async () => {
		api = await openKeyedApi();
		place = mkdtempSync(join(tmpdir(), 'icloud-ready-compose-'));
	});
	afterEach(async () => {
		for (const gateway of running.splice(0)) await gateway.kill();
		await api.close();
		rmSync(place, { recursive: true, force: true });
	});

	/** Each gateway with all that its file and the image set; places are of this test's own. */
	const start = async (
		name: string,
		changed: Readonly<Record<string, string>> = {},
	): Promise<readonly GatewayProcess[]> => {
		const { services } = readCompose(name, { GATEWAY_SECRET: '4f1d8c2a9b7e6035d2c1f8a7b6e5d4c3' });
		const gateways = Object.entries(services).filter(([, service]) => isGateway(service));
		for (const [service, given] of gateways) {
			const env = gatewayEnv(given);
			const folders = Object.fromEntries(
				['GATEWAY_FOLDER', 'GATEWAY_STATE_DIR'].map((variable) => [
					variable,
					join(place, service, env[variable] ?? ''),
				]),
			);
			const gateway = await gatewayProcess({
				...env,
				...folders,
				// Of this machine alone; in a container it is that of the container.
				GATEWAY_HOST: '127.0.0.1',
				GATEWAY_API: api.baseUrl,
				...changed,
			});
			running.push(gateway);
			await gateway.start();
		}
		return running;
	};
	/** What it said beside its greeting: nothing that a person would have to mend. */
	const notices = (gateway: GatewayProcess): readonly string[] =>
		gateway.lines().filter((line) => line.includes('"notice"'));

	test('one: a lead is kept over a kill, its memory lies beside it, and the image finds it well', async () => {
		const [gateway] = await start('one');
		if (gateway === undefined) throw new Error('There is no gateway.');
		const [first, second] = people(2, 1) as [Person, Person];
		expect(await give([gateway.baseUrl], first)).toMatchObject({ status: 201, replayed: false });
		await gateway.kill();
		await gateway.start();
		expect(await give([gateway.baseUrl], second)).toMatchObject({ status: 201, replayed: false });
		expect(await give([gateway.baseUrl], first)).toMatchObject({ status: 201, replayed: true });
		expect(api.phones).toHaveLength(2);
		expect(readdirSync(join(place, 'gateway'), { recursive: true }).length).toBeGreaterThan(3);
		expect(readdirSync(join(place, 'gateway', 'state')).length).toBeGreaterThan(0);
		expect(notices(gateway)).toEqual([]);
		const port = new URL(gateway.origin).port;
		execFileSync('sh', ['-c', imageHealthcheck()], {
			env: { PATH: process.env.PATH, ...imageEnv(), GATEWAY_PORT: port },
		});
	}, 180_000);

	test('two: the Redis of the file keeps what it was told, and both gateways know each lead', async () => {
		const [program, ...settings] =
			readCompose('two', { GATEWAY_SECRET: 'x' }).services.redis?.command?.split(' ') ?? [];
		expect(program).toBe('redis-server');
		// What the file leaves out would be as bad as it can be.
		const own = await startRedis(
			'--appendonly',
			'no',
			'--appendfsync',
			'no',
			'--maxmemory-policy',
			'allkeys-lru',
			...settings,
		);
		try {
			const [one, other] = await start('two', { GATEWAY_REDIS: own.url });
			if (one === undefined || other === undefined) throw new Error('There are no two gateways.');
			const [lead] = people(1, 2) as [Person];
			expect(await give([one.baseUrl], lead)).toMatchObject({ status: 201, replayed: false });
			await own.kill();
			await own.start();
			expect(await give([other.baseUrl], lead)).toMatchObject({ status: 201, replayed: true });
			expect(api.phones).toHaveLength(1);
			for (const gateway of [one, other]) {
				// Of the kill alone, and nothing of how this Redis is set.
				expect(notices(gateway).filter((line) => !/Redis (?:cannot|can) be reached/.test(line))).toEqual([]);
				// Each finds by itself that Redis is back.
				await until(async () => (await fetch(`${gateway.origin}/readyz`)).status === 200);
			}
		} finally {
			await own.close();
		}
	}, 180_000);
});
