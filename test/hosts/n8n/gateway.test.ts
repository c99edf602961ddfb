import { type FakeGateway, openFakeGateway } from '../../fixtures/fakeGateway';
import { leadNode } from './workflow';
import { apiKey, expectNoKey, organizationId, useWorld } from './world';

const world = useWorld();
let gateway: FakeGateway;
beforeEach(async () => {
	gateway = await openFakeGateway();
});
afterEach(async () => {
	await gateway.close();
});

const parameters = (options: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => ({
	leadInput: 'json',
	leadJson: '={{ $json }}',
	outputPerOutcome: true,
	options: { concurrency: 1, ...options },
});
const mona = { firstName: 'Mona', phone: '+201001234567' };

test('n8n asks a gateway until it knows, with the account and without a body', async () => {
	const credential = await world().addCredential({ baseUrl: gateway.baseUrl, gateway: true });
	gateway.keepFor(2);
	const execution = await world().run({ credential, items: [mona], parameters: parameters() });
	expect(execution.outputs(leadNode)[0]?.map(({ json }) => json._id)).toEqual(['created-gw-1']);
	expect(
		gateway.calls.map(({ method, url, headers, body }) => [
			method,
			url,
			headers['x-api-key'],
			headers.organizationid,
			headers.prefer,
			body === '',
		]),
	).toEqual([
		['POST', '/api/v2/leads', apiKey, organizationId, 'wait=24', false],
		['GET', '/api/v2/leads/gw-1', apiKey, organizationId, undefined, true],
		['GET', '/api/v2/leads/gw-1', apiKey, organizationId, undefined, true],
	]);
	expectNoKey(world(), execution);
});

test('an answer that is lost is asked for again, and two executions make one lead of the same', async () => {
	const credential = await world().addCredential({ baseUrl: gateway.baseUrl, gateway: true });
	const run = async (): Promise<readonly number[]> =>
		(await world().run({ credential, items: [mona], parameters: parameters({ duplicates: 'always' }) }))
			.outputs(leadNode)
			.map((items) => items.length);
	gateway.loseNext();
	// Each is a workflow of its own, so that n8n's record knows nothing of the other.
	expect(await run()).toEqual([1, 0, 0, 0, 0, 0, 0, 0]);
	expect(await run()).toEqual([0, 1, 0, 0, 0, 0, 0, 0]);
	expect([gateway.leads.length, gateway.calls.length]).toEqual([1, 3]);
});

test("the credential's test is answered by a gateway as by the API", async () => {
	const { stand, credential } = world();
	const data = { apiKey, organizationId, baseUrl: gateway.baseUrl, gateway: true };
	expect(
		await stand.rest('POST', '/credentials/test', { credentials: { ...credential, type: 'icloudReadyApi', data } }),
	).toMatchObject({ status: 'OK' });
	expect([gateway.calls.length, gateway.leads.length]).toEqual([1, 0]);
});
