import { type Sandbox, startSandbox } from '../../../packages/sandbox/src';
import { hostFolder, node24, type NodeRedVersion, nodeReds } from '../hosts';
import { type NodeRed, pack, startNodeRed } from '../node-red/host';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Installed while the file is loaded, since a test has less time than that may take.
for (const version of nodeReds) hostFolder(version);

export interface NodeRedWorld {
	readonly nodeRed: () => NodeRed;
	readonly sandbox: () => Sandbox;
	readonly url: () => string;
}

/** A real Node-RED with the packed package and the stand-in of the API; empty before each test. */
export const useNodeRed = (version: NodeRedVersion): NodeRedWorld => {
	let open: { readonly nodeRed: NodeRed; readonly sandbox: Sandbox } | undefined;
	const folder = mkdtempSync(join(tmpdir(), 'icloud-ready-pack-'));
	beforeAll(async () => {
		const nodeRed = await startNodeRed({
			node: version === 'node-red-5' ? node24() : process.execPath,
			folder: hostFolder(version),
		});
		open = { nodeRed, sandbox: await startSandbox({ port: 0 }) };
		await nodeRed.install(pack('@icloud-ready/node-red-leads', folder));
	});
	beforeEach(async () => {
		open?.sandbox.reset();
		await open?.nodeRed.deploy([{ id: 'tab', type: 'tab', label: 'Leads' }]);
	});
	afterAll(async () => {
		await open?.nodeRed.stop();
		await open?.sandbox.close();
		rmSync(folder, { recursive: true, force: true });
	});
	const opened = (): NonNullable<typeof open> => {
		if (open === undefined) throw new Error('Node-RED is not open yet.');
		return open;
	};
	return { nodeRed: () => opened().nodeRed, sandbox: () => opened().sandbox, url: () => opened().nodeRed.url };
};
