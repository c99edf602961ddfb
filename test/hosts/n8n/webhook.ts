import type { Credential, RunnableWorkflow } from './workflow';
import type { World } from './world';

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

/** Activates such a workflow, `webhook` adding to its trigger; each call of the result is one production execution and gives what the node gave. */
export const openWebhook = async (
	{ stand, credential }: Pick<World, 'stand' | 'credential'>,
	path: string,
	options: object,
	webhook: object = {},
): Promise<(lead: object) => Promise<Readonly<Record<string, unknown>>>> => {
	const { id, versionId } = await stand.rest<{ id: string; versionId: string }>(
		'POST',
		'/workflows',
		webhookWorkflow(path, credential, options, webhook),
	);
	await stand.rest('POST', `/workflows/${id}/activate`, { versionId });
	const address = `${stand.url}/webhook/${path}`;
	return async (lead) => {
		for (let tries = 0; ; tries++) {
			const response = await fetch(address, {
				method: 'POST',
				headers: { connection: 'close', 'content-type': 'application/json' },
				body: JSON.stringify(lead),
				signal: AbortSignal.timeout(longestAnswerMs),
			}).catch(async (error: unknown) => await unanswered({ stand }, path, error));
			// n8n serves a webhook a moment after its workflow was activated.
			if (response.status === 404 && tries < 600) await new Promise((resolve) => setTimeout(resolve, 100));
			else return (await response.json()) as Readonly<Record<string, unknown>>;
		}
	};
};
