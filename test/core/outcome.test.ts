import {
	explain,
	interpretResponse,
	type Outcome,
	outcomeKinds,
	outcomeObject,
	outcomeOf,
	type Reply,
	wordedOutcome,
} from '../../packages/core/src';
import { answered, createdReply, fault } from './fakeHost';

const nowMs = Date.UTC(2026, 10, 20, 8, 0, 0);
const in30s = 'Fri, 20 Nov 2026 08:00:30 GMT';

test.each<[name: string, reply: Reply, outcome: Outcome['outcome'], cause: object]>([
	['201 with an id', createdReply, 'created', { kind: 'answered' }],
	['200 with an id', answered(200, { _id: 'a' }), 'created', { kind: 'answered' }],
	['299 with an id, as text', answered(299, '{"_id":"a"}'), 'created', { kind: 'answered' }],
	['200 with an empty id', answered(200, { _id: '' }), 'unconfirmed', { kind: 'unreadable' }],
	['200 with a blank id', answered(200, { _id: ' ' }), 'unconfirmed', { kind: 'unreadable' }],
	['200 with null as id', answered(200, { _id: null }), 'unconfirmed', { kind: 'unreadable' }],
	['200 without an id', answered(200, { ok: true }), 'unconfirmed', { kind: 'unreadable' }],
	['200 with a list', answered(200, [{ _id: 'a' }]), 'unconfirmed', { kind: 'unreadable' }],
	['200 with a page', answered(200, '<html><title>Sign in</title></html>'), 'unconfirmed', { kind: 'unreadable' }],
	['200 with half an answer', answered(200, '{"_id":"a"'), 'unconfirmed', { kind: 'unreadable' }],
	['204', answered(204), 'unconfirmed', { kind: 'unreadable' }],
	['300, with what looks like a lead', answered(300, { _id: 'a' }), 'failed', { kind: 'redirect' }],
	['301', answered(301, '', { location: 'https://elsewhere.test' }), 'failed', { kind: 'redirect' }],
	['307, which would repeat the key', answered(307), 'failed', { kind: 'redirect' }],
	['304', answered(304), 'failed', { kind: 'redirect' }],
	['400', answered(400, 'phone is bad'), 'invalid', { kind: 'apiCheck' }],
	['422', answered(422, { message: 'phone is bad' }), 'invalid', { kind: 'apiCheck' }],
	['401', answered(401), 'unauthorized', { kind: 'refused' }],
	['403', answered(403), 'forbidden', { kind: 'refused' }],
	['404', answered(404, 'Cannot POST /leads'), 'failed', { kind: 'status', text: 'Cannot POST /leads' }],
	['405', answered(405), 'failed', { kind: 'status', text: '' }],
	['406 with bytes that are no text', answered(406, '\x1f\ufffd\b\0\0\0k'), 'failed', { kind: 'status', text: '' }],
	['407', answered(407), 'failed', { kind: 'notReached', why: 'proxy' }],
	['408', answered(408), 'failed', { kind: 'busy', retryAfterMs: null }],
	['409', answered(409, { message: 'exists' }), 'failed', { kind: 'status', text: 'exists' }],
	['413', answered(413), 'failed', { kind: 'status', text: '' }],
	['429', answered(429), 'rateLimited', { kind: 'limit', retryAfterMs: null }],
	[
		'429 with seconds',
		answered(429, '', { 'retry-after': '5' }),
		'rateLimited',
		{ kind: 'limit', retryAfterMs: 5_000 },
	],
	[
		'429 with a date',
		answered(429, '', { 'Retry-After': in30s }),
		'rateLimited',
		{ kind: 'limit', retryAfterMs: 30_000 },
	],
	['499', answered(499), 'failed', { kind: 'status', text: '' }],
	['500', answered(500), 'unconfirmed', { kind: 'serverFault' }],
	['500 with Retry-After', answered(500, '', { 'retry-after': '5' }), 'unconfirmed', { kind: 'serverFault' }],
	['501', answered(501), 'failed', { kind: 'status', text: '' }],
	['502', answered(502), 'unconfirmed', { kind: 'serverFault' }],
	['503 alone', answered(503), 'unconfirmed', { kind: 'serverFault' }],
	['503 with Retry-After', answered(503, '', { 'RETRY-AFTER': '5' }), 'failed', { kind: 'busy', retryAfterMs: 5_000 }],
	[
		'503 with a Retry-After nobody can read',
		answered(503, '', { 'retry-after': 'soon' }),
		'failed',
		{ kind: 'busy', retryAfterMs: null },
	],
	['504', answered(504), 'unconfirmed', { kind: 'serverFault' }],
	['599', answered(599), 'unconfirmed', { kind: 'serverFault' }],
	['100 as a last word', answered(100), 'unconfirmed', { kind: 'serverFault' }],
	['a status that HTTP does not know', answered(999), 'unconfirmed', { kind: 'serverFault' }],
	['name not found', fault('ENOTFOUND'), 'failed', { kind: 'notReached', why: 'dns' }],
	['refused', fault('ECONNREFUSED'), 'failed', { kind: 'notReached', why: 'refused' }],
	['a bad certificate', fault('CERT_HAS_EXPIRED'), 'failed', { kind: 'notReached', why: 'tlsDate' }],
	['no answer in time', fault('UND_ERR_HEADERS_TIMEOUT'), 'unconfirmed', { kind: 'timeout' }],
	['connection cut', fault('ECONNRESET'), 'unconfirmed', { kind: 'cut' }],
])('%s is %s', (_, reply, outcome, cause) => {
	expect(interpretResponse(reply, nowMs)).toMatchObject({
		outcome,
		cause,
		status: 'fault' in reply ? null : reply.status,
	});
});

