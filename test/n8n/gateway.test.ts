import { IcloudReadyApi } from '../../credentials/IcloudReadyApi.credentials';
import { IcloudReady } from '../../nodes/IcloudReady/IcloudReady.node';
import { type FakeGateway, openFakeGateway } from '../fixtures/fakeGateway';
import type { IExecuteFunctions, IHttpRequestOptions, INodeExecutionData } from 'n8n-workflow';

let gateway: FakeGateway;
beforeEach(async () => {
	gateway = await openFakeGateway();
});
afterEach(async () => {
	await gateway.close();
});

interface Scene {
	readonly options?: Readonly<Record<string, unknown>>;
	readonly items?: readonly object[];
	readonly credentials?: Readonly<Record<string, unknown>>;
	/** n8n's own record, where a test keeps one. */
	readonly processed?: Set<unknown>;
}

/** n8n's HTTP client as far as the node depends on it: the credential adds the key, an error has a code, an answer is data. */
const client =
	(credentials: Readonly<Record<string, unknown>>) =>
	async (_type: string, options: IHttpRequestOptions): Promise<object> => {
		const { authenticate } = new IcloudReadyApi();
		if (typeof authenticate !== 'function') throw new Error('authenticate is a function');
		const { url, method, headers, body } = await authenticate(credentials as never, options);
		const response = await fetch(url, {
			method: method ?? 'GET',
			headers: headers as Record<string, string>,
			...(body === undefined ? {} : { body: body as string }),
		}).catch(() => {
			throw Object.assign(new Error('cut'), { code: 'ECONNRESET' });
		});
		return { statusCode: response.status, headers: Object.fromEntries(response.headers), body: response.body };
	};

const run = async ({
	options = {},
	items = [{}],
	credentials = {},
	processed = new Set(),
}: Scene = {}): Promise<INodeExecutionData[][]> => {
	const values: Readonly<Record<string, unknown>> = {
		firstName: 'Mona',
		phone: '+201001234567',
		outputPerOutcome: true,
		options: { maxWaitSeconds: 5, ...options },
	};
	const account = {
		apiKey: 'key-1234',
		organizationId: 'org-1',
		baseUrl: gateway.baseUrl,
		gateway: true,
		...credentials,
	};
	const n8n = {
		getInputData: () => items.map((json) => ({ json })),
		getNode: () => ({ id: 'n', name: 'Create Lead' }),
		getWorkflow: () => ({ id: 'w' }),
		getContext: () => ({}),
		getNodeOutputs: () => [{ type: 'main' }],
		getNodeParameter: (name: string, _item: number, otherwise: unknown) => values[name] ?? otherwise,
		getCredentials: async () => await Promise.resolve(account),
		getExecutionCancelSignal: () => undefined,
		continueOnFail: () => true,
		addExecutionHints: () => undefined,
		helpers: {
			httpRequestWithAuthentication: client(account),
			checkProcessedAndRecord: async (keys: readonly unknown[]) => {
				const [fresh, known] = [keys.filter((key) => !processed.has(key)), keys.filter((key) => processed.has(key))];
				for (const key of keys) processed.add(key);
				return await Promise.resolve({ new: fresh, processed: known });
			},
			removeProcessed: async (keys: readonly unknown[]) => {
				for (const key of keys) processed.delete(key);
				await Promise.resolve();
			},
		},
	};
	return await new IcloudReady().execute.call(n8n as unknown as IExecuteFunctions);
};
const placed = (outputs: readonly (readonly INodeExecutionData[])[]): readonly unknown[] =>
	outputs.flatMap((items, index) => items.map(({ json }) => [index, json.outcome ?? json._id]));
const keys = (): readonly unknown[] =>
	gateway.calls.filter(({ method }) => method === 'POST').map(({ headers }) => headers['idempotency-key']);

test('a lead that the gateway keeps for a second is created', async () => {
	gateway.keepFor(1);
	expect(placed(await run())).toEqual([[0, 'created-gw-1']]);
	expect(
		gateway.calls.map(({ method, url, headers, body }) => [
			method,
			url,
			headers['x-api-key'],
			headers.organizationid,
			body === '',
		]),
	).toEqual([
		['POST', '/api/v2/leads', 'key-1234', 'org-1', false],
		['GET', '/api/v2/leads/gw-1', 'key-1234', 'org-1', true],
	]);
});

test('one that it keeps for longer leaves as unconfirmed, with its ID there', async () => {
	gateway.keepFor(9);
	const [item] = (await run({ options: { maxWaitSeconds: 0 } }))[6] ?? [];
	expect(item?.json).toMatchObject({
		outcome: 'unconfirmed',
		status: 202,
		message: 'The lead is safe at the gateway (ID gw-1) and has no outcome yet.',
	});
});

test('an answer that was lost is asked for again, and one lead comes of it', async () => {
	gateway.loseNext();
	expect(placed(await run())).toEqual([[0, 'created-gw-1']]);
	expect([keys().length, new Set(keys()).size, gateway.leads.length]).toEqual([2, 1, 1]);
});

test('two machines that always skip a lead make one of it', async () => {
	// Each has lost sight of what the other wrote, as in queue mode.
	expect(placed(await run({ options: { duplicates: 'always' } }))).toEqual([[0, 'created-gw-1']]);
	const [item] = (await run({ options: { duplicates: 'always' } }))[1] ?? [];
	expect(item?.json).toMatchObject({
		outcome: 'duplicate',
		leadId: 'created-gw-1',
		hint: 'The gateway already had it (ID gw-1) and did not create a second one.',
	});
	expect(gateway.leads).toHaveLength(1);
});

test('what a run that was killed left behind is asked for, and not told as unconfirmed', async () => {
	const processed = new Set<unknown>();
	await run({ options: { duplicates: 'always' }, processed });
	for (const entry of processed) if (String(entry).startsWith('c:')) processed.delete(entry);
	expect(placed(await run({ options: { duplicates: 'always' }, processed }))).toEqual([[1, 'duplicate']]);
	expect(keys()).toHaveLength(2);
	expect(placed(await run({ options: { duplicates: 'always' }, processed }))).toEqual([[1, 'duplicate']]);
	expect(keys()).toHaveLength(2);
});

test.each<[duplicates: string, placed: readonly unknown[]]>([
	[
		'allow',
		[
			[0, 'created-gw-1'],
			[0, 'created-gw-2'],
		],
	],
	[
		'run',
		[
			[0, 'created-gw-1'],
			[1, 'duplicate'],
		],
	],
])('two alike in one run, duplicates "%s", and again in the next run', async (duplicates, expected) => {
	expect(placed(await run({ items: [{}, {}], options: { duplicates, concurrency: 1 } }))).toEqual(expected);
	const before = gateway.leads.length;
	await run({ options: { duplicates } });
	expect(gateway.leads).toHaveLength(before + 1);
});

test.each([[{ gateway: false }], [{ gateway: undefined }]])(
	'without the switch (%j), nothing is said of keys and a 202 is no answer',
	async (credentials) => {
		gateway.keepFor(1);
		expect(placed(await run({ credentials }))).toEqual([[6, 'unconfirmed']]);
		expect(keys()).toEqual([undefined]);
	},
);

test("the credential's switch stands after the base URL and is off", () => {
	const names = new IcloudReadyApi().properties.map(({ name }) => name);
	expect(names).toEqual(['apiKey', 'organizationId', 'baseUrl', 'gateway', 'allowHttp']);
	expect(new IcloudReadyApi().properties[3]).toMatchObject({ type: 'boolean', default: false });
});
