/** Runs the built gateway as a process of its own, for what measures it or sends through it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from '../build/prepare.mjs';

const program = join(root, 'packages/gateway/dist/cli.js');

/**
 * Starts it on a free port of its own; `command` is what runs Node, `args` are the gateway's. Resolves with `{ pid, origin,
 * baseUrl, stop() }`.
 */
export const runGateway = async ({ args, command = [process.execPath] }) => {
	const [name, ...before] = command;
	const child = spawn(name, [...before, program, '--port', '0', '--allow-http', ...args], {
		env: { ...process.env, GATEWAY_SECRET: 'a secret of this run alone' },
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const reap = () => child.kill('SIGKILL');
	process.once('exit', reap);
	const origin = await new Promise((resolve, reject) => {
		let text = '';
		// Read to the end: a program whose output nobody takes stops.
		child.stdout.on('data', (chunk) => {
			text = `${text}${chunk}`.slice(-10_000);
			const found = /Ready at (\S+)/.exec(text)?.[1];
			if (found !== undefined) resolve(found);
		});
		child.once('exit', () => reject(new Error(`The gateway did not start: ${text}`)));
	});
	return {
		pid: child.pid,
		origin,
		baseUrl: `${origin}/api/v2`,
		stop: async () => {
			child.kill('SIGTERM');
			if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
			process.off('exit', reap);
		},
	};
};
