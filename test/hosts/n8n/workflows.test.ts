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
const webhook = (body: unknown): unknown => ({ headers: {}, params: {}, query: {}, body, executionMode: 'test' });

/** What stands for the outside world: the items that each of these nodes would have given. */
type Given = Readonly<Record<string, readonly unknown[]>>;

/** The workflow as imported, with an account chosen and the outside world replaced. The first node that is given starts it. */
const runnable = ({ nodes, ...rest }: Stored, given: Given, trigger = Object.keys(given)[0]): RunnableWorkflow => ({
	...rest,
	nodes: nodes.map((node) =>
		node.type.startsWith('n8n-nodes-icloud-ready.')
			? { ...node, credentials: { icloudReadyApi: world().credential } }
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
	['facebook-lead-ads', { 'Facebook Lead Ads': [payload('facebook-lead-ads-n8n-trigger')] }, ['+201000000001']],
	['google-ads-webhook', { Webhook: [webhook(payload('google-ads-lead-form'))] }, ['+971500000003']],
	[
		'google-sheets-bulk',
		{ 'When Clicking Execute': [{}], 'Read Rows': [sheetRow, { ...sheetRow, Phone: 1000000012 }, sheetRow] },
		['+201000000011', '+201000000012'],
	],
	['whatsapp', { WhatsApp: [payload('whatsapp-cloud-message'), payload('whatsapp-cloud-message')] }, ['+201000000018']],
];

test.each(rows)('%s creates its leads', async (file, given, expected) => {
	const execution = await world().stand.run(runnable(workflow(file), given));
	expect(execution.status).toBe('success');
	expect(phones()).toEqual(expected);
	expect(execution.outputs('Created').flat().length).toBeGreaterThan(0);
});

const unsent = { name: 'Karim', phone: '12' };
/** The same workflows with a lead that cannot be created beside a good one: nothing ends in a green execution. */
const failing: readonly [file: string, given: Given, created: number][] = [
	['google-ads-webhook', { Webhook: [webhook(unsent)] }, 0],
	['google-sheets-bulk', { 'When Clicking Execute': [{}], 'Read Rows': [sheetRow, unsent] }, 1],
	['facebook-lead-ads', { 'Facebook Lead Ads': [unsent] }, 0],
	['whatsapp', { WhatsApp: [payload('whatsapp-cloud-message'), unsent] }, 1],
];

test.each(failing)('%s ends red where a lead is not created, after what was created', async (file, given, created) => {
	const execution = await world().stand.run(runnable(workflow(file), given));
	expect(execution.status).toBe('error');
	expect(phones()).toHaveLength(created);
	expect(execution.outputs('Created').flat()).toHaveLength(created);
});

test('n8n-form creates its lead and goes on to its last page', async () => {
	const { stand } = world();
	const id = await stand.start(runnable(workflow('n8n-form'), { 'Lead Form': [payload('n8n-form-trigger')] }));
	for (let tries = 0; phones().length === 0 && tries < 1200; tries++) await new Promise((done) => setTimeout(done, 50));
	expect(phones()).toEqual(['+201000000017']);
	await stand.rest('POST', `/executions/${id}/stop`).catch(() => undefined);
});

test('by-outcome leads each outcome to its own step', async () => {
	const items = [
		webhook({ name: 'Mona', phone: '01000000001' }),
		webhook({ name: 'Karim', phone: '12' }),
		webhook({ name: 'Omar', phone: '01000000003', email: 'lost@sandbox.test' }),
	];
	const execution = await world().stand.run(runnable(workflow('by-outcome'), { Webhook: items }));
	// What was not created is told in red, after every step has had its lead.
	expect(execution.status).toBe('error');
	expect(
		['Done', 'Ask For A Correction', 'Look It Up Before Sending Again'].map(
			(name) => execution.outputs(name).flat().length,
		),
	).toEqual([1, 1, 1]);
});

test('by-outcome stays green where all are created', async () => {
	const execution = await world().stand.run(
		runnable(workflow('by-outcome'), { Webhook: [webhook({ name: 'Mona', phone: '01000000001' })] }),
	);
	expect([execution.status, execution.outputs('Done').flat().length]).toEqual(['success', 1]);
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
	const run = [...rows.map(([file]) => file), 'n8n-form', 'by-outcome', 'ai-agent'];
	expect(
		readdirSync(folder)
			.map((file) => file.replace('.json', ''))
			.sort(),
	).toEqual([...run].sort());
});
