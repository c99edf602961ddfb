import { nodeReds } from '../hosts';
import { type Sandbox, startSandbox } from '../../../packages/sandbox/src';
import { payloadFixtures } from '../../fixtures/payloads';
import { expectLeadSent } from '../expectLeadSent';
import { type Answer, route, ways } from './flows';
import { type NodeRed, startWithNodes } from './host';

describe.each(nodeReds)('%s', (version) => {
	let sandbox: Sandbox;
	let nodeRed: NodeRed;

	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0 });
		nodeRed = await startWithNodes(version);
		const account = { id: 'account', type: 'icloud-ready-account', organizationId: 'org-1', baseUrl: sandbox.baseUrl };
		const routes = payloadFixtures.flatMap(({ name, defaultCountry }) =>
			route(name, { input: 'form', defaultCountry }),
		);
		await nodeRed.deploy([...ways, account, ...routes], { account: { apiKey: 'sandbox-key' } });
	});
	beforeEach(() => sandbox.reset());
	afterAll(async () => {
		await nodeRed.stop();
		await sandbox.close();
	});

	test.each(payloadFixtures.map((fixture) => [fixture.name, fixture] as const))('%s', async (name, fixture) => {
		const response = await fetch(`${nodeRed.url}/${name}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(fixture.payload),
		});
		const { icloudReady } = (await response.json()) as Answer;
		expectLeadSent(fixture, sandbox, String(icloudReady.outcome));
	});
});
