/** A Node-RED for a soak: takes batches over HTTP, and counts what each lead ends as. */
import { spawn } from 'node:child_process';
import { mkdirSync, openAsBlob, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../hosts/freePort.mjs';
import { hostFolder } from '../hosts/hosts.mjs';
import { pack } from '../build/pack.mjs';
import { root } from '../build/prepare.mjs';
import { call } from './call.mjs';

const count = `const counts = flow.get('counts') ?? {}; const { outcome } = msg.icloudReady; counts[outcome] = (counts[outcome] ?? 0) + 1; flow.set('counts', counts); return null;`;
const at = { z: 'tab', x: 1, y: 1 };

const flows = (account) => [
	{ id: 'tab', type: 'tab', label: 'soak' },
	{
		id: 'account',
		type: 'icloud-ready-account',
		...account,
		organizationId: 'org-1',
		concurrency: 40,
		timeoutSeconds: 8,
		maxTries: 2,
		credentials: { apiKey: 'sandbox-key' },
	},
	{ id: 'in', ...at, type: 'http in', url: '/leads', method: 'post', wires: [['lead', 'taken']] },
	{
		id: 'lead',
		...at,
		type: 'icloud-ready-create-lead',
		account: 'account',
		input: 'lead',
		duplicates: 'run',
		wires: Array.from({ length: 8 }, () => ['count']),
	},
	{ id: 'catch', ...at, type: 'catch', scope: ['lead'], wires: [['count']] },
	{ id: 'count', ...at, type: 'function', func: count, outputs: 1, wires: [[]] },
	{ id: 'taken', ...at, type: 'function', func: "msg.payload = 'taken'; return msg;", outputs: 1, wires: [['answer']] },
	{ id: 'ask', ...at, type: 'http in', url: '/counts', method: 'get', wires: [['tell']] },
	{
		id: 'tell',
		...at,
		type: 'function',
		func: "msg.payload = flow.get('counts') ?? {}; return msg;",
		outputs: 1,
		wires: [['answer']],
	},
	{ id: 'answer', ...at, type: 'http response', wires: [] },
];

const until = async (what, isSo) => {
	for (let tries = 0; tries < 300; tries++) {
		if (await isSo().catch(() => false)) return;
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	throw new Error(`Waited in vain for ${what}.`);
};

/** Resolves with `{ pid, send(leads), counts(), stop() }`; `send` gives words where a batch is not taken. */
export const startNodeRed = async ({ account, folder, log }) => {
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	mkdirSync(folder, { recursive: true });
	writeFileSync(
		join(folder, 'settings.js'),
		`module.exports = { uiHost: '127.0.0.1', uiPort: ${port}, flowFile: 'flows.json', credentialSecret: 'soak', telemetry: { enabled: false }, editorTheme: { tours: false, palette: { catalogues: [] } }, logging: { console: { level: 'error' } } };`,
	);
	const program = join(await hostFolder('node-red-4', log), 'node_modules/node-red/red.js');
	const child = spawn(process.execPath, [program, '--userDir', folder, '--settings', join(folder, 'settings.js')], {
		cwd: folder,
		stdio: 'ignore',
	});
	const reap = () => child.kill('SIGKILL');
	process.once('exit', reap);
	await until('Node-RED', async () => (await fetch(`${url}/settings`)).ok);
	const form = new FormData();
	form.append('tarball', await openAsBlob(pack(join(root, 'packages/node-red'), folder)), 'package.tgz');
	const installed = await fetch(`${url}/nodes`, { method: 'POST', body: form });
	if (!installed.ok) throw new Error(`Node-RED did not install the package: ${await installed.text()}`);
	const json = { 'content-type': 'application/json' };
	await fetch(`${url}/flows`, { method: 'POST', headers: json, body: JSON.stringify(flows(account)) });
	await until('the flow', async () => (await fetch(`${url}/counts`)).ok);
	return {
		pid: child.pid,
		send: async (leads) => {
			const { status, text } = await call(`${url}/leads`, leads);
			return status === 200 ? undefined : `${status} ${text.slice(0, 200)}`;
		},
		counts: async () => JSON.parse((await call(`${url}/counts`)).text),
		stop: async () => {
			const ended = new Promise((resolve) => child.once('exit', resolve));
			child.kill('SIGTERM');
			await ended;
			process.off('exit', reap);
		},
	};
};
