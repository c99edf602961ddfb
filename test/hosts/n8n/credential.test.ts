import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Sandbox, startSandbox } from '../../../packages/sandbox/src';
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
		/user name or a password/,
	],
	['a step up in the base URL', () => ({ baseUrl: 'https://127.0.0.1:9/api/../v2' }), 'Error', /more than an address/],
	[
		'plain http to another machine',
		() => ({ baseUrl: 'http://192.0.2.1/api/v2' }),
		'Error',
		/readable on the way.*Allow Plain HTTP/,
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

const page = '<html><body>Please sign in</body></html>';
const problem = '{"message":"leadInformation.firstName is required"}';

/** Each answer that a server in the place of the API may give: status, body, its type, and what the test says. */
const green = 'OK';
const answers: readonly (readonly [status: number, body: string, type: string, words: RegExp | typeof green])[] = [
	[400, problem, 'application/json', green],
	[422, problem, 'application/json', green],
	[400, '{}', 'application/json', green],
	[400, page, 'text/html', /other than JSON/],
	[422, page, 'text/html', /other than JSON/],
	[400, 'Bad Request', 'text/plain', /other than JSON/],
	[400, '', 'text/plain', /other than JSON/],
	[400, 'null', 'application/json', /other than JSON/],
	[400, '"no"', 'application/json', /other than JSON/],
	[400, '7', 'application/json', /other than JSON/],
	[400, 'true', 'application/json', /other than JSON/],
	[400, '{"message":', 'application/json', /other than JSON/],
	...[200, 201, 202, 203, 206, 207, 226].map(
		(status) => [status, page, 'text/html', /accepted an empty lead/] as const,
	),
	...[200, 201].map((status) => [status, '{"_id":"1"}', 'application/json', /accepted an empty lead/] as const),
	...[204, 205].map((status) => [status, '', 'text/plain', /accepted an empty lead/] as const),
	...[300, 301, 302, 303, 304, 305, 307, 308].map((status) => [status, '', 'text/plain', /another address/] as const),
	[401, problem, 'application/json', /did not accept the API key/],
	[401, page, 'text/html', /did not accept the API key/],
	[403, problem, 'application/json', /may not create leads/],
	[407, page, 'text/html', /proxy on the way/],
	...[402, 404, 405, 406, 409, 410, 411, 413, 415, 418, 421, 423, 424, 426, 428, 431, 451, 499, 501].map(
		(status) => [status, problem, 'application/json', /no lead API at this base URL/] as const,
	),
	...[408, 425, 429, 500, 502, 503, 504, 505, 507, 511, 520, 521, 522, 523, 524, 525, 526, 527, 529, 530, 598].map(
		(status) => [status, page, 'text/html', /cannot take requests right now/] as const,
	),
	[999, page, 'text/html', /no lead API/],
	[666, page, 'text/html', /./],
];

describe('another server in the place of the API', () => {
	let server: Server;
	let answer: (typeof answers)[number] = [500, '', '', green];
	beforeAll(async () => {
		server = createServer((request, response) => {
			const [status, body, type] = answer;
			request.resume().on('end', () => {
				response.writeHead(status, { 'content-type': type, location: `${elsewhere.baseUrl}/leads` }).end(body);
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	});
	afterAll(() => server.close());

	test.each(answers)('that answers %i with %j (%s)', async (...given) => {
		answer = given;
		const { port } = server.address() as AddressInfo;
		const { status, message } = await tested({ baseUrl: `http://127.0.0.1:${port}/api/v2` });
		const [, , , words] = given;
		expect(status).toBe(words === green ? 'OK' : 'Error');
		if (words !== green) expect(message).toMatch(wordsOf(words));
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
