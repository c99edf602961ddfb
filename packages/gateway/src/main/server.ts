import { createTransport } from '@icloud-ready/http';
import { basePath } from '../api/leadRoutes';
import { monotonicMs } from './monotonic';
import { type Gateway, type GatewayHost, openGateway } from './openGateway';
import type { Settings } from './settings';
import { createStartingApp } from './startingApp';
import type { Progress } from '@icloud-ready/outbox';
import { createAdaptorServer } from '@hono/node-server';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RunningGateway {
	/** For example `http://127.0.0.1:4020`. */
	readonly origin: string;
	/** What a node takes for its base URL. */
	readonly baseUrl: string;
	/** Takes no more leads, lets those on their way end, keeps the rest, and resolves when all is closed. */
	readonly close: () => Promise<void>;
}

const listen = async (server: Server, port: number, host: string): Promise<void> =>
	await new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, () => {
			server.off('error', reject);
			resolve();
		});
	});

const after: GatewayHost['after'] = (ms, wake) => {
	const timer = setTimeout(wake, ms);
	return () => clearTimeout(timer);
};

/** Starts a gateway. Rejects with an error of the system (`code`), such as EADDRINUSE, when it cannot. */
export const startGateway = async (
	settings: Settings,
	write: (line: string) => void,
	env: Readonly<Record<string, string | undefined>> = {},
): Promise<RunningGateway> => {
	const transport = createTransport({ timeoutMs: settings.timeoutSeconds * 1000 }, env);
	let progress: Progress | undefined;
	let app = createStartingApp(() => progress);
	const server = createAdaptorServer({ fetch: async (request, given) => await app.fetch(request, given) }) as Server;
	// Longer than a client keeps an idle connection, so that none is closed just as a lead goes out on it.
	server.keepAliveTimeout = 120_000;
	const shut = async (): Promise<void> => {
		const closed = new Promise<void>((resolve) => {
			server.close(() => resolve());
		});
		server.closeAllConnections();
		await closed;
	};
	let gateway: Gateway;
	try {
		// It listens while a damaged store is mended, which may take minutes.
		await listen(server, settings.port, settings.host);
		gateway = await openGateway(settings, {
			send: transport.send,
			now: Date.now,
			monotonicMs,
			after,
			write,
			onProgress: (now) => {
				progress = now;
			},
		});
	} catch (error) {
		await shut();
		await transport.close();
		throw error;
	}
	app = gateway.app;
	const closeQueue = async (): Promise<void> => {
		await gateway.close();
		await transport.close();
	};
	const { host } = settings;
	const origin = `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`;
	return {
		origin,
		baseUrl: origin + basePath,
		close: async () => {
			gateway.stop();
			const closed = new Promise<void>((resolve) => {
				server.close(() => resolve());
			});
			server.closeIdleConnections();
			await closeQueue();
			server.closeAllConnections();
			await closed;
		},
	};
};
