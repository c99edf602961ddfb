/** `npm start`: the sandbox and Node-RED with a lead form, from a fresh clone to the line "Ready". */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { prepare, root } from '../build/prepare.mjs';
import { writeUserFolder } from '../hosts/startNodeRed.mjs';

const host = '127.0.0.1';
const withN8n = process.argv.includes('n8n');
const children = [];
let stopping = false;

const fail = (message) => {
	console.error(`\n${message}`);
	stop(1);
};

const stop = (code) => {
	if (stopping) return;
	stopping = true;
	process.exitCode = code;
	for (const { child } of children) if (child.exitCode === null) child.kill('SIGTERM');
	// A child that does not end by itself is ended, so that its port is free for the next start.
	setTimeout(() => {
		for (const { child } of children) if (child.exitCode === null) child.kill('SIGKILL');
		process.exit();
	}, 10_000).unref();
};

const port = (name, fallback) => {
	const text = process.env[name] ?? '';
	const number = text === '' ? fallback : Number(text);
	if (Number.isInteger(number) && number > 0 && number < 65_536) return number;
	console.error(`${name} is "${text}", which is no port. Use a number from 1 to 65535.`);
	process.exit(1);
};

const isFree = async (number) =>
	await new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(false));
		server.listen(number, host, () => server.close(() => resolve(true)));
	});

/** Starts a program, passes its lines on where `show` says so, and resolves when a line says that it is ready. */
const launch = async (name, command, args, { env, ready, show }) =>
	await new Promise((resolve) => {
		const child = spawn(command, args, {
			cwd: root,
			env: { ...process.env, ...env },
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		children.push({ name, child });
		let last = '';
		const read = (chunk) => {
			for (const line of String(chunk).split(/\r?\n/)) {
				if (line.trim() === '') continue;
				last = line;
				if (show(line)) console.log(`${name}: ${line}`);
				if (ready.test(line)) resolve();
			}
		};
		child.stdout.on('data', read);
		child.stderr.on('data', read);
		child.on('exit', (code) => {
			if (!stopping) fail(`${name} stopped unexpectedly (code ${code}). Its last line: ${last}`);
		});
	});

const sandboxPort = port('SANDBOX_PORT', 4010);
const nodeRedPort = port('NODE_RED_PORT', 1880);
const n8nPort = port('N8N_PORT', 5678);

process.on('SIGINT', () => stop(0));
process.on('SIGTERM', () => stop(0));

prepare();

const wanted = [
	['SANDBOX_PORT', sandboxPort, 'the sandbox'],
	['NODE_RED_PORT', nodeRedPort, 'Node-RED'],
	...(withN8n ? [['N8N_PORT', n8nPort, 'n8n']] : []),
];
for (const [name, number, who] of wanted) {
	if (await isFree(number)) continue;
	console.error(
		`\nPort ${number} is in use, so ${who} cannot start. End the program that uses it, or choose another port: ${name}=${number + 1} npm start`,
	);
	process.exit(1);
}

const sandboxUrl = `http://${host}:${sandboxPort}`;
const nodeRedUrl = `http://${host}:${nodeRedPort}`;
const baseUrl = `${sandboxUrl}/api/v2`;

await launch('sandbox', process.execPath, [join(root, 'packages/sandbox/dist/cli.js'), '--port', String(sandboxPort)], {
	env: {},
	ready: /^Ready/,
	show: () => false,
});

const userFolder = process.env.NODE_RED_USER_FOLDER || join(root, '.node-red');
writeUserFolder({ root, host, port: nodeRedPort, folder: userFolder });
const red = createRequire(import.meta.url).resolve('node-red/red.js');
await launch(
	'Node-RED',
	process.execPath,
	[red, '--userDir', userFolder, '--settings', join(userFolder, 'settings.js')],
	{
		env: { SANDBOX_BASE_URL: baseUrl },
		ready: /Started flows/,
		show: (line) => /\[(error|warn)\]/.test(line),
	},
);

const addresses = [
	['Inbox of the sandbox', sandboxUrl],
	['Lead form', `${nodeRedUrl}/lead-form`],
	['Lead form in Arabic', `${nodeRedUrl}/lead-form?lang=ar`],
	['Node-RED editor', nodeRedUrl],
];

if (withN8n) {
	const { startN8n } = await import('./startN8n.mjs');
	const n8n = await startN8n({
		port: n8nPort,
		sandboxBaseUrl: baseUrl,
		root,
		log: (line) => console.log(`n8n: ${line}`),
	}).catch(({ message }) => {
		fail(`n8n did not start: ${message}`);
		return { addresses: [], stop: () => undefined };
	});
	children.push({ name: 'n8n', child: { exitCode: null, kill: () => n8n.stop() } });
	addresses.push(...n8n.addresses);
}

if (!stopping) {
	console.log('');
	for (const [what, url] of addresses) console.log(`${what.padEnd(22)}${url}`);
	console.log('\nCtrl-C stops all of it.');
	console.log('Ready: fill in the lead form, and the lead appears in the inbox.');
}
