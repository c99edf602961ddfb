import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Sandbox, startSandbox } from '../../../packages/sandbox/src';
import { type TestAnswer, testAnswers } from '../../fixtures/testAnswers';
import { apiKey, organizationId, useWorld } from './world';

const world = useWorld();
let elsewhere: Sandbox;
beforeAll(async () => {
	elsewhere = await startSandbox({ port: 0 });
});
afterAll(() => elsewhere.close());

/** An older n8n tells a refusal in words of its own and not in the credential's, so that no more is asked of it than to tell it. */
const wordsOf = (message: RegExp): RegExp => (process.env.ICLOUD_READY_N8N === 'n8n-oldest' ? /\w/ : message);

interface Tested {
	readonly status: 'OK' | 'Error';
	readonly message: string;
}

/** The button "Test" of the credential, with other data in the form. */
const tested = async (data: Readonly<Record<string, string>>): Promise<Tested> => {
	const { stand, sandbox, credential } = world();
	return stand.rest('POST', '/credentials/test', {
		credentials: {
			...credential,
			type: 'icloudReadyApi',
			data: { apiKey, organizationId, baseUrl: sandbox.baseUrl, ...data },
		},
	});
};

test.each([
	['a right key', (): object => ({}), 'OK', /successful/],
	[
		'a right key, base URL with a slash and a space',
		() => ({ baseUrl: `${world().sandbox.baseUrl}/ ` }),
		'OK',
		/successful/,
	],
	['a right key, base URL with /leads', () => ({ baseUrl: `${world().sandbox.baseUrl}/leads` }), 'OK', /successful/],
	['a wrong key', () => ({ apiKey: 'no-such-key' }), 'Error', /did not accept the API key/],
	['an expired key', () => ({ apiKey: 'expired-key' }), 'Error', /did not accept the API key/],
	['a key without the permission', () => ({ apiKey: 'readonly-key' }), 'Error', /may not create leads.*Lead > Create/],
	[
		'a wrong path',
		() => ({ baseUrl: `${world().sandbox.origin}/nowhere` }),
		'Error',
		/no lead API at this base URL \(status 404\)/,
	],
	['a refused port', () => ({ baseUrl: 'http://127.0.0.1:9/api/v2' }), 'Error', /ECONNREFUSED/],
	['a base URL that is none', () => ({ baseUrl: 'api' }), 'Error', /is not a web address/],
	['another scheme', () => ({ baseUrl: 'file:///etc/passwd' }), 'Error', /is not a web address/],
	[
		'a login in the base URL',
		() => ({ baseUrl: 'https://user:secret@127.0.0.1:9/api/v2' }),
		'Error',
		/user name or password/,
	],
	['a step up in the base URL', () => ({ baseUrl: 'https://127.0.0.1:9/api/../v2' }), 'Error', /more than an address/],
	[
		'plain http to another machine',
		() => ({ baseUrl: 'http://192.0.2.1/api/v2' }),
		'Error',
		/clear text.*Allow Unencrypted Connections/,
	],
	['a line break in the key', () => ({ apiKey: 'a\r\nx-other: b' }), 'Error', /character that cannot be sent/],
	[
		'a line break in the organization',
		() => ({ organizationId: 'a\r\nx-other: b' }),
		'Error',
		/character that cannot be sent/,
	],
	['an unknown host', () => ({ baseUrl: 'https://nowhere.invalid/api/v2' }), 'Error', /ENOTFOUND|EAI_AGAIN/],
] as const)('the test tells %s', async (_name, data, status, message) => {
	expect(await tested(data() as Record<string, string>)).toEqual({
		status,
		message: expect.stringMatching(wordsOf(message)),
	});
	expect(world().sandbox.leads).toEqual([]);
	expect(world().stand.log()).not.toContain(apiKey);
});

test.each([
	[301, /another address/],
	[302, /another address/],
	[307, /another address/],
	[405, /no lead API/],
	[429, /right now \(status 429\)/],
	[500, /right now \(status 500\)/],
	[503, /right now \(status 503\)/],
])('the test tells a %i, and follows no redirect', async (status, message) => {
	world().sandbox.failNext({ status, headers: status < 400 ? { location: `${elsewhere.baseUrl}/leads` } : {} });
	expect(await tested({})).toEqual({ status: 'Error', message: expect.stringMatching(wordsOf(message)) });
	expect(world().sandbox.calls).toHaveLength(1);
	expect(elsewhere.calls).toEqual([]);
});

/** What the test says of each. */
const said: Readonly<Record<Exclude<TestAnswer['shows'], 'theApi'>, RegExp>> = {
	notJson: /other than JSON/,
	accepted: /accepted an empty lead/,
	redirected: /another address/,
	keyRefused: /did not accept the API key/,
	notPermitted: /may not create leads/,
	proxy: /proxy asks for a login/,
	otherServer: /no lead API/,
	busy: /not accepting requests right now/,
	nothing: /./,
};

describe('another server in the place of the API', () => {
	let server: Server;
	let answer: TestAnswer | undefined;
	beforeAll(async () => {
		server = createServer((request, response) => {
			const { status = 500, body = '', type = 'text/plain' } = answer ?? {};
			request.resume().on('end', () => {
				response.writeHead(status, { 'content-type': type, location: `${elsewhere.baseUrl}/leads` }).end(body);
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	});
	afterAll(() => server.close());

	test.each(testAnswers)('that answers $status with $body ($type)', async (given) => {
		answer = given;
		const { port } = server.address() as AddressInfo;
		const { status, message } = await tested({ baseUrl: `http://127.0.0.1:${port}/api/v2` });
		expect(status).toBe(given.shows === 'theApi' ? 'OK' : 'Error');
		if (given.shows !== 'theApi') expect(message).toMatch(wordsOf(said[given.shows]));
		expect(message).not.toMatch(/send the lead|send it again/i);
		expect(elsewhere.calls).toEqual([]);
	});
});

test('the test sends an empty lead with the key and the organization, and creates none', async () => {
	await tested({ organizationId: 'org-x' });
	expect(world().sandbox.calls).toEqual([
		expect.objectContaining({
			method: 'POST',
			body: '{}',
			status: 400,
			key: apiKey,
			headers: expect.objectContaining({ organizationid: 'org-x' }),
		}),
	]);
	expect(world().sandbox.leads).toEqual([]);
});
