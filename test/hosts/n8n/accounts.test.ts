import { type AccountsApi, openAccountsApi } from '../accountsApi';
import type { Execution } from './stand';
import { type Credential, leadNode, leadWorkflow, type Setup, toolWorkflow } from './workflow';
import { expectNoKey, useWorld } from './world';

const world = useWorld();
let apis: readonly [AccountsApi, AccountsApi];
beforeAll(async () => {
	apis = [await openAccountsApi(), await openAccountsApi()];
});
beforeEach(() => {
	for (const api of apis) api.reset();
});
afterAll(async () => {
	for (const api of apis) await api.close();
});

type Item = Readonly<Record<string, unknown>>;
const phoneOf = (index: number): string => `+2010${String(10_000_000 + index)}`;
const itemsOf = (rows: readonly Item[]): readonly Item[] =>
	rows.map((row, index) => ({ phone: phoneOf(index), ...row }));
const fromItem = { apiKey: '={{ $json.key }}', organizationId: '={{ $json.org }}' };
const parameters = (options: Item = {}): Item => ({
	firstName: 'Mona',
	phone: '={{ $json.phone }}',
	outputPerOutcome: true,
	options: { concurrency: 1, ...options },
});

/** A credential of the first API, or of the one that each item names. */
const credentialOf = async (data: Readonly<Record<string, string | boolean>>): Promise<Credential> =>
	await world().addCredential({ baseUrl: apis[0].baseUrl, ...data });
const run = async (
	data: Readonly<Record<string, string | boolean>>,
	items: readonly Item[],
	options: Item = {},
	setup: Partial<Setup> = {},
): Promise<Execution> => {
	const execution = await world().run({
		credential: await credentialOf(data),
		items,
		...setup,
		parameters: { ...parameters(options), ...setup.parameters },
	});
	// n8n keeps the items, in which the keys of these tests stand; nothing else may hold one.
	expect(world().stand.log()).not.toMatch(/secret-of-/);
	return execution;
};
const sentTo = (api: AccountsApi): readonly unknown[] =>
	api.arrived.map(({ key, organizationId, phone }) => [key, organizationId, phone]);
const counts = (execution: Execution): readonly number[] => execution.outputs(leadNode).map((items) => items.length);

test.each<[name: string, expressions: Readonly<Record<string, string>>]>([
	['the key and the organization by $json', fromItem],
	[
		"by $('Start').item",
		{ apiKey: "={{ $('Start').item.json.key }}", organizationId: "={{ $('Start').item.json.org }}" },
	],
	[
		'put together from text and value',
		{ apiKey: '=secret-{{ $json.key.slice(7) }}', organizationId: '={{ $json.org.trim() }}' },
	],
])('each lead arrives with its own account: %s', async (_name, expressions) => {
	const items = itemsOf([
		{ key: 'secret-of-a', org: 'a' },
		{ key: 'secret-of-b', org: 'b' },
		{ key: 'secret-of-a', org: 'a' },
		{ key: 'secret-of-c', org: 'c' },
	]);
	const execution = await run(expressions, items, { concurrency: 3 });
	expect(counts(execution)).toEqual([4, 0, 0, 0, 0, 0, 0, 0]);
	expect([...sentTo(apis[0])].sort()).toEqual(items.map(({ key, org, phone }) => [key, org, phone]).sort());
});

test('each lead goes to its own address', async () => {
	const items = itemsOf([0, 1, 1, 0].map((at) => ({ url: apis[at]?.baseUrl })));
	const execution = await run({ baseUrl: '={{ $json.url }}' }, items);
	expect(counts(execution)).toEqual([4, 0, 0, 0, 0, 0, 0, 0]);
	expect(apis.map(({ arrived }) => arrived.map(({ phone }) => phone))).toEqual([
		[phoneOf(0), phoneOf(3)],
		[phoneOf(1), phoneOf(2)],
	]);
	expectNoKey(world(), execution);
});

