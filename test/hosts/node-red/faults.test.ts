import { nodeReds } from '../hosts';
import { outcomeKinds } from '../../../packages/core/src';
import { type Sandbox, startSandbox } from '../../../packages/sandbox/src';
import { type FaultRow, faultPolicy, faults } from '../../fixtures/faults';
import { type FaultyAddresses, openFaultyAddresses } from '../faultyAddresses';
import { type Answer, route, ways } from './flows';
import { type NodeRed, startWithNodes } from './host';

const apiKey = 'sandbox-key';

/** A new account for each row, since a refused key pauses its account. */
const pathOf = (row: FaultRow): string => `row${faults.indexOf(row)}`;

describe.each(nodeReds)('%s', (version) => {
	let sandbox: Sandbox;
	let addresses: FaultyAddresses;
	let nodeRed: NodeRed;

	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0 });
		addresses = await openFaultyAddresses();
		nodeRed = await startWithNodes(version);
		const accounts = faults.map((row) => ({
			id: `account-${pathOf(row)}`,
			type: 'icloud-ready-account',
			organizationId: 'org-1',
			...faultPolicy,
			baseUrl:
				typeof row.server === 'string' && row.server !== 'connectTimeout'
					? addresses.baseUrls[row.server]
					: sandbox.baseUrl,
		}));
		const routes = faults.flatMap((row) => route(pathOf(row), { input: 'lead', account: `account-${pathOf(row)}` }));
		await nodeRed.deploy(
			[...ways, ...accounts, ...routes],
			Object.fromEntries(accounts.map(({ id }) => [id, { apiKey }])),
		);
	});
	afterAll(async () => {
		await nodeRed.stop();
		await sandbox.close();
		await addresses.close();
	});

	test.each(faults)('$name ends as $outcome after $sendings sendings', async (row) => {
		sandbox.reset();
		if (typeof row.server !== 'string') sandbox.failNext(row.server);
		const response = await fetch(`${nodeRed.url}/${pathOf(row)}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ firstName: 'Mona', phone: '+201001234567' }),
		});
		const text = await response.text();
		const { left, icloudReady } = JSON.parse(text) as Answer;
		expect([outcomeKinds[left as number]?.kind, icloudReady.outcome, icloudReady.attempts]).toEqual([
			row.outcome,
			row.outcome,
			row.sendings,
		]);
		if (typeof row.server !== 'string') expect(sandbox.calls).toHaveLength(row.sendings);
		expect(icloudReady.waitedMs).toBeGreaterThanOrEqual(row.waitMs[0]);
		expect(icloudReady.waitedMs).toBeLessThanOrEqual(row.waitMs[1]);
		expect(text).not.toContain(apiKey);
	});
});
