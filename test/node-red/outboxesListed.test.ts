import type { LeadsPage } from '../../packages/node-red/src/runtime/account/outboxRoutes';
import type { ShownOutbox } from '../../packages/node-red/src/runtime/account/shownOutboxes';
import { helper, startFlow, stopFlow, until, useOwnUserFolder, useSandbox } from './flow';

const sandbox = useSandbox();
useOwnUserFolder();

const get = async <T>(path: string): Promise<T> =>
	((await helper.request().get(`/icloud-ready/outbox${path}`)) as unknown as { readonly body: T }).body;
const outboxes = async (): Promise<readonly ShownOutbox[]> => await get<ShownOutbox[]>('');
const mona = { name: 'Mona Ali', phone: '01001234567' };
const limit = [1, 2, 3, 4].map(() => ({ status: 429, headers: { 'Retry-After': '600' } }));
const at = (z: string): object => ({ z, x: 1, y: 1 });

/** A subflow with an account of its own; and another one that holds an instance of it. */
const subflows = (instances: readonly Readonly<Record<string, unknown>>[]): readonly Record<string, unknown>[] => [
	{ id: 'sf', type: 'subflow', name: 'Intake', in: [{ x: 1, y: 1, wires: [{ id: 'sf-lead' }] }], out: [] },
	{
		id: 'sf-account',
		z: 'sf',
		type: 'icloud-ready-account',
		name: 'Sales',
		baseUrl: sandbox().baseUrl,
		organizationId: 'org-1',
		outbox: 'disk',
	},
	{
		id: 'sf-lead',
		...at('sf'),
		type: 'icloud-ready-create-lead',
		account: 'sf-account',
		wires: [[], [], [], [], [], [], [], []],
	},
	{ id: 'outer', type: 'subflow', name: 'Office', in: [{ x: 1, y: 1, wires: [{ id: 'inner' }] }], out: [] },
	{ id: 'inner', ...at('outer'), type: 'subflow:sf', name: 'Desk', wires: [] },
	...instances.map((instance) => ({ ...at('tab'), type: 'subflow:sf', wires: [], ...instance })),
	{ id: 'entry', ...at('tab'), type: 'helper', wires: [instances.map(({ id }) => String(id))] },
];

test('each instance of a subflow has its own outbox in the list, told apart by where it runs', async () => {
	await startFlow(sandbox().baseUrl, {
		extra: subflows([
			{ id: 'i1', name: 'Cairo' },
			{ id: 'i2', name: 'Giza' },
			{ id: 'i3', name: 'Giza' },
			{ id: 'i4', name: 'Nile', type: 'subflow:outer' },
		]),
	});
	(helper.getNode('entry') as unknown as { readonly send: (msg: object) => void }).send({ payload: mona });
	await until(async () => (await outboxes()).every(({ counts }) => counts.waiting === 1));
	expect((await outboxes()).map(({ id, name, counts }) => [id, name, counts.waiting]).sort()).toEqual([
		['i1-sf-account', 'Sales · Cairo · test', 1],
		['i2-sf-account', 'Sales · Giza · test (i2-sf-account)', 1],
		['i3-sf-account', 'Sales · Giza · test (i3-sf-account)', 1],
		['i4-inner-sf-account', 'Sales · Desk · Nile · test', 1],
	]);
	const {
		leads: [lead],
	} = await get<LeadsPage>('/i4-inner-sf-account/leads?shelf=waiting');
	expect(lead).toMatchObject({ name: 'Mona Ali', node: { id: 'i4-inner-sf-lead' } });
	const done = await helper
		.request()
		.post(`/icloud-ready/outbox/i4-inner-sf-account/leads/${encodeURIComponent(lead?.id ?? '')}/discard`)
		.send({});
	expect(done.body).toEqual({ done: true });
});

test.each<[name: string, left: readonly Record<string, unknown>[], shown: string]>([
	['was deleted', [], ''],
	[
		'is in a disabled flow',
		[
			{ id: 'off', type: 'tab', label: 'off', disabled: true },
			{ id: 'gone', z: 'off', type: 'icloud-ready-account', name: 'Sales', outbox: 'disk' },
		],
		'Sales',
	],
	[
		'is disabled itself',
		[{ id: 'gone', type: 'icloud-ready-account', name: 'Sales', outbox: 'disk', d: true }],
		'Sales',
	],
])('an account that %s and still holds leads is told of', async (_name, left, shown) => {
	sandbox().failNext(limit);
	const flow = await startFlow(sandbox().baseUrl, {
		extra: [
			{
				id: 'gone',
				type: 'icloud-ready-account',
				baseUrl: sandbox().baseUrl,
				organizationId: 'org-1',
				outbox: 'disk',
				maxTries: 1,
			},
		],
		node: { account: 'gone' },
	});
	flow.send({ payload: mona });
	await until(
		async () =>
			(await outboxes())[0]?.counts.waiting === 1 &&
			(await get<Partial<LeadsPage>>('/gone/leads?shelf=waiting')).leads?.length === 1,
	);
	await stopFlow();
	await startFlow(sandbox().baseUrl, { extra: left });
	const stopped = {
		id: 'gone',
		name: shown,
		counts: { waiting: 1, sending: 0, unconfirmed: 0, ended: 0 },
		isBroken: false,
		isStopped: true,
	};
	expect([await outboxes(), await outboxes()]).toEqual([[stopped], [stopped]]);
	expect(await get('/gone/leads?shelf=waiting')).toEqual({
		message: expect.stringMatching(/No running account.*enable its flow/),
	});
	await stopFlow();
	// It is there again: it runs and has its lead.
	await startFlow(sandbox().baseUrl, {
		extra: [
			{
				id: 'gone',
				type: 'icloud-ready-account',
				name: 'Back',
				baseUrl: sandbox().baseUrl,
				organizationId: 'org-1',
				outbox: 'disk',
			},
		],
	});
	await until(async () => (await outboxes())[0]?.name === 'Back' && (await outboxes())[0]?.counts.waiting === 1);
	expect((await outboxes())[0]).not.toHaveProperty('isStopped');
});

test('a name from the environment', async () => {
	process.env.ICR_TEST_ACCOUNT_NAME = 'From outside';
	await startFlow(sandbox().baseUrl, { account: { outbox: 'disk', name: '${ICR_TEST_ACCOUNT_NAME}' } });
	expect((await outboxes()).map(({ name }) => name)).toEqual(['From outside']);
	delete process.env.ICR_TEST_ACCOUNT_NAME;
});
