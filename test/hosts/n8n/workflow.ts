/** Workflows for a real n8n: Start gives the items, Create Lead sends them, and sinks take what comes out. */

export interface RunnableWorkflow {
	readonly name: string;
	readonly nodes: readonly unknown[];
	readonly connections: Readonly<Record<string, unknown>>;
	readonly settings: Readonly<Record<string, unknown>>;
	readonly pinData: Readonly<Record<string, unknown>>;
	/** What the editor posts to run it. */
	readonly run: Readonly<Record<string, unknown>>;
}

export interface Credential {
	readonly id: string;
	readonly name: string;
}

export interface Setup {
	readonly credential: Credential;
	readonly items: readonly unknown[];
	readonly parameters: Readonly<Record<string, unknown>>;
	/** On Error; n8n's default is to stop. */
	readonly onError?: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	/** Outputs that lead to a node; by default all that there may be. */
	readonly wired?: readonly number[];
	readonly node?: Readonly<Record<string, unknown>>;
}

const node = (name: string, type: string, more: Readonly<Record<string, unknown>>): unknown => ({
	id: name.toLowerCase().replace(/\W/g, '-'),
	name,
	type,
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
	...more,
});

const to = (name: string, type = 'main'): unknown => ({ node: name, type, index: 0 });

const allOutputs = [0, 1, 2, 3, 4, 5, 6, 7, 8];

export const leadNode = 'Create Lead';

/** What n8n calls the same node as a tool. */
const toolName = 'Create_Lead';

const createLead = ({ credential, parameters, onError, node: more }: Setup, type: string): unknown =>
	node(leadNode, `n8n-nodes-icloud-ready.${type}`, {
		parameters: { resource: 'lead', operation: 'create', ...parameters },
		credentials: { icloudReadyApi: credential },
		...(onError === undefined ? {} : { onError }),
		...more,
	});

/** Start -> Create Lead -> one sink for each wired output. */
export const leadWorkflow = (setup: Setup): RunnableWorkflow => {
	const wired = setup.wired ?? allOutputs;
	return {
		name: 'Leads',
		settings: {},
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', {}),
			createLead(setup, 'icloudReady'),
			...wired.map((index) => node(`Sink ${index}`, 'n8n-nodes-base.noOp', {})),
		],
		connections: {
			Start: { main: [[to(leadNode)]] },
			[leadNode]: { main: allOutputs.map((index) => (wired.includes(index) ? [to(`Sink ${index}`)] : [])) },
		},
		pinData: { Start: setup.items.map((json) => ({ json })) },
		run: { triggerToStartFrom: { name: 'Start' } },
	};
};

/** Start -> n8n's own HTTP Request, with the same lead in its body. */
export const requestWorkflow = ({
	baseUrl,
	items,
	options,
	node: more,
}: { readonly baseUrl: string; readonly options?: object } & Pick<Setup, 'items' | 'node'>): RunnableWorkflow => ({
	name: 'HTTP Request',
	settings: {},
	nodes: [
		node('Start', 'n8n-nodes-base.manualTrigger', {}),
		node('HTTP Request', 'n8n-nodes-base.httpRequest', {
			typeVersion: 4.2,
			parameters: {
				method: 'POST',
				url: `${baseUrl}/leads`,
				sendBody: true,
				specifyBody: 'json',
				jsonBody: '={{ { leadInformation: { firstName: "Mona", phone: $json.phone } } }}',
				options: options ?? {},
			},
			...more,
		}),
	],
	connections: { Start: { main: [[to('HTTP Request')]] } },
	pinData: { Start: items.map((json) => ({ json })) },
	run: { triggerToStartFrom: { name: 'Start' } },
});

/** The tool variant below an agent that never runs: n8n's own "execute step" calls the tool in its place. */
export const toolWorkflow = (setup: Setup, query: Readonly<Record<string, unknown>>): RunnableWorkflow => ({
	name: 'Tool',
	settings: {},
	nodes: [
		node('Start', 'n8n-nodes-base.manualTrigger', {}),
		node('Agent', '@n8n/n8n-nodes-langchain.agent', { typeVersion: 2 }),
		createLead(setup, 'icloudReadyTool'),
	],
	connections: { Start: { main: [[to('Agent')]] }, [leadNode]: { ai_tool: [[to('Agent', 'ai_tool')]] } },
	pinData: { Start: [{ json: {} }] },
	run: {
		runData: {},
		destinationNode: { nodeName: leadNode, mode: 'inclusive' },
		triggerToStartFrom: { name: 'Start' },
		agentRequest: { query: { [toolName]: query }, tool: { name: toolName } },
	},
});
