import { type ConnectProxy, openConnectProxy, refusingWays } from '../../fixtures/connectProxy';
import { sampleOf } from '../../fixtures/cases';
import { openStand, type Stand } from './stand';
import { leadNode, leadWorkflow } from './workflow';
import { apiKey, organizationId } from './world';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const fixture = (name: string): string => join(__dirname, '../../fixtures', name);
const options = { concurrency: 1, maxTries: 1, timeoutSeconds: 2 };

let api: Server;
let arrived = 0;
let status = 201;
beforeAll(async () => {
	api = createServer(
		{ key: readFileSync(fixture('localhost.key.pem')), cert: readFileSync(fixture('localhost.cert.pem')) },
		(_request, response) => {
			arrived++;
			response
				.writeHead(status, { 'content-type': 'application/json' })
				.end(status === 201 ? '{"_id":"a","leadNumber":1}' : '{"message":"phone is wrong"}');
		},
	);
	await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => {
	arrived = 0;
	status = 201;
});
afterAll(async () => {
	api.closeAllConnections();
	await new Promise((resolve) => api.close(resolve));
});

/** What one lead ends as, with its words. */
const sent = async (
	stand: Stand,
	baseUrl = `https://127.0.0.1:${(api.address() as AddressInfo).port}/api/v2`,
): Promise<readonly [outcome: unknown, message: unknown]> => {
	const credential = await stand.rest<{ id: string; name: string }>('POST', '/credentials', {
		name: 'a',
		type: 'icloudReadyApi',
		data: { apiKey, organizationId, baseUrl, allowHttp: true },
	});
	const execution = await stand.run(
		leadWorkflow({
			credential,
			items: [{}],
			onError: 'continueRegularOutput',
			parameters: { firstName: 'Mona', phone: '+201001234567', options },
		}),
	);
	expect(execution.text).not.toContain(apiKey);
	const [[item] = []] = execution.outputs(leadNode);
	const details = item?.json.details as { outcome: string; message: string } | undefined;
	return [details?.outcome ?? 'created', details?.message];
};

const proxies: readonly (readonly [scheme: string, tls: boolean])[] = [
	['http', false],
	['https', true],
];

describe.each(sampleOf(proxies, 1))('behind a proxy over %s', (_scheme, tls) => {
	let proxy: ConnectProxy;
	let stand: Stand;
	beforeAll(async () => {
		proxy = await openConnectProxy({ tls });
		stand = await openStand({
			HTTPS_PROXY: proxy.url,
			NO_PROXY: 'localhost',
			NODE_EXTRA_CA_CERTS: fixture('localhost.cert.pem'),
		});
	});
	afterAll(async () => {
		await stand.close();
		await proxy.close();
	});

	/** n8n gives any other answer to CONNECT as if it were the address's, without a word of the connection it came on. */
	const isTold = (way: unknown): boolean => typeof way !== 'number' || way === 407;
	test.each(refusingWays.filter(([, way]) => !isTold(way) && way !== 201))(
		'that %s, which n8n gives as the answer of the address: the lead has not left, and is not told as created',
		async (_name, way) => {
			proxy.way = way;
			expect((await sent(stand))[0]).not.toBe('created');
			expect(arrived).toBe(0);
		},
	);

	test.each(refusingWays.filter(([, way]) => isTold(way)))(
		'that %s, the lead is Failed by the proxy',
		async (_name, way) => {
			proxy.way = way;
			expect(await sent(stand)).toEqual([
				'failed',
				expect.stringMatching(
					/could not be reached at 127\.0\.0\.1:\d+ \(the proxy (?:refused|could not forward|did not forward) the request/,
				),
			]);
			expect(arrived).toBe(0);
		},
	);

	test.each([
		[201, 'created'],
		[400, 'invalid'],
		[401, 'unauthorized'],
		[403, 'forbidden'],
		[404, 'failed'],
		[500, 'unconfirmed'],
	])('that passes it on, %i is the answer of the API', async (answer, outcome) => {
		proxy.way = 'pass';
		status = answer;
		const [told, message] = await sent(stand);
		expect([told, arrived]).toEqual([outcome, 1]);
		expect(String(message)).not.toMatch(/proxy/);
	});
});

describe('with protection against requests into its own network', () => {
	let stand: Stand;
	beforeAll(async () => {
		stand = await openStand({ N8N_SSRF_PROTECTION_ENABLED: 'true', N8N_SSRF_BLOCKED_HOSTNAMES: 'crm.test' });
	});
	afterAll(async () => {
		await stand.close();
	});

	test.each([
		['an address', 'http://127.0.0.1:9/api/v2'],
		['an address over TLS', 'https://127.0.0.1:9/api/v2'],
		['a name of such an address', 'https://localhost:9/api/v2'],
		['a name', 'https://crm.test/api/v2'],
	])('%s that is not allowed: Failed, and said so', async (_name, baseUrl) => {
		expect(await sent(stand, baseUrl)).toEqual([
			'failed',
			expect.stringContaining('(requests to this address are not allowed here)'),
		]);
	});
});
