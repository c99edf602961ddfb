import { freePort } from '../hosts/freePort';
import { interpretResponse, type Reply } from '../../packages/core/src';
import type { TransportOptions } from '../../packages/http/src/dispatcher';
import { createTransport } from '../../packages/http/src/transport';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer as createTcpServer, type Server as TcpServer, type Socket } from 'node:net';
import { join } from 'node:path';

const fixture = (name: string): string => readFileSync(join(__dirname, '../fixtures', name), 'utf8');
const certificate = { key: fixture('localhost.key.pem'), cert: fixture('localhost.cert.pem') };

const open: { close: () => unknown }[] = [];
const sockets = new Set<Socket>();
afterEach(() => {
	for (const socket of sockets) socket.destroy();
	sockets.clear();
	for (const each of open.splice(0)) each.close();
});

const listening = async (server: Server | TcpServer): Promise<number> => {
	server.on('connection', (socket: Socket) => sockets.add(socket));
	open.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	return typeof address === 'object' && address !== null ? address.port : 0;
};
/** A server that does with each connection what a test says. */
const raw = async (
	onData: (socket: Socket) => void,
	onConnect: (socket: Socket) => void = () => undefined,
): Promise<number> =>
	await listening(
		createTcpServer((socket) => {
			socket.on('error', () => undefined);
			onConnect(socket);
			socket.once('data', () => onData(socket));
		}),
	);

/** Longer than any machine takes to answer itself; where a test waits for the end of it, it waits for `shortMs`. */
const [longMs, shortMs] = [30_000, 2000];

const post = async (url: string, options: Partial<TransportOptions> = {}, times = 1): Promise<Reply> => {
	const { timeoutMs = longMs } = options;
	const transport = createTransport({ connections: 2, timeoutMs, ...options });
	let reply: Reply = { fault: {} };
	for (let time = 0; time < times; time++)
		reply = await transport.send(
			{ method: 'POST', url, headers: { 'content-type': 'application/json' }, body: '{"a":1}' },
			{ timeoutMs },
		);
	await transport.close();
	return reply;
};
const ending = (reply: Reply): readonly unknown[] => {
	const { outcome, cause } = interpretResponse(reply);
	return [outcome, 'why' in cause ? cause.why : cause.kind];
};

const created = 'HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ncontent-length: 11\r\n\r\n{"_id":"a"}';

describe('what a sending can end as', () => {
	test.each<[name: string, url: () => Promise<string>, ending: readonly unknown[]]>([
		[
			'an answer',
			async () => `http://127.0.0.1:${await raw((socket) => socket.write(created))}/leads`,
			['created', 'answered'],
		],
		['a refused port', async () => `http://127.0.0.1:${await freePort()}/leads`, ['failed', 'refused']],
		[
			'a name that does not exist',
			async () => await Promise.resolve('http://no-such-host.invalid/leads'),
			['failed', 'dns'],
		],
		[
			'a connection that is reset before the answer',
			async () => `http://127.0.0.1:${await raw((socket) => socket.destroy())}/leads`,
			['unconfirmed', 'cut'],
		],
		[
			'a connection that is closed at once',
			async () =>
				`http://127.0.0.1:${await raw(
					() => undefined,
					(socket) => socket.destroy(),
				)}/leads`,
			['unconfirmed', 'cut'],
		],
		['no answer', async () => `http://127.0.0.1:${await raw(() => undefined)}/leads`, ['unconfirmed', 'timeout']],
		[
			'headers and then nothing',
			async () =>
				`http://127.0.0.1:${await raw((socket) => socket.write('HTTP/1.1 201 Created\r\ncontent-length: 11\r\n\r\n'))}/leads`,
			['unconfirmed', 'timeout'],
		],
		[
			'a body that is cut',
			async () =>
				`http://127.0.0.1:${await raw((socket) => socket.end('HTTP/1.1 201 Created\r\ncontent-length: 11\r\n\r\n{"_id'))}/leads`,
			['unconfirmed', 'cut'],
		],
		[
			'something that is no HTTP',
			async () => `http://127.0.0.1:${await raw((socket) => socket.end('hello\r\n\r\n'))}/leads`,
			['unconfirmed', 'cut'],
		],
		[
			'a server that never finishes the TLS handshake',
			async () => `https://127.0.0.1:${await raw(() => undefined)}/leads`,
			['failed', 'connectTimeout'],
		],
		[
			'a certificate that nobody trusts',
			async () => `https://127.0.0.1:${await listening(createHttpsServer(certificate))}/leads`,
			['failed', 'tlsUntrusted'],
		],
		[
			'TLS to a port without TLS',
			async () => `https://127.0.0.1:${await listening(createHttpServer())}/leads`,
			['failed', 'tls'],
		],
		[
			'an answer that never ends',
			async () =>
				`http://127.0.0.1:${await raw((socket) => socket.write(`HTTP/1.1 201 Created\r\ncontent-length: 9999999\r\n\r\n${'x'.repeat(5_000_000)}`))}/leads`,
			['unconfirmed', 'unreadable'],
		],
		['an address that is none', async () => await Promise.resolve('nowhere'), ['failed', 'address']],
	])('%s', async (_name, url, expected) => {
		const timeoutMs = /timeout/i.test(String(expected[1])) ? shortMs : longMs;
		expect(ending(await post(await url(), { timeoutMs }))).toEqual(expected);
	});

	test('a redirect is an answer and is not followed', async () => {
		let hits = 0;
		const target = await listening(
			createHttpServer((_request, response) => {
				hits++;
				response.end();
			}),
		);
		const port = await listening(
			createHttpServer((_request, response) => {
				response.writeHead(307, { location: `http://127.0.0.1:${target}/` });
				response.end();
			}),
		);
		expect(ending(await post(`http://127.0.0.1:${port}/leads`))).toEqual(['failed', 'redirect']);
		expect(hits).toBe(0);
	});
});

