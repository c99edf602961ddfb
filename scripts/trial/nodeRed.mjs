/** A Node-RED with one shipped example in it, which may be killed and started again on the same folder and port. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { freePort } from '../hosts/freePort.mjs';
import { hostFolder, node24 } from '../hosts/hosts.mjs';
import { root } from '../build/prepare.mjs';
import { appSecret } from './calls.mjs';
import { throughNodes } from './throughNodes.mjs';

const program = async (version, log) => {
	if (version === undefined)
		return { node: process.execPath, red: createRequire(import.meta.url).resolve('node-red/red.js') };
	const red = join(await hostFolder(version, log), 'node_modules/node-red/red.js');
	return version === 'node-red-5' ? { node: (await node24(log)).node, red } : { node: process.execPath, red };
};

/** The example as shipped, but for the address, the organization and the outbox of its account. */
const flowOf = (example, account) => {
	const nodes =
		example === 'through-nodes'
			? throughNodes
			: JSON.parse(readFileSync(join(root, 'packages/node-red/examples', `${example}.json`), 'utf8'));
	return nodes.map((node) =>
		node.type === 'icloud-ready-account' ? { ...node, ...account, organizationId: 'org-1' } : node,
	);
};

/** `version`: `node-red-4` or `node-red-5` of the hosts' cache; without one, the Node-RED of this checkout. */
export const openNodeRed = async ({ folder, example, account, version, log }) => {
	const { node, red } = await program(version, log);
	const port = await freePort();
	mkdirSync(folder, { recursive: true });
	const settings = {
		uiHost: '127.0.0.1',
		uiPort: port,
		flowFile: 'flows.json',
		credentialSecret: false,
		nodesDir: [join(root, 'packages/node-red')],
		telemetry: { enabled: false, updateNotification: false },
		editorTheme: { tours: false, palette: { catalogues: [] } },
		externalModules: { autoInstall: false, palette: { allowInstall: false } },
		logging: { console: { level: 'error' } },
	};
	writeFileSync(join(folder, 'settings.js'), `module.exports = ${JSON.stringify(settings)};`);
	writeFileSync(join(folder, 'flows.json'), JSON.stringify(flowOf(example, account)));
	writeFileSync(
		join(folder, 'flows_cred.json'),
		JSON.stringify({ 'icr-account': { apiKey: 'sandbox-key' }, 'icr-wa-form': { secret: appSecret } }),
	);
	const url = `http://127.0.0.1:${port}`;
	let child;
	const end = async (signal) => {
		if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
		const ended = new Promise((resolve) => child.once('exit', resolve));
		child.kill(signal);
		await ended;
	};
	process.once('exit', () => child?.kill('SIGKILL'));
	return {
		url,
		start: () => {
			child = spawn(node, [red, '--userDir', folder, '--settings', join(folder, 'settings.js')], {
				cwd: folder,
				stdio: ['ignore', 'ignore', 'inherit'],
			});
		},
		kill: async () => {
			await end('SIGKILL');
		},
		stop: async () => {
			await end('SIGTERM');
		},
		/** Resolves with what the admin API answers, or undefined while it does not. */
		admin: async (path) =>
			await fetch(url + path).then(
				async (response) => (response.ok ? await response.json() : undefined),
				() => undefined,
			),
	};
};
