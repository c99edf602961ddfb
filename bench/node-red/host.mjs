/** A Node-RED 5 of its own with our packed package in it, as the palette manager installs it. */
import { spawn } from 'node:child_process';
import { mkdirSync, openAsBlob, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { freePort } from '../../scripts/hosts/freePort.mjs';
import { hostFolder } from '../../scripts/hosts/hosts.mjs';
import { pack } from '../../scripts/build/pack.mjs';
import { root } from '../../scripts/build/prepare.mjs';

const { resolve } = createRequire(import.meta.url);
/** For the function nodes that send with nothing but a client, and keep with nothing but a database, which no other side loads. */
const globals = (userFolder) =>
	`{ undici: require(${JSON.stringify(resolve('undici'))}), newDatabase: () => new (require(${JSON.stringify(resolve('classic-level'))}).ClassicLevel)(${JSON.stringify(join(userFolder, 'kept'))}) }`;

const settings = (port, userFolder) =>
	`module.exports = { uiHost: '127.0.0.1', uiPort: ${port}, flowFile: 'flows.json', credentialSecret: 'bench', apiMaxLength: '50mb', telemetry: { enabled: false, updateNotification: false }, editorTheme: { tours: false, palette: { catalogues: [] } }, logging: { console: { level: 'error' } }, functionGlobalContext: ${globals(userFolder)} };`;

const until = async (what, isSo) => {
	for (let tries = 0; tries < 300; tries++) {
		if (await isSo().catch(() => false)) return;
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	throw new Error(`Waited in vain for ${what}.`);
};

/**
 * Resolves with `{ pid, url, deploy(nodes), stop() }`; the flows that are deployed answer `GET /ready`. `profile` is a
 * folder for what `--cpu-prof` writes at the end.
 */
export const startNodeRed = async ({ node, folder, profile, log }) => {
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const userFolder = join(folder, `node-red-${port}`);
	mkdirSync(userFolder, { recursive: true });
	writeFileSync(join(userFolder, 'settings.js'), settings(port, userFolder));
	const program = join(await hostFolder('node-red-5', log), 'node_modules/node-red/red.js');
	const profiling = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
	const child = spawn(
		node,
		[...profiling, program, '--userDir', userFolder, '--settings', join(userFolder, 'settings.js')],
		{ cwd: userFolder, env: { ...process.env, PATH: `${join(node, '..')}:${process.env.PATH}` }, stdio: 'ignore' },
	);
	const reap = () => child.kill('SIGKILL');
	process.once('exit', reap);
	await until('Node-RED', async () => (await fetch(`${url}/settings`)).ok);
	const form = new FormData();
	form.append('tarball', await openAsBlob(pack(join(root, 'packages/node-red'), userFolder)), 'package.tgz');
	const installed = await fetch(`${url}/nodes`, { method: 'POST', body: form });
	if (!installed.ok) throw new Error(`Node-RED did not install the package: ${await installed.text()}`);
	return {
		pid: child.pid,
		url,
		deploy: async (nodes) => {
			const mark = `ready-${Math.random().toString(36).slice(2)}`;
			const ready = [
				{
					id: 'ready',
					z: 'tab',
					x: 1,
					y: 1,
					type: 'http in',
					url: `/${mark}`,
					method: 'get',
					wires: [['ready-answer']],
				},
				{ id: 'ready-answer', z: 'tab', x: 1, y: 1, type: 'http response', wires: [] },
			];
			const answer = await fetch(`${url}/flows`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify([...nodes, ...ready]),
			});
			if (!answer.ok) throw new Error(`Node-RED did not take the flow: ${await answer.text()}`);
			await until('the flow', async () => (await fetch(`${url}/${mark}`)).ok);
		},
		stop: async () => {
			const ended = new Promise((resolve) => child.once('exit', resolve));
			child.kill('SIGTERM');
			await ended;
			process.off('exit', reap);
		},
	};
};
