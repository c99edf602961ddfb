import { connect, createServer, type Socket } from 'node:net';

/** A way to Redis that can lose an answer. */
export interface LossyProxy {
	readonly url: string;
	/** The next command that holds `text` reaches Redis; its answer and every connection are lost, and none is taken for `forMs`. */
	readonly loseAnswerTo: (text: string, forMs: number) => void;
	readonly close: () => Promise<void>;
}

export const openLossyProxy = async (port: number): Promise<LossyProxy> => {
	const open = new Set<Socket>();
	let lose: { readonly text: string; readonly forMs: number } | undefined;
	let closedUntilMs = 0;
	const server = createServer((client) => {
		if (Date.now() < closedUntilMs) return client.destroy();
		const redis = connect(port, '127.0.0.1');
		let isLost = false;
		for (const socket of [client, redis])
			open.add(
				socket
					.on('error', () => undefined)
					.on('close', () => {
						open.delete(socket);
						client.destroy();
						redis.destroy();
					}),
			);
		client.on('data', (data) => {
			if (lose !== undefined && data.includes(lose.text) && /evalsha/i.test(data.toString('latin1'))) {
				closedUntilMs = Date.now() + lose.forMs;
				lose = undefined;
				isLost = true;
			}
			redis.write(data);
		});
		redis.on('data', (data) => {
			if (!isLost) return client.write(data);
			for (const socket of open) socket.destroy();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	return {
		url: `redis://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
		loseAnswerTo: (text, forMs) => {
			lose = { text, forMs };
		},
		close: async () => {
			for (const socket of open) socket.destroy();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
};
