import { freePort } from '../hosts/freePort';
import { type Sandbox, startSandbox } from '../../packages/sandbox/src';
import guideLead from '../fixtures/guideLead.json';
import { apiKey, type Ending, helper, startFlow, stopFlow } from './flow';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

let sandbox: Sandbox;
let elsewhere: Server;
let elsewhereHits = 0;

beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
	elsewhere = createServer((_request, response) => {
		elsewhereHits++;
		response.end();
	}).listen(0, '127.0.0.1');
	await new Promise<void>((resolve) => helper.startServer(() => resolve()));
});
afterAll(async () => {
	await sandbox.close();
	elsewhere.close();
	await new Promise<void>((resolve) => helper.stopServer(() => resolve()));
});
beforeEach(() => sandbox.reset());
afterEach(stopFlow);

const mona = { name: 'Mona Hassan', phone: '010 0123 4567' };
const ending = async (
	options: Parameters<typeof startFlow>[1],
	msg: Record<string, unknown> = { payload: mona },
	baseUrl = sandbox.baseUrl,
): Promise<Ending> => {
	const flow = await startFlow(baseUrl, options);
	flow.send(msg);
	const [first] = await flow.endings(1);
	return first as Ending;
};

describe('settings that are not usable', () => {
	test('the lead is created with the defaults, and the log says which', async () => {
		const flow = await startFlow(sandbox.baseUrl, {
			account: { maxTries: 'many', keepDays: -1 },
			node: { duplicates: 'never', fields: [{ field: 'town', value: 'x' }] },
		});
		flow.send({ payload: mona });
		const [first] = await flow.endings(1);
		expect(first?.output).toBe(0);
		expect(flow.logged().filter((text) => text.includes('settings of the node'))).toEqual([
			'"Attempts" is not a number from 1 to 100, so 5 is used. Correct it in the settings of the node.',
			'"Keep for (days)" is not a number from 0 to 3,650, so 30 is used. Correct it in the settings of the node.',
			'"Duplicates" is none of allow, run, always, so allow is used. Correct it in the settings of the node.',
			'Entry 1 of "Fields" is not a lead field with a value, so it is left out. Correct or remove it in the settings of the node.',
		]);
	});
});

describe('the way in', () => {
	test("the guide's sample arrives letter for letter, with the three headers", async () => {
		const { output, msg } = await ending({ node: { input: 'lead' } }, { payload: guideLead });
		expect(output).toBe(0);
		expect(msg.payload).toMatchObject({ leadNumber: 1, leadInformation: { firstName: 'Ahmed' } });
		const [call] = sandbox.calls;
		const { customField: _dropped, ...sent } = guideLead;
		expect(JSON.parse(call?.body ?? '')).toEqual(sent);
		expect(call?.headers).toMatchObject({
			'x-api-key': apiKey,
			organizationid: 'org-1',
			'content-type': 'application/json',
		});
	});

	test('a form is recognized, and a filled field wins over what was read', async () => {
		const fields = [
			{ field: 'leadSource', value: 'website', valueType: 'str' },
			{ field: 'leadInformation.firstName', value: 'payload.nick', valueType: 'msg' },
			{ field: 'dealSize', value: '$number("2") * 10', valueType: 'jsonata' },
		];
		const { msg } = await ending({ node: { fields } }, { payload: { ...mona, nick: 'Noni' } });
		expect(msg.icloudReady.lead).toMatchObject({
			leadInformation: { firstName: 'Noni', lastName: 'Hassan', phone: '+201001234567' },
			leadSource: 'website',
			dealSize: 20,
		});
	});

	test('fields alone', async () => {
		const fields = [
			{ field: 'leadInformation.firstName', value: 'Mona', valueType: 'str' },
			{ field: 'leadInformation.phone', value: 'topic', valueType: 'msg' },
			{ field: 'tags', value: '["a","b"]', valueType: 'json' },
			{ field: 'isQualified', value: 'false', valueType: 'bool' },
		];
		const { msg } = await ending({ node: { input: 'fields', fields } }, { topic: '01001234567', payload: 'kept' });
		expect(msg.icloudReady.lead).toEqual({
			leadInformation: { firstName: 'Mona', phone: '+201001234567' },
			tags: ['a', 'b'],
			isQualified: false,
		});
	});

	test("a message's organization wins over the account's", async () => {
		await ending({}, { payload: mona, organizationId: 'org-2' });
		expect(sandbox.calls[0]?.headers).toMatchObject({ organizationid: 'org-2' });
	});

	test('an array sends one message for each lead, with parts', async () => {
		const flow = await startFlow(sandbox.baseUrl, { node: { input: 'lead' } });
		flow.send({
			_msgid: 'm1',
			payload: [{ firstName: 'A', phone: '01001234567' }, { firstName: 'B' }, { firstName: 'C', phone: '01001234568' }],
		});
		const endings = await flow.endings(3);
		expect(endings.map(({ output, msg }) => [(msg.parts as { index: number }).index, output]).sort()).toEqual([
			[0, 0],
			[1, 2],
			[2, 0],
		]);
		expect(endings[0]?.msg.parts).toMatchObject({ id: 'm1', count: 3, type: 'array' });
		expect(sandbox.leadCount).toBe(2);
	});

	test('an empty list is no lead: nothing is sent, no output, no Catch, a grey status', async () => {
		const flow = await startFlow(sandbox.baseUrl);
		flow.send({ payload: [] });
		flow.send({ payload: mona });
		const endings = await flow.endings(1);
		expect(endings).toHaveLength(1);
		expect(flow.statuses()).toContainEqual(expect.objectContaining({ fill: 'grey' }));
		expect(sandbox.calls).toHaveLength(1);
	});
});