test("$('Split').item, behind a node that made the items", async () => {
	const whole = leadWorkflow({
		credential: await credentialOf({
			apiKey: "={{ $('Split').item.json.key }}",
			organizationId: "={{ $('Split').item.json.org }}",
		}),
		items: [
			{
				rows: itemsOf([
					{ key: 'secret-of-a', org: 'a' },
					{ key: 'secret-of-b', org: 'b' },
				]),
			},
		],
		parameters: parameters(),
	});
	const split = {
		id: 'split',
		name: 'Split',
		type: 'n8n-nodes-base.splitOut',
		typeVersion: 1,
		position: [0, 0],
		parameters: { fieldToSplitOut: 'rows', options: {} },
	};
	const only = {
		id: 'only',
		name: 'Only Phone',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		position: [0, 0],
		parameters: {
			assignments: { assignments: [{ id: 'p', name: 'phone', value: '={{ $json.phone }}', type: 'string' }] },
			options: {},
		},
	};
	const to = (node: string): unknown => ({ main: [[{ node, type: 'main', index: 0 }]] });
	const execution = await world().stand.run({
		...whole,
		nodes: [...whole.nodes, split, only],
		connections: { ...whole.connections, Start: to('Split'), Split: to('Only Phone'), 'Only Phone': to(leadNode) },
	});
	expect(counts(execution)).toEqual([2, 0, 0, 0, 0, 0, 0, 0]);
	expect(sentTo(apis[0])).toEqual([
		['secret-of-a', 'a', phoneOf(0)],
		['secret-of-b', 'b', phoneOf(1)],
	]);
});

test.each<[name: string, expression: string, message: RegExp]>([
	[
		'an expression that fails',
		"={{ $json.bad ? $('Nowhere').item.json.key : $json.key }}",
		/account for this lead could not be determined/,
	],
	['an expression that gives nothing', '={{ $json.bad ? undefined : $json.key }}', /no API key/],
	[
		'an expression of another kind that fails',
		'={{ $json.bad ? $json.none.key.slice(1) : $json.key }}',
		/could not be determined|no API key/,
	],
])('%s for one item: that lead is Failed and not sent, the others go on', async (_name, apiKey, message) => {
	const items = itemsOf([
		{ key: 'secret-of-a', org: 'a' },
		{ bad: true, org: 'b' },
		{ key: 'secret-of-c', org: 'c' },
	]);
	const execution = await run({ ...fromItem, apiKey }, items);
	expect(counts(execution)).toEqual([2, 0, 0, 0, 0, 0, 0, 1]);
	expect(execution.outputs(leadNode)[7]?.[0]?.json).toMatchObject({
		outcome: 'failed',
		status: null,
		message: expect.stringMatching(message),
	});
	expect(sentTo(apis[0])).toEqual([
		['secret-of-a', 'a', phoneOf(0)],
		['secret-of-c', 'c', phoneOf(2)],
	]);
});

test('the first item cannot be worked out: the others go on', async () => {
	const execution = await run(
		{ ...fromItem, apiKey: "={{ $json.bad ? $('Nowhere').item.json.key : $json.key }}" },
		itemsOf([
			{ bad: true, org: 'b' },
			{ key: 'secret-of-a', org: 'a' },
		]),
	);
	expect([counts(execution), sentTo(apis[0])]).toEqual([[1, 0, 0, 0, 0, 0, 0, 1], [['secret-of-a', 'a', phoneOf(1)]]]);
});

test.each([
	[401, 3],
	[403, 4],
])('one account is refused with %i: its rest is not sent, the others are', async (refusal, output) => {
	apis[0].answer = ({ key }) => (key === 'secret-of-b' ? refusal : 201);
	const items = itemsOf(['a', 'b', 'a', 'b', 'c', 'b'].map((org) => ({ key: `secret-of-${org}`, org })));
	const execution = await run(fromItem, items);
	expect(counts(execution)).toEqual([3, ...[1, 2, 3, 4, 5, 6, 7].map((index) => (index === output ? 3 : 0))]);
	expect(apis[0].arrived.map(({ organizationId }) => organizationId)).toEqual(['a', 'b', 'a', 'c']);
});

test('the same lead for two accounts is no duplicate, and twice for one it is', async () => {
	const items = ['a', 'b', 'a', 'b'].map((org) => ({ key: `secret-of-${org}`, org, phone: phoneOf(0) }));
	for (const duplicates of ['run', 'always']) {
		apis[0].reset();
		const execution = await run(fromItem, items, { duplicates });
		expect([duplicates, counts(execution), apis[0].arrived.length]).toEqual([duplicates, [2, 2, 0, 0, 0, 0, 0, 0], 2]);
	}
});

