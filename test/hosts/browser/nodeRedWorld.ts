import { type Sandbox, startSandbox } from '../../../packages/sandbox/src';
import { hostFolder, type NodeRedVersion, nodeReds } from '../hosts';
import { type NodeRed, startWithNodes } from '../node-red/host';

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
	beforeAll(async () => {
		open = { nodeRed: await startWithNodes(version), sandbox: await startSandbox({ port: 0 }) };
	});
	beforeEach(async () => {
		open?.sandbox.reset();
		await open?.nodeRed.deploy([{ id: 'tab', type: 'tab', label: 'Leads' }]);
	});
	afterAll(async () => {
		await open?.nodeRed.stop();
		await open?.sandbox.close();
	});
	const opened = (): NonNullable<typeof open> => {
		if (open === undefined) throw new Error('Node-RED is not open yet.');
		return open;
	};
	return { nodeRed: () => opened().nodeRed, sandbox: () => opened().sandbox, url: () => opened().nodeRed.url };
};