describe('every ending has its own output, message and hint', () => {
	const account = { timeoutSeconds: 60, maxTries: 1 };
	test.each<[name: string, prepare: () => unknown, output: number, outcome: string, status: number | null]>([
		[
			'400',
			() => sandbox.failNext({ status: 400, body: { message: ['leadInformation.phone is taken'] } }),
			2,
			'invalid',
			400,
		],
		['422', () => sandbox.failNext({ status: 422, body: 'no' }), 2, 'invalid', 422],
		['401', () => sandbox.failNext({ status: 401, body: { message: `Bad token ${apiKey}` } }), 3, 'unauthorized', 401],
		['403', () => sandbox.failNext({ status: 403 }), 4, 'forbidden', 403],
		['429', () => sandbox.failNext({ status: 429, headers: { 'retry-after': '90' } }), 5, 'rateLimited', 429],
		['500', () => sandbox.failNext({ status: 500 }), 6, 'unconfirmed', 500],
		['a connection cut before the answer', () => sandbox.failNext({ cut: 'after' }), 6, 'unconfirmed', null],
		['an answer cut in the middle', () => sandbox.failNext({ cut: 'midBody' }), 6, 'unconfirmed', null],
		['no answer in time', () => sandbox.failNext({ status: 201, delayMs: 60_000 }), 6, 'unconfirmed', null],
		['200 with a page', () => sandbox.failNext({ status: 200, body: '<html>' }), 6, 'unconfirmed', 200],
		[
			'a redirect',
			() =>
				sandbox.failNext({
					status: 307,
					headers: { location: `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/` },
				}),
			7,
			'failed',
			307,
		],
		['404', () => sandbox.failNext({ status: 404 }), 7, 'failed', 404],
	])('%s', async (name, prepare, output, outcome, status) => {
		prepare();
		const { output: left, msg } = await ending({
			account: name === 'no answer in time' ? { ...account, timeoutSeconds: 1 } : account,
		});
		expect([left, msg.icloudReady.outcome, msg.icloudReady.status]).toEqual([output, outcome, status]);
		expect(msg.icloudReady.message).toMatch(/\w.*[.]$/);
		expect(msg.icloudReady.hint).toMatch(/\w.*[.]$/);
		expect(msg.payload).toEqual(mona);
		expect(JSON.stringify(msg)).not.toContain(apiKey);
		expect(elsewhereHits).toBe(0);
	});

	test('a refused port', async () => {
		const { output, msg } = await ending({ account }, undefined, `http://127.0.0.1:${await freePort()}/api/v2`);
		expect([output, msg.icloudReady.outcome]).toEqual([7, 'failed']);
		expect(msg.icloudReady.message).toMatch(/could not be reached at 127\.0\.0\.1:\d+ \(connection refused\)/);
	});

	test.each([
		['no phone', { name: 'Mona' }, 'leadInformation.phone', /Fill in Phone/],
		['a rating that is no number', { name: 'Mona', phone: '01001234567' }, 'leadRating', /digits only/],
		['a list where text belongs', { name: 'Mona', phone: '01001234567' }, 'leadInformation.company', /single value/],
	])('%s never reaches the API and names the field and the remedy', async (_name, payload, field, remedy) => {
		const fields =
			field === 'leadRating'
				? [{ field, value: 'high', valueType: 'str' }]
				: field.endsWith('company')
					? [{ field, value: '["a"]', valueType: 'json' }]
					: [];
		const { output, msg } = await ending({ node: { fields } }, { payload });
		expect([output, msg.icloudReady.outcome, msg.icloudReady.attempts]).toEqual([2, 'invalid', 0]);
		expect(msg.icloudReady.issues).toMatchObject([{ field }]);
		expect(msg.icloudReady.hint).toMatch(remedy);
		expect(sandbox.calls).toHaveLength(0);
	});

	test.each<[name: string, options: Parameters<typeof startFlow>[1], message: RegExp]>([
		['no key', { key: null }, /no API key/],
		['no organization', { account: { organizationId: '' } }, /no organization ID/],
		['no account', { node: { account: 'gone' } }, /no account/],
		['a base URL that is none', { account: { baseUrl: 'api' } }, /not a web address/],
		['plain http to another machine', { account: { baseUrl: 'http://192.0.2.1/api/v2' } }, /clear text/],
	])('an account with %s', async (_name, options, message) => {
		const { output, msg } = await ending(options);
		expect([output, msg.icloudReady.outcome]).toEqual([7, 'failed']);
		expect(msg.icloudReady.message).toMatch(message);
	});

	test('an expression that is broken names its field', async () => {
		const { output, msg } = await ending({ node: { fields: [{ field: 'region', value: '{', valueType: 'json' }] } });
		expect([output, msg.icloudReady.issues]).toEqual([
			2,
			[{ field: 'region', message: 'The value of Region could not be evaluated.' }],
		]);
	});
});

