import { freePort } from './freePort';
import { readFileSync } from 'node:fs';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';

/** Base URLs at which nothing good happens, each in its own way; `close` ends their servers. */
export interface FaultyAddresses {
	readonly baseUrls: Readonly<Record<'refused' | 'dns' | 'tls' | 'silent', string>>;
	readonly close: () => Promise<void>;
}

const fixture = (name: string): Buffer => readFileSync(join(__dirname, '../fixtures', name));

export const openFaultyAddresses = async (): Promise<FaultyAddresses> => {
	const sockets = new Set<Socket>();
	const listen = async (server: Server): Promise<number> => {
		server.on('connection', (socket: Socket) => {
			sockets.add(socket);
			socket.on('error', () => undefined);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const address = server.address();
		return typeof address === 'object' && address !== null ? address.port : 0;
	};
	const silent = createTcpServer();
	const tls = createHttpsServer(
		{ key: fixture('localhost.key.pem'), cert: fixture('localhost.cert.pem') },
		(_request, response) => response.end(),
	);
	return {
		baseUrls: {
			refused: `http://127.0.0.1:${await freePort()}/api/v2`,
			dns: 'https://no-such-host.invalid/api/v2',
			tls: `https://127.0.0.1:${await listen(tls)}/api/v2`,
			silent: `http://127.0.0.1:${await listen(silent)}/api/v2`,
		},
		close: async () => {
			for (const socket of sockets) socket.destroy();
			await Promise.all(
				[silent, tls].map(async (server) => {
					await new Promise<void>((resolve) => server.close(() => resolve()));
				}),
			);
		},
	};
};
