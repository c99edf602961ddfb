import { outcomeKinds } from '../../../packages/core/src';
import { startSandbox } from '../../../packages/sandbox/src';
import { faultPolicy, faults } from '../../fixtures/faults';
import { type FaultyAddresses, openFaultyAddresses } from '../faultyAddresses';
import { leadNode } from './workflow';
import { apiKey, expectNoKey, useWorld } from './world';

const world = useWorld();
let addresses: FaultyAddresses;
beforeAll(async () => {
	addresses = await openFaultyAddresses();
});
afterAll(async () => {
	await addresses.close();
});

test.each(faults)('$name ends as $outcome after $sendings sendings', async ({ server, outcome, sendings, waitMs }) => {
	const { addCredential, run } = world();
	// n8n keeps what it learned of an account; with an API of its own no row waits for another one's limit.
	const sandbox = await startSandbox({ port: 0 });
	const special = typeof server === 'string' && server !== 'connectTimeout' ? addresses.baseUrls[server] : undefined;
	if (typeof server !== 'string') sandbox.failNext(server);
	const execution = await run({
		credential: await addCredential({ baseUrl: special ?? sandbox.baseUrl }),
		items: [{}],
		parameters: { firstName: 'Mona', phone: '+201001234567', outputPerOutcome: true, options: faultPolicy },
	});
	const outputs = execution.outputs(leadNode);
	const index = outcomeKinds.findIndex(({ kind }) => kind === outcome);
	expect(outputs.map((items) => items.length)).toEqual(outcomeKinds.map((_, at) => (at === index ? 1 : 0)));
	if (special === undefined) expect(sandbox.calls).toHaveLength(sendings);
	if (outcome !== 'created') {
		const { attempts, waitedMs } = outputs[index]?.[0]?.json as { attempts: number; waitedMs: number };
		expect(attempts).toBe(sendings);
		expect(waitedMs).toBeGreaterThanOrEqual(waitMs[0]);
		expect(waitedMs).toBeLessThanOrEqual(waitMs[1]);
	}
	await sandbox.close();
	expectNoKey(world(), execution);
	expect(execution.text).not.toContain(apiKey);
});
