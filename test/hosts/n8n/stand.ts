import { hostFolder } from '../hosts';
import { processorMsOf } from '../processorMsOf';
import { parseFlatted } from './flatted';
import type { RunnableWorkflow } from './workflow';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

export interface Item {
	readonly json: Readonly<Record<string, unknown>>;
	readonly pairedItem?: unknown;
}

interface NodeError {
	readonly message: string;
	readonly description?: string | null;
	readonly httpCode?: string | null;
}

interface NodeRun {
	readonly data?: Readonly<Record<string, readonly (readonly Item[] | null)[]>>;
	readonly error?: NodeError;
	readonly hints?: readonly { readonly message: string }[];
}

/** One finished execution; `text` is all that n8n stored of it. */
export interface Execution {
	readonly id: string;
	readonly status: string;
	readonly text: string;
	readonly error?: NodeError;
	readonly runs: Readonly<Record<string, readonly NodeRun[]>>;
	/** The items of each output of the last run of a node. */
	readonly outputs: (node: string, type?: string) => readonly (readonly Item[])[];
}

export interface Stand {
	readonly url: string;
	/** Where n8n keeps its database, its settings and its log. */
	readonly folder: string;
	readonly rest: <Data>(method: string, path: string, body?: unknown) => Promise<Data>;
	/** A page or file that n8n serves to the owner. */
	readonly served: (path: string) => Promise<Response>;
	/** Processor time that n8n has taken since it was started; Linux. */
	readonly processorMs: () => number;
	/** All that n8n wrote into its log so far. */
	readonly log: () => string;
	/** Starts a workflow by hand, as the editor does, and returns the execution's id. */
	readonly start: (workflow: RunnableWorkflow) => Promise<string>;
	readonly finished: (executionId: string) => Promise<Execution>;
	readonly run: (workflow: RunnableWorkflow) => Promise<Execution>;
	readonly close: () => Promise<void>;
}

declare const sharedByFiles: Map<string, unknown>;

// Installed while the file is loaded, since a test has less time than that may take.
hostFolder(process.env.ICLOUD_READY_N8N ?? 'n8n');

const root = resolve(__dirname, '../../..');
const unfinished = new Set(['new', 'running', 'waiting', 'unknown']);
const longestRunMs = 120_000;
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

interface Started {
	readonly url: string;
	readonly logFile: string;
	readonly pid: number;
	readonly cookie: string;
}

/** A script of the hosts that says a line of JSON when its n8n is up, and may answer lines of ours. */
type Script = ChildProcessByStdio<Writable, Readable, null>;

/** The next line that it says. */
const nextLine = async (script: Script): Promise<string> =>
	await new Promise<string>((done, fail) => {
		const lines = createInterface(script.stdout);
		const onClose = (): void => fail(new Error('n8n did not start; the lines above say why.'));
		script.once('close', onClose);
		lines.once('line', (line) => {
			script.off('close', onClose);
			lines.close();
			done(line);
		});
	});

