import { runCli } from '../../../packages/gateway/src/main/cli';
import { checkFitness } from '../../../packages/gateway/src/stores/redis/checkAccess';
import { neededCommands } from '../../../packages/gateway/src/stores/redis/permissionProbes';
import { until } from '../until';
import { people } from './clients';
import { gatewayProcess, type GatewayProcess, runToEnd } from './gatewayProcess';
import { type KeyedApi, openKeyedApi } from './keyedApi';
import { type RedisServer, startRedis } from './redisServer';
import { Redis } from 'ioredis';

const password = 'a-password-of-redis';
const keys = '~icloud-ready-gateway:* ~icloud-ready-gateway-ledger:*';
const channel = '&icloud-ready-gateway-ledger:events';
const whole = [keys, channel, ...neededCommands.map((name) => `+${name}`)].join(' ');

let redis: RedisServer;
let admin: Redis;
let api: KeyedApi;
beforeAll(async () => {
	redis = await startRedis();
	admin = new Redis(redis.url);
	api = await openKeyedApi();
});
afterAll(async () => {
	admin.disconnect();
	await api.close();
	await redis.close();
});

const acl = async (rules: string): Promise<void> => {
	await admin.call('ACL', 'SETUSER', 'leads', ...rules.split(' '));
};
const only = async (rules: string): Promise<void> => {
	await acl(`reset on >${password} ${rules}`);
};
const env = (): Readonly<Record<string, string>> => ({
	GATEWAY_REDIS: redis.url.replace('//', `//leads:${password}@`),
	GATEWAY_API: api.baseUrl,
	GATEWAY_WAIT_SECONDS: '15',
});

const give = async ({ baseUrl }: GatewayProcess, phone: string): Promise<number> =>
	(
		await fetch(`${baseUrl}/leads`, {
			method: 'POST',
			headers: { 'x-api-key': 'key-1', organizationid: 'o', 'content-type': 'application/json' },
			body: JSON.stringify({ leadInformation: { firstName: 'Mona', phone } }),
		})
	).status;
const readyz = async ({ origin }: GatewayProcess): Promise<number> => (await fetch(`${origin}/readyz`)).status;
const notices = (gateway: GatewayProcess): readonly string[] =>
	gateway.lines().filter((line) => line.includes('"notice"') && line.includes('Redis'));

/** The line that the words give, without the name of the command and the user. */
const lineIn = (printed: string): string => /ACL SETUSER leads (.*)/.exec(printed)?.[1] ?? '';

/** Starts a gateway in this process and stops it; what it says where it cannot, else nothing. */
const startHere = async (): Promise<string> => {
	let printed = '';
	const print = (text: string): void => {
		printed += text;
	};
	const result = await runCli({
		args: ['--port', '0', '--stop-seconds', '0'],
		env: { GATEWAY_SECRET: 'a secret that nobody guesses', GATEWAY_ALLOW_HTTP: 'true', ...env() },
		print,
		printError: print,
	});
	if (typeof result === 'number') return printed;
	await result.close();
	return '';
};

