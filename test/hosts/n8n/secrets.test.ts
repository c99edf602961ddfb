import { canary, expectNoKeyIn, traceOf } from '../../fixtures/canary';
import { echoRows, holdsOthers, leadFor } from '../../fixtures/echo';
import { type EchoingApi, openEchoingApi, waysToApi } from '../echoingApi';
import { filesOf } from '../filesOf';
import { type Credential, leadNode, leadWorkflow, type Setup } from './workflow';
import { organizationId, useWorld } from './world';

const world = useWorld();

/** A gateway answers when it knows the outcome, for which a lead is left a second more. */
const patience = {
	'the API': { timeoutSeconds: 1, maxWaitSeconds: 0 },
	'a gateway': { timeoutSeconds: 5, maxWaitSeconds: 1 },
} as const;
// A refused key ends a run, so those are asked alone.
const together = echoRows.filter((row) => !holdsOthers(row));
const names = [
	'400, plain',
	'404, in HTML, as a page',
	'201, in JSON',
	'400, inside base64, 1',
	'a redirect',
	'no answer',
	'a cut',
	'500',
	'401',
	'403',
	'429',
];
const alone = echoRows
	.filter(({ name }) => names.includes(name))
	.sort((a, b) => Number(holdsOthers(a)) - Number(holdsOthers(b)));

describe.each(waysToApi)('with an account of %s', (way) => {
	let echoing: EchoingApi;
	let credential: Credential;
	beforeAll(async () => {
		echoing = await openEchoingApi(way);
		credential = await world().addCredential({ apiKey: canary, ...echoing.account });
	});
	afterAll(async () => {
		await echoing.close();
	});

	const options = { maxTries: 1, concurrency: 50, ...patience[way] };

	test.each<[name: string, setup: Partial<Setup> & { readonly parameters?: Readonly<Record<string, unknown>> }]>([
		['an output for each outcome', { parameters: { outputPerOutcome: true, options } }],
		['continue', { onError: 'continueRegularOutput', parameters: { options } }],
		['the error output', { onError: 'continueErrorOutput', parameters: { options } }],
		['a dry run', { parameters: { options: { ...options, dryRun: true } } }],
		[
			'a lasting record',
			{
				onError: 'continueRegularOutput',
				parameters: { options: { ...options, duplicates: 'always', duplicateKey: 'phoneAndCampaign' } },
			},
		],
	])('%s: nothing that n8n keeps of a run holds the key', async (_name, { parameters, ...setup }) => {
		const { stand } = world();
		const items = together.map(leadFor);
		const execution = await stand.run(
			leadWorkflow({
				credential,
				items,
				parameters: { leadInput: 'json', leadJson: '={{ $json }}', ...parameters },
				...setup,
			}),
		);
		expect(execution.status).toBe('success');
		expect(execution.outputs(leadNode).flat()).toHaveLength(items.length);
		expectNoKeyIn('execution', execution.text);
	});

	test.each(alone)('an execution that stops at $name holds no key', async (row) => {
		const execution = await world().stand.run(
			leadWorkflow({
				credential,
				items: [leadFor(row)],
				parameters: { leadInput: 'json', leadJson: '={{ $json }}', options },
			}),
		);
		expectNoKeyIn(row.name, execution.text);
	});

	test.each<[name: string, data: Readonly<Record<string, string>>]>([
		['an API that repeats the key', {}],
		['nobody there', { baseUrl: 'http://127.0.0.1:9/api/v2' }],
		['a base URL with the key in it', { baseUrl: `https://u:${encodeURIComponent(canary)}@127.0.0.1:9` }],
		['a key with a line break', { apiKey: `${canary}\r\nx: y` }],
	])('the credential test with %s tells no key', async (name, data) => {
		const tested = await world().stand.rest('POST', '/credentials/test', {
			credentials: {
				...credential,
				type: 'icloudReadyApi',
				data: { apiKey: canary, organizationId, ...echoing.account, ...data },
			},
		});
		expectNoKeyIn(name, tested);
	});

	test('the key was sent, and is in no export, no log and no file that n8n or what stands between keeps', async () => {
		const { stand } = world();
		expect(echoing.keysSeen()).toBeGreaterThan(30);
		expectNoKeyIn('workflows', await stand.rest('GET', '/workflows'));
		expectNoKeyIn('credential', await stand.rest('GET', `/credentials/${credential.id}?includeData=true`));
		expectNoKeyIn('executions', await stand.rest('GET', '/executions'));
		expectNoKeyIn('log', stand.log());
		const files = filesOf(stand.folder);
		expect(files.map(({ file }) => file).join('\n')).toContain('database.sqlite');
		for (const { file, text } of files) expect([file, traceOf(text)]).toEqual([file, '']);
		await echoing.expectNoKeyLeft();
	});
});
