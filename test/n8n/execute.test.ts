import { IcloudReady } from '../../nodes/IcloudReady/IcloudReady.node';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

interface Scene {
	readonly items?: readonly object[];
	readonly parameters?: Readonly<Record<string, unknown>>;
	readonly goesOn?: boolean;
	readonly credentials?: () => Promise<object>;
	readonly answers?: readonly object[];
	/** Told of each request as it leaves. */
	readonly onRequest?: () => void;
}

const account = async (): Promise<object> => ({ apiKey: 'key', organizationId: 'org', baseUrl: '' });

/** The node over the least that it needs of n8n; what only n8n can tell is proven in a real one. */
const run = async ({
	items = [{}],
	parameters = {},
	goesOn = false,
	credentials = account,
	answers = [],
	onRequest = () => undefined,
}: Scene): Promise<{ outputs: INodeExecutionData[][]; hints: unknown[] }> => {
	const hints: unknown[] = [];
	const left = [...answers];
	const values: Readonly<Record<string, unknown>> = { firstName: 'Mona', phone: '01000000001', ...parameters };
	const n8n = {
		getInputData: () => items.map((json) => ({ json })),
		getNode: () => ({ id: 'n', name: 'Create Lead' }),
		getContext: () => ({}),
		getNodeOutputs: () => [{ type: 'main' }],
		getNodeParameter: (name: string, _item: number, otherwise: unknown) => values[name] ?? otherwise,
		getCredentials: credentials,
		getExecutionCancelSignal: () => undefined,
		continueOnFail: () => goesOn,
		addExecutionHints: (hint: unknown) => hints.push(hint),
		helpers: {
			httpRequestWithAuthentication: async () => {
				onRequest();
				return left.shift() ?? { statusCode: 201, headers: {}, body: '{"_id":"a","leadNumber":1}' };
			},
		},
	};
	return { outputs: await new IcloudReady().execute.call(n8n as unknown as IExecuteFunctions), hints };
};

const noCredential = (): Promise<object> => Promise.reject(new Error('no credential'));

const internationalNote = 'Phone made international: 01000000001 → +20 100 000 0001';

test('a lead goes through', async () => {
	expect(await run({})).toEqual({
		outputs: [
			[
				{
					json: { _id: 'a', leadNumber: 1, icloudReady: { notes: [`${internationalNote}.`] } },
					pairedItem: { item: 0 },
				},
			],
		],
		hints: [{ message: `Lead 1 was created. ${internationalNote}`, location: 'outputPane' }],
	});
});

test('no items give no items and no hint', async () => {
	expect(await run({ items: [] })).toEqual({ outputs: [[]], hints: [] });
});

test('without a credential every lead says so, and in a continue mode nothing is thrown', async () => {
	await expect(run({ credentials: noCredential })).rejects.toMatchObject({
		message: expect.stringMatching(/\[Item 1\]$/),
	});
	const { outputs } = await run({ credentials: noCredential, goesOn: true, items: [{}, {}] });
	expect(outputs[0]?.map(({ json }) => (json.details as { outcome: string }).outcome)).toEqual(['failed', 'failed']);
});

test('a dry run needs no credential', async () => {
	const { outputs } = await run({ credentials: noCredential, parameters: { options: { dryRun: true } } });
	expect(outputs[0]?.[0]?.json).toMatchObject({ outcome: 'dryRun' });
});

test('a setting that is not usable is told with each lead, whether it was created or not', async () => {
	const told = [
		'"Timeout (seconds)" is not a number from 1 to 600, so 30 is used. Correct it in the settings of the node.',
		'"Allow unencrypted connections" is neither true nor false, so false is used. Correct it in the settings of the node.',
	];
	const credentials = async (): Promise<object> => ({ apiKey: 'k', organizationId: 'o', baseUrl: '', allowHttp: 'no' });
	const { outputs } = await run({
		items: [{}, {}],
		credentials,
		goesOn: true,
		answers: [{ statusCode: 404, headers: {}, body: '{}' }],
		parameters: { options: { timeoutSeconds: 'soon', concurrency: 1 } },
	});
	const [failed, created] = outputs[0] ?? [];
	expect(failed?.json.details).toMatchObject({ outcome: 'failed', warnings: expect.arrayContaining(told) });
	expect(created?.json).toMatchObject({ _id: 'a', icloudReady: { warnings: expect.arrayContaining(told) } });
});

test('a lead that stops the run keeps back those that have not left, which are counted as not sent', async () => {
	let sent = 0;
	const running = run({
		items: Array.from({ length: 100 }, () => ({})),
		credentials: async () => ({ apiKey: 'stopping', organizationId: 'org', baseUrl: '' }),
		answers: [{ statusCode: 404, headers: {}, body: '{}' }],
		onRequest: () => {
			sent++;
		},
	});
	await expect(running).rejects.toMatchObject({ description: expect.stringMatching(/\b9\d not sent/) });
	expect(sent).toBeLessThanOrEqual(10);
});

test('a key in an answer is struck out', async () => {
	const body = JSON.stringify({ message: 'key my-secret-key is unknown' });
	const credentials = async (): Promise<object> => ({ apiKey: 'my-secret-key', organizationId: 'org', baseUrl: '' });
	const { outputs } = await run({ credentials, goesOn: true, answers: [{ statusCode: 404, headers: {}, body }] });
	expect(JSON.stringify(outputs)).not.toContain('my-secret-key');
	expect(JSON.stringify(outputs)).toContain('(hidden)');
});

test('with Output per Outcome and no word of n8n on the wiring, each leaves on its own', async () => {
	const answers = [
		{ statusCode: 400, headers: {}, body: '{}' },
		{ statusCode: 500, headers: {}, body: '' },
	];
	const { outputs } = await run({
		items: [{}, {}, {}],
		answers,
		parameters: { outputPerOutcome: true, options: { concurrency: 1 } },
	});
	expect(outputs.map((each) => each.length)).toEqual([1, 0, 1, 0, 0, 0, 1, 0]);
});
