import accountNode from '../../packages/node-red/src/runtime/account/account';
import createLeadNode from '../../packages/node-red/src/runtime/create-lead/createLead';
import { type Sandbox, startSandbox } from '../../packages/sandbox/src';
import helper from 'node-red-node-test-helper';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const settings: Record<string, unknown> = { functionGlobalContext: {}, telemetry: { enabled: false } };
helper.init(require.resolve('node-red'), settings);

/** Where nodes of the next flow keep what survives a restart. */
export const useUserFolder = (userDir: string): void => {
	helper.settings({ ...settings, userDir });
};

export const apiKey = 'sandbox-key';

/** Everything a message can end as: on an output, or told to Catch. */
export interface Ending {
	readonly output: number | 'catch';
	readonly msg: Record<string, unknown> & { readonly payload: unknown; readonly icloudReady: Record<string, unknown> };
}

export interface RunningFlow {
	readonly send: (msg: Record<string, unknown>) => void;
	/** Resolves when `count` messages have ended since the flow began. */
	readonly endings: (count: number) => Promise<readonly Ending[]>;
	/** Every text that reached the log as a warning or an error. */
	readonly logged: () => readonly string[];
	readonly statuses: () => readonly Record<string, unknown>[];
}

interface FlowOptions {
	readonly account?: Readonly<Record<string, unknown>>;
	readonly node?: Readonly<Record<string, unknown>>;
	readonly key?: string | null;
	/** Outputs that are wired; all of them if left out. */
	readonly wired?: readonly number[];
	readonly extra?: readonly Record<string, unknown>[];
	/** A Catch node listens too, unless false. */
	readonly catching?: boolean;
}

/** A flow of an account, one create-lead node, a listener behind each wired output and a Catch node. */
export const startFlow = async (baseUrl: string, options: FlowOptions = {}): Promise<RunningFlow> => {
	const {
		account = {},
		node = {},
		key = apiKey,
		wired = [0, 1, 2, 3, 4, 5, 6, 7],
		extra = [],
		catching = true,
	} = options;
	const outputs = { split: 8, pair: 2, catch: 1 }[String(node.routing ?? 'split')] ?? 8;
	const wires = Array.from({ length: outputs }, (_, index) => (wired.includes(index) ? [`out-${index}`] : []));
	const flow = [
		{ id: 'tab', type: 'tab', label: 'test' },
		{ id: 'account', type: 'icloud-ready-account', baseUrl, organizationId: 'org-1', ...account },
		{ id: 'lead', z: 'tab', x: 1, y: 1, type: 'icloud-ready-create-lead', account: 'account', wires, ...node },
		...wires.flatMap((ids) => ids.map((id) => ({ id, z: 'tab', x: 1, y: 1, type: 'helper', wires: [] }))),
		...(catching
			? [
					{ id: 'catch', z: 'tab', x: 1, y: 1, type: 'catch', scope: ['lead'], wires: [['caught']] },
					{ id: 'caught', z: 'tab', x: 1, y: 1, type: 'helper', wires: [] },
				]
			: []),
		...extra,
	];
	const core = async (file: string): Promise<unknown> =>
		(
			(await import(
				require.resolve(`@node-red/nodes/core/common/${file}`, { paths: [require.resolve('node-red')] })
			)) as { default: unknown }
		).default;
	await helper.load(
		[accountNode, createLeadNode, await core('24-complete.js'), await core('25-catch.js')] as never,
		flow,
		key === null ? {} : { account: { apiKey: key } },
	);

	const log = helper.log();
	const ended: Ending[] = [];
	let told = (): void => undefined;
	const listen = (id: string, output: Ending['output']): void => {
		const node = wires.flat().includes(id) || catching ? helper.getNode(id) : undefined;
		node?.on('input', (msg) => {
			ended.push({ output, msg: msg as Ending['msg'] });
			told();
		});
	};
	wires.forEach((ids, index) => ids.forEach((id) => listen(id, index)));
	listen('caught', 'catch');

	return {
		send: (msg) => helper.getNode('lead').receive(msg),
		endings: async (count) => {
			while (ended.length < count)
				await new Promise<void>((resolve) => {
					told = resolve;
				});
			return ended;
		},
		logged: () => log.args.flatMap(([event]) => (event !== undefined && event.level <= 30 ? [String(event.msg)] : [])),
		statuses: () => helper.getNode('lead').status.args.flat(),
	};
};

export const stopFlow = async (): Promise<void> => {
	await helper.unload();
};

/** The helper's server for all tests of a file. */
export const useServer = (): void => {
	beforeAll(async () => {
		await new Promise<void>((resolve) => helper.startServer(() => resolve()));
	});
	afterAll(async () => {
		await new Promise<void>((resolve) => helper.stopServer(() => resolve()));
	});
};

/** So many turns of the event loop end most of what is waited for; what takes longer waits for an answer or a time. */
const quickTurns = 50;

/** Resolves as soon as it is so: asks at each turn of the event loop, then every few ms, so that waiting takes no processor. */
export const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
	for (let turns = 0; !(await isSo()); turns++)
		await new Promise<void>((resolve) => {
			if (turns < quickTurns) setImmediate(resolve);
			else setTimeout(resolve, 3);
		});
};

/** A sandbox and the helper's server for all tests of a file; each begins with an empty sandbox and no flow. */
export const useSandbox = (): (() => Sandbox) => {
	let sandbox: Sandbox | undefined;
	const opened = (): Sandbox => {
		if (sandbox === undefined) throw new Error('The sandbox is not open yet.');
		return sandbox;
	};
	useServer();
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0 });
	});
	afterAll(async () => {
		await sandbox?.close();
	});
	beforeEach(() => opened().reset());
	afterEach(stopFlow);
	return opened;
};

/** A user folder of its own for each test, which is gone once the test's flow has ended. */
export const useOwnUserFolder = (): (() => string) => {
	let folder = '';
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'icloud-ready-user-'));
		useUserFolder(folder);
	});
	afterEach(async () => {
		await stopFlow();
		rmSync(folder, { recursive: true, force: true });
	});
	return () => folder;
};

export { helper };
