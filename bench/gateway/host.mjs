/** A gateway of its own, on the first core of the machine alone. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from '../../scripts/prepare.mjs';

const program = join(root, 'packages/gateway/dist/cli.js');
/** Everything that is measured beside it runs on the others. */
const core = '0';

/** Resolves with `{ pid, origin, stop() }`. `store` is what keeps the leads: `--folder …` or `--redis …`. */
export const startGateway = async ({ node, api, store, log }) => {
	const args = ['--port', '0', '--api', api, '--allow-http', '--concurrency', '50', '--wait-seconds', '600', '--stop-seconds', '0', ...store];
	const child = spawn('taskset', ['-c', core, node, program, ...args], { env: { ...process.env, GATEWAY_SECRET: 'only for this measurement' }, stdio: ['ignore', 'pipe', 'inherit'] });
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
	log(`gateway at ${origin}, ${store[0].slice(2)}`);
	return {
		pid: child.pid,
		origin,
		stop: async () => {
			child.kill('SIGTERM');
			if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
			process.off('exit', reap);
		},
	};
};
