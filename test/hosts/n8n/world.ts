import { type Sandbox, startSandbox } from '../../../packages/sandbox/src';
import { type Execution, sharedStand, type Stand } from './stand';
import { type Credential, leadWorkflow, type Setup } from './workflow';

export const organizationId = '686f894eaf67193dd6e124ce';
export const apiKey = 'sandbox-key';

/** A real n8n and the stand-in of the API, for all tests of a file. */
export interface World {
	readonly stand: Stand;
	readonly sandbox: Sandbox;
	/** The credential that works. */
	readonly credential: Credential;
	readonly addCredential: (data: Readonly<Record<string, string | boolean>>) => Promise<Credential>;
	/** Runs Start -> Create Lead -> sinks with the credential that works. */
	readonly run: (setup: Omit<Setup, 'credential'> & { readonly credential?: Credential }) => Promise<Execution>;
}

/** Opens a world before the tests of a file and closes it after them. */
export const useWorld = (): (() => World) => {
	let world: World | undefined;
	let closing: (() => Promise<void>)[] = [];
	beforeAll(async () => {
		const sandbox = await startSandbox({ port: 0 });
		closing = [() => sandbox.close()];
		const stand = await sharedStand();
		const addCredential: World['addCredential'] = (data) =>
			stand.rest('POST', '/credentials', {
				name: 'iCloud-Ready account',
				type: 'icloudReadyApi',
				data: { apiKey, organizationId, baseUrl: sandbox.baseUrl, ...data },
			});
		const credential = await addCredential({});
		world = {
			stand,
			sandbox,
			credential,
			addCredential,
			run: (setup) => stand.run(leadWorkflow({ credential, ...setup })),
		};
	});
	beforeEach(() => world?.sandbox.reset());
	afterAll(async () => {
		for (const close of closing) await close();
	});
	return () => {
		if (world === undefined) throw new Error('The world is not open yet.');
		return world;
	};
};

/** Nothing that n8n kept or wrote may hold the key. */
export const expectNoKey = ({ stand }: World, execution: Execution): void => {
	expect(execution.text).not.toContain(apiKey);
	expect(stand.log()).not.toContain(apiKey);
};