test('Retry On Fail sends what failed in one account, and nothing that was created in another', async () => {
	let refusals = 1;
	apis[0].answer = ({ key }) => (key === 'secret-of-b' && refusals-- > 0 ? 404 : 201);
	const items = ['a', 'b'].map((org) => ({ key: `secret-of-${org}`, org, phone: phoneOf(0) }));
	const execution = await run(
		fromItem,
		items,
		{},
		{ parameters: { outputPerOutcome: false }, node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 } },
	);
	expect(execution.status).toBe('success');
	expect(execution.outputs(leadNode)[0]).toHaveLength(2);
	expect(apis[0].arrived.map(({ organizationId }) => organizationId)).toEqual(['a', 'b', 'b']);
});

test("as an agent's tool", async () => {
	const credential = await credentialOf({
		apiKey: "={{ 'secret-of-' + $('Start').first().json.client }}",
		organizationId: "={{ $('Start').first().json.client }}",
	});
	const answers: unknown[] = [];
	for (const client of ['a', 'b']) {
		const whole = toolWorkflow(
			{
				credential,
				items: [],
				parameters: { firstName: '={{ $fromAI("firstName", "given name", "string") }}', phone: phoneOf(0) },
			},
			{ firstName: 'Mona' },
		);
		const execution = await world().stand.run({ ...whole, pinData: { Start: [{ json: { client } }] } });
		answers.push(execution.outputs('PartialExecutionToolExecutor')[0]?.[0]?.json);
	}
	expect(answers).toEqual([expect.stringContaining('"_id":"a-1"'), expect.stringContaining('"_id":"b-2"')]);
	expect(sentTo(apis[0])).toEqual(['a', 'b'].map((client) => [`secret-of-${client}`, client, phoneOf(0)]));
});

describe('Dry Run', () => {
	const rows = [{ phone: phoneOf(0) }, { phone: '12' }, { phone: phoneOf(1) }];

	test.each([['stopWorkflow'], ['continueRegularOutput'], ['continueErrorOutput']] as const)(
		'with On Error %s an invalid row is an item among the others',
		async (onError) => {
			const execution = await run({}, rows, { dryRun: true }, { onError, parameters: { outputPerOutcome: false } });
			expect(execution.status).toBe('success');
			expect(execution.outputs(leadNode)[0]?.map(({ json }) => json.outcome)).toEqual(['dryRun', 'invalid', 'dryRun']);
			expect(apis[0].arrived).toEqual([]);
		},
	);

	test('a row whose expression fails is one too', async () => {
		const execution = await run(
			{},
			rows,
			{ dryRun: true },
			{
				parameters: {
					outputPerOutcome: false,
					firstName: "={{ $json.phone === '12' ? $('Nowhere').item.json.name : 'Mona' }}",
				},
			},
		);
		expect([execution.status, execution.outputs(leadNode)[0]?.map(({ json }) => json.outcome)]).toEqual([
			'success',
			['dryRun', 'invalid', 'dryRun'],
		]);
	});

	test.each<[name: string, options: Item, sent: number]>([
		['is not added', {}, 1],
		['was saved as off', { dryRun: false }, 1],
		['is added', { dryRun: true }, 0],
	])('where it %s, %j', async (_name, options, sent) => {
		await run({}, [{ phone: phoneOf(0) }], options);
		expect(apis[0].arrived).toHaveLength(sent);
	});

	test('n8n itself gives the option the value that turns it on, and gives it to nobody who has not added it', async () => {
		const types = (await (await world().stand.served('/types/nodes.json')).json()) as readonly {
			name: string;
			properties: readonly { name: string; options?: readonly { name: string; default: unknown }[] }[];
		}[];
		const node = types.find(({ name }) => name === 'n8n-nodes-icloud-ready.icloudReady');
		expect(
			node?.properties.find(({ name }) => name === 'options')?.options?.find(({ name }) => name === 'dryRun')?.default,
		).toBe(true);
	});
});
