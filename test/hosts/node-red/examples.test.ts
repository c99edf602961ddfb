import { type Sandbox, startSandbox } from '../../../packages/sandbox/src';
import { payloadFixtures } from '../../fixtures/payloads';
import { type NodeRed, startWithNodes } from './host';
import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Flow = readonly Readonly<Record<string, unknown>>[];

const examples = join(__dirname, '../../../packages/node-red/examples');
const example = (name: string): Flow => JSON.parse(readFileSync(join(examples, `${name}.json`), 'utf8')) as Flow;
const payload = (name: string): unknown => payloadFixtures.find((fixture) => fixture.name === name)?.payload;
const phoneOf = (name: string): string =>
	String(payloadFixtures.find((fixture) => fixture.name === name)?.expected?.phone);

const verifyToken = 'known-to-both';
const secret = 'secret-of-the-app';
let sandbox: Sandbox;
let nodeRed: NodeRed;

beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
	nodeRed = await startWithNodes('node-red-5');
});
afterAll(async () => {
	await nodeRed.stop();
	await sandbox.close();
});
beforeEach(() => sandbox.reset());

/** Deploys an example as imported, with the account filled in. */
const deploy = async (name: string): Promise<void> => {
	const flow = example(name).map((node) =>
		node.type === 'icloud-ready-account' ? { ...node, baseUrl: sandbox.baseUrl, organizationId: 'org-1' } : node,
	);
	await nodeRed.deploy(flow, { 'icr-account': { apiKey: 'sandbox-key' }, 'icr-wa-form': { secret, verifyToken } });
};

/** Sends a form as a browser does. */
const submit = async (path: string, fields: Readonly<Record<string, string>>): Promise<Response> =>
	await fetch(nodeRed.url + path, {
		method: 'POST',
		headers: { accept: 'text/html' },
		body: new URLSearchParams(fields),
	});

const press = async (id: string): Promise<void> => {
	const { ok } = await fetch(`${nodeRed.url}/inject/${id}`, { method: 'POST' });
	expect(ok).toBe(true);
};
const post = async (path: string, body: unknown): Promise<Response> =>
	await fetch(nodeRed.url + path, {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(JSON.stringify(body)).digest('hex')}`,
		},
		body: JSON.stringify(body),
	});

const phones = (): string[] => sandbox.leads.map((lead) => (lead.leadInformation as { phone: string }).phone).sort();
const until = async (isSo: () => boolean): Promise<void> => {
	for (let tries = 0; !isSo() && tries < 1200; tries++) await new Promise((resolve) => setTimeout(resolve, 50));
};
const expectLeads = async (expected: readonly string[]): Promise<void> => {
	await until(() => sandbox.leadCount >= expected.length);
	// One lead too many would come now.
	await new Promise((resolve) => setTimeout(resolve, 300));
	expect(phones()).toEqual(expected);
};

/** Presses buttons or posts payloads; the leads that must come of it. */
const runs: Readonly<Record<string, readonly [does: () => Promise<unknown>, leads: readonly string[]]>> = {
	'website-form': [() => submit('/lead-form', { firstName: 'Mona', phone: '010 0000 0001' }), ['+201000000001']],
	'lead-json': [
		async () => {
			await press('icr-json-full');
			await press('icr-json-list');
		},
		['+201001234567', '+201001234567', '+201112223334'],
	],
	'errors-by-outcome': [
		async () => {
			await press('icr-outcome-bad');
			await press('icr-outcome-good');
		},
		['+201001234567'],
	],
	'ad-platforms': [
		async () => {
			for (const name of ['google-ads-lead-form', 'tiktok-lead-generation', 'typeform-webhook'])
				expect((await post('/ad-leads', payload(name))).status).toBe(200);
			await press('icr-ad-sample');
		},
		[
			'+201001234567',
			...['google-ads-lead-form', 'tiktok-lead-generation', 'typeform-webhook'].map((name) => phoneOf(name)),
		].sort(),
	],
	'spreadsheet-rows': [() => press('icr-rows-file'), ['+201001234567', '+201112223334', '+201233344455']],
	'whatsapp-messages': [
		async () => {
			await post('/whatsapp', payload('whatsapp-cloud-message'));
			await post('/whatsapp', payload('whatsapp-cloud-message'));
			await press('icr-wa-sample');
		},
		['+201000000018', '+201001234567'],
	],
	alerts: [() => press('icr-alerts-sample'), []],
	'same-lead-once': [
		async () => {
			await press('icr-once-mona');
			await press('icr-once-again');
			await press('icr-once-mona');
		},
		['+201001234567'],
	],
};

test.each(Object.entries(runs))('%s creates its leads', async (name, [does, leads]) => {
	await deploy(name);
	await does();
	await expectLeads(leads);
});

test.each([
	[verifyToken, 200, '4711'],
	['guessed', 403, expect.stringContaining('verify token') as unknown],
])("whatsapp-messages answers Meta's question with the token %s by %d", async (token, status, text) => {
	await deploy('whatsapp-messages');
	const response = await fetch(
		`${nodeRed.url}/whatsapp?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=4711`,
	);
	expect([response.status, await response.text()]).toEqual([status, text]);
});

test('every example of the folder is run here', () => {
	expect(
		readdirSync(examples)
			.map((file) => file.replace('.json', ''))
			.sort(),
	).toEqual(Object.keys(runs).sort());
});

/** Calls that are answered when the lead has ended: with its outcome's status, once. In an organization of their own, or they would be duplicates of those above. */
const refused: readonly (readonly [name: string, path: string, body: unknown, status: number])[] = [
	['ad-platforms', '/ad-leads', { name: 'Mona', phone: '12' }, 200],
	['ad-platforms', '/ad-leads', payload('google-ads-lead-form'), 503],
	['ad-platforms', '/ad-leads', [payload('google-ads-lead-form'), payload('typeform-webhook')], 503],
	['whatsapp-messages', '/whatsapp', payload('whatsapp-cloud-message'), 503],
	['website-form', '/lead-form', { firstName: 'Mona', phone: '12' }, 400],
	['website-form', '/lead-form', { firstName: 'Mona', phone: '010 0000 0001' }, 503],
];
test.each(refused)('%s: %s with a refused key answers the truth: %j', async (name, path, body, status) => {
	const flow = example(name).map((node) =>
		node.type === 'icloud-ready-account'
			? { ...node, baseUrl: sandbox.baseUrl, organizationId: 'org-2' }
			: // At an address of its own, or it would be a repeat of what was answered above.
				node.type === 'icloud-ready-lead-form'
				? { ...node, path: `refused/${String(node.path)}` }
				: node,
	);
	await nodeRed.deploy(flow, { 'icr-account': { apiKey: 'expired-key' }, 'icr-wa-form': { secret, verifyToken } });
	const answer =
		path === '/lead-form' ? submit(`/refused${path}`, body as Record<string, string>) : post(`/refused${path}`, body);
	expect((await answer).status).toBe(status);
	expect(phones()).toEqual([]);
});
