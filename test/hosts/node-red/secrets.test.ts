import { canary, expectNoKeyIn, traceOf } from '../../fixtures/canary';
import { echoRows, type EchoServer, leadFor, openEcho } from '../../fixtures/echo';
import { filesOf } from '../filesOf';
import { type Answer, route, ways } from './flows';
import { type NodeRed, startWithNodes } from './host';

const ends: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
	split: { routing: 'split', account: 'fast' }, catch: { routing: 'catch', account: 'fast' }, dry: { dryRun: true }, kept: { duplicates: 'always', duplicateKey: 'phoneAndCampaign', account: 'fast' },
};

describe.each(['node-red-4', 'node-red-5'] as const)('%s', (version) => {
	let echo: EchoServer;
	let nodeRed: NodeRed;

	beforeAll(async () => {
		echo = await openEcho();
		nodeRed = await startWithNodes(version, { level: 'trace' });
		const account = { type: 'icloud-ready-account', baseUrl: echo.baseUrl, organizationId: 'org-1', timeoutSeconds: 1, maxTries: 1, maxWaitSeconds: 0 };
		const routes = Object.entries(ends).flatMap(([path, node]) => route(path, { input: 'lead', ...node }, node.routing === 'catch' ? 1 : 8));
		await nodeRed.deploy([{ id: 'account', ...account }, { id: 'fast', ...account, concurrency: 500 }, ...routes, ...ways], { account: { apiKey: canary }, fast: { apiKey: canary } });
	});
	afterAll(async () => {
		await nodeRed.stop();
		await echo.close();
	});

	test.each(Object.keys(ends))('%s: no answer of a flow holds the key', async (path) => {
		const before = echo.keysSeen();
		await Promise.all(echoRows.map(async (row) => {
			const response = await fetch(`${nodeRed.url}/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(leadFor(row)) });
			const text = await response.text();
			expect((JSON.parse(text) as Answer).icloudReady.outcome).toMatch(/\w/);
			expectNoKeyIn(`${path}, ${row.name}`, text);
		}));
		if (path !== 'dry') expect(echo.keysSeen() - before).toBeGreaterThan(10);
	});

	const ask = async (path: string, body?: object): Promise<string> =>
		await (await fetch(`${nodeRed.url}/${path}`, body === undefined ? { headers: { accept: 'application/json' } } : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).text();

	test.each<[name: string, ask: () => Promise<string>]>([
		['the exported flows', async () => await ask('flows')], ['the credentials of the account', async () => await ask('credentials/icloud-ready-account/account')],
		['the settings', async () => await ask('settings')], ['the nodes', async () => await ask('nodes')], ['the context', async () => await ask('context/global')],
		['the connection test', async () => await ask('icloud-ready/account/test', { id: 'account', baseUrl: echo.baseUrl, organizationId: 'org-1' })],
		['the connection test with a typed key', async () => await ask('icloud-ready/account/test', { apiKey: canary, baseUrl: `http://127.0.0.1:9/${canary}`, organizationId: 'org-1' })],
		['the preview', async () => await ask('icloud-ready/create-lead/preview', { id: 'lead-split', text: JSON.stringify(leadFor({ name: '400', status: 400 })), settings: { input: 'lead' } })],
		['the last message', async () => await ask('icloud-ready/create-lead/lead-split/last')],
	])('%s: no key', async (name, get) => {
		expectNoKeyIn(name, await get());
	});

	test('the log, with metrics and at its lowest level, and every file of the user folder hold no key', () => {
		expect(nodeRed.log()).toMatch(/"event":"node\.icloud-ready-create-lead\.lead\.\w+"|lead\.unauthorized/);
		expectNoKeyIn('log', nodeRed.log());
		const files = filesOf(nodeRed.userFolder);
		expect(files.map(({ file }) => file).join('\n')).toMatch(/flows_cred\.json[^]*icloud-ready\/record|icloud-ready\/record[^]*flows_cred\.json/);
		for (const { file, text } of files) expect([file, traceOf(text)]).toEqual([file, '']);
	});
});
