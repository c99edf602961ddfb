import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Sandbox, startSandbox } from '../../packages/sandbox/src';
import { type TestAnswer, testAnswers } from '../fixtures/testAnswers';
import { apiKey, helper, startFlow, useSandbox } from './flow';

const sandbox = useSandbox();

const press = async (dialog: Record<string, unknown>): Promise<Record<string, unknown>> => {
	await startFlow(sandbox().baseUrl);
	const { body } = await helper
		.request()
		.post('/icloud-ready/account/test')
		.send({ id: 'account', baseUrl: sandbox().baseUrl, organizationId: 'org-1', timeoutSeconds: 60, ...dialog });
	expect(JSON.stringify(body)).not.toContain(String(dialog.apiKey ?? apiKey));
	return body;
};

const expected = {
	ok: true,
	message: 'iCloud-Ready answered as expected (400 to an empty lead).',
	hint: 'Only your first lead shows whether the organization ID is right.',
};

test('the saved key with its own address', async () => {
	expect(await press({})).toEqual(expected);
	expect(sandbox().calls[0]).toMatchObject({ body: '{}' });
	expect(sandbox().leadCount).toBe(0);
});

test('the example lead is created once and shows the organization ID to be right', async () => {
	expect(await press({ example: true })).toMatchObject({
		ok: true,
		message: expect.stringMatching(/^Lead \d+ was created\.$/),
		hint: 'The organization ID is right, too. You can delete this lead in iCloud-Ready.',
	});
	expect(sandbox().calls).toHaveLength(1);
	expect(sandbox().leads).toMatchObject([
		{ leadInformation: { phone: '+201001234567' }, leadDescription: expect.stringMatching(/can be deleted/) },
	]);
});

test.each<[name: string, dialog: Record<string, unknown>, answer: Parameters<Sandbox['failNext']>[0], message: RegExp]>(
	[
		['refused by the organization', {}, { status: 403 }, /may not create leads/],
		['too much', {}, { status: 429 }, /not accepting leads/],
		['a lost answer', { timeoutSeconds: 1 }, { status: 201, delayMs: 30_000 }, /no answer came back within 1 s/],
		['a page that says 400', {}, { status: 400, body: '<html>' }, /does not come from iCloud-Ready/],
	],
)(
	'what became of the example lead is said as of any other, and it is sent once: %s',
	async (_name, dialog, answer, message) => {
		sandbox().failNext(answer);
		const result = await press({ ...dialog, example: true });
		expect(result).toMatchObject({ ok: false, message: expect.stringMatching(message) });
		expect(result.hint).not.toBe('');
		expect(sandbox().calls).toHaveLength(1);
	},
);

test('the saved key is not sent with the example lead to another address either', async () => {
	const other = await startSandbox({ port: 0 });
	expect(await press({ baseUrl: other.baseUrl, example: true })).toMatchObject({ ok: false });
	expect(other.calls).toHaveLength(0);
	await other.close();
});

test('a key typed in the dialog with another address', async () => {
	const other = await startSandbox({ port: 0 });
	expect(await press({ apiKey, baseUrl: other.baseUrl })).toEqual(expected);
	expect(sandbox().calls).toHaveLength(0);
	await other.close();
});

test('the saved key is not sent to another address', async () => {
	const other = await startSandbox({ port: 0 });
	expect(await press({ baseUrl: other.baseUrl })).toMatchObject({
		ok: false,
		message: 'The base URL has changed, so the saved key was not sent to it.',
	});
	expect(other.calls).toHaveLength(0);
	await other.close();
});

test.each<
	[
		name: string,
		dialog: Record<string, unknown>,
		answer: Parameters<Sandbox['failNext']>[0] | undefined,
		message: RegExp,
	]
>([
	['a key that has expired', { apiKey: 'expired-key' }, undefined, /did not accept the API key/],
	['a key without permission', { apiKey: 'readonly-key' }, undefined, /may not create leads/],
	['429', {}, { status: 429 }, /not accepting requests right now/],
	['404', {}, { status: 404 }, /no lead API at this address \(status 404\)/],
	['500', {}, { status: 500 }, /does not come from iCloud-Ready \(status 500\)/],
	['503 with Retry-After', {}, { status: 503, headers: { 'retry-after': '5' } }, /too busy/],
	[
		'a redirect',
		{},
		{ status: 302, headers: { location: 'http://127.0.0.1:9/' } },
		/redirected the request to another address/,
	],
	['a page', {}, { status: 200, body: '<html>' }, /does not come from iCloud-Ready \(status 200\)/],
	['a page that says 400', {}, { status: 400, body: '<html>' }, /does not come from iCloud-Ready \(status 400\)/],
	['a text that says 422', {}, { status: 422, body: 'no' }, /does not come from iCloud-Ready \(status 422\)/],
	['no answer', { timeoutSeconds: 1 }, { status: 400, delayMs: 30_000 }, /No answer within the timeout \(1 s\)/],
	['a cut', {}, { cut: 'before' }, /connection was lost/],
	['an accepted empty lead', {}, { status: 201, body: { _id: 'a' } }, /accepted an empty lead/],
	[
		'a refused port',
		{ apiKey: 'typed-key', baseUrl: 'http://127.0.0.1:9/api/v2' },
		undefined,
		/could not be reached at 127\.0\.0\.1:9 \(connection refused\)/,
	],
	['no key at all', { id: 'new' }, undefined, /no API key/],
	['no organization', { organizationId: ' ' }, undefined, /organization ID is missing/],
	['plain http', { apiKey: 'typed-key', baseUrl: 'http://192.0.2.1' }, undefined, /clear text/],
	['an address that is none', { apiKey: 'typed-key', baseUrl: 'api' }, undefined, /not a web address/],
])('%s', async (_name, dialog, answer, message) => {
	if (answer !== undefined) sandbox().failNext(answer);
	const result = await press(dialog);
	expect(result).toMatchObject({ ok: false });
	expect(result.message).toMatch(message);
	expect(result.hint).toMatch(/\w.*\.$/);
});

