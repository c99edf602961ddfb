import { type FakeGateway, openFakeGateway } from '../fixtures/fakeGateway';
import {
	apiKey,
	type Ending,
	helper,
	type RunningFlow,
	startFlow,
	stopFlow,
	until,
	useOwnUserFolder,
	useSandbox,
	useUserFolder,
} from './flow';
import { join } from 'node:path';

const sandbox = useSandbox();
const folder = useOwnUserFolder();
let gateway: FakeGateway;
beforeEach(async () => {
	gateway = await openFakeGateway();
});
afterEach(async () => {
	await gateway.close();
});

const mona = { name: 'Mona Hassan', phone: '010 0123 4567' };
const account = { gateway: true, maxWaitSeconds: 5 };
const flowWith = async (options: Parameters<typeof startFlow>[1] = {}): Promise<RunningFlow> =>
	await startFlow(gateway.baseUrl, { ...options, account: { ...account, ...options.account } });
const outcomes = (endings: readonly Ending[]): readonly unknown[] =>
	endings.map(({ output, msg }) => [output, msg.icloudReady.outcome]);
const keys = (): readonly unknown[] =>
	gateway.calls.filter(({ method }) => method === 'POST').map(({ headers }) => headers['idempotency-key']);

test('a lead that the gateway keeps for a second is created', async () => {
	gateway.keepFor(1);
	const flow = await flowWith();
	flow.send({ payload: mona });
	const [ending] = await flow.endings(1);
	expect([ending?.output, ending?.msg.payload]).toEqual([0, { _id: 'created-gw-1', leadNumber: 1 }]);
	expect(
		gateway.calls.map(({ method, url, headers, body }) => [
			method,
			url,
			headers['x-api-key'],
			headers.organizationid,
			body === '',
		]),
	).toEqual([
		['POST', '/api/v2/leads', apiKey, 'org-1', false],
		['GET', '/api/v2/leads/gw-1', apiKey, 'org-1', true],
	]);
});

test('one that it keeps for longer is unconfirmed, and the words say where it is', async () => {
	gateway.keepFor(9);
	const flow = await flowWith({ account: { maxWaitSeconds: 0 } });
	flow.send({ payload: mona, language: 'ar' });
	const [ending] = await flow.endings(1);
	expect([ending?.output, ending?.msg.icloudReady.outcome]).toEqual([6, 'unconfirmed']);
	expect(ending?.msg.icloudReady.message).toMatch(/محفوظة في البوابة \(المعرّف .*gw-1/);
});

test('an answer that was lost is asked for again, and one lead comes of it', async () => {
	gateway.loseNext();
	const flow = await flowWith();
	flow.send({ payload: mona });
	const [ending] = await flow.endings(1);
	expect(ending?.msg.icloudReady).toMatchObject({
		outcome: 'created',
		attempts: 2,
		warnings: [],
		notes: [expect.stringContaining('Phone made international')],
	});
	expect([gateway.leads.length, new Set(keys()).size]).toEqual([1, 1]);
});

test('two machines that always skip a lead make one of it, and the second one says where it is', async () => {
	const told: unknown[] = [];
	for (const machine of ['one', 'two']) {
		// Each has a record of its own.
		useUserFolder(join(folder(), machine));
		const flow = await flowWith({ node: { duplicates: 'always', input: 'lead' } });
		flow.send({ payload: { firstName: `Mona on ${machine}`, phone: '+201001234567' } });
		const [ending] = await flow.endings(1);
		told.push([ending?.output, ending?.msg.icloudReady.leadId, ending?.msg.icloudReady.hint]);
		await stopFlow();
	}
	expect(told).toEqual([
		[0, 'created-gw-1', ''],
		[1, 'created-gw-1', 'The gateway already had it (ID gw-1) and did not create a second one.'],
	]);
	expect(gateway.leads).toHaveLength(1);
});

test('two leads that are alike are two, where duplicates are allowed', async () => {
	const flow = await flowWith();
	flow.send({ payload: [mona, mona] });
	expect(outcomes(await flow.endings(2))).toEqual([
		[0, 'created'],
		[0, 'created'],
	]);
	expect([gateway.leads.length, new Set(keys()).size]).toEqual([2, 2]);
});

test('without the box, nothing is said of keys and a 202 is no answer', async () => {
	gateway.keepFor(1);
	const flow = await flowWith({ account: { gateway: false } });
	flow.send({ payload: mona });
	expect(outcomes(await flow.endings(1))).toEqual([[6, 'unconfirmed']]);
	expect(keys()).toEqual([undefined]);
});

test('the sandbox, which is the API, sees no key of a sending', async () => {
	const flow = await startFlow(sandbox().baseUrl);
	flow.send({ payload: mona });
	await flow.endings(1);
	expect(sandbox().calls.map(({ headers }) => headers['idempotency-key'])).toEqual([undefined]);
});

test('the test of the connection is answered by a gateway as by the API', async () => {
	await flowWith();
	const { body } = await helper
		.request()
		.post('/icloud-ready/account/test')
		.send({ id: 'account', baseUrl: gateway.baseUrl, organizationId: 'org-1', gateway: true });
	expect([body.ok, gateway.leads.length]).toEqual([true, 0]);
});

test('a lead of the outbox that the gateway keeps while Node-RED restarts ends once, as created', async () => {
	gateway.keepFor(2);
	const flow = await flowWith({ account: { outbox: 'disk', maxWaitSeconds: 60 } });
	flow.send({ payload: mona });
	await until(() => gateway.calls.length > 0);
	await stopFlow();
	const later = await flowWith({ account: { outbox: 'disk' } });
	const [ending] = await later.endings(1);
	expect(ending?.msg.icloudReady).toMatchObject({ outcome: 'created', restored: true });
	expect([gateway.leads.length, new Set(keys()).size]).toEqual([1, 1]);
});
