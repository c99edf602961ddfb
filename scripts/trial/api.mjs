/** An API for trials: takes every lead, and counts how often each phone came. While its key has expired it takes none. */
import { createServer } from 'node:http';

const bodyOf = async (request) => {
	let text = '';
	for await (const chunk of request) text += chunk;
	return text;
};

/** Resolves with `{ baseUrl, expireKeyFor(ms), timesOf(phone), count(), refused(), close() }`; an answer takes `latencyMs`. */
export const startApi = async ({ latencyMs }) => {
	const times = new Map();
	let count = 0;
	let refused = 0;
	let expiredForMs = 0;
	let validFromMs = Number.POSITIVE_INFINITY;
	/** From the first lead that it meets on, so that a machine which is slow to start meets it too. */
	const isExpired = () => {
		if (expiredForMs === 0) return false;
		if (validFromMs === Number.POSITIVE_INFINITY) validFromMs = Date.now() + expiredForMs;
		return Date.now() < validFromMs;
	};
	const refuse = (response) => {
		refused++;
		response.writeHead(401, { 'content-type': 'application/json' });
		response.end(JSON.stringify({ message: 'Unauthorized' }));
	};
	const answer = (response) => {
		response.writeHead(201, { 'content-type': 'application/json' });
		response.end(JSON.stringify({ _id: `id-${count}`, leadNumber: count }));
	};
	const server = createServer((request, response) => {
		bodyOf(request).then(
			(text) => {
				if (isExpired()) return refuse(response);
				const { phone } = JSON.parse(text).leadInformation;
				times.set(phone, (times.get(phone) ?? 0) + 1);
				count++;
				setTimeout(() => answer(response), latencyMs);
			},
			() => undefined,
		);
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		baseUrl: `http://127.0.0.1:${server.address().port}/api/v2`,
		expireKeyFor: (ms) => {
			expiredForMs = ms;
		},
		refused: () => refused,
		timesOf: (phone) => times.get(phone) ?? 0,
		count: () => count,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
};
