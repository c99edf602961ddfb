import { elsewherePath } from './answers';
import { addApi, type NodeEnv } from './api';
import { realDelay, type Delay } from './connection';
import { createBroadcast } from './events';
import type { LeadBody } from './leadBody';
import { brokenLinesNotice, openLeadFile, type LeadFile } from './leadFile';
import { createLimit } from './limit';
import { addPages } from './pages';
import { defaultLimitPerSecond } from './scenarios';
import type { ScriptedAnswer } from './script';
import { createStore, type Call } from './store';
import { callRow } from './view';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export { scenarioEmails, scenarioKeys } from './scenarios';
export type { Call, LeadBody, ScriptedAnswer };

export interface SandboxOptions {
	/** 0 to 65,535; 0 takes any free port. */
	readonly port: number;
	/** The address to listen on; the default is this machine only. @default '127.0.0.1' */
	readonly host?: string;
	/** A JSON-lines file to keep leads in; without it they live in memory. */
	readonly file?: string;
	/** The time of day, in ms. @default Date.now */
	readonly now?: () => number;
	/** How answers are held back; a test gives one that does not wait. */
	readonly delay?: Delay;
	/** How many leads `limited-key` may create in a second. 1 or more, whole. @default 2 */
	readonly limitPerSecond?: number;
	/** How long every answer to a lead takes, in ms. 0 or more. @default 0 */
	readonly latencyMs?: number;
	/** Told of each call once it ends, and of what the person who runs the sandbox should know. */
	readonly onCall?: (call: Call) => void;
	readonly onNotice?: (text: string) => void;
}

export interface Sandbox {
	/** For example `http://127.0.0.1:4010`. */
	readonly origin: string;
	/** The origin and `/api/v2`. */
	readonly baseUrl: string;
	/** Created leads, oldest first; of very many the newest 100,000. */
	readonly leads: readonly LeadBody[];
	/** Calls of the API, oldest first; of very many the newest 10,000. Keys are the real ones. */
	readonly calls: readonly Call[];
	/** All leads ever created. */
	readonly leadCount: number;
	/** How often the redirect scenario was followed. */
	readonly elsewhereHits: number;
	/** Lays down the answers of the next POSTs, in order. */
	failNext(answer: ScriptedAnswer | readonly ScriptedAnswer[]): void;
	/** Forgets leads, calls and scripted answers. A file stays as it is. */
	reset(): void;
	close(): Promise<void>;
}

const basePath = '/api/v2';
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/;

/** Starts the stand-in. Rejects with an error of the system (`code`), such as EADDRINUSE, when it cannot. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
	const {
		port,
		host = '127.0.0.1',
		now = Date.now,
		delay = realDelay,
		latencyMs = 0,
		limitPerSecond = defaultLimitPerSecond,
	} = options;
	const { onCall, onNotice = () => undefined } = options;

	const file: LeadFile | null = options.file === undefined ? null : await openLeadFile(options.file);
	const broken = file && brokenLinesNotice(options.file ?? '', file.earlier.brokenLines);
	if (broken) onNotice(broken);

	const store = createStore(file?.earlier);
	const broadcast = createBroadcast(() => ({ leadCount: store.leadCount }));
	const script: ScriptedAnswer[] = [];
	let takeTurn = createLimit(limitPerSecond);

	const app = new Hono<NodeEnv>();
	const reset = (): void => {
		store.clear();
		script.length = 0;
		takeTurn = createLimit(limitPerSecond);
		broadcast.send('reset', () => ({}));
	};
	addPages(app, { store, broadcast, onLoopback: loopback.test(host), basePath, reset });
	addApi(app, {
		store,
		now,
		delay,
		latencyMs,
		takeTurn: () => takeTurn(now()),
		nextScripted: () => script.shift(),
		saveLead: (json) => file?.append(json) ?? null,
		announce(call) {
			broadcast.send('call', () => ({ row: callRow(call), leadCount: store.leadCount, callCount: store.callCount }));
			if (call.progress !== 'waiting') onCall?.(call);
		},
		notice: onNotice,
	});

	const server = createAdaptorServer({ fetch: app.fetch }) as Server;
	// Longer than a client keeps an idle connection, so that none is closed just as a lead goes out on it.
	server.keepAliveTimeout = 120_000;
	server.prependListener('request', (incoming, outgoing) => {
		// A browser sends a call again by itself when a connection it had used before is cut, so it gets a new one each time.
		if (incoming.headers['user-agent']?.startsWith('Mozilla/')) outgoing.setHeader('connection', 'close');
	});
	try {
		await listen(server, port, host);
	} catch (error) {
		await file?.close();
		throw error;
	}

	const origin = `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`;
	return {
		origin,
		baseUrl: origin + basePath,
		leads: store.leads,
		calls: store.calls,
		get leadCount() {
			return store.leadCount;
		},
		get elsewhereHits() {
			return store.calls.filter(({ path }) => path.startsWith(elsewherePath)).length;
		},
		failNext: (answers) => void script.push(...[answers].flat()),
		reset,
		async close() {
			broadcast.close();
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			server.closeAllConnections();
			await closed;
			await file?.close();
		},
	};
}

const listen = (server: Server, port: number, host: string): Promise<void> =>
	new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, () => {
			server.off('error', reject);
			resolve();
		});
	});