test('it takes 400 and 422 with the JSON of the API for its word, and nothing else that a server in its place may say', async () => {
	let answer: TestAnswer | undefined;
	const server = createServer((request, response) => {
		const { status = 500, body = '', type = 'text/plain' } = answer ?? {};
		request.resume().on('end', () => {
			response.writeHead(status, { 'content-type': type, location: `${sandbox().baseUrl}/leads` }).end(body);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await startFlow(sandbox().baseUrl);
	const wrong: unknown[] = [];
	for (answer of testAnswers) {
		const { body } = await helper
			.request()
			.post('/icloud-ready/account/test')
			.send({
				id: 'account',
				apiKey: 'typed-key',
				baseUrl: `http://127.0.0.1:${port}/api/v2`,
				organizationId: 'org-1',
				timeoutSeconds: 60,
			});
		const words = JSON.stringify(body);
		if (body.ok !== (answer.shows === 'theApi') || /send the lead|send it again|typed-key/i.test(words))
			wrong.push([answer, body]);
	}
	server.close();
	expect(testAnswers.length).toBeGreaterThanOrEqual(60);
	expect(wrong).toEqual([]);
	// Nothing followed a redirect.
	expect(sandbox().calls).toEqual([]);
});

test.each<[name: string, dialog: Record<string, unknown>, ok: boolean]>([
	['as expected', {}, true],
	['no organization', { organizationId: '' }, false],
	['a key that has expired', { apiKey: 'expired-key' }, false],
	['a refused port', { apiKey: 'typed-key', baseUrl: 'http://127.0.0.1:9/api/v2' }, false],
])('a dialog in Arabic gets Arabic words: %s', async (_name, dialog, ok) => {
	const result = await press({ ...dialog, language: 'ar-EG' });
	expect(result.ok).toBe(ok);
	for (const text of [result.message, result.hint]) expect(text).toMatch(/^[\u0600-\u06ff].*\.$/);
});

test.each([[[]], [{ baseUrl: {} }], [{ apiKey: ['k'] }]])('a body of %j is refused in words', async (dialog) => {
	await startFlow(sandbox().baseUrl);
	const { status, body } = await helper.request().post('/icloud-ready/account/test').send(dialog);
	expect([status, body]).toEqual([
		400,
		{ ok: false, message: 'The test could not be run.', hint: 'Check the values, then test again.' },
	]);
	expect(sandbox().calls).toHaveLength(0);
});

describe('a variable of the server', () => {
	const variables = {
		ICR_TEST_KEY: apiKey,
		ICR_TEST_ORG: 'org-of-the-server',
		ICR_TEST_SECRET: 'a-secret-of-the-server',
		ICR_TEST_URL: '',
	};
	let other: Sandbox;
	beforeAll(async () => {
		other = await startSandbox({ port: 0 });
	});
	beforeEach(() => {
		Object.assign(process.env, variables, { ICR_TEST_URL: sandbox().baseUrl });
	});
	afterEach(() => {
		other.reset();
	});
	afterAll(async () => {
		for (const name of Object.keys(variables)) Reflect.deleteProperty(process.env, name);
		await other.close();
	});

	const pressOn = async (
		options: Parameters<typeof startFlow>[1],
		dialog: Record<string, unknown>,
	): Promise<Record<string, unknown>> => {
		await startFlow(sandbox().baseUrl, options);
		const { body } = await helper
			.request()
			.post('/icloud-ready/account/test')
			.send({ id: 'account', baseUrl: sandbox().baseUrl, organizationId: 'org-1', timeoutSeconds: 60, ...dialog });
		for (const value of ['a-secret-of-the-server', 'org-of-the-server', apiKey])
			expect(JSON.stringify(body)).not.toContain(value);
		return body;
	};
	const sent = (): string => JSON.stringify([...sandbox().calls, ...other.calls]);

	test.each<[name: string, account: Record<string, unknown>, key: string, dialog: Record<string, unknown>]>([
		['as the stored key', {}, '${ICR_TEST_KEY}', {}],
		['as the key, shown in the dialog as it is stored', {}, '${ICR_TEST_KEY}', { apiKey: '${ICR_TEST_KEY}' }],
		['as the organization', { organizationId: '${ICR_TEST_ORG}' }, apiKey, { organizationId: '${ICR_TEST_ORG}' }],
		[
			'as the organization, with a key that is typed',
			{ organizationId: '${ICR_TEST_ORG}' },
			apiKey,
			{ organizationId: '${ICR_TEST_ORG}', apiKey },
		],
		['as the base URL', { baseUrl: '${ICR_TEST_URL}' }, apiKey, { baseUrl: '${ICR_TEST_URL}' }],
	])('that the deployed account has is tried: %s', async (_name, account, key, dialog) => {
		expect(await pressOn({ account, key }, dialog)).toEqual(expected);
	});

	test.each<[name: string, account: Record<string, unknown>, key: string, dialog: () => Record<string, unknown>]>([
		['another one as the key', {}, apiKey, () => ({ apiKey: '${ICR_TEST_SECRET}' })],
		[
			'another one as the key, to another server',
			{},
			apiKey,
			() => ({ apiKey: '${ICR_TEST_SECRET}', baseUrl: other.baseUrl }),
		],
		['another one as the organization', {}, apiKey, () => ({ organizationId: '${ICR_TEST_SECRET}' })],
		[
			'another one as the organization, with a typed key, to another server',
			{},
			apiKey,
			() => ({ organizationId: '${ICR_TEST_SECRET}', apiKey, baseUrl: other.baseUrl }),
		],
		['another one as the base URL', {}, apiKey, () => ({ baseUrl: '${ICR_TEST_URL}', apiKey })],
		[
			'another one where the account has one',
			{ organizationId: '${ICR_TEST_ORG}' },
			apiKey,
			() => ({ organizationId: '${ICR_TEST_SECRET}' }),
		],
		[
			'the organization as the key',
			{ organizationId: '${ICR_TEST_ORG}' },
			apiKey,
			() => ({ apiKey: '${ICR_TEST_ORG}' }),
		],
		[
			'its own, to another server',
			{ organizationId: '${ICR_TEST_ORG}' },
			'${ICR_TEST_KEY}',
			() => ({ apiKey: '${ICR_TEST_KEY}', organizationId: '${ICR_TEST_ORG}', baseUrl: other.baseUrl }),
		],
		[
			'the organization of it, with a typed key, to another server',
			{ organizationId: '${ICR_TEST_ORG}' },
			apiKey,
			() => ({ organizationId: '${ICR_TEST_ORG}', apiKey, baseUrl: other.baseUrl }),
		],
		[
			'of an account that is not deployed',
			{},
			apiKey,
			() => ({ id: 'new', apiKey: '${ICR_TEST_SECRET}', baseUrl: other.baseUrl }),
		],
		['as the timeout', {}, apiKey, () => ({ timeoutSeconds: '${ICR_TEST_SECRET}' })],
	])('that it has not is not: %s', async (_name, account, key, dialog) => {
		const result = await pressOn({ account, key }, dialog());
		expect(result).toMatchObject({
			ok: false,
			message: expect.stringMatching(/^\$\{ICR_TEST_\w+\} is a variable on the server/),
			hint: 'Deploy, then test again.',
		});
		expect(sent()).toBe('[]');
	});

	test('words in Arabic', async () => {
		expect((await pressOn({}, { apiKey: '${ICR_TEST_SECRET}', language: 'ar' })).message).toMatch(
			/ICR_TEST_SECRET.*متغيّر/,
		);
	});
});

test.each([
	['tls', 'another-tls'],
	['proxy', 'another-proxy'],
])('the saved key is not sent over another %s', async (name, id) => {
	expect(await press({ [name]: id })).toMatchObject({
		ok: false,
		message: expect.stringMatching(/proxy or TLS settings have changed/),
	});
	expect(sandbox().calls).toHaveLength(0);
});
test('none chosen, as the editor says it, is none', async () => {
	expect(await press({ tls: '_ADD_', proxy: '' })).toEqual(expected);
});

test.each<[name: string, dialog: Record<string, unknown>]>([
	['a line break in the organization', { organizationId: 'o\r\nx-other: 1' }],
	['a line break in the key', { apiKey: 'k\nx-other: 1' }],
	['letters of no header', { apiKey: 'مفتاح' }],
])('%s begins no other header', async (_name, dialog) => {
	expect(await press(dialog)).toMatchObject({
		ok: false,
		message: 'The key or the organization ID contains a character that cannot be sent.',
	});
	expect(sandbox().calls).toHaveLength(0);
});
