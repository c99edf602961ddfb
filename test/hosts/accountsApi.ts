import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One lead as it came in. */
export interface ArrivedLead {
	readonly key: unknown;
	readonly organizationId: unknown;
	readonly phone: string;
}

/** An API of this machine for several accounts: what came to it, and which keys or organizations it refuses. */
export interface AccountsApi {
	readonly baseUrl: string;
	readonly arrived: ArrivedLead[];
	/** The status of a lead; 201 as long as nobody says otherwise. */
	answer: (lead: ArrivedLead) => number;
	readonly reset: () => void;
	readonly close: () => Promise<void>;
}

export const openAccountsApi = async (): Promise<AccountsApi> => {
	const arrived: ArrivedLead[] = [];
	const created = (): number => 201;
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request
			.on('data', (chunk: Buffer) => chunks.push(chunk))
			.on('end', () => {
				const { leadInformation } = JSON.parse(Buffer.concat(chunks).toString()) as {
					leadInformation: { phone: string };
				};
				const lead = {
					key: request.headers['x-api-key'],
					organizationId: request.headers.organizationid,
					phone: leadInformation.phone,
				};
				arrived.push(lead);
				const status = api.answer(lead);
				response
					.writeHead(status, { 'content-type': 'application/json' })
					.end(
						JSON.stringify(
							status === 201
								? { _id: `${String(lead.organizationId)}-${arrived.length}`, leadNumber: arrived.length }
								: { message: 'no' },
						),
					);
			});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const api: AccountsApi = {
		baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v2`,
		arrived,
		answer: created,
		reset: () => {
			arrived.length = 0;
			api.answer = created;
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
	return api;
};
