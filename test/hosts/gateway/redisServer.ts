import { freePort } from '../freePort';
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A Redis of the test's own, which writes each change to disk before it answers. */
export interface RedisServer {
	readonly url: string;
	/** Ends it as a power cut would: without a word. Its folder stays. */
	readonly kill: () => Promise<void>;
	/** `more`: settings of this start alone. */
	readonly start: (...more: readonly string[]) => Promise<void>;
	/** Holds it up, and lets it go on. */
	readonly pause: () => void;
	readonly goOn: () => void;
	/** All that it wrote. */
	readonly files: () => string;
	/** Copies all that it has written; the returned function puts that in place of what is there, while it does not run. */
	readonly copy: () => () => void;
	/** Forgets everything. */
	readonly clear: () => Promise<void>;
	readonly close: () => Promise<void>;
}

/** The first word that Redis answers to a command; empty where it does not. */
const ask = async (port: number, command: string): Promise<string> =>
	await new Promise((resolve) => {
		const socket = createConnection(port, '127.0.0.1', () => socket.write(`${command}\r\n`));
		socket.on('data', (data) => {
			resolve(String(data).trim());
			socket.destroy();
		});
		socket.on('error', () => resolve(''));
		socket.on('close', () => resolve(''));
	});

export const startRedis = async (...settings: readonly string[]): Promise<RedisServer> => {
	const port = await freePort();
	const folder = mkdtempSync(join(tmpdir(), 'icloud-ready-redis-'));
	let child: ChildProcess;
	const start = async (...more: readonly string[]): Promise<void> => {
		child = spawn(
			'redis-server',
			[
				'--port',
				String(port),
				'--bind',
				'127.0.0.1',
				'--dir',
				folder,
				'--appendonly',
				'yes',
				'--appendfsync',
				'always',
				'--save',
				'',
				...settings,
				...more,
			],
			{ stdio: 'ignore' },
		);
		// One with a password says so to whoever has none.
		for (const giveUpAtMs = Date.now() + 60_000; !/^(?:\+PONG|-NOAUTH)/.test(await ask(port, 'PING')); ) {
			if (Date.now() > giveUpAtMs) {
				child.kill('SIGKILL');
				throw new Error('Redis did not start.');
			}
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
	};
	const kill = async (): Promise<void> => {
		if (child.exitCode !== null || child.signalCode !== null) return;
		const ended = new Promise((resolve) => child.once('exit', resolve));
		child.kill('SIGKILL');
		await ended;
	};
	await start();
	return {
		url: `redis://127.0.0.1:${port}`,
		start,
		kill,
		pause: () => {
			child.kill('SIGSTOP');
		},
		goOn: () => {
			child.kill('SIGCONT');
		},
		files: () =>
			readdirSync(folder, { recursive: true, withFileTypes: true })
				.filter((each) => each.isFile())
				.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1'))
				.join('\n'),
		copy: () => {
			const kept = mkdtempSync(join(tmpdir(), 'icloud-ready-redis-copy-'));
			cpSync(folder, kept, { recursive: true });
			return () => {
				rmSync(folder, { recursive: true, force: true });
				cpSync(kept, folder, { recursive: true });
				rmSync(kept, { recursive: true, force: true });
			};
		},
		clear: async () => {
			await ask(port, 'FLUSHALL');
		},
		close: async () => {
			await kill();
			rmSync(folder, { recursive: true, force: true });
		},
	};
};
