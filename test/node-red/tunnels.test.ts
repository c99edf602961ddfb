import { interpretResponse, type Reply } from '../../packages/core/src';
import { createTransport } from '../../packages/http/src/transport';
import { type ConnectProxy, openConnectProxy, type ProxyWay, refusingWays } from '../fixtures/connectProxy';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const fixture = (name: string): string => readFileSync(join(__dirname, '../fixtures', name), 'utf8');
const certificate = fixture('localhost.cert.pem');
/** Longer than any machine takes to answer itself; a proxy that says nothing is waited for no longer than it must be. */
const [longMs, shortMs] = [30_000, 1000];
let timeoutMs = longMs;

let api: Server;
let arrived = 0;
let proxy: ConnectProxy;
let tlsProxy: ConnectProxy;
beforeAll(async () => {
	proxy = await openConnectProxy();
	tlsProxy = await openConnectProxy({ tls: true });
	api = createServer({ key: fixture('localhost.key.pem'), cert: certificate }, (_request, response) => {
		arrived++;
		response.writeHead(201, { 'content-type': 'application/json' });
		response.end('{"_id":"a"}');
	});
	await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => {
	timeoutMs = longMs;
	arrived = 0;
});
afterAll(async () => {
	await proxy.close();
	await tlsProxy.close();
	api.closeAllConnections();
	await new Promise((resolve) => api.close(resolve));
});

const ending = (reply: Reply): string => {
	const { outcome, cause } = interpretResponse(reply);
	return `${outcome} ${'why' in cause ? cause.why : cause.kind}`;
};
interface Client {
	readonly send: ReturnType<typeof createTransport>['send'];
	readonly close: () => Promise<void>;
}
const post = async ({ send, close }: Client, scheme = 'https'): Promise<string> => {
	const url = `${scheme}://127.0.0.1:${(api.address() as AddressInfo).port}/leads`;
	const reply = await send(
		{ method: 'POST', url, headers: { 'content-type': 'application/json' }, body: '{"a":1}' },
		{ timeoutMs },
	);
	await close();
	return ending(reply);
};

const withEnv = async <Result>(url: string, work: () => Promise<Result>): Promise<Result> => {
	const names = ['http_proxy', 'https_proxy', 'no_proxy', 'NO_PROXY'] as const;
	const before = names.map((name) => process.env[name]);
	Object.assign(process.env, { http_proxy: url, https_proxy: url, no_proxy: '', NO_PROXY: '' });
	try {
		return await work();
	} finally {
		names.forEach((name, index) => {
			if (before[index] === undefined) Reflect.deleteProperty(process.env, name);
			else process.env[name] = before[index];
		});
	}
};

/** The three ways in which a lead comes to a proxy outside n8n. */
const clients: readonly (readonly [name: string, through: (url: string) => Promise<string>])[] = [
	[
		"Node-RED's proxy node",
		async (url) =>
			await post(createTransport({ connections: 2, timeoutMs, tls: { ca: certificate }, proxy: { url, noproxy: [] } })),
	],
	[
		"Node-RED's environment",
		async (url) =>
			await withEnv(
				url,
				async () => await post(createTransport({ connections: 1, timeoutMs, tls: { ca: certificate } }, process.env)),
			),
	],
	[
		"the gateway's environment",
		async (url) => await withEnv(url, async () => await post(createTransport({ timeoutMs }, process.env))),
	],
];
const reasonFor = (way: ProxyWay): string =>
	typeof way === 'number' && way < 500 && way !== 429 ? 'failed proxy' : 'failed proxyAway';

describe.each(clients)('through %s', (_client, through) => {
	test.each(refusingWays)('a proxy that %s: the lead has not left', async (_name, way) => {
		proxy.way = way;
		if (typeof way !== 'number') timeoutMs = shortMs;
		const before = proxy.asked.length;
		expect([await through(proxy.url), arrived]).toEqual([reasonFor(way), 0]);
		// A tunnel that does not stand is not asked for again and again.
		expect(proxy.asked.length - before).toBe(1);
	});

	test('a proxy over TLS that nobody trusts', async () => {
		expect(await through(tlsProxy.url)).toBe('failed tlsUntrusted');
	});
});

test('a tunnel that is cut when the lead has left leaves it unconfirmed', async () => {
	proxy.way = 'cutAfterTls';
	const [, through] = clients[0] as (typeof clients)[number];
	expect(['unconfirmed cut', 'created answered']).toContain(await through(proxy.url));
});

test("a proxy that passes it on is in nobody's way", async () => {
	proxy.way = 'pass';
	const [, through] = clients[0] as (typeof clients)[number];
	expect([await through(proxy.url), arrived]).toEqual(['created answered', 1]);
});

test.each([403, 502])("plain http goes through a tunnel too, so that %i is the proxy's", async (status) => {
	proxy.way = status;
	const client = createTransport({ connections: 2, timeoutMs, proxy: { url: proxy.url, noproxy: [] } });
	expect(await post(client, 'http')).toBe(reasonFor(status));
});

test('what is not behind the proxy is told as ever', async () => {
	const client = createTransport({ connections: 2, timeoutMs, proxy: { url: proxy.url, noproxy: ['127.0.0.1'] } });
	expect(await post(client)).toBe('failed tlsUntrusted');
});
