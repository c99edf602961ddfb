import type { World } from './world';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const shipped = join(__dirname, '../../../docs/workflows/ai-agent.json');

interface StoredNode {
	readonly name: string;
	readonly parameters: Readonly<Record<string, unknown>>;
}

/** An answer of JSON-RPC, alone or as the one event of a stream. */
const readAnswer = (text: string): { readonly result?: unknown; readonly error?: unknown } => {
	const data = text.split('\n').find((line) => line.startsWith('data:'));
	return JSON.parse(data === undefined ? text : data.slice('data:'.length)) as { result?: unknown };
};

/**
 * Puts the tool of the shipped workflow behind an MCP Server Trigger and connects to it as a client does, over streamable HTTP; the
 * result calls the tool and gives the text that came back.
 */
export const openMcp = async (
	{ stand, credential }: Pick<World, 'stand' | 'credential'>,
	path: string,
	onError: string,
	options: object,
): Promise<(given: object) => Promise<string>> => {
	const { nodes } = JSON.parse(readFileSync(shipped, 'utf8')) as { nodes: readonly StoredNode[] };
	const tool = nodes.find(({ name }) => name === 'Create Lead');
	const { id, versionId } = await stand.rest<{ id: string; versionId: string }>('POST', '/workflows', {
		name: path,
		settings: {},
		nodes: [
			{
				id: 'mcp',
				name: 'MCP',
				type: '@n8n/n8n-nodes-langchain.mcpTrigger',
				typeVersion: 2,
				position: [0, 0],
				webhookId: path,
				parameters: { path, authentication: 'none' },
			},
			{
				...tool,
				onError,
				parameters: { ...tool?.parameters, options },
				credentials: { icloudReadyApi: credential },
			},
		],
		connections: { 'Create Lead': { ai_tool: [[{ node: 'MCP', type: 'ai_tool', index: 0 }]] } },
	});
	await stand.rest('POST', `/workflows/${id}/activate`, { versionId });
	let session: Readonly<Record<string, string>> = {};
	let count = 0;
	const ask = async (method: string, params: object): Promise<unknown> => {
		for (let tries = 0; ; tries++) {
			const response = await fetch(`${stand.url}/mcp/${path}`, {
				method: 'POST',
				headers: {
					'content-type': 'application/json',
					accept: 'application/json, text/event-stream',
					...session,
				},
				body: JSON.stringify({
					jsonrpc: '2.0',
					...(method.startsWith('notifications/') ? {} : { id: ++count }),
					method,
					params,
				}),
			});
			// n8n serves a trigger a moment after its workflow was activated.
			if (response.status === 404 && tries < 600) {
				await new Promise((resolve) => setTimeout(resolve, 100));
				continue;
			}
			const id = response.headers.get('mcp-session-id');
			if (id !== null) session = { 'mcp-session-id': id };
			const text = await response.text();
			if (method.startsWith('notifications/')) return undefined;
			const answer = readAnswer(text);
			if (answer.error !== undefined) throw new Error(`${method}: ${JSON.stringify(answer.error)}`);
			return answer.result;
		}
	};
	await ask('initialize', {
		protocolVersion: '2025-03-26',
		capabilities: {},
		clientInfo: { name: 'test', version: '1.0.0' },
	});
	await ask('notifications/initialized', {});
	const { tools } = (await ask('tools/list', {})) as { tools: readonly { readonly name: string }[] };
	const name = tools[0]?.name ?? '';
	return async (given) => {
		const { content } = (await ask('tools/call', { name, arguments: given })) as {
			content: readonly { readonly text?: string }[];
		};
		return content.map(({ text = '' }) => text).join('\n');
	};
};
