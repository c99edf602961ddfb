import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Scripted = '201' | '401' | '403' | '429' | '429 2' | '429 date' | '500' | 'no answer';

/** An API of this machine that answers by a script, and creates every lead once that is over. */
export interface ScriptedApi {
	readonly baseUrl: string;
	/** What it answers next, in order. */
	script: Scripted[];
	/** Phones of the leads that it created, in the order they came. */
	readonly phones: readonly string[];
	readonly requests: () => number;
	readonly close: () => Promise<void>;
}

const headersOf = (answer: Scripted): Readonly<Record<string, string>> => {
	if (answer === '429 2') return { 'retry-after': '2' };
	// This machine's time, whatever the one that asks believes.
	if (answer === '429 date') return { 'retry-after': new Date(Date.now() + 2000).toUTCString() };
	return {};
};

export const openScriptedApi = async (): Promise<ScriptedApi> => {
	const phones: string[] = [];
	let requests = 0;
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request
			.on('data', (chunk: Buffer) => chunks.push(chunk))
			.on('end', () => {
				requests++;
				const answer = api.script.shift() ?? '201';
				if (answer === 'no answer') {
					request.socket.destroy();
					return;
				}
				const status = Number(answer.slice(0, 3));
				const { leadInformation, realmId } = JSON.parse(Buffer.concat(chunks).toString()) as {
					leadInformation: { phone: string };
					realmId?: string;
				};
				if (status === 201) phones.push(leadInformation.phone);
				response.writeHead(status, { 'content-type': 'application/json', ...headersOf(answer) });
				response.end(
					JSON.stringify(
						status === 201
							? { _id: `id-${phones.length}`, leadNumber: phones.length, realmId }
							: { statusCode: status, message: `The API said ${status}` },
					),
				);
			});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const api: ScriptedApi = {
		baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v2`,
		script: [],
		phones,
		requests: () => requests,
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
	return api;
};
