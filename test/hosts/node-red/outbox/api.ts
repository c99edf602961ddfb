import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An API that takes leads with one key, and remembers who came in which order. Quick, so that it is not what is measured. */
export interface Api {
	readonly baseUrl: string;
	/** The key that is taken now. */
	key: string;
	/** How long an answer takes, in ms. */
	latencyMs: number;
	/** Phones of created leads, in the order in which they came. */
	readonly arrived: string[];
	/** Requests, refused ones among them. */
	readonly requests: () => number;
	/** Resolves when so many leads were created. */
	readonly created: (count: number) => Promise<void>;
	readonly close: () => Promise<void>;
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
	let text = '';
	for await (const chunk of request) text += String(chunk);
	return text;
};

export const startApi = async (): Promise<Api> => {
	const arrived: string[] = [];
	let requests = 0;
	let waiters: { readonly count: number; readonly resolve: () => void }[] = [];
	const server = createServer((request, response) => {
		requests++;
		void bodyOf(request).then(
			(text) => {
				const isLetIn = request.headers['x-api-key'] === api.key;
				if (isLetIn) arrived.push((JSON.parse(text) as { leadInformation: { phone: string } }).leadInformation.phone);
				for (const { resolve } of waiters.filter(({ count }) => arrived.length >= count)) resolve();
				waiters = waiters.filter(({ count }) => arrived.length < count);
				const answer = (): void => {
					response.writeHead(isLetIn ? 201 : 401, { 'content-type': 'application/json' });
					response.end(
						JSON.stringify(
							isLetIn ? { _id: `id-${arrived.length}`, leadNumber: arrived.length } : { message: 'Invalid token' },
						),
					);
				};
				if (api.latencyMs === 0) answer();
				else setTimeout(answer, api.latencyMs);
			},
			() => undefined,
		);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const api: Api = {
		baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v2`,
		key: 'first-key',
		latencyMs: 0,
		arrived,
		requests: () => requests,
		created: async (count) => {
			if (arrived.length < count) await new Promise<void>((resolve) => waiters.push({ count, resolve }));
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
	return api;
};
