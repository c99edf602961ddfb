import { platforms, type PlatformName, platformNames } from '../../../packages/core/src';
import { type Sandbox, startSandbox } from '../../../packages/sandbox/src';
import { challengeOf, type GenuineCall } from '../../../packages/sandbox/src/senders/genuineCall';
import { expectNoKeyIn, canary } from '../../fixtures/canary';
import { filesOf } from '../filesOf';
import { type Graph, startGraph } from '../graph';
import { nodeReds } from '../hosts';
import { asBase64, nextSecret, platformCalls, secretOf, verifyToken } from '../platformCalls';
import { type NodeRed, startWithNodes } from './host';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

describe.each(nodeReds)('%s', (version) => {
	let sandbox: Sandbox;
	let nodeRed: NodeRed;
	let graph: Graph;
	let number = 0;

	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0 });
		graph = await startGraph();
		nodeRed = await startWithNodes(version, { level: 'trace' });
		const at = { z: 'tab', x: 1, y: 1 };
		await nodeRed.deploy(
			[
				{ id: 'tab', type: 'tab', label: 'test' },
				{ id: 'account', type: 'icloud-ready-account', baseUrl: sandbox.baseUrl, organizationId: 'org-1' },
				...platformNames.map((name) => ({
					...at,
					id: `form-${name}`,
					type: 'icloud-ready-lead-form',
					path: `/from/${name}`,
					platform: name,
					graphUrl: graph.url,
					wires: [['lead', 'shown']],
				})),
				{ ...at, id: 'lead', type: 'icloud-ready-create-lead', account: 'account', routing: 'catch', wires: [[]] },
				{
					...at,
					id: 'shown',
					type: 'debug',
					active: true,
					console: true,
					complete: 'true',
					targetType: 'full',
					wires: [],
				},
			],
			{
				account: { apiKey: 'sandbox-key' },
				...Object.fromEntries(
					platformNames.map((name) => [
						`form-${name}`,
						{ secret: secretOf(name), nextSecret, verifyToken, ...(name === 'meta' ? { pageToken: canary } : {}) },
					]),
				),
			},
		);
	});
	afterAll(async () => {
		await nodeRed.stop();
		await sandbox.close();
		graph.server.close();
	});
	beforeEach(() => sandbox.reset());

	const send = async (name: PlatformName, { method, headers, query, body }: GenuineCall): Promise<Response> =>
		await fetch(`${nodeRed.url}/from/${name}${query}`, { method, headers, ...(method === 'POST' ? { body } : {}) });
	const statusOf = async (name: PlatformName, call: GenuineCall): Promise<number> => {
		const answer = await send(name, call);
		expectNoKeyIn(`the answer to ${name}`, await answer.text());
		return answer.status;
	};
	const made = platformCalls(version);

	describe.each([...platformNames])('%s', (name) => {
		const { provesBy, maxAgeMs } = platforms[name];

		test('challenge', async () => {
			const challenge = challengeOf(name, { verifyToken, secret: secretOf(name), asked: '4711' });
			if (challenge === undefined) {
				expect((await fetch(`${nodeRed.url}/from/${name}`)).status).toBe(405);
				return;
			}
			expect(await (await send(name, challenge.call)).text()).toBe(challenge.answer);
		});

		test('genuine, with odd spaces and Arabic, and repeated', async () => {
			const call = made(name, { spaces: 3 });
			expect(await statusOf(name, call)).toBe(200);
			expect(sandbox.leadCount).toBe(1);
			expect(await Promise.all([statusOf(name, call), statusOf(name, call)])).toEqual([200, 200]);
			expect(sandbox.leadCount).toBe(1);
		});

		test('the second secret', async () => {
			expect(await statusOf(name, made(name, { secret: nextSecret }))).toBe(200);
			expect(sandbox.leadCount).toBe(1);
		});

		test('forged, one byte changed, and too old', async () => {
			expect(await statusOf(name, made(name, { secret: asBase64('guessed') }))).toBe(401);
			const { headers, body, ...rest } = made(name);
			expect(await statusOf(name, { ...rest, body, headers: { 'content-type': 'application/json' } })).toBe(
				provesBy === 'key' ? 200 : 401,
			);
			const before = sandbox.leadCount;
			if (provesBy === 'signature')
				expect(await statusOf(name, { ...rest, headers, body: body.replace('{', '{ ') })).toBe(401);
			if (maxAgeMs !== undefined)
				expect(await statusOf(name, made(name, { atMs: Date.now() - maxAgeMs - 60_000 }))).toBe(401);
			expect(sandbox.leadCount).toBe(before);
		});
	});

	test('over a proxy that ends TLS and says so, with its own name and path: the same bytes, the same proof', async () => {
		const proxy = createServer((incoming, outgoing) => {
			const { port } = new URL(nodeRed.url);
			const headers = {
				...incoming.headers,
				host: `127.0.0.1:${port}`,
				'x-forwarded-for': '203.0.113.7, 10.0.0.1',
				'x-forwarded-proto': 'https',
				'x-forwarded-host': 'leads.example.com',
				'x-forwarded-prefix': '/hooks',
				via: '1.1 proxy',
			};
			const path = (incoming.url ?? '').replace(/^\/hooks/, '');
			incoming.pipe(
				request({ port, path, method: incoming.method, headers }, (answer) => {
					outgoing.writeHead(answer.statusCode ?? 0, answer.headers);
					answer.pipe(outgoing);
				}),
			);
		});
		await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', () => resolve()));
		try {
			const { port } = proxy.address() as AddressInfo;
			const through = async (name: PlatformName, { headers, body }: GenuineCall): Promise<number> =>
				(await fetch(`http://127.0.0.1:${port}/hooks/from/${name}`, { method: 'POST', headers, body })).status;
			for (const name of platformNames) {
				const call = made(name, { spaces: 2 });
				expect([name, await through(name, call), await statusOf(name, call)]).toEqual([name, 200, 200]);
			}
			// Each reached the API once, though it came over the proxy and without it.
			expect(sandbox.leadCount).toBe(platformNames.length);
			expect(JSON.stringify(sandbox.leads)).not.toMatch(/203\.0\.113\.7|x-forwarded/i);
		} finally {
			proxy.closeAllConnections();
			await new Promise((resolve) => proxy.close(resolve));
		}
	});

	test('a lead that cannot be fetched from Meta is answered by 503, and the repeat fetches it; a hiccup is waited out', async () => {
		const call = made('meta');
		graph.refusals = 1000;
		expect(await statusOf('meta', call)).toBe(503);
		graph.refusals = 2;
		expect(await statusOf('meta', call)).toBe(200);
		expect(sandbox.leadCount).toBe(1);
	});

	test('at the size limit it is read, and above it refused without being read', async () => {
		const sized = async (bytes: number): Promise<number> => {
			const text = JSON.stringify({ first_name: 'Mona', phone: `+20101${String(1_000_000 + ++number)}` });
			// Space, so that the lead itself is small: the API has a limit of its own.
			const body = text + ' '.repeat(bytes - text.length);
			const headers = { 'content-type': 'application/json', authorization: `Bearer ${canary}` };
			// What is refused unread may end the connection before all of it is sent, which fetch takes for a fault.
			return await new Promise((resolve, reject) => {
				const sent = request(`${nodeRed.url}/from/any`, { method: 'POST', headers }, (response) => {
					response.resume();
					resolve(response.statusCode ?? 0);
				});
				sent.on('error', (error: NodeJS.ErrnoException) => {
					if (error.code !== 'EPIPE' && error.code !== 'ECONNRESET') reject(error);
				});
				sent.end(body);
			});
		};
		expect(await sized(5 * 1024 ** 2)).toBe(200);
		expect(await sized(5 * 1024 ** 2 + 1)).toBe(413);
	});

	test('no log, file, export or answer of the editor holds a secret', async () => {
		expect(nodeRed.log()).toContain('submission');
		expectNoKeyIn('log', nodeRed.log());
		for (const path of [
			'flows',
			'credentials/icloud-ready-lead-form/form-meta',
			'icloud-ready/lead-form/form-any/last',
		])
			expectNoKeyIn(
				path,
				await (await fetch(`${nodeRed.url}/${path}`, { headers: { accept: 'application/json' } })).text(),
			);
		for (const { file, text } of filesOf(nodeRed.userFolder)) expectNoKeyIn(file, text);
		expect(sandbox.leads.map((lead) => JSON.stringify(lead)).join()).not.toContain(canary);
	});
});
