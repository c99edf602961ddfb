/** Starts a real n8n of its own, with our package unpacked into it, for `npm start -- n8n` and for the tests. */
import { spawn } from 'node:child_process';
import { cpSync, createWriteStream, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hostFolder, node24 } from './hosts.mjs';
import { unpack } from '../build/pack.mjs';

const host = '127.0.0.1';
/** Which of the hosts: `n8n`, or `n8n-oldest` for the oldest that the nodes are for. */
const hostName = process.env.ICLOUD_READY_N8N || 'n8n';
/** On a quiet machine it takes some ten seconds. */
const longestStartMs = 360_000;
const longestStopMs = 15_000;
const pauseMs = 250;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Quiet, local, and with nothing sent out: no telemetry, no banners, no look-ups of versions, templates or servers. */
const environment = ({ port, brokerPort, userFolder }) => ({
	N8N_USER_FOLDER: userFolder,
	N8N_HOST: host,
	N8N_LISTEN_ADDRESS: host,
	N8N_PORT: String(port),
	N8N_SECURE_COOKIE: 'false',
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_COMMUNITY_PACKAGES_ENABLED: 'true',
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
	// It asks a server; the oldest n8n does not know the module and would not start.
	...(hostName === 'n8n' ? { N8N_DISABLED_MODULES: 'mcp-registry' } : {}),
	N8N_RUNNERS_BROKER_PORT: String(brokerPort),
	N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
});

/** What another n8n or npm left in our own environment must not steer this one. */
const inherited = () =>
	Object.fromEntries(
		Object.entries(process.env).filter(([name]) => !/^(?:N8N_|DB_|npm_|NODE_OPTIONS$|JEST_|NODE_ENV$)/.test(name)),
	);

const isUp = async (url) => {
	try {
		return (await fetch(`${url}/healthz/readiness`)).ok;
	} catch {
		return false;
	}
};

const launch = async ({ port, brokerPort, userFolder, env = {}, log, command = ['start'] }) => {
	const url = `http://${host}:${port}`;
	const { node, env: nodeEnv } = await node24(log);
	const program = join(await hostFolder(hostName, log), 'node_modules', 'n8n', 'bin', 'n8n');
	mkdirSync(userFolder, { recursive: true });
	const logFile = join(userFolder, 'n8n.log');
	const child = spawn(node, [program, ...command], {
		cwd: userFolder,
		env: {
			...inherited(),
			...nodeEnv,
			// Most of a start is compiling n8n's modules, which are the same each time.
			NODE_COMPILE_CACHE: `${await hostFolder(hostName, log)}-compiled`,
			...environment({ port, brokerPort, userFolder }),
			...env,
		},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const file = createWriteStream(logFile);
	child.stdout.pipe(file, { end: false });
	child.stderr.pipe(file, { end: false });
	// Whatever ends us ends it too: nobody else knows that it runs.
	const reap = () => child.kill('SIGKILL');
	process.once('exit', reap);
	const ended = new Promise((resolve) => child.once('close', () => file.end(resolve))).then(() =>
		process.off('exit', reap),
	);

	const stop = async () => {
		if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
		const timer = setTimeout(() => child.kill('SIGKILL'), longestStopMs);
		await ended;
		clearTimeout(timer);
	};

	const lastMs = Date.now() + longestStartMs;
	while (!(await isUp(url))) {
		if (child.exitCode !== null || Date.now() > lastMs) {
			await stop();
			throw new Error(`n8n did not start. Its log is ${logFile}.`);
		}
		await pause(pauseMs);
	}
	return { url, logFile, pid: child.pid, stop, ended };
};

/**
 * A user folder in which n8n has already made its database: that takes it longer than everything else in a start.
 * Made once, beside the installed n8n. Its key goes with it: n8n may have kept a secret in the database by then.
 */
const migratedFolder = async ({ port, brokerPort, log }) => {
	const folder = `${await hostFolder(hostName, log)}-database`;
	if (existsSync(folder)) return folder;
	const beside = `${folder}.tmp-${process.pid}`;
	try {
		const n8n = await launch({ port, brokerPort, userFolder: beside, log });
		await n8n.stop();
		for (const name of ['database.sqlite', 'config'])
			cpSync(join(beside, '.n8n', name), join(beside, 'kept', '.n8n', name));
		if (!existsSync(folder)) cpSync(join(beside, 'kept'), folder, { recursive: true });
	} finally {
		rmSync(beside, { recursive: true, force: true });
	}
	return folder;
};

/**
 * Starts n8n on 127.0.0.1 with the package of `tarball`, keeping everything in `userFolder`. `env` adds to its
 * environment; `command` is what it does (by default `start`; a worker's `port` is that of its health). Resolves once it
 * answers, with `{ url, logFile, pid, stop(), ended }`; rejects, naming the log, if it does not.
 */
export async function runN8n({ port, brokerPort = port + 1, userFolder, tarball, env = {}, log, command }) {
	const data = join(userFolder, '.n8n');
	// Another database than its own file is the caller's.
	if (env.DB_TYPE === undefined && !existsSync(join(data, 'database.sqlite')))
		cpSync(await migratedFolder({ port, brokerPort, log }), userFolder, { recursive: true });
	const place = join(data, 'nodes', 'node_modules', 'n8n-nodes-icloud-ready');
	rmSync(place, { recursive: true, force: true });
	unpack(tarball, place);
	return await launch({ port, brokerPort, userFolder, env, log, command });
}

/** Calls n8n's own REST API as the signed-in owner: `rest(method, path, body)` gives the answer's data. */
export async function signIn(url, { email, password, firstName, lastName }) {
	let cookie = '';
	const call = async (method, path, body) => {
		const answer = await fetch(`${url}/rest${path}`, {
			method,
			headers: { 'content-type': 'application/json', cookie },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const set = answer.headers.getSetCookie().map((each) => each.split(';')[0]);
		if (set.length > 0) cookie = set.join('; ');
		const text = await answer.text();
		if (!answer.ok) throw new Error(`n8n answered ${answer.status} to ${method} ${path}: ${text.slice(0, 500)}`);
		return text === '' ? undefined : JSON.parse(text).data;
	};
	const { data: settings } = await (await fetch(`${url}/rest/settings`)).json();
	if (settings?.userManagement?.showSetupOnFirstLoad === true)
		await call('POST', '/owner/setup', { email, password, firstName, lastName });
	await call('POST', '/login', { emailOrLdapLoginId: email, password });
	return Object.assign(call, { cookie: () => cookie });
}
