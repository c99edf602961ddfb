import { explain } from '../../packages/core/src';
import { variableFlaw, variableOutcome } from '../../packages/node-red/src/runtime/config/variables';
import { helper, startFlow, until, useOwnUserFolder, useSandbox } from './flow';

const sandbox = useSandbox();
useOwnUserFolder();
const mona = { name: 'Mona Hassan', phone: '010 0123 4567' };

beforeEach(() => {
	process.env.ICR_TEST_SET = 'org-9';
	process.env.ICR_TEST_EMPTY = '';
});
afterEach(() => {
	delete process.env.ICR_TEST_SET;
	delete process.env.ICR_TEST_EMPTY;
});

test.each<[settings: Record<string, unknown>, given: Record<string, unknown>, flaw: string | undefined]>([
	[{ organizationId: '${NAME}' }, { organizationId: '${NAME}' }, 'NAME unset'],
	[{ organizationId: '$(NAME)' }, { organizationId: '$(NAME)' }, 'NAME unset'],
	[{ maxPerSecond: '${RATE}' }, { maxPerSecond: '${RATE}' }, 'RATE unset'],
	[{ outbox: '${OUTBOX}' }, { outbox: '${OUTBOX}' }, 'OUTBOX unset'],
	[{ apiKey: '' }, { apiKey: '${KEY}' }, 'KEY empty'],
	[{ baseUrl: '  ' }, { baseUrl: '${BASE}' }, 'BASE empty'],
	[{ proxy: '' }, { proxy: '${PROXY}' }, undefined],
	[{ apiKey: 'key' }, { apiKey: '${KEY}' }, undefined],
	[{ apiKey: 'k${x}y' }, { apiKey: '${KEY}' }, undefined],
	[{ organizationId: 7 }, { organizationId: '${ORG}' }, undefined],
	[{ baseUrl: 'https://${HOST}/api' }, { baseUrl: 'https://${HOST}/api' }, 'HOST embedded'],
	[{ organizationId: ' ${ORG}' }, { organizationId: ' ${ORG}' }, 'ORG embedded'],
	[{ apiKey: 'a$b{c}(d)$', organizationId: '$5' }, {}, undefined],
	[{ name: '${NAME}', type: '${T}' }, {}, undefined],
])('%j of %j: %s', (settings, given, flaw) => {
	const found = variableFlaw(settings, given);
	expect(found === undefined ? undefined : `${found.name} ${found.flaw}`).toBe(flaw);
});

test('its words name the variable, in both languages', () => {
	for (const flaw of ['unset', 'empty', 'embedded'] as const) {
		const outcome = variableOutcome({ name: 'LEAD_KEY', flaw });
		expect(explain(outcome).message).toMatch(/LEAD_KEY.*Nothing was sent\.$/);
		expect(explain(outcome, 'ar').message).toMatch(/LEAD_KEY.*لم يُرسل شيء\.$/);
	}
});

test.each<[name: string, account: Record<string, unknown>, key: string, message: RegExp]>([
	[
		'an organization whose variable is not set',
		{ organizationId: '${ICR_TEST_GONE}' },
		'sandbox-key',
		/environment variable ICR_TEST_GONE, which is not set/,
	],
	['a key whose variable is not set', {}, '${ICR_TEST_GONE}', /environment variable ICR_TEST_GONE, which is not set/],
	['a key in the older writing', {}, '$(ICR_TEST_GONE)', /environment variable ICR_TEST_GONE, which is not set/],
	['a key whose variable is empty', {}, '${ICR_TEST_EMPTY}', /environment variable ICR_TEST_EMPTY, which is empty/],
	['a key among other text', {}, 'Bearer ${ICR_TEST_SET}', /contains \$\{ICR_TEST_SET\} within other text/],
	[
		'an address with a variable within',
		{ baseUrl: 'http://127.0.0.1:${ICR_TEST_SET}/api/v2' },
		'sandbox-key',
		/contains \$\{ICR_TEST_SET\} within other text/,
	],
	[
		'an address whose variable is empty, which would be the API itself',
		{ baseUrl: '${ICR_TEST_EMPTY}' },
		'sandbox-key',
		/ICR_TEST_EMPTY, which is empty/,
	],
	[
		'a pace whose variable is not set',
		{ maxPerSecond: '${ICR_TEST_GONE}' },
		'sandbox-key',
		/ICR_TEST_GONE, which is not set/,
	],
])('%s is named, and nothing is sent', async (_name, account, key, message) => {
	const flow = await startFlow(sandbox().baseUrl, { account, key });
	expect(flow.statuses()).toContainEqual({ fill: 'red', shape: 'ring', text: 'status.variable' });
	flow.send({ payload: mona });
	const [ending] = await flow.endings(1);
	expect([ending?.output, ending?.msg.icloudReady.outcome]).toEqual([7, 'failed']);
	expect(ending?.msg.icloudReady.message).toMatch(message);
	await until(() => flow.statuses().at(-1)?.text === 'status.variable');
	expect(flow.statuses().at(-1)).toEqual({ fill: 'red', shape: 'ring', text: 'status.variable' });
	expect(flow.logged().join('\n')).toMatch(message);
	expect(sandbox().calls).toHaveLength(0);
});

test('one that is set is put in, and a dry run tells of the rest', async () => {
	const flow = await startFlow(sandbox().baseUrl, { account: { organizationId: '${ICR_TEST_SET}' } });
	flow.send({ payload: mona });
	await flow.endings(1);
	expect(sandbox().calls[0]?.headers).toMatchObject({ organizationid: 'org-9' });
});

test('with an outbox leads wait, and what holds them is told', async () => {
	const flow = await startFlow(sandbox().baseUrl, { account: { outbox: 'disk', organizationId: '${ICR_TEST_GONE}' } });
	flow.send({ payload: mona });
	await until(() => flow.statuses().some(({ text }) => text === 'status.held.account'));
	await until(async () =>
		JSON.stringify((await helper.request().get('/icloud-ready/outbox/account/leads?shelf=waiting')).body).includes(
			'ICR_TEST_GONE, which is not set',
		),
	);
	expect(sandbox().calls).toHaveLength(0);
});

test.each<[name: string, body: Record<string, unknown>, message: RegExp]>([
	['not set', { apiKey: '${ICR_TEST_GONE}', organizationId: 'org-1' }, /ICR_TEST_GONE, which is not set/],
	['empty', { apiKey: 'k', organizationId: '${ICR_TEST_EMPTY}' }, /ICR_TEST_EMPTY, which is empty/],
	['among other text', { apiKey: 'k${ICR_TEST_SET}', organizationId: 'org-1' }, /within other text/],
	[
		'not set, in Arabic',
		{ apiKey: '${ICR_TEST_GONE}', organizationId: 'org-1', language: 'ar' },
		/ICR_TEST_GONE.*غير معرّف/,
	],
])('the connection test says that a variable is %s', async (_name, { apiKey, language, ...settings }, message) => {
	await startFlow(sandbox().baseUrl, { account: settings, key: String(apiKey) });
	const { body: result } = await helper
		.request()
		.post('/icloud-ready/account/test')
		.send({ id: 'account', baseUrl: sandbox().baseUrl, language, apiKey, ...settings });
	expect(result).toMatchObject({ ok: false, message: expect.stringMatching(message) });
	expect(sandbox().calls).toHaveLength(0);
});
