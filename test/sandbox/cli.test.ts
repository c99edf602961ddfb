import type { Sandbox } from '../../packages/sandbox/src';
import { readArguments } from '../../packages/sandbox/src/arguments';
import { runCli } from '../../packages/sandbox/src/cli';
import { post } from './calling';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

interface Run {
	readonly result: number | Sandbox;
	readonly printed: string[];
	readonly errors: string[];
}

async function run(...args: string[]): Promise<Run> {
	const printed: string[] = [];
	const errors: string[] = [];
	const result = await runCli({
		args,
		env: {},
		print: (text) => printed.push(text),
		printError: (text) => errors.push(text),
	});
	return { result, printed, errors };
}

describe('options', () => {
	const settings = (port: number, rest = {}) => ({
		kind: 'start',
		settings: { port, host: '127.0.0.1', quiet: false, ...rest },
	});
	const rows: [args: string[], env: Record<string, string>, read: unknown][] = [
		[[], {}, settings(4010)],
		[[], { SANDBOX_PORT: '5000' }, settings(5000)],
		[[], { SANDBOX_PORT: '' }, settings(4010)],
		[['--port', '0'], { SANDBOX_PORT: '5000' }, settings(0)],
		[
			['--port=80', '--host', '0.0.0.0', '--file', 'a.jsonl', '--quiet'],
			{},
			settings(80, { host: '0.0.0.0', file: 'a.jsonl', quiet: true }),
		],
		[['-h'], {}, { kind: 'help' }],
		[['--version'], {}, { kind: 'version' }],
	];
	it.each(rows)('%j with %j', (args, env, read) => expect(readArguments(args, env)).toEqual(read));

	const mistakes: [args: string[], message: RegExp][] = [
		[['--port', 'http'], /^The port must be a number from 0 to 65535, and "http" is none\. Run /],
		[['--port', '65536'], /^The port must be/],
		[['--prot', '1'], /^There is no option --prot\. Run /],
		[['start'], /^"start" does not belong to an option\. Run /],
		[['--file', ''], /^--file needs a value\. Run /],
		[['--file'], /^The option --file was not given correctly\. Run /],
	];
	it.each(mistakes)('%j is a mistake', async (args, message) => {
		const { result, printed, errors } = await run(...args);
		expect([result, printed, errors]).toEqual([1, [], [expect.stringMatching(message)]]);
	});
});

it('shows help and version', async () => {
	const { version } = JSON.parse(readFileSync(join(__dirname, '../../packages/sandbox/package.json'), 'utf8')) as {
		version: string;
	};
	expect(await run('--version')).toEqual({ result: 0, printed: [version], errors: [] });
	const help = await run('--help');
	expect([help.result, help.printed.join().match(/^ {2}--\w+/gm)?.length]).toEqual([0, 6]);
});

it('prints addresses and keys, last a line that begins with Ready, then a line for each call', async () => {
	const { result, printed } = await run('--port', '0');
	const sandbox = result as Sandbox;
	const text = printed.join('\n');
	for (const part of [sandbox.baseUrl, 'sandbox-key', 'expired-key', 'readonly-key', 'limited-key'])
		expect(text).toContain(part);
	expect(text.split('\n').at(-1)).toBe(`Ready at ${sandbox.origin} (Ctrl-C stops it)`);
	await post(sandbox);
	await sandbox.close();
	expect(printed.at(-1)).toMatch(/^\d\d:\d\d:\d\d {2}POST \/api\/v2\/leads {2}201 {2}lead 1$/);
});

it('prints no calls when it is to be quiet', async () => {
	const { result, printed } = await run('--port', '0', '--quiet');
	await post(result as Sandbox);
	await (result as Sandbox).close();
	expect(printed.at(-1)).toMatch(/^Ready/);
});

it('says so when a port is in use', async () => {
	const server = createServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	const { port } = server.address() as AddressInfo;
	const { result, errors } = await run('--port', String(port));
	server.close();
	expect([result, errors]).toEqual([
		1,
		[`Port ${port} is already in use. Stop the program that uses it, or choose another port with --port.`],
	]);
});

describe('what cannot be used', () => {
	const rows: [args: string[], message: string][] = [
		[
			['--file', '/no/such/leads.jsonl'],
			'The folder of /no/such/leads.jsonl does not exist. Create it, or choose another file with --file.',
		],
		[['--file', '/'], '/ is a folder. Choose a file with --file.'],
		[['--file', '/dev/null'], '/dev/null is not a file that leads can be kept in. Choose another with --file.'],
		[['--host', '192.0.2.1'], 'This machine has no address 192.0.2.1. Choose another with --host, or omit it.'],
	];
	it.each(rows)('%j', async (args, message) => {
		const { result, errors } = await run('--port', '0', ...args);
		expect([result, errors]).toEqual([1, [message]]);
	});
});
