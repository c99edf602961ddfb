import { runCli } from '../../packages/gateway/src/main/cli';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder = '';
let other: Server;
beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'icloud-ready-gateway-start-'));
	writeFileSync(join(folder, 'a-file'), '');
	other = createServer();
	await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
	await new Promise((resolve) => other.close(resolve));
	rmSync(folder, { recursive: true, force: true });
});

const run = async (
	args: readonly string[],
): Promise<readonly [result: Awaited<ReturnType<typeof runCli>>, printed: string]> => {
	const printed: string[] = [];
	const print = (text: string): void => {
		printed.push(text);
	};
	const result = await runCli({
		args,
		env: { GATEWAY_SECRET: 'a secret that nobody guesses' },
		print,
		printError: print,
	});
	return [result, printed.join('\n')];
};

test.each<[name: string, args: () => readonly string[], words: RegExp]>([
	[
		'the port is taken',
		() => ['--port', String((other.address() as AddressInfo).port), '--folder', join(folder, 'one')],
		/^Port \d+ is already in use\. Stop the program that uses it, or choose another port with --port\.$/,
	],
	[
		'the address is no address of this machine',
		() => ['--port', '0', '--host', '203.0.113.1', '--folder', join(folder, 'two')],
		/^This machine has no address 203\.0\.113\.1\. Choose another with --host, or omit it\.$/,
	],
	[
		'the folder is a file',
		() => ['--port', '0', '--folder', join(folder, 'a-file')],
		/a-file is a file or inside one, but leads need a folder\. Choose another with --folder\.$/,
	],
	[
		'the folder lies in a file',
		() => ['--port', '0', '--folder', join(folder, 'a-file', 'leads')],
		/leads is a file or inside one/,
	],
])('where %s, that is said in words', async (_name, args, words) => {
	const [result, printed] = await run(args());
	expect([result, printed]).toEqual([1, expect.stringMatching(words)]);
});

test('a second gateway on one folder says so, and the first goes on', async () => {
	const args = ['--port', '0', '--folder', join(folder, 'shared')];
	const [first, greeting] = await run(args);
	if (typeof first === 'number') throw new Error(greeting);
	try {
		expect(await run(args)).toEqual([
			1,
			expect.stringMatching(
				/^Another gateway uses the folder .*shared\. Stop it, or choose another folder with --folder\.$/,
			),
		]);
		expect((await fetch(`${first.origin}/readyz`)).status).toBe(200);
	} finally {
		await first.close();
	}
});
