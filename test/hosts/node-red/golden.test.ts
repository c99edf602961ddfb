import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../../../packages/sandbox/src';
import { hostFolder, node24 } from '../hosts';
import { type NodeRed, pack, startNodeRed } from './host';

const saved = readFileSync(join(__dirname, '../../golden/node-red-0.1.0.json'), 'utf8');

describe.each(['node-red-4', 'node-red-5'] as const)('flows of 0.1.0 on %s', (version) => {
	let sandbox: Sandbox;
	let nodeRed: NodeRed;
	const folder = mkdtempSync(join(tmpdir(), 'icloud-ready-pack-'));

	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0 });
		nodeRed = await startNodeRed({ node: version === 'node-red-5' ? node24() : process.execPath, folder: hostFolder(version) });
		await nodeRed.install(pack('@icloud-ready/node-red-leads', folder));
		await nodeRed.deploy(JSON.parse(saved.replaceAll('BASE_URL', sandbox.baseUrl)) as Record<string, unknown>[], { 'golden-account': { apiKey: 'sandbox-key' } });
	});
	afterAll(async () => {
		await nodeRed.stop();
		await sandbox.close();
		rmSync(folder, { recursive: true, force: true });
	});

	test.each<[path: string, payload: object, expected: object]>([
		['form', { name: 'Mona Ali', phone: '01001234567', firm: 'Acme' }, { icloudReady: { outcome: 'created', lead: { campaignName: 'Golden', leadInformation: { firstName: 'Mona', phone: '+201001234567', company: 'Acme' } } } }],
		['form', { name: 'Mona Ali', phone: '01001234567' }, { icloudReady: { outcome: 'duplicate' } }],
		['fields', { n: 'Nora', p: '0551234567' }, { icloudReady: { outcome: 'created', lead: { tags: ['golden'], leadInformation: { firstName: 'Nora', phone: '+966551234567' } } } }],
		['fields', { n: 'Nora' }, { icloudReady: { outcome: 'invalid' } }],
		['lead', { leadInformation: { firstName: 'Mona', phone: '+201001234567' } }, { icloudReady: { outcome: 'created' } }],
		['lead', { firstName: 'Mona' }, { icloudReady: { outcome: 'invalid' }, caught: expect.stringMatching(/^Phone is missing/) }],
	])('%s: %j', async (path, payload, expected) => {
		const response = await fetch(`${nodeRed.url}/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(payload) });
		expect(await response.json()).toMatchObject(expected);
	});
});