test('every status from 100 to 599 has an outcome with a message', () => {
	for (let status = 100; status < 600; status++)
		expect(explain(interpretResponse(answered(status, { _id: 'a' }))).message).toMatch(/\.$/);
});

test.each<
	[
		name: string,
		headers: Reply extends infer R ? (R extends { headers: infer H } ? H : never) : never,
		retryAfterMs: number | null,
	]
>([
	['small letters', { 'retry-after': '5' }, 5_000],
	['capitals', { 'RETRY-AFTER': '5' }, 5_000],
	['as a list', { 'Retry-After': ['5', '9'] }, 5_000],
	['an empty list', { 'Retry-After': [] }, null],
	['without a value, then with one', { 'Retry-After': undefined, 'retry-after': '5' }, 5_000],
	['as a number, which its type rules out', { 'retry-after': 5 as unknown as string }, 5_000],
	['a name that every object has', { constructor: '5' }, null],
	['none', {}, null],
])('Retry-After, %s', (_, headers, retryAfterMs) => {
	expect(interpretResponse(answered(429, '', headers))).toMatchObject({ cause: { retryAfterMs } });
});

test('a reply whose headers a client left out', () => {
	expect(interpretResponse({ status: 503, body: '' } as unknown as Reply)).toMatchObject({ outcome: 'unconfirmed' });
});

test.each<[name: string, body: unknown, leadId: string, leadNumber: number | null]>([
	['both', { _id: '68a1', leadNumber: 7 }, '68a1', 7],
	['no number', { _id: '68a1' }, '68a1', null],
	['a number as text', { _id: '68a1', leadNumber: '7' }, '68a1', null],
	['an id that is a number', { _id: 12 }, '12', null],
	['as text', '{"_id":"68a1","leadNumber":0}', '68a1', 0],
])('id and number of a created lead: %s', (_, body, leadId, leadNumber) => {
	expect(interpretResponse(answered(201, body))).toMatchObject({
		leadId,
		leadNumber,
		answer: { _id: expect.anything() },
	});
});

test("a refused lead's issues name field and complaint", () => {
	expect(
		outcomeObject(wordedOutcome(interpretResponse(answered(400, { message: ['leadInformation.phone is bad'] })))),
	).toEqual({
		outcome: 'invalid',
		status: 400,
		leadId: null,
		leadNumber: null,
		lead: null,
		attempts: 0,
		waitedMs: 0,
		warnings: [],
		issues: [{ field: 'leadInformation.phone', message: 'phone is bad' }],
		message: 'iCloud-Ready did not accept the lead: phone is bad.',
		hint: 'Correct it, then send the lead again.',
	});
});

test('the outcome object has the keys of the contract, in its order', () => {
	expect(Object.keys(outcomeObject(wordedOutcome(interpretResponse(createdReply))))).toEqual([
		'outcome',
		'status',
		'leadId',
		'leadNumber',
		'lead',
		'message',
		'hint',
		'issues',
		'warnings',
		'attempts',
		'waitedMs',
	]);
});

test.each([
	[undefined, {}],
	[[{ field: 'tags', from: 'x', value: 'y' }], { matched: [{ field: 'tags', from: 'x', value: 'y' }] }],
])('a dry run shows the request, and what was matched where a form was read: %j', (matched, shown) => {
	const request = {
		method: 'POST',
		url: 'https://crm.test/leads',
		headers: {},
		body: { leadInformation: { firstName: 'A', phone: '1' } },
	} as const;
	const { message, hint, ...rest } = outcomeObject(
		wordedOutcome(outcomeOf({ outcome: 'dryRun', cause: { kind: 'dryRun' }, request, matched })),
	);
	expect(rest).toEqual({
		outcome: 'dryRun',
		status: null,
		leadId: null,
		leadNumber: null,
		lead: null,
		issues: [],
		warnings: [],
		attempts: 0,
		waitedMs: 0,
		request,
		...shown,
	});
	expect([message, hint]).toEqual(['Dry run: nothing was sent.', 'This is the request that would have been sent.']);
});

test('the outputs are the eight of the table, in order', () => {
	expect(outcomeKinds.map(({ kind, label, leadExists }) => [kind, label, leadExists])).toEqual([
		['created', 'Created', 'yes'],
		['duplicate', 'Duplicate', 'yes'],
		['invalid', 'Invalid', 'no'],
		['unauthorized', 'Key Refused', 'no'],
		['forbidden', 'Not Allowed', 'no'],
		['rateLimited', 'Rate Limited', 'no'],
		['unconfirmed', 'Unconfirmed', 'perhaps'],
		['failed', 'Failed', 'no'],
	]);
});