test.each<[name: string, rules: string, words: RegExp]>([
	['no channels', `${keys} +@all resetchannels`, /lacks the channel icloud-ready-gateway-ledger:events\./],
	['other channels', `${keys} +@all resetchannels &others:*`, /lacks the channel/],
	['no EVAL', `~* &* +@all -eval -evalsha`, /lacks the commands EVAL, EVALSHA\./],
	['nothing that is dangerous', '~* &* +@all -@dangerous', /lacks the command INFO\./],
	['no scripting', '~* &* +@all -@scripting', /lacks the commands EVAL, EVALSHA\./],
	['no blocking commands', '~* &* +@all -@blocking', /lacks the command BZPOPMIN\./],
	['no sorted sets', '~* &* +@all -@sortedset', /lacks the commands ZADD,/],
	['no transactions', '~* &* +@all -@transaction', /lacks the commands MULTI, DISCARD; and perhaps more/],
	['reading only', '~* &* +@all -@write', /lacks the commands DEL,.* SET,/],
	['no keys', '&* +@all', /lacks the keys icloud-ready-gateway-ledger:\*, icloud-ready-gateway:\*\./],
	[
		'the keys of its ledger only',
		'~icloud-ready-gateway-ledger:* &* +@all',
		/lacks the keys icloud-ready-gateway:\*\./,
	],
	[
		'keys for reading only',
		'%R~icloud-ready-gateway* &* +@all',
		/lacks the keys icloud-ready-gateway-ledger:\*, icloud-ready-gateway:\*\./,
	],
	['another key only', '~x &* +@all', /lacks the keys/],
	['nothing at all', '', /lacks the commands MULTI, DISCARD/],
	['no commands', '~* &*', /lacks the commands MULTI, DISCARD/],
])(
	'a user with %s: it ends with 1 and says what is lacking, and its line is enough',
	async (_name, rules, words) => {
		await only(rules);
		const { code, printed } = await runToEnd(env());
		expect([code, printed]).toEqual([1, expect.stringMatching(words)]);
		expect(printed).toMatch(/^Redis at 127\.0\.0\.1:\d+ does not allow its user leads everything/);
		expect(printed).not.toContain(password);
		// What hides behind a command that is refused is told when that is given.
		let told = printed;
		for (let round = 0; round < 3 && told !== ''; round++) {
			await acl(lineIn(told));
			told = await startHere();
		}
		expect(told).toBe('');
	},
	180_000,
);

test('every needed command is missed where it alone is taken away', async () => {
	await only(whole);
	const missed: string[] = [];
	const [commands, subscriber] = [new Redis(env().GATEWAY_REDIS ?? ''), new Redis(env().GATEWAY_REDIS ?? '')];
	expect(await checkFitness(commands, subscriber)).toEqual({ kind: 'fit' });
	for (const name of neededCommands) {
		await acl(`-${name}`);
		await until(() => commands.status === 'ready');
		const fitness = await checkFitness(commands, subscriber);
		if (fitness.kind !== 'missingAccess' || !fitness.missing.commands.includes(name)) missed.push(name);
		await acl(`+${name}`);
	}
	for (const client of [commands, subscriber]) client.disconnect();
	expect(missed).toEqual([]);
}, 180_000);

test('with exactly what is needed, leads go all their ways and Redis refuses nothing', async () => {
	await only(whole);
	await admin.call('ACL', 'LOG', 'RESET');
	const gateway = await gatewayProcess({ ...env(), GATEWAY_MAX_PER_SECOND: '50' });
	await gateway.start();
	for (const { phone } of people(20, 1)) expect(await give(gateway, phone)).toBe(201);
	api.isGood = false;
	expect(await give(gateway, '+201009999999')).toBe(202);
	api.isGood = true;
	await gateway.kill();
	await gateway.start();
	for (const { phone } of people(5, 2)) expect([201, 202]).toContain(await give(gateway, phone));
	await gateway.stop();
	const refused = ((await admin.call('ACL', 'LOG')) as readonly (readonly string[])[])
		.map((entry) => entry.join(' '))
		.filter((entry) => !/setinfo|config\|get|config/.test(entry));
	expect(refused).toEqual([]);
}, 180_000);

test.each<[name: string, rules: string, words: RegExp]>([
	['EVAL', '-eval -evalsha', /lacks the commands EVAL, EVALSHA/],
	['the channel', 'resetchannels', /lacks the channel/],
	['its keys', 'resetkeys', /lacks the keys/],
	['one command', '-zadd', /lacks the command ZADD/],
	['what ends a transaction', '-discard', /lacks the command DISCARD/],
])(
	'%s is taken away while it runs: /readyz is 503, the log says so once, and it goes on when it is given back',
	async (_name, rules, words) => {
		await only(whole);
		const gateway = await gatewayProcess(env());
		await gateway.start();
		expect([await give(gateway, '+201001234567'), await readyz(gateway)]).toEqual([201, 200]);
		const before = notices(gateway).length;
		await acl(rules);
		await until(async () => (await readyz(gateway)) === 503);
		await until(() => notices(gateway).some((line) => words.test(line)));
		if (rules !== 'resetchannels') expect(await give(gateway, '+201001234568')).toBe(503);
		for (let round = 0; round < 5; round++) expect(await readyz(gateway)).toBe(503);
		expect(
			notices(gateway)
				.slice(before)
				.filter((line) => words.test(line)),
		).toHaveLength(1);
		await only(whole);
		await until(async () => (await readyz(gateway)) === 200);
		await until(async () => (await give(gateway, '+201001234569')) === 201);
		expect(notices(gateway).at(-1)).toMatch(/everything the gateway needs again/);
		expect(await gateway.stop()).toBe(0);
	},
	180_000,
);

