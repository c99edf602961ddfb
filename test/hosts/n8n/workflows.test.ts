import { payloadFixtures } from '../../fixtures/payloads';
import { leadNode, type RunnableWorkflow } from './workflow';
import { useWorld } from './world';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const world = useWorld();

interface StoredNode {
	readonly name: string;
	readonly type: string;
}

type Stored = Pick<RunnableWorkflow, 'name' | 'connections' | 'settings'> & { readonly nodes: readonly StoredNode[] };

const folder = join(__dirname, '../../../docs/workflows');
const workflow = (file: string): Stored => JSON.parse(readFileSync(join(folder, `${file}.json`), 'utf8')) as Stored;
const payload = (name: string): unknown => payloadFixtures.find((fixture) => fixture.name === name)?.payload;
const received = 'iCloud-Ready Trigger';
let number = 0;
/** As the trigger gives it. */
const call = (payload: unknown, platform = 'any'): unknown => ({
	...(payload as object),
	icloudReady: { platform, submissionId: `call-${++number}` },
});

/** What stands for the outside world: the items that each of these nodes would have given. */
type Given = Readonly<Record<string, readonly unknown[]>>;

/** The workflow as imported, with an account chosen and the outside world replaced. The first node that is given starts it. */
const runnable = (
	{ nodes, ...rest }: Stored,
	given: Given,
	{ trigger = Object.keys(given)[0], credential = world().credential } = {},
): RunnableWorkflow => ({
	...rest,
	nodes: nodes.map((node) =>
		['icloudReady', 'icloudReadyTool'].includes(node.type.replace('n8n-nodes-icloud-ready.', ''))
			? { ...node, credentials: { icloudReadyApi: credential } }
			: node,
	),
	pinData: Object.fromEntries(Object.entries(given).map(([name, items]) => [name, items.map((json) => ({ json }))])),
	run: { triggerToStartFrom: { name: trigger } },
});

const phones = (): unknown[] =>
	world()
		.sandbox.leads.map((lead) => (lead.leadInformation as { phone: string }).phone)
		.sort();
const sheetRow = payload('google-sheets-row-n8n') as object;

/** Pages of a form end an execution by waiting for the visitor, so that one counts as going on. */
const rows: readonly [file: string, given: Given, phones: readonly string[]][] = [
	['facebook-lead-ads', { [received]: [call(payload('facebook-lead-ads-n8n-trigger'), 'meta')] }, ['+201000000001']],
	['google-ads-webhook', { [received]: [call(payload('google-ads-lead-form'), 'googleAds')] }, ['+971500000003']],
	[
		'google-sheets-bulk',
		{ 'When Clicking Execute': [{}], 'Read Rows': [sheetRow, { ...sheetRow, Phone: 1000000012 }, sheetRow] },
		['+201000000011', '+201000000012'],
	],
	[
		'whatsapp',
		{ [received]: [1, 2].map(() => call(payload('whatsapp-cloud-message'), 'whatsapp')) },
		['+201000000018'],
	],
];

test.each(rows)('%s creates its leads', async (file, given, expected) => {
	const execution = await world().stand.run(runnable(workflow(file), given));
	expect(execution.status).toBe('success');
	expect(phones()).toEqual(expected);
	expect(execution.outputs('Created').flat().length).toBeGreaterThan(0);
});

const unsent = { name: 'Karim', phone: '12' };
test('google-sheets-bulk ends red where a lead is not created, after what was created', async () => {
	const given = { 'When Clicking Execute': [{}], 'Read Rows': [sheetRow, unsent] };
	const execution = await world().stand.run(runnable(workflow('google-sheets-bulk'), given));
	expect(execution.status).toBe('error');
	expect(phones()).toHaveLength(1);
	expect(execution.outputs('Created').flat()).toHaveLength(1);
});

/** The newest executions, of which a workflow that nobody waits for is one. */
const newest = async (): Promise<readonly { readonly id: string; readonly status: string; readonly mode: string }[]> =>
	(await world().stand.rest<{ results: { id: string; status: string; mode: string }[] }>('GET', '/executions?limit=10'))
		.results;
