import {
	type Connection,
	createLead,
	explain,
	hidden,
	type Outcome,
	type Policy,
	type Reply,
	wordedOutcome,
} from '../../packages/core/src';
import guideLead from '../fixtures/guideLead.json';
import { answered, createdReply, fakeHost, type FakeHost, fault, type Script, startMs } from './fakeHost';

const key = 'sk_live_4f9a7c21';
const connection: Connection = { baseUrl: 'https://crm.test/api/v2', organizationId: 'o1', apiKey: key };
const { customField: _empty, ...sentLead } = guideLead;
const busy = answered(429);
const lost = fault('ECONNRESET');

interface Run {
	readonly outcome: Outcome;
	readonly host: FakeHost;
}
const run = async (
	replies: readonly Reply[],
	policy: Partial<Policy> = {},
	script: Script = {},
	draft: unknown = guideLead,
): Promise<Run> => {
	const host = fakeHost(replies, script);
	return { host, outcome: await createLead(draft, connection, policy, host) };
};

test.each<
	[name: string, replies: readonly Reply[], policy: Partial<Policy>, outcome: string, sleepsMs: readonly number[]]
>([
	['created at once', [createdReply], {}, 'created', []],
	['refused for good', [answered(400)], {}, 'invalid', []],
	['key refused', [answered(401)], {}, 'unauthorized', []],
	['no permission', [answered(403)], {}, 'forbidden', []],
	['a redirect is not followed', [answered(302, '', { location: 'https://elsewhere.test' })], {}, 'failed', []],
	['busy once, then created', [busy, createdReply], {}, 'created', [250]],
	['busy until tries are spent', [busy, busy, busy, busy, busy], {}, 'rateLimited', [250, 500, 1_000, 2_000]],
	['busy, one try only', [busy], { maxTries: 1 }, 'rateLimited', []],
	['busy until the wait is spent', [busy, busy, busy], { maxWaitSeconds: 1 }, 'rateLimited', [250, 500]],
	['Retry-After in seconds', [answered(429, '', { 'retry-after': '20' }), createdReply], {}, 'created', [20_000]],
	[
		'Retry-After as a date',
		[answered(503, '', { 'retry-after': new Date(startMs + 7_000).toUTCString() }), createdReply],
		{},
		'created',
		[7_000],
	],
	['Retry-After beyond the budget', [answered(429, '', { 'retry-after': '61' })], {}, 'rateLimited', []],
	[
		'Retry-After beyond what is left',
		[answered(429, '', { 'retry-after': '40' }), answered(429, '', { 'retry-after': '40' })],
		{},
		'rateLimited',
		[40_000],
	],
	['408 then created', [answered(408), createdReply], {}, 'created', [250]],
	['not reached, then created', [fault('ENOTFOUND'), fault('ECONNREFUSED'), createdReply], {}, 'created', [250, 500]],
	['never reached', [fault('ECONNREFUSED'), fault('ECONNREFUSED')], { maxTries: 2 }, 'failed', [250]],
	['a bad certificate is not tried again', [fault('CERT_HAS_EXPIRED')], {}, 'failed', []],
	['answer lost', [lost], {}, 'unconfirmed', []],
	['busy, then answer lost', [busy, lost], {}, 'unconfirmed', [250]],
	['answer lost, the user chose to send again', [lost, createdReply], { unconfirmed: 'resend' }, 'created', [250]],
	['lost each time', [lost, lost, lost], { unconfirmed: 'resend', maxTries: 3 }, 'unconfirmed', [250, 500]],
	[
		'lost, then busy to the end: it may exist',
		[lost, busy, busy],
		{ unconfirmed: 'resend', maxTries: 3 },
		'unconfirmed',
		[250, 500],
	],
	[
		'lost, then refused: it may exist',
		[lost, answered(400, 'phone exists')],
		{ unconfirmed: 'resend' },
		'unconfirmed',
		[250],
	],
	['500 is a lost answer too', [answered(500), createdReply], { unconfirmed: 'resend' }, 'created', [250]],
	[
		'a policy without values has the defaults',
		[busy, busy, busy, busy, busy],
		{ maxTries: undefined, maxWaitSeconds: undefined, timeoutSeconds: undefined },
		'rateLimited',
		[250, 500, 1_000, 2_000],
	],
])('%s', async (_, replies, policy, kind, sleepsMs) => {
	const { outcome, host } = await run(replies, policy);
	expect([outcome.outcome, host.sleepsMs, host.sendings.length]).toEqual([kind, sleepsMs, replies.length]);
	expect(outcome).toMatchObject({
		lead: sentLead,
		attempts: replies.length,
		waitedMs: sleepsMs.reduce((sum, ms) => sum + ms, 0),
	});
	expect(new Set(host.sendings.map(({ request }) => request.body)).size).toBe(1);
	expect(new Set(host.sendings.map(({ timeoutMs }) => timeoutMs))).toEqual(new Set([30_000]));
});

