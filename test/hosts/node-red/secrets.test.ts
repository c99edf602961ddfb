import { type NodeRedVersion, nodeReds } from '../hosts';
import { canary, expectNoKeyIn, traceOf } from '../../fixtures/canary';
import { type EchoRow, echoRows, holdsOthers, leadFor, leavesUnknown } from '../../fixtures/echo';
import { type EchoingApi, openEchoingApi, type WayToApi } from '../echoingApi';
import { filesOf } from '../filesOf';
import { type Answer, route, ways } from './flows';
import { type NodeRed, startWithNodes } from './host';

const ends: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
	split: { routing: 'split', account: 'fast' },
	catch: { routing: 'catch', account: 'fast' },
	dry: { dryRun: true },
	kept: { duplicates: 'always', duplicateKey: 'phoneAndCampaign', account: 'fast' },
};

/** A gateway answers when it knows the outcome, for which a lead is left a second more. */
const patience = {
	'the API': { timeoutSeconds: 1, maxWaitSeconds: 0 },
	// All at once, since a gateway holds back what comes after several leads whose fate nobody knows.
	'a gateway': { timeoutSeconds: 5, maxWaitSeconds: 1, concurrency: 50 },
} as const;

const accounts: readonly [version: NodeRedVersion, way: WayToApi][] = [
	['node-red-4', 'the API'],
	['node-red-5', 'the API'],
	['node-red-5', 'a gateway'],
];
describe.each(accounts.filter(([version]) => nodeReds.includes(version)))(
	'%s with an account of %s',
	(version, way) => {
		let echoing: EchoingApi;
		let nodeRed: NodeRed;

		beforeAll(async () => {
			echoing = await openEchoingApi(way);
			nodeRed = await startWithNodes(version, { level: 'trace' });
			const account = {
				type: 'icloud-ready-account',
				...echoing.account,
				organizationId: 'org-1',
				maxTries: 1,
				...patience[way],
			};
			const routes = Object.entries(ends).flatMap(([path, node]) =>
				route(path, { input: 'lead', ...node }, node.routing === 'catch' ? 1 : 8),
			);
			await nodeRed.deploy(
				[{ id: 'account', ...account }, { id: 'fast', ...account, concurrency: 50 }, ...routes, ...ways],
				{ account: { apiKey: canary }, fast: { apiKey: canary } },
			);
		});
		afterAll(async () => {
			await nodeRed.stop();
			await echoing.close();
		});

		const give = async (path: string, row: EchoRow): Promise<void> => {
			const response = await fetch(`${nodeRed.url}/${path}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(leadFor(row)),
			});
			const text = await response.text();
			expect((JSON.parse(text) as Answer).icloudReady.outcome).toMatch(/\w/);
			expectNoKeyIn(`${path}, ${row.name}`, text);
		};

		test.each(Object.keys(ends))('%s: no answer of a flow holds the key', async (path) => {
			const before = echoing.keysSeen();
			const rows = echoRows.filter((row) => !holdsOthers(row));
			// A gateway holds back what comes after several leads whose fate nobody knows: these last, and there the first flow's count.
			await Promise.all(rows.filter((row) => !leavesUnknown(row)).map(async (row) => await give(path, row)));
			await Promise.all(rows.filter(leavesUnknown).map(async (row) => await give(path, row)));
			if (path === 'split' || (path !== 'dry' && way === 'the API'))
				expect(echoing.keysSeen() - before).toBeGreaterThan(10);
		});

		test.each(Object.keys(ends))('%s: nor does one that tells of a refused account or a limit', async (path) => {
			await Promise.all(echoRows.filter(holdsOthers).map(async (row) => await give(path, row)));
		});

		const ask = async (path: string, body?: object): Promise<string> =>
			await (
				await fetch(
					`${nodeRed.url}/${path}`,
					body === undefined
						? { headers: { accept: 'application/json' } }
						: { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
				)
			).text();

		test.each<[name: string, ask: () => Promise<string>]>([
			['the exported flows', async () => await ask('flows')],
			['the credentials of the account', async () => await ask('credentials/icloud-ready-account/account')],
			['the settings', async () => await ask('settings')],
			['the nodes', async () => await ask('nodes')],
			['the context', async () => await ask('context/global')],
			[
				'the connection test',
				async () =>
					await ask('icloud-ready/account/test', { id: 'account', ...echoing.account, organizationId: 'org-1' }),
			],
			[
				'the connection test with a typed key',
				async () =>
					await ask('icloud-ready/account/test', {
						apiKey: canary,
						baseUrl: `http://127.0.0.1:9/${canary}`,
						organizationId: 'org-1',
					}),
			],
			[
				'the preview',
				async () =>
					await ask('icloud-ready/create-lead/preview', {
						id: 'lead-split',
						text: JSON.stringify(leadFor({ name: '400', status: 400 })),
						settings: { input: 'lead' },
					}),
			],
			['the last message', async () => await ask('icloud-ready/create-lead/lead-split/last')],
		])('%s: no key', async (name, get) => {
			expectNoKeyIn(name, await get());
		});

		test('the log, with metrics and at its lowest level, every file of the user folder and all that stands between hold no key', async () => {
			expect(nodeRed.log()).toMatch(/"event":"node\.icloud-ready-create-lead\.lead\.\w+"|lead\.unauthorized/);
			expectNoKeyIn('log', nodeRed.log());
			const files = filesOf(nodeRed.userFolder);
			expect(files.map(({ file }) => file).join('\n')).toMatch(
				/flows_cred\.json[^]*icloud-ready\/record|icloud-ready\/record[^]*flows_cred\.json/,
			);
			for (const { file, text } of files) expect([file, traceOf(text)]).toEqual([file, '']);
			await echoing.expectNoKeyLeft();
		});
	},
);
