import { nodeReds } from '../hosts';
import { type Sandbox, startSandbox } from '../../../packages/sandbox/src';
import { type NodeRed, startWithNodes } from './host';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const saved = readFileSync(join(__dirname, '../../golden/node-red-0.1.0.json'), 'utf8');

describe.each(nodeReds)('flows of 0.1.0 on %s', (version) => {
	let sandbox: Sandbox;
	let nodeRed: NodeRed;

	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0 });
		nodeRed = await startWithNodes(version);
		await nodeRed.deploy(JSON.parse(saved.replaceAll('BASE_URL', sandbox.baseUrl)) as Record<string, unknown>[], {
			'golden-account': { apiKey: 'sandbox-key' },
		});
	});
	afterAll(async () => {
		await nodeRed.stop();
		await sandbox.close();
	});

	test.each<[path: string, payload: object, expected: object]>([
		[
			'form',
			{ name: 'Mona Ali', phone: '01001234567', firm: 'Acme' },
			{
				icloudReady: {
					outcome: 'created',
					lead: {
						campaignName: 'Golden',
						leadInformation: { firstName: 'Mona', phone: '+201001234567', company: 'Acme' },
					},
				},
			},
		],
		['form', { name: 'Mona Ali', phone: '01001234567' }, { icloudReady: { outcome: 'duplicate' } }],
		[
			'fields',
			{ n: 'Nora', p: '0551234567' },
			{
				icloudReady: {
					outcome: 'created',
					lead: { tags: ['golden'], leadInformation: { firstName: 'Nora', phone: '+966551234567' } },
				},
			},
		],
		['fields', { n: 'Nora' }, { icloudReady: { outcome: 'invalid' } }],
		[
			'lead',
			{ leadInformation: { firstName: 'Mona', phone: '+201001234567' } },
			{ icloudReady: { outcome: 'created' } },
		],
		[
			'lead',
			{ firstName: 'Mona' },
			{ icloudReady: { outcome: 'invalid' }, caught: expect.stringMatching(/^Phone is missing/) },
		],
	])('%s: %j', async (path, payload, expected) => {
		const response = await fetch(`${nodeRed.url}/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(payload),
		});
		expect(await response.json()).toMatchObject(expected);
	});
});
