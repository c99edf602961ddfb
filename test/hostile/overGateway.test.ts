import { holdReasonOf } from '../../packages/core/src/delivery/gateway/gatewayReply';
import { createLead, explain, type Host, type Outcome } from '../../packages/core/src';
import { createTransport, type Transport } from '../../packages/http/src/transport';
import { type GatewayInFront, openGatewayInFrontOf } from '../fixtures/gatewayInFront';
import { hostileRows } from '../fixtures/hostile';
import { hostileAnswers, limitSecondsOf, mega, useHostileServers } from '../fixtures/hostileAnswers';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a gateway takes. */
const mostBodyBytes = 1024 * 1024;

/** The API: it creates whatever it gets and keeps the bytes. */
const bodies: string[] = [];
let server: Server;
let gateway: GatewayInFront;
let transport: Transport;
let host: Host;
beforeAll(async () => {
	server = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (chunk: Buffer) => parts.push(chunk));
		request.on('end', () => {
			bodies.push(Buffer.concat(parts).toString('utf8'));
			response
				.writeHead(201, { 'content-type': 'application/json' })
				.end(`{"_id":"id-${bodies.length}","leadNumber":${bodies.length}}`);
		});
	});
	// While a lead of megabytes is read nothing else is, and a connection that ends meanwhile would be met by the next lead.
	server.keepAliveTimeout = 0;
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	gateway = await openGatewayInFrontOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
	transport = createTransport({ connections: 1, timeoutMs: 100_000 });
	host = {
		send: transport.send,
		sleep: async (ms) => await new Promise((resolve) => setTimeout(resolve, ms)),
		now: Date.now,
		monotonicMs: () => performance.now(),
		random: Math.random,
	};
});
afterAll(async () => {
	await transport.close();
	await gateway.close();
	server.closeAllConnections();
	server.close();
});

/** What a draft ends as, and the bytes that the API got of it. */
const sent = async (
	draft: unknown,
	through: 'the API' | 'a gateway',
): Promise<{ readonly outcome: Outcome; readonly arrived: readonly string[] }> => {
	const before = bodies.length;
	const connection = {
		organizationId: 'org',
		apiKey: 'some-key-1',
		...(through === 'a gateway'
			? { baseUrl: gateway.baseUrl, gateway: true }
			: { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }),
	};
	const outcome = await createLead(draft, connection, { timeoutSeconds: 100 }, host);
	return { outcome, arrived: bodies.slice(before) };
};

test.each(hostileRows(13))('%s reaches the API as the same bytes, or ends in words', async (_name, make) => {
	const [direct, over] = [await sent(make(), 'the API'), await sent(make(), 'a gateway')];
	expect(explain(over.outcome).message).toMatch(/\w/);
	if (Buffer.byteLength(direct.arrived[0] ?? '') > mostBodyBytes) {
		expect([over.outcome.outcome, over.outcome.status, explain(over.outcome).message, over.arrived.length]).toEqual([
			'failed',
			413,
			expect.stringContaining('larger than 1 MB'),
			0,
		]);
	} else {
		expect([over.outcome.outcome, over.arrived.length]).toEqual([direct.outcome.outcome, direct.arrived.length]);
		expect(over.arrived[0] === direct.arrived[0]).toBe(true);
	}
	expect(({} as { readonly polluted?: unknown }).polluted).toBeUndefined();
	expect(gateway.log.filter((line) => line.includes('"error"'))).toEqual([]);
});

const serve = useHostileServers();
let behind: GatewayInFront | undefined;
afterEach(async () => {
	await behind?.close();
	behind = undefined;
});

/** A gateway keeps what a refused account could not send, and a node that cannot wait longer says where the lead is and why. */
const overGateway = (outcome: string): readonly [outcome: string, message: unknown] => {
	switch (outcome) {
		case 'unauthorized':
			return ['unconfirmed', expect.stringContaining('and waiting: iCloud-Ready did not accept the API key')];
		case 'forbidden':
			return ['unconfirmed', expect.stringContaining('and waiting: this API key may not create leads')];
		default:
			return [outcome, expect.any(String)];
	}
};

/** A node's patience runs out by the questions that it asked once the gateway says what holds the lead, not by a clock. */
const patientHost = (): Host => {
	let [passedMs, isHeld] = [0, false];
	return {
		...host,
		send: async (request, options) => {
			const reply = await transport.send(request, options);
			isHeld = holdReasonOf(reply) !== undefined;
			return reply;
		},
		monotonicMs: () => passedMs,
		sleep: async (ms) => {
			if (isHeld) passedMs += ms;
			await new Promise((resolve) => setTimeout(resolve, 20));
		},
	};
};

test.each(hostileAnswers)('%s, behind a gateway: the node tells it as it is', async (name, behave, outcome) => {
	behind = await openGatewayInFrontOf(await serve(behave), { timeoutSeconds: limitSecondsOf(name), waitSeconds: 1 });
	const beforeBytes = process.memoryUsage().rss;
	const told = await createLead(
		{ firstName: 'Mona', phone: '+201001234567' },
		{ baseUrl: behind.baseUrl, gateway: true, organizationId: 'org', apiKey: 'some-key-1' },
		{ timeoutSeconds: 100, maxWaitSeconds: 5, maxTries: 1 },
		patientHost(),
	);
	expect([told.outcome, explain(told).message]).toEqual(overGateway(outcome));
	expect(process.memoryUsage().rss - beforeBytes).toBeLessThan(200 * mega);
});
