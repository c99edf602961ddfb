import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface ToolCall {
	readonly id: string;
	readonly type: 'function';
	readonly function: { readonly name: string; readonly arguments: string };
}

/** One message as a chat model is sent it. */
export interface ChatMessage {
	readonly role: 'system' | 'user' | 'assistant' | 'tool';
	readonly content: unknown;
	readonly tool_calls?: readonly ToolCall[];
}

/** What the model does next: it speaks, or it calls the tool with these arguments, once for each. */
export type Turn = { readonly say: string } | { readonly call: readonly Readonly<Record<string, unknown>>[] };

/** A chat model that follows a script, over the interface that most models offer. */
export interface ScriptedModel {
	readonly url: string;
	/** Answers the next requests in this order; whatever comes after them is answered with "Done". */
	readonly script: (turns: readonly Turn[]) => void;
	/** The messages of each request so far. */
	readonly asked: () => readonly (readonly ChatMessage[])[];
	/** What the tool told, in the order in which the model read it. */
	readonly toolAnswers: () => readonly string[];
	readonly close: () => Promise<void>;
}

const tool = 'Create_Lead';

const messageOf = (turn: Turn, id: number): object =>
	'say' in turn
		? { role: 'assistant', content: turn.say }
		: {
				role: 'assistant',
				content: null,
				tool_calls: turn.call.map((given, index) => ({
					id: `call_${id}_${index}`,
					type: 'function',
					function: { name: tool, arguments: JSON.stringify(given) },
				})),
			};

const contentText = (content: unknown): string => (typeof content === 'string' ? content : JSON.stringify(content));

export const startScriptedModel = async (): Promise<ScriptedModel> => {
	let turns: Turn[] = [];
	let requests: (readonly ChatMessage[])[] = [];
	const server = createServer((request, response) => {
		let text = '';
		request.setEncoding('utf8').on('data', (part: string) => (text += part));
		request.on('end', () => {
			const { messages = [], model = 'scripted' } = JSON.parse(text || '{}') as {
				messages?: readonly ChatMessage[];
				model?: string;
			};
			requests = [...requests, messages];
			const message = messageOf(turns.shift() ?? { say: 'Done' }, requests.length);
			response.writeHead(200, { 'content-type': 'application/json' }).end(
				JSON.stringify({
					id: `chat-${requests.length}`,
					object: 'chat.completion',
					created: 0,
					model,
					choices: [{ index: 0, message, finish_reason: 'tool_calls' in message ? 'tool_calls' : 'stop' }],
					usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
				}),
			);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		script: (next) => {
			turns = [...next];
			requests = [];
		},
		asked: () => requests,
		toolAnswers: () =>
			(requests.at(-1) ?? []).filter(({ role }) => role === 'tool').map(({ content }) => contentText(content)),
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
};