describe('what is told', () => {
	test('a created lead: the answer, the lead, the numbers', async () => {
		const { outcome } = await run([createdReply]);
		expect(wordedOutcome(outcome)).toMatchObject({
			outcome: 'created',
			status: 201,
			leadId: '68a1e37a0aac680028914bc2',
			leadNumber: 1042,
			answer: { leadNumber: 1042 },
			message: 'Lead 1042 was created.',
			hint: '',
			issues: [],
			warnings: [],
		});
	});

	test.each<[name: string, replies: readonly Reply[], policy: Partial<Policy>, message: string]>([
		[
			'the time that one try may take',
			[fault('ETIMEDOUT')],
			{ timeoutSeconds: 12.5 },
			'The lead was sent, but no answer came back within 12.5 s.',
		],
		[
			'a cut connection, which has no time',
			[lost],
			{},
			'The lead was sent, but the connection was lost before the answer arrived.',
		],
		[
			'the host',
			[fault('ECONNREFUSED')],
			{ maxTries: 1 },
			'iCloud-Ready could not be reached at crm.test (connection refused).',
		],
		['the host that sent elsewhere', [answered(301)], {}, 'crm.test redirected the request to another address.'],
		[
			'tries and time',
			[busy, busy, busy],
			{ maxTries: 3 },
			'iCloud-Ready is not accepting leads right now (3 attempts in 0.8 s).',
		],
		[
			'what the API asked for',
			[answered(429, '', { 'retry-after': '120' })],
			{},
			'iCloud-Ready is not accepting leads right now (1 attempt). It asked to wait 120 s.',
		],
	])('%s', async (_, replies, policy, message) => {
		expect(explain((await run(replies, policy)).outcome).message).toBe(message);
	});

	test('what to look for after a lost answer', async () => {
		expect(explain((await run([lost])).outcome).hint).toBe(
			'It may exist. Look for +201001234567 in iCloud-Ready before sending it again.',
		);
	});

	test('a lead that was sent again after a lost answer says that it may exist twice', async () => {
		const { outcome } = await run([lost, createdReply], { unconfirmed: 'resend' });
		expect(outcome.warnings).toEqual(['The lead was sent again after its answer was lost, so it may exist twice.']);
	});

	test("the form's warnings and notes come first, then the check's", async () => {
		const host = fakeHost([createdReply]);
		const outcome = await createLead({ firstName: 'Mona', phone: '01001234567' }, connection, {}, host, {
			warnings: ['from the form'],
			notes: ['noted by the form'],
		});
		expect(outcome.warnings).toEqual(['from the form']);
		expect(outcome.notes).toEqual(['noted by the form', 'Phone made international: 01001234567 → +20 100 123 4567.']);
	});
});

