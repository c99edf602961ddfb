/** Starts the clients of a gateway in a process of its own. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** `ask(task, how)` resolves with what that task of `client.mjs` found. */
export const startClients = (node) => {
	const child = fork(fileURLToPath(new URL('./client.mjs', import.meta.url)), {
		execPath: node,
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
	});
	const waiting = new Map();
	let next = 0;
	child.on('message', ({ id, found, error }) => {
		const { resolve, reject } = waiting.get(id);
		waiting.delete(id);
		if (error === undefined) resolve(found);
		else reject(new Error(`The client met ${error}.`));
	});
	return {
		ask: async (task, how) =>
			await new Promise((resolve, reject) => {
				const id = next++;
				waiting.set(id, { resolve, reject });
				child.send({ id, task, ...how });
			}),
		stop: () => child.disconnect(),
	};
};
