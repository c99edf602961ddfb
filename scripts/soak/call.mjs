/** One HTTP call over a connection of its own: one that was kept may be closed by a host just as it is used again. */
import { request } from 'node:http';

/** Resolves with `{ status, text }`. */
export const call = (url, body) =>
	new Promise((resolve, reject) => {
		const sent = request(
			url,
			{ method: body === undefined ? 'GET' : 'POST', agent: false, headers: { 'content-type': 'application/json' } },
			(answer) => {
				let text = '';
				answer
					.setEncoding('utf8')
					.on('data', (part) => {
						text += part;
					})
					.on('end', () => resolve({ status: answer.statusCode, text }))
					.on('error', reject);
			},
		);
		sent.on('error', reject);
		sent.end(body === undefined ? undefined : JSON.stringify(body));
	});
