/** A bare loop over undici, for comparison: `node loop.mjs`, a child of `part.mjs` that sends when it is told how many. */
import { createRequire } from 'node:module';
import { leadOf } from '../leads.mjs';

const { Agent, request } = createRequire(import.meta.url)('undici');

const agents = new Map();

const run = async ({ baseUrl, count, concurrency, from }) => {
	const dispatcher = agents.get(concurrency) ?? new Agent({ connections: concurrency });
	agents.set(concurrency, dispatcher);
	const headers = {
		'content-type': 'application/json',
		'x-api-key': 'bench-key',
		organizationId: '686f894eaf67193dd6e124ce',
	};
	let next = from;
	const lane = async () => {
		while (next < from + count) {
			const { statusCode, body } = await request(`${baseUrl}/leads`, {
				method: 'POST',
				headers,
				body: JSON.stringify(leadOf(next++)),
				dispatcher,
			});
			await body.text();
			if (statusCode !== 201) throw new Error(`The API answered ${statusCode}.`);
		}
	};
	const beganAtMs = performance.now();
	await Promise.all(Array.from({ length: concurrency }, lane));
	return performance.now() - beganAtMs;
};

process.on('message', (how) => void run(how).then((tookMs) => process.send({ tookMs })));
process.on('disconnect', () => process.exit());
