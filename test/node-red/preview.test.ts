import { fieldSource } from '../../packages/node-red/src/runtime/preview/fieldSource';
import type { Preview } from '../../packages/node-red/src/runtime/preview/preview';
import { startSandbox } from '../../packages/sandbox/src';
import triggerItem from '../fixtures/payloads/facebook-lead-ads-n8n-trigger.json';
import { apiKey, helper, startFlow, stopFlow } from './flow';

beforeAll(async () => {
	await new Promise<void>((resolve) => helper.startServer(() => resolve()));
});
afterAll(async () => {
	await new Promise<void>((resolve) => helper.stopServer(() => resolve()));
});
afterEach(stopFlow);

const nowhere = 'http://127.0.0.1:9/api/v2';

const preview = async (payload: unknown, settings: object = {}, id = 'new', language = 'en'): Promise<Preview> => {
	await startFlow(nowhere);
	const { body } = await helper
		.request()
		.post('/icloud-ready/create-lead/preview')
		.send({
			id,
			text: typeof payload === 'string' ? payload : JSON.stringify(payload),
			settings: { input: 'form', ...settings },
			language,
		});
	return body as unknown as Preview;
};

const mona = { name: 'Mona Ali', phone: '01001234567', question: 'Villa' };

test('a form: where each value came from, what was changed, what can become a field', async () => {
	expect(await preview(mona)).toEqual({
		source: 'Form',
		more: 0,
		problems: [],
		leads: [
			{
				rows: [
					{
						name: 'firstName',
						path: 'leadInformation.firstName',
						value: 'Mona',
						from: 'name',
						carried: { value: 'payload.name', valueType: 'msg' },
					},
					{ name: 'lastName', path: 'leadInformation.lastName', value: 'Ali', from: 'name' },
					{
						name: 'phone',
						path: 'leadInformation.phone',
						value: '+201001234567',
						from: 'phone',
						was: '01001234567',
						carried: { value: 'payload.phone', valueType: 'msg' },
					},
					{ name: 'customField', path: 'customField', value: 'question: Villa', from: 'question' },
				],
				issues: [],
				warnings: [],
				notes: ['Phone made international: 01001234567 → +20 100 123 4567.'],
			},
		],
	});
});

test('a known source', async () => {
	const { source, leads } = await preview(triggerItem.payload);
	expect(source).toBe('Facebook Lead Ads');
	expect(leads[0]?.rows.find(({ name }) => name === 'leadSource')).toMatchObject({
		value: 'facebook_ads',
		carried: { value: 'facebook_ads', valueType: 'str' },
	});
});

test.each<[name: string, payload: unknown, settings: object, expected: object]>([
	[
		'a default country of the dialog',
		{ name: 'Mona', phone: '0551234567' },
		{ defaultCountry: 'SA' },
		{ leads: [{ rows: [{}, { value: '+966551234567' }], issues: [] }] },
	],
	[
		'a phone that is left alone',
		{ name: 'Mona', phone: '0100 123 4567' },
		{ phone: 'asIs' },
		{ leads: [{ rows: [{}, { value: '0100 123 4567' }] }] },
	],
	[
		'what is missing',
		{ email: 'mona@example.com' },
		{},
		{ leads: [{ issues: ['First Name is missing.', 'Phone is missing.'] }] },
	],
	[
		'a field of the dialog wins',
		mona,
		{ fields: [{ field: 'leadInformation.firstName', value: 'Nora', valueType: 'str' }] },
		{ leads: [{ rows: [{ name: 'firstName', value: 'Nora' }, {}, {}, {}] }] },
	],
	[
		'fields of the dialog alone',
		{ a: 'Mona', b: '01001234567' },
		{
			input: 'fields',
			fields: [
				{ field: 'leadInformation.firstName', value: 'payload.a', valueType: 'msg' },
				{ field: 'leadInformation.phone', value: 'payload.b', valueType: 'msg' },
			],
		},
		{ leads: [{ rows: [{ value: 'Mona' }, { value: '+201001234567' }], issues: [] }] },
	],
	[
		'the lead itself',
		{ firstName: 'Mona', phone: '01001234567' },
		{ input: 'lead' },
		{ leads: [{ rows: [{ value: 'Mona' }, { value: '+201001234567' }] }] },
	],
	[
		'a whole message',
		{ _msgid: '1', payload: mona, topic: 't' },
		{},
		{ leads: [{ rows: [{ value: 'Mona' }, {}, {}, {}] }] },
	],
	[
		'an expression that is broken',
		mona,
		{ fields: [{ field: 'leadInformation.email', value: 'payload..x', valueType: 'msg' }] },
		{ leads: [], problems: ['The value of Email could not be evaluated. Check it on the Lead tab.'] },
	],
	[
		'a delivery status',
		{ messaging_product: 'whatsapp', statuses: [{}] },
		{},
		{ leads: [], problems: [expect.stringMatching(/^This is the delivery status/)] },
	],
	[
		'an ID only',
		{ leadgen_id: '1', page_id: '2' },
		{},
		{ leads: [], problems: [expect.stringMatching(/only the ID of a lead.*Fetch the lead by its ID first/)] },
	],
	['no JSON', '{name: Mona', {}, { leads: [], problems: [expect.stringMatching(/^This is not JSON/)] }],
	['settings that are none', mona, { input: 7, fields: 'x', defaultCountry: null }, { leads: [{ issues: [] }] }],
])('%s', async (_, payload, settings, expected) => {
	expect(await preview(payload, settings)).toMatchObject(expected);
});