describe('another Redis than it should be', () => {
	test('a read-only replica ends the start; one that becomes it makes /readyz 503', async () => {
		await only(whole);
		const gateway = await gatewayProcess(env());
		await gateway.start();
		await admin.call('REPLICAOF', '127.0.0.1', '1');
		try {
			await until(async () => (await readyz(gateway)) === 503);
			expect(await runToEnd(env())).toEqual({
				code: 1,
				printed: expect.stringMatching(/is a read-only replica.*address of its primary/) as string,
			});
		} finally {
			await admin.call('REPLICAOF', 'NO', 'ONE');
		}
		await until(async () => (await readyz(gateway)) === 200);
		expect(notices(gateway).filter((line) => line.includes('read-only replica'))).toHaveLength(1);
		await gateway.stop();
	}, 180_000);

	test('one without memory: it starts, is not ready, and is when there is room', async () => {
		await only(whole);
		await admin.config('SET', 'maxmemory', '1');
		const gateway = await gatewayProcess(env());
		try {
			await gateway.start();
			expect([
				await readyz(gateway),
				await give(gateway, '+201001234567'),
				notices(gateway).filter((line) => line.includes('OOM')).length,
			]).toEqual([503, 503, 1]);
		} finally {
			await admin.config('SET', 'maxmemory', '0');
		}
		await until(async () => (await readyz(gateway)) === 200);
		await gateway.stop();
	}, 180_000);

	test('one in cluster mode ends the start', async () => {
		const cluster = await startRedis('--cluster-enabled', 'yes', '--cluster-config-file', 'nodes.conf');
		expect(await runToEnd({ ...env(), GATEWAY_REDIS: cluster.url })).toEqual({
			code: 1,
			printed: expect.stringMatching(/runs in cluster mode/) as string,
		});
		await cluster.close();
	}, 180_000);

	test('one that still loads its data is waited for, and that is said', async () => {
		const slow = await startRedis();
		const fill = new Redis(slow.url);
		const batch = fill.pipeline();
		for (let index = 0; index < 12_000; index++) batch.set(`k${index}`, 'x');
		await batch.exec();
		fill.disconnect();
		await slow.kill();
		const loading = slow
			.start('--key-load-delay', '600', '--loading-process-events-interval-bytes', '1024')
			.catch(() => undefined);
		const gateway = await gatewayProcess({ ...env(), GATEWAY_REDIS: slow.url });
		await gateway.start();
		expect(notices(gateway).filter((line) => line.includes('LOADING'))).toHaveLength(1);
		expect(await readyz(gateway)).toBe(200);
		await gateway.stop();
		await loading;
		await slow.close();
	}, 180_000);

	test.each<[name: string, url: (right: string) => string, words: RegExp]>([
		[
			'a name that nobody knows',
			() => 'redis://redis.invalid:6379',
			/Redis at redis\.invalid:6379 cannot be reached \((?:ENOTFOUND|EAI_AGAIN)\)\. Check that it is running/,
		],
		[
			'a wrong password',
			(right) => right.replace(password, 'wrong'),
			/cannot be reached \(WRONGPASS\)\. The user or the password is wrong/,
		],
		[
			'no password',
			(right) => right.replace(`leads:${password}@`, ''),
			/cannot be reached \(NOAUTH\)\. It requires a user/,
		],
	])(
		'%s is told in words, and it ends with 1',
		async (_name, url, words) => {
			await only(whole);
			await admin.call('ACL', 'SETUSER', 'default', 'resetpass', '>admin');
			try {
				expect(await runToEnd({ ...env(), GATEWAY_REDIS: url(env().GATEWAY_REDIS ?? '') })).toEqual({
					code: 1,
					printed: expect.stringMatching(words) as string,
				});
			} finally {
				await admin.call('ACL', 'SETUSER', 'default', 'nopass');
			}
		},
		180_000,
	);
});
