import { freePort } from '../freePort';
import { processorMsOf } from '../processorMsOf';
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

/** The built gateway as a process of its own, on a port that it keeps. */
export interface GatewayProcess {
	readonly origin: string;
	readonly baseUrl: string;
	/** What it printed, over all its starts. */
	readonly lines: () => readonly string[];
	/** Processor time that it has taken since it was started; Linux. */
	readonly processorMs: () => number;
	readonly start: () => Promise<void>;
	/** Ends it as a power cut would: without a word. */
	readonly kill: () => Promise<void>;
	/** Ends it as an operator would; resolves with its exit code. */
	readonly stop: () => Promise<number | null>;
}

export const program = join(__dirname, '../../../packages/gateway/dist/cli.js');

const environment = (port: number, env: Readonly<Record<string, string>>): Record<string, string> => ({
	PATH: process.env.PATH ?? '',
	GATEWAY_SECRET: 'a secret that nobody guesses',
	GATEWAY_PORT: String(port),
	GATEWAY_ALLOW_HTTP: 'true',
	...env,
});

/** Runs the built gateway until it ends by itself; `code` is null where it did not within `patienceMs`, and had to be ended. */
export const runToEnd = async (
	env: Readonly<Record<string, string>>,
	patienceMs = 60_000,
): Promise<{ readonly code: number | null; readonly printed: string }> => {
	const child = spawn(process.execPath, [program], {
		env: environment(await freePort(), env),
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let printed = '';
	for (const output of [child.stdout, child.stderr])
		output.on('data', (data) => {
			printed += String(data);
		});
	const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
	const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
	clearTimeout(timer);
	return { code, printed };
};

/** `built`: its program, where it is not the package's own; it may be changed between two starts. */
export const gatewayProcess = async (
	env: Readonly<Record<string, string>>,
	built: () => string = () => program,
): Promise<GatewayProcess> => {
	const port = await freePort();
	const origin = `http://127.0.0.1:${port}`;
	let printed = '';
	let child: ChildProcess | undefined;
	const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> => {
		const running = child;
		if (running === undefined || running.exitCode !== null || running.signalCode !== null) return null;
		const ended = new Promise<number | null>((resolve) => running.once('exit', resolve));
		running.kill(signal);
		return await ended;
	};
	return {
		origin,
		baseUrl: `${origin}/api/v2`,
		lines: () => printed.split('\n'),
		processorMs: () => processorMsOf(child?.pid ?? 0),
		start: async () => {
			const from = printed.length;
			const started = spawn(process.execPath, [built()], {
				env: environment(port, env),
				stdio: ['ignore', 'pipe', 'pipe'],
			});
			child = started;
			started.stdout.on('data', (data) => {
				printed += String(data);
			});
			started.stderr.on('data', (data) => {
				printed += String(data);
			});
			for (const giveUpAtMs = Date.now() + 90_000; !printed.slice(from).includes('Ready at'); ) {
				if (Date.now() > giveUpAtMs || started.exitCode !== null)
					throw new Error(`The gateway did not start: ${printed.slice(from)}`);
				await new Promise((resolve) => setTimeout(resolve, 20));
			}
		},
		kill: async () => {
			await end('SIGKILL');
		},
		stop: async () => await end('SIGTERM'),
	};
};