describe('nothing is sent', () => {
	test('for a lead with issues', async () => {
		const { outcome, host } = await run([], {}, {}, { firstName: 'Mona' });
		expect(host.sendings).toEqual([]);
		expect(wordedOutcome(outcome)).toMatchObject({
			outcome: 'invalid',
			status: null,
			lead: null,
			attempts: 0,
			issues: [{ field: 'leadInformation.phone', message: 'Phone is missing.' }],
			message: 'Phone is missing.',
			hint: 'Fill in Phone, or map it to the form field that holds it.',
		});
	});

	test('in a dry run, which shows the request without the key', async () => {
		const host = fakeHost([]);
		const matched = [{ field: 'leadInformation.phone', from: 'data.phone', value: '+201001234567' }];
		const outcome = await createLead(guideLead, connection, { dryRun: true }, host, { matched });
		expect(host.sendings).toEqual([]);
		expect(outcome).toMatchObject({
			outcome: 'dryRun',
			lead: sentLead,
			matched,
			request: {
				url: 'https://crm.test/api/v2/leads',
				headers: { 'x-api-key': hidden, organizationId: 'o1' },
				body: sentLead,
			},
		});
		expect(JSON.stringify(outcome)).not.toContain(key);
	});

	test('after the run was stopped', async () => {
		const { outcome, host } = await run([], {}, { stopInSleep: 0 });
		expect(host.sendings).toEqual([]);
		expect(wordedOutcome(outcome)).toMatchObject({
			outcome: 'failed',
			cause: { kind: 'canceled' },
			attempts: 0,
			lead: sentLead,
			message: 'Not sent: the run was stopped first.',
		});
	});

	test('any more after the run was stopped while waiting', async () => {
		const { outcome, host } = await run([busy, busy], {}, { stopInSleep: 2 });
		expect(host.sendings).toHaveLength(2);
		expect(outcome).toMatchObject({
			outcome: 'failed',
			cause: { kind: 'canceled' },
			attempts: 2,
			waitedMs: 750,
		});
	});

	test('any more after the run was stopped, and a lost answer stays unconfirmed, in whole words', async () => {
		const { outcome, host } = await run([fault('ETIMEDOUT')], { unconfirmed: 'resend' }, { stopInSleep: 1 });
		expect(host.sendings).toHaveLength(1);
		expect(wordedOutcome(outcome)).toMatchObject({
			outcome: 'unconfirmed',
			attempts: 1,
			waitedMs: 250,
			lead: sentLead,
			message: 'The lead was sent, but no answer came back within 30 s.',
			hint: 'It may exist. Look for +201001234567 in iCloud-Ready before sending it again.',
		});
	});
});

describe('the key', () => {
	test.each<[name: string, reply: Reply]>([
		['echoed in a created lead', answered(201, { _id: 'a', note: `made with ${key}`, [key]: 1 })],
		['echoed as JSON text', answered(201, `{"_id":"a","token":"${key}"}`)],
		['echoed in a complaint', answered(400, { errors: [{ path: key, message: `phone: key ${key} and ${key}` }] })],
		['echoed as the name of a complaint', answered(400, { errors: { [key]: 'is not known' } })],
		['echoed on a page', answered(404, `<html><title>No ${key}</title></html>`)],
		['echoed far down', answered(400, { a: { b: [{ message: `phone ${key}` }] } })],
	])('%s is hidden', async (_, reply) => {
		const { outcome } = await run([reply]);
		expect(JSON.stringify(outcome)).not.toContain(key);
		expect(JSON.stringify(outcome)).toContain(hidden);
	});

	test('is hidden where it was given with space around it', async () => {
		const outcome = await createLead(
			guideLead,
			{ ...connection, apiKey: ` ${key}\n` },
			{},
			fakeHost([answered(400, `phone: ${key}`)]),
		);
		expect(outcome.issues[0]?.message).toBe(`phone: ${hidden}`);
	});

	test('is hidden in an answer of thousands of levels too', async () => {
		let body: unknown = key;
		for (let level = 0; level < 20_000; level++) body = { inside: body };
		const { outcome } = await run([answered(400, body)]);
		expect(outcome).toMatchObject({ outcome: 'invalid', issues: [] });
	});

	test('an answer without it is passed on as it is', async () => {
		const answer = { _id: 'a', list: [1, null, { deep: true }] };
		expect((await run([answered(201, answer)])).outcome).toMatchObject({ answer });
	});
});

test.each<[name: string, draft: unknown]>([
	['null', null],
	['text', 'x'],
	['a big integer', { firstName: 1n }],
	['a function', () => 1],
])('never throws: %s', async (_, draft) => {
	expect((await run([], {}, {}, draft)).outcome.outcome).toBe('invalid');
});

test('of an answer with thousands of levels only so many are passed on, or hosts could not write it down', async () => {
	const body = `{"_id":"a","echo":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`;
	const { outcome } = await run([answered(201, body)]);
	expect([outcome.outcome, outcome.leadId, JSON.stringify(outcome).length < 5000]).toEqual(['created', 'a', true]);
});
