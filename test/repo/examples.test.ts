import { defaultBaseUrl } from '../../packages/core/src';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const folders = ['docs/workflows', 'packages/node-red/examples'];
const files = folders.flatMap((folder) => readdirSync(join(root, folder)).map((file) => `${folder}/${file}`));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

test('there are eight of each', () => {
	expect(folders.map((folder) => readdirSync(join(root, folder)).length)).toEqual([8, 8]);
});

test.each(files)('%s names no host but the default and holds no credential', (file) => {
	const text = read(file);
	expect(
		[...text.matchAll(/https?:\/\/[^\s"\\]+/g)]
			.map(([address]) => address)
			.filter((address) => address !== defaultBaseUrl),
	).toEqual([]);
	expect(text).not.toMatch(/"(?:apiKey|credentials|password|secret)"/);
});

test.each(files)('README and docs tell of %s', (file) => {
	const name = file.replace(/^.*\/|\.json$/g, '');
	expect(read('README.md') + read('docs/map-fields.md')).toContain(name);
});

test('the examples use every node that is no config node', () => {
	const types = files
		.filter((file) => file.startsWith('packages'))
		.flatMap((file) => (JSON.parse(read(file)) as { type: string }[]).map(({ type }) => type));
	const {
		'node-red': { nodes },
	} = JSON.parse(read('packages/node-red/package.json')) as { 'node-red': { nodes: Record<string, string> } };
	for (const type of Object.keys(nodes)) expect(types).toContain(type);
});

interface RedNode {
	readonly id: string;
	readonly type: string;
	readonly wires?: readonly (readonly string[])[];
	readonly scope?: readonly string[];
	readonly info?: string;
	readonly method?: string;
	readonly active?: boolean;
	readonly tosidebar?: boolean;
}
const redFlow = (file: string): readonly RedNode[] => JSON.parse(read(file)) as readonly RedNode[];
const redFiles = files.filter((file) => file.startsWith('packages'));
const createLead = 'icloud-ready-create-lead';
const leadForm = 'icloud-ready-lead-form';

/** Every node that is reached from some over the wires alone. */
const reached = (flow: readonly RedNode[], from: readonly string[]): readonly RedNode[] => {
	const seen = new Set<string>();
	const next = [...from];
	for (let id = next.pop(); id !== undefined; id = next.pop()) {
		if (seen.has(id)) continue;
		seen.add(id);
		next.push(...(flow.find((node) => node.id === id)?.wires?.flat() ?? []));
	}
	return flow.filter(({ id }) => seen.has(id));
};

/** The calls of a flow that become leads, each with the create-lead nodes behind it. */
const calls = (
	flow: readonly RedNode[],
): readonly { readonly entry: string; readonly leads: readonly string[]; readonly behind: readonly RedNode[] }[] =>
	flow
		.filter(({ type }) => type === leadForm)
		.map(({ id }) => ({ entry: id, behind: reached(flow, [id]) }))
		.map(({ entry, behind }) => ({
			entry,
			behind,
			leads: behind.filter(({ type }) => type === createLead).map(({ id }) => id),
		}))
		.filter(({ leads }) => leads.length > 0);

test('three Node-RED examples answer a call that becomes a lead', () => {
	expect(
		redFiles.filter((file) => calls(redFlow(file)).length > 0).map((file) => file.replace(/^.*\/|\.json$/g, '')),
	).toEqual(['ad-platforms', 'website-form', 'whatsapp-messages']);
});

test.each(redFiles)('%s leaves the answer to the node that receives, and shows what fails', (file) => {
	const flow = redFlow(file);
	expect(flow.filter(({ type }) => type === 'http in')).toEqual([]);
	for (const { entry, leads, behind } of calls(flow)) {
		expect(flow.find(({ id }) => id === entry)).toMatchObject({ answer: 'whenSafe' });
		expect(behind.filter(({ type }) => type === 'http response')).toEqual([]);
		const about = flow.filter(({ type }) => type === 'comment').map(({ info }) => info);
		expect(about.join('\n')).toContain('Where failures go');
		for (const lead of leads) {
			const shown = flow
				.filter(({ type, scope }) => type === 'catch' && scope?.includes(lead) === true)
				.map(({ id }) => id);
			const { wires = [] } = flow.find(({ id }) => id === lead) ?? {};
			const seen = reached(flow, [...shown, ...wires.slice(1).flat()]);
			expect(seen.some(({ type }) => type === 'debug')).toBe(true);
		}
	}
});

test.each(redFiles)('%s explains itself in English and, from right to left, in Arabic', (file) => {
	const about = redFlow(file).flatMap(({ type, info = '' }) => (type === 'comment' ? [info] : []));
	expect(about).toEqual([expect.stringMatching(/^[A-Z`m][^]+\n\n<div dir="rtl">\n\n[\u0600-\u06ff][^]+\n\n<\/div>$/)]);
});

test('the examples share nothing but the account, so that a second import asks nothing', () => {
	const all = redFiles.flatMap((file) => redFlow(file).map(({ id }) => id)).filter((id) => id !== 'icr-account');
	expect(all.filter((id, index) => all.indexOf(id) !== index)).toEqual([]);
});

test.each(redFiles)(
	'%s: each output but Created ends where it is seen, or nowhere and so at Catch and in the log',
	(file) => {
		const flow = redFlow(file);
		for (const { wires = [] } of flow.filter(({ type }) => type === createLead)) {
			for (const output of wires.slice(1).filter((each) => each.length > 0)) {
				expect(
					reached(flow, output).some(
						({ type, active, tosidebar }) => type === 'debug' && active === true && tosidebar === true,
					),
				).toBe(true);
			}
		}
	},
);

interface N8nNode {
	readonly name: string;
	readonly type: string;
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly onError?: string;
	readonly position: readonly [x: number, y: number];
}
interface N8nWorkflow {
	readonly nodes: readonly N8nNode[];
	readonly connections: Readonly<Record<string, { readonly main?: readonly (readonly { readonly node: string }[])[] }>>;
}
const workflowFiles = files.filter((file) => file.startsWith('docs'));
const workflowOf = (file: string): N8nWorkflow => JSON.parse(read(file)) as N8nWorkflow;
const leadType = 'n8n-nodes-icloud-ready.icloudReady';
const triggerType = 'n8n-nodes-icloud-ready.icloudReadyTrigger';
const stopType = 'n8n-nodes-base.stopAndError';

/** An execution of its own that nobody waits for and that ends red. */
const endsRedBeside = ({ type, parameters }: N8nNode): boolean => {
	if (type !== 'n8n-nodes-base.executeWorkflow') return false;
	expect(parameters.options).toEqual({ waitForSubWorkflow: false });
	return (JSON.parse(String(parameters.workflowJson)) as N8nWorkflow).nodes.some((node) => node.type === stopType);
};

/** Every node that is reached from some names; a create-lead node is entered and not passed where `stops`. */
const steps = ({ nodes, connections }: N8nWorkflow, from: readonly string[], stops: boolean): readonly N8nNode[] => {
	const seen = new Set<string>();
	const next = [...from];
	for (let name = next.pop(); name !== undefined; name = next.pop()) {
		if (seen.has(name)) continue;
		seen.add(name);
		if (stops && nodes.find((node) => node.name === name)?.type === leadType) continue;
		next.push(...(connections[name]?.main?.flat().map(({ node }) => node) ?? []));
	}
	return nodes.filter(({ name }) => seen.has(name));
};

test('five workflows receive calls, and none without checking who calls', () => {
	const receiving = workflowFiles.filter((file) => workflowOf(file).nodes.some(({ type }) => type === triggerType));
	expect(receiving.map((file) => file.replace(/^.*\/|\.json$/g, '')).sort()).toEqual([
		'alerts-by-mail',
		'by-outcome',
		'facebook-lead-ads',
		'google-ads-webhook',
		'whatsapp',
	]);
	// n8n keeps an address that an imported workflow brings, which everybody knows then, and which only one workflow may have.
	for (const file of receiving.filter((each) => !each.endsWith('alerts-by-mail.json')))
		for (const node of workflowOf(file).nodes) expect(node).not.toHaveProperty('webhookId');
	for (const { type } of workflowFiles.flatMap((file) => workflowOf(file).nodes))
		expect(type).not.toBe('n8n-nodes-base.webhook');
});

test.each(workflowFiles)(
	'%s answers a call when its lead has ended: 500 for what a repeat mends, 200 for the rest',
	(file) => {
		const workflow = workflowOf(file);
		const trigger = workflow.nodes.find(({ type }) => type === triggerType);
		if (trigger === undefined) return;
		expect(trigger.parameters).toMatchObject({ answer: 'whenEnded' });
		// What a gateway says makes no lead.
		if (trigger.parameters.event === 'leadsNeedAttention') return;
		const behind = (output: number): readonly N8nNode[] =>
			steps(workflow, workflow.connections['Create Lead']?.main?.[output]?.map(({ node }) => node) ?? [], false);
		for (const output of [0, 1]) expect(behind(output).some(({ type }) => type === stopType)).toBe(false);
		for (const output of [2, 6]) {
			expect(behind(output).some(({ type }) => type === stopType)).toBe(false);
			expect(behind(output).some(endsRedBeside)).toBe(true);
		}
		for (const output of [3, 4, 5, 7]) expect(behind(output).some(({ type }) => type === stopType)).toBe(true);
	},
);

test.each(workflowFiles)('%s lies in rows that do not touch, below its note', (file) => {
	const { nodes } = workflowOf(file);
	const [notes, others] = [true, false].map((isNote) =>
		nodes.filter(({ type }) => (type === 'n8n-nodes-base.stickyNote') === isNote),
	);
	for (const [index, one] of (others ?? []).entries())
		for (const other of (others ?? []).slice(index + 1)) {
			const [across, down] = [0, 1].map((axis) => Math.abs((one.position[axis] ?? 0) - (other.position[axis] ?? 0)));
			expect([one.name, other.name, (across ?? 0) >= 180 || (down ?? 0) >= 200]).toEqual([one.name, other.name, true]);
		}
	const top = Math.min(...(others ?? []).map(({ position }) => position[1]));
	for (const { position, parameters } of notes ?? [])
		expect(position[1] + Number(parameters.height)).toBeLessThanOrEqual(top - 40);
});

/** Outputs on which a lead is neither created nor there already: of one per outcome, and of the error output. What is sent again is followed. */
const failureOutputs = ({ parameters, onError }: N8nNode): readonly number[] => {
	if (parameters.outputPerOutcome === true) return [2, 3, 4, 5, 6, 7];
	return onError === 'continueErrorOutput' ? [1] : [];
};

test.each(workflowFiles)('%s ends red where a lead is not created, and its note says where it goes', (file) => {
	const workflow = workflowOf(file);
	const notes = workflow.nodes
		.filter(({ type }) => type === 'n8n-nodes-base.stickyNote')
		.map(({ parameters }) => String(parameters.content))
		.join('\n');
	for (const node of workflow.nodes.filter(({ type }) => type === leadType)) {
		expect(['continueErrorOutput', undefined]).toContain(node.onError);
		for (const output of failureOutputs(node)) {
			const behind = steps(
				workflow,
				workflow.connections[node.name]?.main?.[output]?.map(({ node: name }) => name) ?? [],
				false,
			);
			const red = behind.filter(
				(each) =>
					each.type === stopType || endsRedBeside(each) || (each.type === leadType && each.onError === undefined),
			);
			expect(red.length).toBeGreaterThan(0);
			expect(red.some(({ name, type }) => type === leadType || notes.includes(name))).toBe(true);
		}
	}
});
