import { canary } from '../fixtures/canary';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Meta's Graph API, as far as a lead is asked for; the canary is the page token that it takes. */
export interface Graph {
	readonly url: string;
	readonly server: Server;
	/** So many calls are answered by 500. */
	refusals: number;
}

export const startGraph = async (): Promise<Graph> => {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
	const graph = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v23.0`, server, refusals: 0 };
	server.on('request', (request, response) => {
		const url = new URL(request.url ?? '', 'http://graph');
		const isGood = url.searchParams.get('access_token') === canary;
		if (graph.refusals > 0) {
			graph.refusals--;
			response.writeHead(500).end('{}');
			return;
		}
		const lead = {
			id: url.pathname.split('/').at(-1),
			field_data: [
				{ name: 'full_name', values: ['منى Ali'] },
				{ name: 'phone_number', values: ['+201001234567'] },
			],
		};
		response.writeHead(isGood ? 200 : 400).end(JSON.stringify(isGood ? lead : { error: { message: 'Invalid token' } }));
	});
	return graph;
};
