import { type Sandbox, startSandbox } from '../../../packages/sandbox/src';
import guideLead from '../../fixtures/guideLead.json';
import { freePort } from '../freePort';
import { hostFolder, node24, nodeReds } from '../hosts';
import { type Answer, route, ways } from './flows';
import { type NodeRed, startNodeRed } from './host';
import { packed } from './installed';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const apiKey = 'sandbox-key';

const flow = (baseUrl: string, refusedUrl: string): readonly Record<string, unknown>[] => [
	{
		id: 'account',
		type: 'icloud-ready-account',
		baseUrl,
		organizationId: 'org-1',
		timeoutSeconds: 1,
		maxTries: 2,
		maxWaitSeconds: 1,
	},
	{ id: 'refused', type: 'icloud-ready-account', baseUrl: refusedUrl, organizationId: 'org-1', maxTries: 1 },
	...route('lead', { input: 'lead' }),
	...route('form', { input: 'form' }),
	...route('refused', { input: 'lead', account: 'refused' }),
	...route('pair', { input: 'lead', routing: 'pair' }, 2),
	...route('catch', { input: 'lead', routing: 'catch' }, 1),
	...route('unwired', { input: 'lead' }, 8, 1),
	...ways,
];

describe.each(nodeReds)('%s', (version) => {
	let sandbox: Sandbox;
	let nodeRed: NodeRed;
	let elsewhere: Server;
	let elsewhereHits = 0;

	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0 });
		elsewhere = createServer((_request, response) => {
			elsewhereHits++;
			response.end();
		});
		await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
		const node = version === 'node-red-5' ? node24() : process.execPath;
		nodeRed = await startNodeRed({ node, folder: hostFolder(version) });
		const types = await nodeRed.install(packed());
		expect(types).toEqual([
			'icloud-ready-account',
			'icloud-ready-create-lead',
			'icloud-ready-lead-form',
			'icloud-ready-alerts',
		]);
		await nodeRed.deploy(flow(sandbox.baseUrl, `http://127.0.0.1:${await freePort()}/api/v2`), {
			account: { apiKey },
			refused: { apiKey },
		});
	});
	afterAll(async () => {
		await nodeRed.stop();
		await sandbox.close();
		elsewhere.close();
	});
	beforeEach(() => sandbox.reset());

	const post = async (path: string, payload: unknown): Promise<Answer> => {
		const response = await fetch(`${nodeRed.url}/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(payload),
		});
		const text = await response.text();
		expect(text).not.toContain(apiKey);
		return JSON.parse(text) as Answer;
	};

	test("the guide's sample arrives letter for letter with the three headers, and leaves on Created", async () => {
		const answer = await post('lead', guideLead);
		const { customField: _dropped, ...sent } = guideLead;
		const [call] = sandbox.calls;
		expect(JSON.parse(call?.body ?? '')).toEqual(sent);
		expect(call?.headers).toMatchObject({
			'x-api-key': apiKey,
			organizationid: 'org-1',
			'content-type': 'application/json',
		});
		expect(answer).toMatchObject({
			left: 0,
			payload: { leadNumber: 1, leadInformation: guideLead.leadInformation },
			icloudReady: { outcome: 'created', attempts: 1 },
		});
	});

	test('an Arabic form becomes a lead', async () => {
		const answer = await post('form', { الاسم: 'منى السيد حسن', 'رقم الموبايل': '٠١٠٠١٢٣٤٥٦٧', المدينة: 'القاهرة' });
		expect(answer.icloudReady.lead).toEqual({
			leadInformation: {
				firstName: 'منى',
				lastName: 'السيد حسن',
				phone: '+201001234567',
				address: { city: 'القاهرة' },
			},
		});
	});

	test.each<[name: string, path: string, prepare: () => void, left: number, outcome: string]>([
		['400', 'lead', () => sandbox.failNext({ status: 400, body: { message: ['phone is bad'] } }), 2, 'invalid'],
		['401', 'lead', () => sandbox.failNext({ status: 401, body: `no such key ${apiKey}` }), 3, 'unauthorized'],
		['403', 'lead', () => sandbox.failNext({ status: 403 }), 4, 'forbidden'],
		['429', 'lead', () => sandbox.failNext({ status: 429, headers: { 'retry-after': '2' } }), 5, 'rateLimited'],
		['500', 'lead', () => sandbox.failNext({ status: 500 }), 6, 'unconfirmed'],
		['a dropped connection', 'lead', () => sandbox.failNext({ cut: 'after' }), 6, 'unconfirmed'],
		['a timeout', 'lead', () => sandbox.failNext({ status: 201, delayMs: 20_000 }), 6, 'unconfirmed'],
		['a refused port', 'refused', () => undefined, 7, 'failed'],
		[
			'a redirect to another origin',
			'lead',
			() =>
				sandbox.failNext({
					status: 307,
					headers: { location: `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/` },
				}),
			7,
			'failed',
		],
	])('%s ends on its own output, with words', async (_name, path, prepare, left, outcome) => {
		prepare();
		const answer = await post(path, guideLead);
		expect(answer).toMatchObject({ left, icloudReady: { outcome } });
		expect(answer.icloudReady.message).toMatch(/\w.*\.$/);
		expect(answer.icloudReady.hint).toMatch(/\w.*\.$/);
		expect(elsewhereHits).toBe(0);
	});

	test('429 with Retry-After within the budget is waited for, once', async () => {
		sandbox.failNext({ status: 429, headers: { 'retry-after': '1' } });
		expect(await post('lead', guideLead)).toMatchObject({ left: 0, icloudReady: { attempts: 2, waitedMs: 1000 } });
	});

	test.each<[name: string, path: string, left: number | 'catch']>([
		['everything else in one', 'pair', 1],
		['to Catch by choice', 'catch', 'catch'],
		['to Catch because its output is not wired', 'unwired', 'catch'],
	])('a failure goes %s', async (_name, path, left) => {
		sandbox.failNext({ status: 401 });
		const answer = await post(path, guideLead);
		expect(answer.left).toBe(left);
		if (left !== 'catch') return;
		expect(answer.error?.message).toMatch(/^iCloud-Ready did not accept the API key\./);
		expect(answer.error?.stack).toBeUndefined();
	});

	test.each<[name: string, lead: Record<string, unknown>, field: string]>([
		['no phone', { firstName: 'Mona' }, 'leadInformation.phone'],
		['a rating that is no number', { firstName: 'Mona', phone: '01001234567', leadRating: 'high' }, 'leadRating'],
		[
			'a list where text belongs',
			{ firstName: 'Mona', phone: '01001234567', company: ['Acme'] },
			'leadInformation.company',
		],
	])('%s never reaches the API', async (_name, lead, field) => {
		expect(await post('lead', lead)).toMatchObject({
			left: 2,
			icloudReady: { outcome: 'invalid', attempts: 0, issues: [{ field, message: expect.stringMatching(/\w/) }] },
		});
		expect(sandbox.calls).toHaveLength(0);
	});

	test('Test connection answers in words', async () => {
		const response = await fetch(`${nodeRed.url}/icloud-ready/account/test`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ id: 'account', baseUrl: sandbox.baseUrl, organizationId: 'org-1' }),
		});
		expect(await response.json()).toMatchObject({
			ok: true,
			message: 'iCloud-Ready answered as expected (400 to an empty lead).',
		});
	});

	test('the key is in no log, no exported flow and no answer of the admin API', async () => {
		const pages = await Promise.all(
			['flows', 'credentials/icloud-ready-account/account', 'nodes', 'settings'].map(
				async (path) => await (await fetch(`${nodeRed.url}/${path}`)).text(),
			),
		);
		expect(pages.join('\n')).toContain('has_apiKey');
		for (const text of [...pages, nodeRed.log()]) expect(text).not.toContain(apiKey);
	});

	test('help, labels and examples are served', async () => {
		const html = await (await fetch(`${nodeRed.url}/nodes`, { headers: { accept: 'text/html' } })).text();
		expect(html).toContain('registerType("icloud-ready-create-lead"');
		const examples = await (await fetch(`${nodeRed.url}/library/examples/flows/@icloud-ready/node-red-leads/`)).text();
		for (const name of ['website-form', 'lead-json', 'errors-by-outcome']) expect(examples).toContain(name);
	});
});