describe('the way there', () => {
	test('connections are kept for the next leads', async () => {
		let connections = 0;
		const server = createHttpServer((_request, response) => {
			response.writeHead(201);
			response.end('{"_id":"a"}');
		});
		server.on('connection', () => connections++);
		await post(`http://127.0.0.1:${await listening(server)}/leads`, { connections: 2 }, 20);
		expect(connections).toBeLessThanOrEqual(2);
	});

	test('a certificate of the TLS node is trusted', async () => {
		const port = await listening(
			createHttpsServer(certificate, (_request, response) => {
				response.writeHead(201);
				response.end('{"_id":"a"}');
			}),
		);
		expect(ending(await post(`https://127.0.0.1:${port}/leads`, { tls: { ca: certificate.cert } }))).toEqual([
			'created',
			'answered',
		]);
		expect(ending(await post(`https://127.0.0.1:${port}/leads`, { tls: { rejectUnauthorized: false } }))).toEqual([
			'created',
			'answered',
		]);
	});

	describe('a proxy', () => {
		let asked: (string | undefined)[];
		const proxy = async (answer: 'pass' | 'refuse'): Promise<string> => {
			asked = [];
			const server = createHttpServer();
			server.on('connect', (request: IncomingMessage, client: Socket) => {
				asked.push(request.headers['proxy-authorization']);
				if (answer === 'refuse') {
					client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
					return;
				}
				const [host = '', port = ''] = (request.url ?? '').split(':');
				const upstream = connect(Number(port), host, () => {
					client.write('HTTP/1.1 200 OK\r\n\r\n');
					upstream.pipe(client).pipe(upstream);
				});
				sockets.add(upstream);
			});
			return `http://127.0.0.1:${await listening(server)}`;
		};
		const target = async (): Promise<string> =>
			`https://127.0.0.1:${await listening(
				createHttpsServer(certificate, (_request, response) => {
					response.writeHead(201);
					response.end('{"_id":"a"}');
				}),
			)}/leads`;
		const tls = { ca: certificate.cert };

		test('passes the lead on, with its user and password', async () => {
			const url = await proxy('pass');
			const reply = await post(await target(), { tls, proxy: { url, noproxy: [], username: 'u', password: 'p' } });
			expect(ending(reply)).toEqual(['created', 'answered']);
			expect(asked).toEqual([`Basic ${Buffer.from('u:p').toString('base64')}`]);
		});

		test('is left out for the hosts it is not for', async () => {
			const url = await proxy('pass');
			expect(ending(await post(await target(), { tls, proxy: { url, noproxy: ['127.0.0.1'] } }))).toEqual([
				'created',
				'answered',
			]);
			expect(asked).toEqual([]);
		});

		test('that refuses has not let the lead out', async () => {
			expect(ending(await post(await target(), { tls, proxy: { url: await proxy('refuse'), noproxy: [] } }))).toEqual([
				'failed',
				'proxy',
			]);
		});

		test('that is not there has not let the lead out', async () => {
			expect(
				ending(
					await post(await target(), { tls, proxy: { url: `http://127.0.0.1:${await freePort()}`, noproxy: [] } }),
				),
			).toEqual(['failed', 'refused']);
		});
	});
});
