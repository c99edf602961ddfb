import { createServer } from 'node:net';

/** Below the ports that systems give to whoever asks for any: another program could get it before ours listens there. */
const [first, last] = [10_000, 32_000];

const isFree = async (port) =>
	await new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(false));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});

/** A port of this machine that nobody listens on. */
export const freePort = async () => {
	for (;;) {
		const port = first + Math.floor(Math.random() * (last - first));
		if (await isFree(port)) return port;
	}
};
