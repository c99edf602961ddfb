import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An API of this machine that takes leads with one key, as long as it is good. */
export interface KeyedApi {
	readonly baseUrl: string;
	/** Whether the key is taken. */
	isGood: boolean;
	/** Which keys it takes while that is so; left as it is: any. */
	takes: (key: string) => boolean;
	/** How long an answer takes; whoever hangs up meanwhile does not hear it, and the lead is there all the same. */
	latencyMs: number;
	/** Phones of the leads that it created, in the order they came. */
	readonly phones: readonly string[];
	readonly refused: () => number;
	/** How often each key was refused. */
	readonly refusedKeys: ReadonlyMap<string, number>;
	/** How many requests there were at once. */
	readonly mostAtOnce: () => number;
	readonly close: () => Promise<void>;
}

export const openKeyedApi = async (): Promise<KeyedApi> => {
	const phones: string[] = [];
	let refused = 0;
	const refusedKeys = new Map<string, number>();
	let [underWay, mostAtOnce] = [0, 0];
	const server = createServer((request, response) => {
		const key = String(request.headers['x-api-key']);
		mostAtOnce = Math.max(mostAtOnce, ++underWay);
		response.once('close', () => {
			underWay--;
		});
		const chunks: Buffer[] = [];
		request
			.on('data', (chunk: Buffer) => chunks.push(chunk))
			.on('end', () => {
				if (!api.isGood || !api.takes(key)) {
					refused++;
					refusedKeys.set(key, (refusedKeys.get(key) ?? 0) + 1);
					response
						.writeHead(401, { 'content-type': 'application/json' })
						.end(JSON.stringify({ statusCode: 401, message: `The key ${key} has expired` }));
					return;
				}
				phones.push(
					(JSON.parse(Buffer.concat(chunks).toString()) as { leadInformation: { phone: string } }).leadInformation
						.phone,
				);
				const answer = JSON.stringify({
					_id: String(phones.length),
					leadNumber: phones.length,
					realmId: request.headers.organizationid,
				});
				setTimeout(
					() => response.writeHead(201, { 'content-type': 'application/json' }).end(answer),
					api.latencyMs,
				).unref();
			});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const api: KeyedApi = {
		baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v2`,
		isGood: true,
		takes: () => true,
		latencyMs: 0,
		phones,
		refused: () => refused,
		refusedKeys,
		mostAtOnce: () => mostAtOnce,
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
	return api;
};
