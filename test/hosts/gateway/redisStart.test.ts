import { runCli } from '../../../packages/gateway/src/main/cli';
import { freePort } from '../freePort';
import { type RedisServer, startRedis } from './redisServer';

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
		/cannot be reached \(WRONGPASS\).*password in GATEWAY_REDIS/,
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
