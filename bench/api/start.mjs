/** Starts the API's stand-in in a process of its own. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Resolves with `{ baseUrl, set(how), counts(), stop() }`. `set` forgets what was counted; `how` is `{ latencyMs, limit: {
 * perSecond, retryAfter } }`, without which it answers everything at once. `counts` gives `{ created, refused, people, tookMs }`,
 * the latter two of a limited run only: different phones, and the time from the first request to the last lead taken.
 */
export const startApi = async (node = process.execPath) => {
	const child = fork(fileURLToPath(new URL('./server.mjs', import.meta.url)), {
		execPath: node,
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
	});
	const waiting = new Map();
	let next = 0;
	const { port } = await new Promise((resolve, reject) => {
		child.once('message', resolve);
		child.once('exit', () => reject(new Error("The API's stand-in did not start.")));
	});
	child.on('message', ({ id, counts }) => {
		waiting.get(id)?.(counts);
		waiting.delete(id);
	});
	const ask = async (message) =>
		await new Promise((resolve) => {
			const id = next++;
			waiting.set(id, resolve);
			child.send({ id, ...message });
		});
	return {
		baseUrl: `http://127.0.0.1:${port}/api/v2`,
		set: async (how = {}) => await ask({ set: how }),
		counts: async () => await ask({}),
		stop: () => child.disconnect(),
	};
};
