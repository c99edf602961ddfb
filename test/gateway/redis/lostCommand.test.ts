import { createCircuitBreakers } from '../../../packages/gateway/src/stores/redis/circuitBreaker';
import { openConnections } from '../../../packages/gateway/src/stores/redis/connection';
import { lookAround } from '../../../packages/gateway/src/stores/redis/lookAround';
import { snapshotOf } from '../../../packages/gateway/src/stores/redis/queueSnapshot';
import { indexKeys, queueKey } from '../../../packages/gateway/src/stores/redis/redisKeys';
import { openStand, type Stand } from './stand';
import type { RedisValue } from './luaVm';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

const text = (value: RedisValue | undefined): string => {
	if (value === null || value === undefined) return '$-1\r\n';
	if (Array.isArray(value)) return `*${value.length}\r\n${value.map((each) => text(each as RedisValue)).join('')}`;
	if (typeof value === 'number') return `:${value}\r\n`;
	return `$${Buffer.byteLength(String(value))}\r\n${String(value)}\r\n`;
};
/** The commands in what a client sent; ours are short enough to come in one piece. */
const commandsIn = (data: string): readonly (readonly string[])[] => {
	const lines = data.split('\r\n');
	const all: string[][] = [];
	for (let at = 0; at < lines.length - 1; ) {
		const count = Number(lines[at]?.slice(1));
		all.push(Array.from({ length: count }, (_, index) => lines[at + 2 + index * 2] ?? ''));
		at += 1 + count * 2;
	}
	return all;
};

interface Listening {
	readonly url: string;
	readonly server: Server;
	/** What is asked from here on is not answered; gives the connection on which `command` comes. */
	readonly deafFrom: (command: string) => Promise<Socket>;
	readonly cut: () => void;
	readonly hear: () => void;
}

/** A Redis in memory behind a real socket, for a real client. */
const listen = async ({ call }: Stand): Promise<Listening> => {
	const sockets = new Set<Socket>();
	let deaf: { readonly command: string; readonly tell: (socket: Socket) => void } | undefined;
	const server = createServer((socket) => {
		sockets.add(socket);
		let isDeaf = false;
		socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
		socket.on('data', (data) => {
			for (const [name = '', ...args] of commandsIn(data.toString())) {
				if (deaf?.command === name.toLowerCase()) {
					isDeaf = true;
					deaf.tell(socket);
				}
				if (isDeaf) return;
				socket.write(
					/^(?:info|client|ping)$/i.test(name) ? text('redis_version:7.2.0\r\nloading:0') : text(call(name, ...args)),
				);
			}
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
		server,
		deafFrom: async (command) =>
			await new Promise((tell) => {
				deaf = { command, tell };
			}),
		cut: () => {
			for (const socket of sockets) socket.destroy();
		},
		hear: () => {
			deaf = undefined;
		},
	};
};

test('a round that begins while a connection is made comes to its end, although that connection breaks', async () => {
	const stand = openStand();
	stand.call('hset', indexKeys.shares, 'stranger', 1);
	const redis = await listen(stand);
	const { blocking, close } = await openConnections(redis.url, () => undefined);
	// That a connection broke is told as an error as well, which is none here.
	const next = async (event: 'connect' | 'ready'): Promise<void> =>
		await new Promise((resolve) => blocking.once(event, resolve));
	const half = redis.deafFrom('info');
	redis.cut();
	await half;
	let isOver = false;
	const round = async (): Promise<void> => {
		await lookAround(
			{
				...stand,
				redis: blocking,
				workerPool: { active: () => [], stop: () => undefined },
				breakers: createCircuitBreakers(blocking, () => 0, stand.unread),
				verified: { has: async () => await Promise.resolve(false) },
				watchdog: { observe: () => undefined },
				now: () => 0,
				monotonicMs: () => 0,
			},
			new Set(),
			async () => await Promise.resolve(),
		);
	};
	// All connections are tried anew at once: the one of this round may be any of them.
	while (blocking.status !== 'connect') await next('connect');
	void round().finally(() => {
		isOver = true;
	});
	redis.hear();
	redis.cut();
	await next('ready');
	// Answers come in the order of what was asked, so each of these is one step of the round.
	for (let step = 0; step < 50 && !isOver; step++) await blocking.pipeline().exists('x').exec();
	close();
	redis.cut();
	redis.server.close();
	expect(isOver).toBe(true);
	expect(stand.call('zrange', indexKeys.trials, 0, -1)).toEqual(['stranger']);
});

test('a queue of which Redis said only a part is not known, and one that somebody wrote over is as if it were empty', async () => {
	const stand = openStand();
	stand.call('set', queueKey('key', 'wait'), 'something else');
	const breakers = createCircuitBreakers(stand.redis, () => 0, stand.unread);
	expect(await snapshotOf(stand.redis, breakers, 'key', 0)).toMatchObject({ waiting: 0 });
	const broken = new Proxy(
		{},
		{
			get: (_target, name) =>
				name === 'exec' ? async () => await Promise.resolve([[null, 1], [new Error('Aborted')]]) : () => broken,
		},
	);
	const redis = { pipeline: () => broken } as never;
	await expect(snapshotOf(redis, breakers, 'key', 0)).rejects.toThrow('Aborted');
});