const receiving = ['google-ads-webhook', 'facebook-lead-ads', 'whatsapp', 'by-outcome'];

test.each(receiving)(
	'%s: what a repeat does not mend is answered by 200, and red in an execution of its own',
	async (file) => {
		const before = new Set((await newest()).map(({ id }) => id));
		const execution = await world().stand.run(runnable(workflow(file), { [received]: [call(unsent)] }));
		expect([execution.status, phones()]).toEqual(['success', []]);
		const red = async (): Promise<unknown[]> =>
			(await newest()).filter(({ id, status }) => !before.has(id) && status === 'error');
		for (let tries = 0; (await red()).length === 0 && tries < 600; tries++)
			await new Promise((done) => setTimeout(done, 100));
		expect(await red()).toHaveLength(1);
	},
);

test.each(receiving)(
	'%s: with an expired key it is red itself, so that the platform repeats, and the repeat creates the lead once',
	async (file) => {
		const expired = await world().addCredential({ apiKey: 'expired-key' });
		const given = { [received]: [call({ name: 'Mona', phone: '01000000001' })] };
		const refused = await world().stand.run(runnable(workflow(file), given, { credential: expired }));
		expect(refused.status).toBe('error');
		expect(refused.error?.message).toContain('1 not created');
		for (const _ of [1, 2]) expect((await world().stand.run(runnable(workflow(file), given))).status).toBe('success');
		expect(phones()).toContain('+201000000001');
	},
);

test('n8n-form creates its lead and goes on to its last page', async () => {
	const { stand } = world();
	const id = await stand.start(runnable(workflow('n8n-form'), { 'Lead Form': [payload('n8n-form-trigger')] }));
	for (let tries = 0; phones().length === 0 && tries < 1200; tries++) await new Promise((done) => setTimeout(done, 50));
	expect(phones()).toEqual(['+201000000017']);
	await stand.rest('POST', `/executions/${id}/stop`).catch(() => undefined);
});

test('by-outcome leads each outcome to its own step', async () => {
	const items = [
		call({ name: 'Mona', phone: '01000000001' }),
		call({ name: 'Karim', phone: '12' }),
		call({ name: 'Omar', phone: '01000000003', email: 'lost@sandbox.test' }),
	];
	const execution = await world().stand.run(runnable(workflow('by-outcome'), { [received]: items }));
	expect(execution.status).toBe('success');
	expect(
		['Done', 'Ask for a Correction', 'Look It Up Before Sending Again'].map(
			(name) => execution.outputs(name).flat().length,
		),
	).toEqual([1, 1, 1]);
});

test('ai-agent offers the tool with three fields to fill in', async () => {
	const { run, ...ready } = runnable(workflow('ai-agent'), { Chat: [{ chatInput: 'Hello' }] });
	const query = { First_Name: 'Mona', Phone: '010 0000 0001', Lead_Description: 'A villa with a garden' };
	// There is no model here, so n8n's own "execute step" calls the tool in its place.
	const tool = {
		destinationNode: { nodeName: leadNode, mode: 'inclusive' },
		runData: {},
		agentRequest: { query: { Create_Lead: query }, tool: { name: 'Create_Lead' } },
	};
	const execution = await world().stand.run({ ...ready, run: { ...run, ...tool } });
	expect(execution.status).toBe('success');
	expect(world().sandbox.leads).toMatchObject([
		{ leadInformation: { firstName: 'Mona', phone: '+201000000001' }, leadDescription: 'A villa with a garden' },
	]);
});

test('every workflow of the folder is run here', () => {
	// What mails alerts runs in trigger.test.ts, behind a gateway.
	const run = [...rows.map(([file]) => file), 'n8n-form', 'by-outcome', 'ai-agent', 'alerts-by-mail'];
	expect(
		readdirSync(folder)
			.map((file) => file.replace('.json', ''))
			.sort(),
	).toEqual([...run].sort());
});
