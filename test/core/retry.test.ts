import { defaultPolicy, type Policy } from '../../packages/core/src';
import { interpretResponse } from '../../packages/core/src/api/interpretResponse';
import { type RetryDecision, decideRetry } from '../../packages/core/src/delivery/retryPolicy';
import type { Outcome, Reply } from '../../packages/core/src/outcome/outcome';
import { answered, createdReply, fault } from './fakeHost';

const of = (reply: Reply): Outcome => interpretResponse(reply, 0);
const decide = (
	reply: Reply,
	policy: Partial<Policy> = {},
	spent = { attempts: 1, waitedMs: 0 },
	random = 0.5,
): RetryDecision => decideRetry(of(reply), spent, { ...defaultPolicy, ...policy }, () => random);
const again = (inMs: number): RetryDecision => ({ kind: 'again', inMs });
const end: RetryDecision = { kind: 'end' };

test.each<[name: string, reply: Reply, once: boolean]>([
	['429', answered(429), true],
	['408', answered(408), true],
	['503 with Retry-After', answered(503, '', { 'retry-after': '1' }), true],
	['name not found', fault('ENOTFOUND'), true],
	['refused', fault('ECONNREFUSED'), true],
	['connect timeout', fault('UND_ERR_CONNECT_TIMEOUT'), true],
	['no route', fault('ENETUNREACH'), true],
	['the proxy was away', fault('PROXY_AWAY'), true],
	['created', createdReply, false],
	['400', answered(400), false],
	['401', answered(401), false],
	['403', answered(403), false],
	['404', answered(404), false],
	['301', answered(301), false],
	['501', answered(501), false],
	['500', answered(500), false],
	['502', answered(502), false],
	['503 alone', answered(503), false],
	['504', answered(504), false],
	['200 without an id', answered(200), false],
	['answer timed out', fault('UND_ERR_HEADERS_TIMEOUT'), false],
	['connection cut', fault('ECONNRESET'), false],
	['a bad certificate', fault('CERT_HAS_EXPIRED'), false],
	['the proxy refused', fault('PROXY_REFUSED'), false],
	['no URL', fault('ERR_INVALID_URL'), false],
	['a bad key', fault('ERR_INVALID_CHAR'), false],
])('%s is sent again only where nothing was created', (_, reply, once) => {
	expect(decide(reply).kind).toBe(once ? 'again' : 'end');
});

test.each<[name: string, reply: Reply]>([
	['500', answered(500)],
	['503 alone', answered(503)],
	['200 without an id', answered(200)],
	['answer timed out', fault('ETIMEDOUT')],
	['connection cut', fault('ECONNRESET')],
])('%s is sent again only where the user chose so', (_, reply) => {
	expect([decide(reply), decide(reply, { unconfirmed: 'resend' })]).toEqual([end, again(250)]);
});

test.each<
	[
		name: string,
		reply: Reply,
		spent: { attempts: number; waitedMs: number },
		policy: Partial<Policy>,
		decision: RetryDecision,
	]
>([
	['the first wait', answered(429), { attempts: 1, waitedMs: 0 }, {}, again(250)],
	['the second is twice as long', answered(429), { attempts: 2, waitedMs: 250 }, {}, again(500)],
	['the fourth', answered(429), { attempts: 4, waitedMs: 0 }, {}, again(2_000)],
	[
		'no step is longer than half a minute',
		answered(429),
		{ attempts: 20, waitedMs: 0 },
		{ maxTries: 99 },
		again(15_000),
	],
	['tries are spent', answered(429), { attempts: 5, waitedMs: 0 }, {}, end],
	['one try means one', answered(429), { attempts: 1, waitedMs: 0 }, { maxTries: 1 }, end],
	['none means one too', answered(429), { attempts: 1, waitedMs: 0 }, { maxTries: 0 }, end],
	['the wait fits exactly', answered(429), { attempts: 1, waitedMs: 59_750 }, {}, again(250)],
	['the wait does not fit', answered(429), { attempts: 1, waitedMs: 59_751 }, {}, end],
	['no waiting allowed', answered(429), { attempts: 1, waitedMs: 0 }, { maxWaitSeconds: 0 }, end],
	['Retry-After wins', answered(429, '', { 'Retry-After': '7' }), { attempts: 1, waitedMs: 0 }, {}, again(7_000)],
	[
		'Retry-After of nothing',
		answered(429, '', { 'Retry-After': '0' }),
		{ attempts: 1, waitedMs: 0 },
		{ maxWaitSeconds: 0 },
		again(0),
	],
	[
		'Retry-After fits exactly',
		answered(503, '', { 'retry-after': '60' }),
		{ attempts: 1, waitedMs: 0 },
		{},
		again(60_000),
	],
	[
		'Retry-After beyond the budget ends at once',
		answered(429, '', { 'retry-after': '61' }),
		{ attempts: 1, waitedMs: 0 },
		{},
		end,
	],
	[
		'Retry-After beyond what is left of it',
		answered(429, '', { 'retry-after': '30' }),
		{ attempts: 2, waitedMs: 30_001 },
		{},
		end,
	],
	[
		'Retry-After that nobody can read',
		answered(503, '', { 'retry-after': 'soon' }),
		{ attempts: 1, waitedMs: 0 },
		{},
		again(250),
	],
])('%s', (_, reply, spent, policy, decision) => {
	expect(decide(reply, policy, spent)).toEqual(decision);
});

test.each([
	[0, 0],
	[0.25, 125],
	[0.999, 500],
])('chance %s of the first half second waits %s ms', (random, inMs) => {
	expect(decide(answered(429), {}, undefined, random)).toEqual(again(inMs));
});
