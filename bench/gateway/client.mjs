/** Clients of a gateway, in a process of their own that `part.mjs` forks and tells what to do. */
import { createRequire } from 'node:module';
import { leadOf } from '../leads.mjs';

const { Agent, request } = createRequire(import.meta.url)('undici');

const headers = {
	'content-type': 'application/json',
	'x-api-key': 'bench-key',
	organizationId: '686f894eaf67193dd6e124ce',
};
let next = 0;

/** One lead; resolves with `{ status, tookMs }`. */
const give = async (baseUrl, dispatcher) => {
	const body = JSON.stringify(leadOf(next++));
	const beganAtMs = performance.now();
	const answer = await request(`${baseUrl}/leads`, { method: 'POST', headers, body, dispatcher });
	await answer.body.text();
	return { status: answer.statusCode, tookMs: performance.now() - beganAtMs };
};

/** So many of each status. */
const counted = (statuses) =>
	statuses.reduce((counts, status) => ({ ...counts, [status]: (counts[status] ?? 0) + 1 }), {});

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));

const tasks = {
	/** Leads one after the other, to each address in turn; `{ [baseUrl]: ms of each }`. */
	latency: async ({ baseUrls, count, warmUp }) => {
		const dispatcher = new Agent();
		const found = Object.fromEntries(baseUrls.map((baseUrl) => [baseUrl, []]));
		for (let round = 0; round < count + warmUp; round++) {
			for (const baseUrl of baseUrls) {
				const { tookMs } = await give(baseUrl, dispatcher);
				if (round >= warmUp) found[baseUrl].push(tookMs);
			}
		}
		await dispatcher.close();
		return found;
	},
	/** So many leads a second, whether those before are answered or not. */
	rate: async ({ baseUrl, perSecond, seconds }) => {
		const dispatcher = new Agent({ connections: 256 });
		const stepMs = 20;
		const given = [];
		const beganAtMs = performance.now();
		for (let step = 0; step < (seconds * 1000) / stepMs; step++) {
			await pause(beganAtMs + step * stepMs - performance.now());
			for (const upTo = Math.round(((step + 1) * perSecond * stepMs) / 1000); given.length < upTo; )
				given.push(give(baseUrl, dispatcher));
		}
		const answers = await Promise.all(given);
		const tookMs = performance.now() - beganAtMs;
		await dispatcher.close();
		return {
			statuses: counted(answers.map(({ status }) => status)),
			leads: given.length,
			tookMs,
			latencies: answers.map((answer) => answer.tookMs),
		};
	},
	/** As fast as they are answered, `window` at a time. */
	loop: async ({ baseUrl, count, window }) => {
		const dispatcher = new Agent({ connections: window });
		const statuses = [];
		let left = count;
		const lane = async () => {
			while (left-- > 0) statuses.push((await give(baseUrl, dispatcher)).status);
		};
		const beganAtMs = performance.now();
		await Promise.all(Array.from({ length: window }, lane));
		const tookMs = performance.now() - beganAtMs;
		await dispatcher.close();
		return { statuses: counted(statuses), perSecond: (statuses.length * 1000) / tookMs };
	},
	/** So many clients, each with a lead and a connection of its own; resolves once all are answered. */
	wait: async ({ baseUrl, count }) => {
		const dispatcher = new Agent({ connections: count, connect: { timeout: 60_000 }, headersTimeout: 0 });
		const given = [];
		for (let client = 0; client < count; client++) {
			given.push(give(baseUrl, dispatcher));
			// Not all in one moment, which no crowd of clients does either.
			if (client % 50 === 49) await pause(20);
		}
		const answers = await Promise.all(given);
		await dispatcher.close();
		return { statuses: counted(answers.map(({ status }) => status)) };
	},
	/** How long `/healthz` takes, one call after the other. */
	health: async ({ origin, count }) => {
		const dispatcher = new Agent();
		const latencies = [];
		for (let call = 0; call < count; call++) {
			const beganAtMs = performance.now();
			await (await request(`${origin}/healthz`, { dispatcher })).body.text();
			latencies.push(performance.now() - beganAtMs);
		}
		await dispatcher.close();
		return latencies;
	},
};

process.on(
	'message',
	({ id, task, ...how }) =>
		void tasks[task](how).then(
			(found) => process.send({ id, found }),
			(error) => process.send({ id, error: String(error?.code ?? error) }),
		),
);
process.on('disconnect', () => process.exit());
