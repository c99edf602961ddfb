import type { Credential, RunnableWorkflow } from './workflow';
import type { World } from './world';
import { pause, until } from '../until';

/** A workflow that runs by itself: a webhook, Create Lead, and nothing behind it. */
const webhookWorkflow = (
	path: string,
	credential: Credential,
	options: object,
	webhook: object,
): Omit<RunnableWorkflow, 'run' | 'pinData'> => ({
	name: `Webhook ${path}`,
	settings: {},
	nodes: [
		{
			id: 'webhook',
			name: 'Webhook',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			position: [0, 0],
			webhookId: path,
			parameters: { path, httpMethod: 'POST', responseMode: 'lastNode', options: {}, ...webhook },
		},
		{
			id: 'create-lead',
			name: 'Create Lead',
			type: 'n8n-nodes-icloud-ready.icloudReady',
			typeVersion: 1,
			position: [200, 0],
			onError: 'continueRegularOutput',
			parameters: { resource: 'lead', operation: 'create', leadInput: 'form', options },
			credentials: { icloudReadyApi: credential },
		},
	],
	connections: { Webhook: { main: [[{ node: 'Create Lead', type: 'main', index: 0 }]] } },
});

/** A call waits for those that were made with it: n8n on busy cores starts only a few executions a second. */
const longestAnswerMs = 300_000;

interface Execution {
	readonly id: string;
	readonly status: string;
	readonly startedAt: string | null;
}

/** Why a call got no answer: what became of the executions is all that tells. */
const unanswered = async ({ stand }: Pick<World, 'stand'>, path: string, error: unknown): Promise<never> => {
	const newest = await stand.rest<{ results: readonly Execution[] }>('GET', '/executions?limit=5');
	const open = await stand.rest<{ results: readonly Execution[] }>(
		'GET',
		`/executions?limit=100&filter=${encodeURIComponent(JSON.stringify({ status: ['new', 'running', 'waiting'] }))}`,
	);
	const told = ({ id, status, startedAt }: Execution): string => `${id} ${status}, started ${startedAt ?? 'never'}`;
	throw new Error(
		`n8n did not answer ${path} (${String(error)}). Its newest executions: ${newest.results.map(told).join('; ')}. Not ended: ${open.results.map(told).join('; ') || 'none'}.`,
	);
};

interface Activated {
	readonly workflowId: string;
	/** Makes a call; a call without an answer ends in what became of the executions. */
	readonly call: (lead: object) => Promise<Readonly<Record<string, unknown>>>;
}

const activate = async (
	{ stand, credential }: Pick<World, 'stand' | 'credential'>,
	path: string,
	options: object,
	webhook: object,
): Promise<Activated> => {
	const { id, versionId } = await stand.rest<{ id: string; versionId: string }>(
		'POST',
		'/workflows',
		webhookWorkflow(path, credential, options, webhook),
	);
	await stand.rest('POST', `/workflows/${id}/activate`, { versionId });
	const address = `${stand.url}/webhook/${path}`;
	const call: Activated['call'] = async (lead) => {
		for (let tries = 0; ; tries++) {
			const response = await fetch(address, {
				method: 'POST',
				headers: { connection: 'close', 'content-type': 'application/json' },
				body: JSON.stringify(lead),
				signal: AbortSignal.timeout(longestAnswerMs),
			}).catch(async (error: unknown) => await unanswered({ stand }, path, error));
			// n8n serves a webhook a moment after its workflow was activated, and none while its database does not answer a ping.
			if ([404, 503].includes(response.status) && tries < 600) await pause(100);
			else return (await response.json()) as Readonly<Record<string, unknown>>;
		}
	};
	return { workflowId: id, call };
};

/** Activates such a workflow, `webhook` adding to its trigger; each call of the result is one production execution and gives what the node gave. */
export const openWebhook = async (
	world: Pick<World, 'stand' | 'credential'>,
	path: string,
	options: object,
	webhook: object = {},
): Promise<Activated['call']> => (await activate(world, path, options, webhook)).call;

/**
 * The same with a webhook that answers at once; `items` waits until `count` executions have ended and gives what the node
 * gave in all of them. For many calls at the same moment: of hundreds that it holds open, n8n in queue mode once left one
 * without its answer although each execution had ended.
 */
export const openImmediateWebhook = async (
	world: Pick<World, 'stand' | 'credential'>,
	path: string,
	options: object,
): Promise<{
	readonly post: Activated['call'];
	readonly items: (count: number) => Promise<readonly Readonly<Record<string, unknown>>[]>;
}> => {
	const { workflowId, call } = await activate(world, path, options, { responseMode: 'onReceived' });
	/** Newest first; n8n's own cursor goes by number while its list is sorted by when each began, so it tells some twice and others never. */
	const endedExecutions = async (): Promise<ReadonlyMap<string, Execution>> => {
		const ended = new Map<string, Execution>();
		for (let startedBefore: string | undefined; ; ) {
			const known = ended.size;
			const filter = { workflowId, status: ['success', 'error', 'crashed', 'canceled'], startedBefore };
			const { results } = await world.stand.rest<{ results: readonly Execution[] }>(
				'GET',
				`/executions?limit=100&filter=${encodeURIComponent(JSON.stringify(filter))}`,
			);
			for (const execution of results) ended.set(execution.id, execution);
			startedBefore = results.at(-1)?.startedAt ?? undefined;
			if (ended.size === known || startedBefore === undefined) return ended;
		}
	};
	const items = async (count: number): Promise<readonly Readonly<Record<string, unknown>>[]> => {
		let ended: ReadonlyMap<string, Execution> = new Map();
		await until(async () => {
			await pause(500);
			ended = await endedExecutions();
			return ended.size >= count;
		}, longestAnswerMs);
		const given: Readonly<Record<string, unknown>>[] = [];
		for (const id of ended.keys())
			given.push(...((await world.stand.finished(id)).outputs('Create Lead')[0] ?? []).map(({ json }) => json));
		return given;
	};
	return { post: call, items };
};
