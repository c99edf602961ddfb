import { type Sandbox, startSandbox } from '../../packages/sandbox/src';
import { apiKey, helper, startFlow, useSandbox } from './flow';

const sandbox = useSandbox();

const press = async (dialog: Record<string, unknown>): Promise<Record<string, unknown>> => {
	await startFlow(sandbox().baseUrl);
	const { body } = await helper.request().post('/icloud-ready/account/test').send({ id: 'account', baseUrl: sandbox().baseUrl, organizationId: 'org-1', timeoutSeconds: 1, ...dialog });
	expect(JSON.stringify(body)).not.toContain(String(dialog.apiKey ?? apiKey));
	return body;
};

const expected = { ok: true, message: 'iCloud-Ready answered as expected (400 to an empty lead).', hint: 'The organization ID is proven by the first lead.' };

test('the saved key with its own address', async () => {
	expect(await press({})).toEqual(expected);
	expect(sandbox().calls[0]).toMatchObject({ body: '{}' });
	expect(sandbox().leadCount).toBe(0);
});

test('a key typed in the dialog with another address', async () => {
	const other = await startSandbox({ port: 0 });
	expect(await press({ apiKey, baseUrl: other.baseUrl })).toEqual(expected);
	expect(sandbox().calls).toHaveLength(0);
	await other.close();
});

test('the saved key is not sent to another address', async () => {
	const other = await startSandbox({ port: 0 });
	expect(await press({ baseUrl: other.baseUrl })).toMatchObject({ ok: false, message: 'The base URL was changed, so the saved key was not sent to it.' });
	expect(other.calls).toHaveLength(0);
	await other.close();
});

test.each<[name: string, dialog: Record<string, unknown>, answer: Parameters<Sandbox['failNext']>[0] | undefined, message: RegExp]>([
	['a key that has expired', { apiKey: 'expired-key' }, undefined, /did not accept the API key/],
	['a key without permission', { apiKey: 'readonly-key' }, undefined, /may not create leads/],
	['429', {}, { status: 429 }, /takes no more requests/],
	['404', {}, { status: 404 }, /no lead API at this address \(status 404\)/],
	['500', {}, { status: 500 }, /does not \(status 500\)/],
	['503 with Retry-After', {}, { status: 503, headers: { 'retry-after': '5' } }, /too busy/],
	['a redirect', {}, { status: 302, headers: { location: 'http://127.0.0.1:9/' } }, /answered with another address/],
	['a page', {}, { status: 200, body: '<html>' }, /does not \(status 200\)/],
	['no answer', {}, { status: 400, delayMs: 30_000 }, /No answer came back within 1 s/],
	['a cut', {}, { cut: 'before' }, /broke off/],
	['an accepted empty lead', {}, { status: 201, body: { _id: 'a' } }, /accepted an empty lead/],
	['a refused port', { apiKey: 'typed-key', baseUrl: 'http://127.0.0.1:9/api/v2' }, undefined, /could not be reached at 127\.0\.0\.1:9 \(connection refused\)/],
	['no key at all', { id: 'new' }, undefined, /no API key/],
	['no organization', { organizationId: ' ' }, undefined, /organization ID is missing/],
	['plain http', { apiKey: 'typed-key', baseUrl: 'http://192.0.2.1' }, undefined, /readable on the way/],
	['an address that is none', { apiKey: 'typed-key', baseUrl: 'api' }, undefined, /not a web address/],
])('%s', async (_name, dialog, answer, message) => {
	if (answer !== undefined) sandbox().failNext(answer);
	const result = await press(dialog);
	expect(result).toMatchObject({ ok: false });
	expect(result.message).toMatch(message);
	expect(result.hint).toMatch(/\w.*\.$/);
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

test('a body that is none gets words, not a crash', async () => {
	await startFlow(sandbox().baseUrl);
	const { status, body } = await helper.request().post('/icloud-ready/account/test').send([]);
	expect([status, body.ok]).toEqual([200, false]);
});