describe('where an outcome goes', () => {
	test.each<[name: string, options: Parameters<typeof startFlow>[1], status: number, output: number | 'catch']>([
		['pair, created', { node: { routing: 'pair' } }, 201, 0],
		['pair, refused', { node: { routing: 'pair' } }, 401, 1],
		['catch, created', { node: { routing: 'catch' } }, 201, 0],
		['catch, refused', { node: { routing: 'catch' } }, 401, 'catch'],
		['split, refused, not wired', { wired: [0] }, 401, 'catch'],
		['pair, refused, not wired', { node: { routing: 'pair' }, wired: [0] }, 401, 'catch'],
		[
			'split, wired to a node that does not run',
			{ node: { wires: [[], [], [], ['disabled'], [], [], [], []] } },
			401,
			'catch',
		],
	])('%s', async (_name, options, status, output) => {
		if (status !== 201) sandbox.failNext({ status });
		const { output: left, msg } = await ending(options);
		expect(left).toBe(output);
		if (left === 'catch') {
			const { message, stack } = msg.error as { message: string; stack?: string };
			expect(message).toBe(
				'iCloud-Ready did not accept the API key. It may have expired. Create a new key in iCloud-Ready and paste it into the account.',
			);
			expect(stack).toBeUndefined();
		}
	});

	test('several leads on unwired outputs reach Catch one by one, each with its own message', async () => {
		const flow = await startFlow(sandbox.baseUrl, { node: { input: 'lead' }, wired: [0] });
		flow.send({ payload: [{ firstName: 'A' }, { firstName: 'B', phone: '01001234567' }, { phone: '01001234568' }] });
		const endings = await flow.endings(3);
		expect(endings.map(({ output }) => output).sort()).toEqual([0, 'catch', 'catch']);
		expect(
			endings.filter(({ output }) => output === 'catch').map(({ msg }) => (msg.error as { message: string }).message),
		).toEqual([
			'Phone is missing. Fill in Phone, or map it to the form field that holds it.',
			'First Name is missing. Fill in First Name, or map it to the form field that holds it.',
		]);
	});

	test('without a Catch node it is in the log, without the key', async () => {
		sandbox.failNext([
			{ status: 401, body: apiKey },
			{ status: 201, body: { _id: 'a' } },
		]);
		const flow = await startFlow(sandbox.baseUrl, { wired: [0], catching: false });
		flow.send({ payload: mona });
		flow.send({ payload: mona });
		await flow.endings(1);
		await new Promise<void>((resolve) => setImmediate(resolve));
		expect(flow.logged().join('\n')).toContain('did not accept the API key');
		expect(flow.logged().join('\n')).not.toContain(apiKey);
	});

	test('a dry run shows the request with the key hidden and sends nothing', async () => {
		const { output, msg } = await ending({ node: { dryRun: true } });
		expect([output, msg.icloudReady.outcome, sandbox.calls.length]).toEqual([0, 'dryRun', 0]);
		expect(msg.icloudReady.request).toMatchObject({
			method: 'POST',
			headers: { 'x-api-key': '(hidden)', organizationId: 'org-1' },
			body: { leadInformation: { firstName: 'Mona' } },
		});
		expect(msg.icloudReady.matched).toContainEqual({
			field: 'leadInformation.phone',
			from: 'phone',
			value: '+201001234567',
			was: '010 0123 4567',
		});
	});

	test('Arabic words where the message asks for them', async () => {
		const { msg } = await ending({}, { payload: { name: 'منى' }, language: 'ar' });
		expect(msg.icloudReady).toMatchObject({
			message: 'حقل «رقم الهاتف» مطلوب ولم يُملأ.',
			issues: [{ field: 'leadInformation.phone', message: 'حقل «رقم الهاتف» مطلوب ولم يُملأ.' }],
		});
	});

	test.each([
		['ar', /^كُتب «رقم الهاتف» بالصيغة الدولية/],
		['ar-EG', /^كُتب «رقم الهاتف» بالصيغة الدولية/],
		[undefined, /^Phone made international/],
	])('notes in the language %p', async (language, expected) => {
		const { msg } = await ending({}, { payload: { name: 'منى', phone: '01001234567' }, language });
		expect(msg.icloudReady).toMatchObject({ warnings: [], notes: [expect.stringMatching(expected)] });
	});
});

describe('many leads', () => {
	test('connections are kept and no more are under way at once than allowed', async () => {
		const flow = await startFlow(sandbox.baseUrl, { account: { concurrency: 3 } });
		for (let index = 0; index < 60; index++)
			flow.send({ payload: { name: 'Mona', phone: `0100123${String(index).padStart(4, '0')}` } });
		const endings = await flow.endings(60);
		expect(endings.every(({ output }) => output === 0)).toBe(true);
		expect(new Set(sandbox.leads.map(({ leadNumber }) => leadNumber)).size).toBe(60);
	});

	test('closing ends a wait, sends no more and tells of what was not sent', async () => {
		sandbox.failNext({ status: 429, headers: { 'retry-after': '30' } });
		const flow = await startFlow(sandbox.baseUrl, { wired: [], catching: false });
		flow.send({ payload: mona });
		while (sandbox.calls.length < 1 || sandbox.calls[0]?.progress === 'waiting')
			await new Promise<void>((resolve) => setImmediate(resolve));
		await helper.clearFlows();
		expect(sandbox.calls).toHaveLength(1);
		expect(flow.logged().join('\n')).toContain('Not sent: the run was stopped first.');
	});
});
