import { buildRequest, exchange, type Exchange, type Reply } from '../../packages/core/src';
import { answered, createdReply, fakeHost, fault, startMs } from './fakeHost';

const key = 'sk_live_4f9a7c21';
const connection = { baseUrl: 'https://crm.test/api/v2', organizationId: 'o1', apiKey: ` ${key} ` };
const request = buildRequest({ leadInformation: { firstName: 'Mona', phone: '+201001234567' } }, connection);
const exchanged = async (reply: Reply): Promise<Exchange> =>
	await exchange(request, connection, fakeHost([reply]), 12_000);

test('one request, within the time that it may take, and nothing more', async () => {
	const host = fakeHost([createdReply]);
	const { outcome } = await exchange(request, connection, host, 12_000);
	expect(outcome).toMatchObject({ outcome: 'created', leadNumber: 1042, lead: null, attempts: 0 });
	expect([host.sendings, host.sleepsMs]).toEqual([[{ request, timeoutMs: 12_000, atMs: 0 }], []]);
});

test('the key is in nothing but the raw reply', async () => {
	const { outcome, reply, rawReply } = await exchanged(answered(400, `{"message":"phone of ${key}"}`));
	expect(JSON.stringify([outcome, reply])).not.toContain(key);
	expect(rawReply).toMatchObject({ body: `{"message":"phone of ${key}"}` });
});

test('a Retry-After that is a date is seconds from then on', async () => {
	const date = new Date(startMs + 7000).toUTCString();
	const { outcome, reply, rawReply } = await exchanged(answered(429, '', { 'Retry-After': date }));
	expect(outcome.cause).toEqual({ kind: 'limit', retryAfterMs: 7000 });
	for (const each of [reply, rawReply]) expect(each).toMatchObject({ headers: { 'retry-after': '7' } });
});

test.each([
	['the host that was not reached', fault('ECONNREFUSED'), { kind: 'notReached', why: 'refused', host: 'crm.test' }],
	['the host that sent elsewhere', answered(301), { kind: 'redirect', host: 'crm.test' }],
	['how long was waited', fault('ETIMEDOUT'), { kind: 'timeout', afterMs: 12_000 }],
])('the cause names %s', async (_name, reply, cause) => {
	expect((await exchanged(reply)).outcome.cause).toEqual(cause);
});