test.each<[name: string, payload: unknown, settings: object]>([
	['what is missing and what was changed', { email: 'mona@example.com', phone: '01001234567' }, {}],
	['a test lead', { lead_id: '1', user_column_data: [], is_test: true }, {}],
	['no JSON', '{name: Mona', {}],
	[
		'an expression that is broken',
		mona,
		{ fields: [{ field: 'leadInformation.email', value: 'payload..x', valueType: 'msg' }] },
	],
])('in Arabic: %s', async (_, payload, settings) => {
	const { leads, problems } = await preview(payload, settings, 'new', 'ar-EG');
	const told = [...problems, ...leads.flatMap(({ issues, warnings }) => [...issues, ...warnings])];
	expect(told.length).toBeGreaterThan(0);
	for (const text of told) expect(text).toMatch(/^[\u0600-\u06ff].*\.$/);
});

test('many leads: twenty are shown', async () => {
	const { leads, more } = await preview(Array.from({ length: 25 }, () => mona));
	expect([leads.length, more]).toEqual([20, 5]);
});

test.each([[[]], [{}], [{ text: 5 }], [{ text: '{}', settings: [] }], [{ text: '{}', id: {} }]])(
	'a request of %j is refused in words',
	async (request) => {
		await startFlow(nowhere);
		for (const path of ['preview', 'own-fields'])
			expect(await helper.request().post(`/icloud-ready/create-lead/${path}`).send(request)).toMatchObject({
				status: 400,
				body: { message: expect.stringMatching(/^The preview failed\. .*\.$/) },
			});
	},
);

test('the last message of a node, as it came, and gone with the node', async () => {
	const sandbox = await startSandbox({ port: 0 });
	const flow = await startFlow(sandbox.baseUrl);
	const last = async (): Promise<unknown> => (await helper.request().get('/icloud-ready/create-lead/lead/last')).body;
	expect(await last()).toEqual({});
	flow.send({ payload: mona });
	await flow.endings(1);
	const { text } = (await last()) as { text: string };
	expect(JSON.parse(text)).toEqual(mona);
	expect(text).not.toContain(apiKey);
	await stopFlow();
	await startFlow(sandbox.baseUrl);
	expect(await last()).toEqual({});
	await sandbox.close();
});

describe('what can be taken from the message as it is', () => {
	const email = 'leadInformation.email';
	test.each<[name: string, payload: unknown, matched: Parameters<typeof fieldSource>[1], carried: object | undefined]>([
		[
			'a plain key',
			{ mail: 'a@b.co' },
			{ field: email, from: 'mail', value: 'a@b.co' },
			{ value: 'payload.mail', valueType: 'msg' },
		],
		[
			'behind a webhook',
			{ body: { mail: 'a@b.co' } },
			{ field: email, from: 'mail', value: 'a@b.co' },
			{ value: 'payload.body.mail', valueType: 'msg' },
		],
		[
			'an Arabic key',
			{ البريد: 'a@b.co' },
			{ field: email, from: 'البريد', value: 'a@b.co' },
			{ value: 'payload["البريد"]', valueType: 'msg' },
		],
		[
			'a key with a dot',
			{ 'Your mail.': 'a@b.co' },
			{ field: email, from: 'Your mail.', value: 'a@b.co' },
			{ value: 'payload["Your mail."]', valueType: 'msg' },
		],
		[
			'a list',
			{ data: [{ mail: 'a@b.co' }] },
			{ field: email, from: 'data.0.mail', value: 'a@b.co' },
			{ value: 'payload.data[0].mail', valueType: 'msg' },
		],
		[
			'a list of values',
			{ tags: ['a', 'b'] },
			{ field: 'tags', from: 'tags', value: ['a', 'b'] },
			{ value: 'payload.tags', valueType: 'msg' },
		],
		[
			'what the source told',
			{},
			{ field: 'leadSource', from: 'TikTok', value: 'tiktok_ads' },
			{ value: 'tiktok_ads', valueType: 'str' },
		],
		['a key that no path can hold', { 'a"b': 'a@b.co' }, { field: email, from: 'a"b', value: 'a@b.co' }, undefined],
		['another value in that place', { mail: 'other' }, { field: email, from: 'mail', value: 'a@b.co' }, undefined],
		[
			'the end of a name',
			{ name: 'Mona Ali' },
			{ field: 'leadInformation.lastName', from: 'name', value: 'Ali' },
			undefined,
		],
		['a place that is none', { a: 1 }, { field: email, from: 'formResponse.Email', value: 'a@b.co' }, undefined],
	])('%s', (_, payload, matched, carried) => {
		expect(fieldSource(payload, matched, 'TikTok')).toEqual(carried);
	});
});
