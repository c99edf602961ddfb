import { freePort } from '../freePort';
import { hostFolder, node24, type NodeRedVersion } from '../hosts';
import { installedOnce } from './installed';
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

export interface NodeRed {
	readonly url: string;
	/** Where it keeps flows, credentials and installed nodes. */
	readonly userFolder: string;
	/** Everything it printed. */
	readonly log: () => string;
	/** Installs a packed package as the palette manager's upload does; returns the types it brought. */
	readonly install: (tarball: string) => Promise<readonly string[]>;
	/** Deploys flows; `credentials` belong to a node's id. */
	readonly deploy: (
		nodes: readonly Record<string, unknown>[],
		credentials?: Readonly<Record<string, Record<string, string>>>,
	) => Promise<void>;
	readonly stop: () => Promise<void>;
	/** As a power cut would: nothing is told and nothing is waited for. */
	readonly kill: () => Promise<void>;
	/** Memory that the process holds, in bytes. */
	readonly residentBytes: () => number;
	/** Memory that is in use once garbage is collected, in bytes. */
	readonly heldBytes: () => Promise<number>;
	/** Starts a new process on what the ended one left. */
	readonly startAgain: () => Promise<NodeRed>;
}

const until = async (
	what: string,
	isSo: () => Promise<boolean> | boolean,
	child: ChildProcess,
	log: () => string,
): Promise<void> => {
	for (let waitedMs = 0; waitedMs < 180_000; waitedMs += 200) {
		if (child.exitCode !== null) throw new Error(`Node-RED ended while waiting for ${what}:\n${log()}`);
		if (await isSo()) return;
		await setTimeout(200);
	}
	throw new Error(`Waited in vain for ${what}:\n${log()}`);
};

/** Well above the 15 s that Node-RED gives each node to close, for those of two kinds after each other. */
const longestStopMs = 90_000;

/** Whether the log tells that the flows it began with run, or why they do not. */
const areFlowsSettled = (log: string): boolean =>
	['Started flows', 'Waiting for missing types', 'Failed to load external modules', 'Flows stopped in safe mode'].some(
		(line) => log.includes(line),
	);

interface Start {
	readonly node: string;
	readonly folder: string;
	readonly env?: Readonly<Record<string, string>>;
	/** Left as it is at the end; without one, a new folder that is removed then. */
	readonly userFolder?: string;
	/** A folder whose files the user folder begins with. */
	readonly installed?: string | undefined;
	/** The log's; at `trace` it tells metrics too. */
	readonly level?: 'debug' | 'trace';
}

/** Starts a Node-RED of a host folder with a given Node, on a free port. */
export const startNodeRed = async (start: Start): Promise<NodeRed> => {
	const { node, folder, env = {}, level = 'debug' } = start;
	const userFolder = start.userFolder ?? mkdtempSync(join(tmpdir(), 'icloud-ready-node-red-'));
	if (start.installed !== undefined) cpSync(start.installed, userFolder, { recursive: true });
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	writeFileSync(
		join(userFolder, 'settings.js'),
		`module.exports = { uiHost: '127.0.0.1', uiPort: ${port}, flowFile: 'flows.json', credentialSecret: 'test', telemetry: { enabled: false, updateNotification: false }, editorTheme: { tours: false, palette: { catalogues: [] } }, logging: { console: { level: '${level}', metrics: ${level === 'trace'}, audit: true } } };`,
	);
	const nodePath = `${join(node, '..')}:${process.env.PATH ?? ''}`;
	const child = spawn(
		node,
		[
			'--require',
			join(__dirname, 'heldMemory.cjs'),
			join(folder, 'node_modules/node-red/red.js'),
			'--userDir',
			userFolder,
			'--settings',
			join(userFolder, 'settings.js'),
		],
		{
			cwd: userFolder,
			env: { ...process.env, PATH: nodePath, ...env },
			stdio: ['ignore', 'pipe', 'pipe'],
		},
	);
	let printed = '';
	const log = (): string => printed;
	child.stdout.on('data', (chunk: Buffer) => {
		printed += String(chunk);
	});
	child.stderr.on('data', (chunk: Buffer) => {
		printed += String(chunk);
	});
	const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
		if (child.exitCode !== null || child.signalCode !== null) return;
		const ended = new Promise<'ended'>((resolve) => child.once('exit', () => resolve('ended')));
		child.kill(signal);
		const patience = new AbortController();
		const tooLong = setTimeout(longestStopMs, 'too long' as const, { signal: patience.signal }).catch(() => 'ended');
		const result = await Promise.race([ended, tooLong]);
		patience.abort();
		if (result === 'ended') return;
		const stack = readFileSync(`/proc/${child.pid}/stat`, 'utf8');
		child.kill('SIGKILL');
		await ended;
		throw new Error(`Node-RED did not end ${longestStopMs} ms after ${signal} (${stack}):\n${printed.slice(-10_000)}`);
	};
	await until(
		'its first answer',
		async () =>
			await fetch(`${url}/settings`).then(
				({ ok }) => ok,
				() => false,
			),
		child,
		log,
	);
	// It answers before its own flows are up, and a deploy would take the line that says so for its own.
	await until('its flows', () => areFlowsSettled(printed), child, log);

	return {
		url,
		userFolder,
		log,
		install: async (tarball) => {
			const form = new FormData();
			form.append('tarball', new Blob([readFileSync(tarball)]), 'package.tgz');
			const response = await fetch(`${url}/nodes`, { method: 'POST', body: form });
			const body: unknown = await response.json();
			if (!response.ok)
				throw new Error(`The tarball was not installed (${response.status}): ${JSON.stringify(body)}\n${log()}`);
			return (body as { nodes: { types: string[]; err?: string }[] }).nodes.flatMap(({ types, err }) =>
				err === undefined ? types : [err],
			);
		},
		deploy: async (nodes, credentials = {}) => {
			const flows = nodes.map((each) =>
				credentials[String(each.id)] === undefined ? each : { ...each, credentials: credentials[String(each.id)] },
			);
			const started = printed.split('Started flows').length;
			const response = await fetch(`${url}/flows`, {
				method: 'POST',
				headers: { 'content-type': 'application/json', 'Node-RED-Deployment-Type': 'full' },
				body: JSON.stringify(flows),
			});
			if (!response.ok) throw new Error(`The flow was not deployed: ${await response.text()}`);
			await until('the flow to start', () => printed.split('Started flows').length > started, child, log);
		},
		stop: async () => {
			await end('SIGTERM');
			if (start.userFolder === undefined) rmSync(userFolder, { recursive: true, force: true });
		},
		kill: async () => {
			await end('SIGKILL');
		},
		residentBytes: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) * 1024,
		heldBytes: async () => {
			const figures = (): readonly string[] =>
				[...printed.matchAll(/^held bytes: (\d+)$/gm)].map(([, bytes = '']) => bytes);
			const before = figures().length;
			child.kill('SIGWINCH');
			await until('what it holds', () => figures().length > before, child, log);
			return Number(figures().at(-1));
		},
		startAgain: async () => await startNodeRed({ ...start, installed: undefined, userFolder }),
	};
};

/** Node-RED 4.1 on the Node of this run or 5.0 on Node 24, with our package in it as the palette manager installs it. */
export const startWithNodes = async (
	version: NodeRedVersion,
	more: Pick<Start, 'env' | 'level' | 'userFolder'> = {},
): Promise<NodeRed> =>
	await installedOnce(
		version,
		async (installed) =>
			await startNodeRed({
				node: version === 'node-red-5' ? node24() : process.execPath,
				folder: hostFolder(version),
				installed,
				...more,
			}),
	);
