/** Meta's Graph API, as far as a lead is read by its ID. */
import { createServer } from 'node:http';
import { numberOfLeadgen, phoneOf } from './calls.mjs';

/** Resolves with `{ url, close() }`. */
export const startGraph = async () => {
	const server = createServer((request, response) => {
		const id = new URL(request.url, 'http://graph').pathname.split('/').at(-1);
		const data = [
			{ name: 'full_name', values: [`Mona ${id}`] },
			{ name: 'phone_number', values: [phoneOf(numberOfLeadgen(id))] },
		];
		response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ id, field_data: data }));
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${server.address().port}/v23.0`,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
};
