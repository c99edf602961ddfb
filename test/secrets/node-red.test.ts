import { canary, expectNoKeyIn, traceOf } from '../fixtures/canary';
import { echoRows, leadFor, openEcho, useEcho } from '../fixtures/echo';
import { helper, type RunningFlow, startFlow, stopFlow, until, useServer, useUserFolder } from '../node-red/flow';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const echo = useEcho();
useServer();
const folder = mkdtempSync(join(tmpdir(), 'icloud-ready-secrets-'));
afterAll(() => {
	rmSync(folder, { recursive: true, force: true });
});
afterEach(stopFlow);

const account = { timeoutSeconds: 1, maxTries: 1, concurrency: 50 };
const start = async (
	node: Readonly<Record<string, unknown>>,
	options: Readonly<Record<string, unknown>> = {},
): Promise<RunningFlow> => {
	useUserFolder(folder);
	return await startFlow(echo().baseUrl, { key: canary, account, node: { input: 'lead', ...node }, ...options });
};

/** Every event of every level, as it reaches the log; a text that Node-RED cannot print is looked into. */
const events = (): readonly unknown[] => helper.log().args.flat();

test.each<[name: string, node: Readonly<Record<string, unknown>>, options: Readonly<Record<string, unknown>>]>([
	['one output for each outcome', { routing: 'split' }, {}],
	['two outputs', { routing: 'pair' }, {}],
	['to Catch', { routing: 'catch' }, {}],
	['to Catch, since nothing is wired', { routing: 'split' }, { wired: [] }],
	['to the log, since nobody listens', { routing: 'catch' }, { catching: false, wired: [0] }],
	['with a record on disk', { routing: 'split', duplicates: 'always', duplicateKey: 'phoneAndCampaign' }, {}],
	['as a dry run', { routing: 'split', dryRun: true }, {}],
])('%s: no message, status or log event holds the key', async (name, node, options) => {
	const before = echo().keysSeen();
	const flow = await start(node, options);
	const log = helper.log();
	for (const row of echoRows) flow.send({ payload: leadFor(row) });
	// Without a listener for some, what is told to nobody is in the log: the first ones line by line, the rest in sums at the end.
	const told = (): number =>
		flow
			.logged()
			.reduce((sum, line) => sum + Number(/^(?:Error: )?(\d+) more leads ended like this/.exec(line)?.[1] ?? 1), 0);
	const isHeard = options.catching !== false;
	// How many are created depends on how quick the answers are; where nobody listens, the others are a line each.
	if (isHeard)
		await flow.endings(
			echoRows.length - (options.wired === undefined ? 0 : echoRows.filter(({ status }) => status === 201).length),
		);
	else await until(async () => (await flow.endings(0)).length + told() >= echoRows.length);
	const endings = await flow.endings(0);
	expectNoKeyIn('status', flow.statuses());
	if (!isHeard) expect(told() + endings.length).toBe(echoRows.length);
	for (const { msg } of endings) expectNoKeyIn(name, msg);
	expectNoKeyIn('log', log.args.flat());
	// After a refusal the account holds the rest back, so how many leave depends on how quick the answers are.
	if (node.dryRun !== true) expect(echo().keysSeen() - before).toBeGreaterThan(0);
});

test('the files of the record hold no key', async () => {
	await start({ duplicates: 'always', duplicateKey: 'phoneAndCampaign' });
	await stopFlow();
	const files = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((each) => each.isFile())
		.map(({ parentPath, name }) => join(parentPath, name));
	const texts = files.map((file) => readFileSync(file, 'latin1'));
	expect(texts.join('')).toContain('created');
	files.forEach((file, index) => expect([file, traceOf(texts[index] ?? '')]).toEqual([file, '']));
});

describe('the endpoints of the editor', () => {
	test.each(echoRows.filter(({ instead }) => instead === undefined))(
		'the connection test: an API that answers $name',
		async (row) => {
			const server = await openEcho();
			await startFlow(server.baseUrl, { key: canary, account });
			const { body } = await helper
				.request()
				.post('/icloud-ready/account/test')
				.send({ id: 'account', baseUrl: server.baseUrl, organizationId: 'o', timeoutSeconds: 1, name: row.name });
			expect(server.keysSeen()).toBe(1);
			await server.close();
			expectNoKeyIn('answer', body);
			expectNoKeyIn('log', events());
		},
	);

	test.each<[name: string, typed: Readonly<Record<string, unknown>>]>([
		['a typed key', { apiKey: canary }],
		['a typed key with a line break', { apiKey: `${canary}\r\nx: y` }],
		['a typed key and an address that is none', { apiKey: canary, baseUrl: `${canary}` }],
		['a key in the address', { apiKey: canary, baseUrl: `https://user:${encodeURIComponent(canary)}@127.0.0.1:9` }],
		['a typed key and nobody there', { apiKey: canary, baseUrl: 'http://127.0.0.1:9' }],
	])('the connection test with %s', async (_name, typed) => {
		await start({});
		const { body } = await helper
			.request()
			.post('/icloud-ready/account/test')
			.send({ id: 'account', baseUrl: echo().baseUrl, organizationId: 'o', timeoutSeconds: 1, ...typed });
		expect(body.message).toMatch(/\w/);
		expectNoKeyIn('answer', body);
		expectNoKeyIn('log', events());
	});

	test('the preview and the last message', async () => {
		const flow = await start({});
		flow.send({ payload: leadFor({ name: '400', status: 400 }) });
		await flow.endings(1);
		const { body } = await helper
			.request()
			.post('/icloud-ready/create-lead/preview')
			.send({ id: 'lead', text: JSON.stringify({ name: 'Mona', phone: '01001234567' }), settings: { input: 'form' } });
		expectNoKeyIn('preview', body);
		expectNoKeyIn('last message', (await helper.request().get('/icloud-ready/create-lead/lead/last')).body);
	});
});