const launch = async <More>(
	name: string,
	folder: string,
	args: readonly string[],
): Promise<Started & More & { readonly script: Script; readonly stop: () => Promise<void> }> => {
	const script = spawn(process.execPath, [join(root, 'scripts/hosts', name), folder, ...args], {
		cwd: root,
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	const ended = new Promise<void>((done) => script.once('close', () => done()));
	const line = await nextLine(script);
	const stop = async (): Promise<void> => {
		script.stdin.end();
		await ended;
	};
	return { ...(JSON.parse(line) as Started & More), script, stop };
};

interface Stored {
	readonly id: string;
	readonly status: string;
	readonly data: string;
}

const readExecution = ({ id, status, data }: Stored): Execution => {
	const { resultData } = parseFlatted(data) as { resultData: { runData?: Execution['runs']; error?: NodeError } };
	const runs = resultData.runData ?? {};
	const outputs: Execution['outputs'] = (node, type = 'main') =>
		(runs[node]?.at(-1)?.data?.[type] ?? []).map((items) => items ?? []);
	return {
		id,
		status,
		text: data,
		runs,
		outputs,
		...(resultData.error === undefined ? {} : { error: resultData.error }),
	};
};

interface Running extends Started {
	readonly folder: string;
	readonly script: Script;
	readonly stop: () => Promise<void>;
}

const open = async <More extends object>(script: string, args: readonly string[]): Promise<Running & More> => {
	const folder = mkdtempSync(join(tmpdir(), 'icloud-ready-n8n-'));
	return { ...(await launch<More>(script, folder, args)), folder };
};

/**
 * Each call has a connection of its own: n8n ends one after five seconds without a call, and between two files of a busy
 * machine the next call would meet its end.
 */
const alone = { connection: 'close' };

/**
 * n8n answers 503 to all for as long as its database has not answered a ping in time, as on busy cores; and a workflow that is
 * being unpublished is not deleted yet.
 */
const isNotYet = (method: string, status: number, text: string): boolean =>
	(status === 503 && method === 'GET') || (status === 409 && text.includes('try again'));

const standOf = ({ url, folder, logFile, pid, cookie }: Running, close: () => Promise<void>): Stand => {
	const call = async (method: string, path: string, body?: unknown): Promise<Response> =>
		await fetch(`${url}/rest${path}`, {
			method,
			headers: { ...alone, 'content-type': 'application/json', cookie },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
	const rest = async <Data>(method: string, path: string, body?: unknown): Promise<Data> => {
		let answer = await call(method, path, body);
		let text = await answer.text();
		for (let tries = 1; isNotYet(method, answer.status, text) && tries < 60; tries++) {
			await pause(1000);
			answer = await call(method, path, body);
			text = await answer.text();
		}
		if (!answer.ok) throw new Error(`n8n answered ${answer.status} to ${method} ${path}: ${text.slice(0, 1000)}`);
		return (JSON.parse(text) as { data: Data }).data;
	};

	const start: Stand['start'] = async ({ run, ...workflow }) => {
		const { id } = await rest<{ id: string }>('POST', '/workflows', workflow);
		const { executionId } = await rest<{ executionId: string }>('POST', `/workflows/${id}/run`, run);
		return executionId;
	};

	const finished: Stand['finished'] = async (executionId) => {
		// Longer than any test waits, so that a run that hangs is told as such.
		for (const giveUpAtMs = Date.now() + longestRunMs; Date.now() < giveUpAtMs; ) {
			const stored = await rest<Stored>('GET', `/executions/${executionId}`);
			if (!unfinished.has(stored.status)) return readExecution(stored);
			await pause(50);
		}
		throw new Error(`Execution ${executionId} did not end.`);
	};

	return {
		url,
		folder,
		rest,
		served: (path) => fetch(url + path, { headers: { ...alone, cookie } }),
		processorMs: () => processorMsOf(pid),
		log: () => readFileSync(logFile, 'utf8'),
		start,
		finished,
		run: async (workflow) => finished(await start(workflow)),
		close,
	};
};

type Told<More> = Stand & {
	readonly told: More;
	/** Asks the script that runs n8n, which answers with a line of JSON. */
	readonly ask: <Answer>(line: string) => Promise<Answer>;
};

const closable = <More extends object>(running: Running & More): Told<More> => ({
	...standOf(running, async () => {
		await running.stop();
		rmSync(running.folder, { recursive: true, force: true });
	}),
	told: running,
	ask: async <Answer>(line: string) => {
		const answer = nextLine(running.script);
		running.script.stdin.write(`${line}\n`);
		return JSON.parse(await answer) as Answer;
	},
});

/** A real n8n with the packed package in it and an owner signed in, for one file alone; `env` adds to its environment. Close it, or the test run does not end. */
export const openStand = async (env: Readonly<Record<string, string>>): Promise<Stand> =>
	closable(await open('n8nStand.mjs', [JSON.stringify(env)]));

/**
 * The n8n that a script starts, and what else that one tells, for all files that this process runs: a start takes longer
 * than most of them. What earlier files left in it, such as workflows and lines of the log, stays. It ends with the
 * process, unless it is closed before.
 */
export const sharedStandOf = async <More extends object>(
	script: string,
	...args: readonly string[]
): Promise<Told<More>> => {
	const name = [script, ...args].join(' ');
	// What it is, not what it does: functions of a file end with it.
	const opening = (sharedByFiles.get(name) ?? open<More>(script, args)) as Promise<Running & More>;
	sharedByFiles.set(name, opening);
	return closable(await opening);
};

/** The same as `openStand` with nothing added, shared. */
export const sharedStand = async (): Promise<Stand> => await sharedStandOf('n8nStand.mjs', '{}');
