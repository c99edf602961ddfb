import type { LeadRequest, Reply } from '../../../packages/core/src';
import { type Gateway, openGateway } from '../../../packages/gateway/src/main/openGateway';
import type { Settings } from '../../../packages/gateway/src/main/settings';
import { type Answered, createdBy, leadBody, organization, read, settingsOf } from '../../gateway/world';
import { type RedisServer, startRedis } from './redisServer';
import { EventEmitter } from 'node:events';

export type Api = (request: LeadRequest) => Reply | Promise<Reply>;

interface Call {
	readonly method?: string;
	readonly path?: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: unknown;
}

export interface OneGateway {
	readonly gateway: Gateway;
	readonly log: readonly string[];
	readonly call: (call?: Call) => Promise<Answered>;
	/** What it has on its way never comes back, and it does nothing more. */
	readonly close: () => Promise<void>;
}

export interface RedisWorld {
	readonly redis: RedisServer;
	/** What the API was sent, in order, by all gateways. */
	readonly sent: LeadRequest[];
	api: Api;
	readonly open: (changed?: Partial<Settings>) => Promise<OneGateway>;
	readonly clear: () => Promise<void>;
}

const after = (ms: number, wake: () => void): (() => void) => {
	const timer = setTimeout(wake, ms);
	return () => clearTimeout(timer);
};

/** Gateways over one Redis of the test's own, in this process, with real time and an API that is a function. */
export const useRedisWorld = (...settings: readonly string[]): (() => RedisWorld) => {
	let world: RedisWorld | undefined;
	let opened: Gateway[] = [];
	beforeAll(async () => {
		const redis = await startRedis(...settings);
		const made: RedisWorld = {
			redis,
			sent: [],
			api: (request) => createdBy(request),
			open: async (changed = {}) => {
				const log: string[] = [];
				const gateway = await openGateway(
					settingsOf({ redis: redis.url, waitSeconds: 5, stopSeconds: 0.5, ...changed }),
					{
						send: async (request) => {
							if (request.method !== 'POST') throw new Error('The gateway asked the API for something.');
							made.sent.push(request);
							return await made.api(request);
						},
						now: Date.now,
						monotonicMs: () => performance.now(),
						after,
						write: (line) => {
							log.push(line);
						},
					},
				);
				opened.push(gateway);
				return {
					gateway,
					log,
					call: async ({ method = 'POST', path = '/api/v2/leads', headers = {}, body = leadBody() } = {}) => {
						const text = method === 'GET' ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
						const all = {
							'x-api-key': 'key-1',
							organizationid: organization,
							'content-type': 'application/json',
							...(text === undefined ? {} : { 'content-length': String(Buffer.byteLength(text)) }),
							...headers,
						};
						return await read(
							await gateway.app.request(
								path,
								{ method, headers: all, ...(text === undefined ? {} : { body: text }) },
								{
									incoming: { headers: all, destroyed: false },
									outgoing: Object.assign(new EventEmitter(), { destroyed: false }),
								},
							),
						);
					},
					close: async () => {
						opened = opened.filter((each) => each !== gateway);
						await gateway.close();
					},
				};
			},
			clear: async () => {
				for (const gateway of opened.splice(0)) await gateway.close();
				await redis.clear();
				made.sent.length = 0;
				made.api = (request) => createdBy(request);
			},
		};
		world = made;
	});
	afterEach(async () => {
		await world?.clear();
	});
	afterAll(async () => {
		await world?.redis.close();
	});
	return () => {
		if (world === undefined) throw new Error('The world is not open yet.');
		return world;
	};
};
