import { buildRequest, hidden, hostOf, type Lead, readLead, shownRequest, tidyBaseUrl } from '../../packages/core/src';
import guideLead from '../fixtures/guideLead.json';

const key = 'sk_live_4f9a';
const connection = { baseUrl: 'https://api.icloud-ready.com/api/v2', organizationId: '686f894eaf67193dd6e124ce', apiKey: key };
const reading = readLead(guideLead);
const lead = ('lead' in reading ? reading.lead : {}) as Lead;

test("the guide's sample is sent as the guide shows it, without the empty custom field", () => {
	const { method, url, headers, body } = buildRequest(lead, connection);
	const { customField: _empty, ...sent } = guideLead;
	expect([method, url]).toEqual(['POST', 'https://api.icloud-ready.com/api/v2/leads']);
	expect(JSON.parse(body)).toEqual(sent);
	expect(headers).toEqual({ 'content-type': 'application/json', accept: 'application/json', organizationId: '686f894eaf67193dd6e124ce', 'x-api-key': key });
});

test('without a key, as in n8n, there is no header for it', () => {
	expect(Object.keys(buildRequest(lead, { ...connection, apiKey: undefined }).headers)).not.toContain('x-api-key');
});

test('an empty organization gives no header', () => {
	expect(Object.keys(buildRequest(lead, { ...connection, organizationId: ' ' }).headers)).not.toContain('organizationId');
});

test('space pasted along with key and organization is taken off', () => {
	expect(buildRequest(lead, { ...connection, organizationId: ' o1 ', apiKey: ` ${key}\n` }).headers).toMatchObject({ organizationId: 'o1', 'x-api-key': key });
});

test.each<[name: string, given: string, tidy: string]>([
	['as it should be', 'https://api.icloud-ready.com/api/v2', 'https://api.icloud-ready.com/api/v2'],
	['a final slash', 'https://x.test/api/v2/', 'https://x.test/api/v2'],
	['several slashes', 'https://x.test/api/v2///', 'https://x.test/api/v2'],
	['space around', '  https://x.test/api/v2 \n', 'https://x.test/api/v2'],
	['the whole endpoint', 'https://x.test/api/v2/leads', 'https://x.test/api/v2'],
	['the whole endpoint and a slash', 'https://x.test/api/v2/leads/', 'https://x.test/api/v2'],
	['a path that only ends like it', 'https://x.test/myleads', 'https://x.test/myleads'],
	["nothing: the API's own", '', 'https://api.icloud-ready.com/api/v2'],
	["spaces: the API's own", '  ', 'https://api.icloud-ready.com/api/v2'],
])('base URL, %s', (_, given, tidy) => {
	expect(tidyBaseUrl(given)).toBe(tidy);
	expect(buildRequest(lead, { ...connection, baseUrl: given }).url).toBe(`${tidy}/leads`);
});

test.each<[baseUrl: string, host: string]>([
	['https://api.icloud-ready.com/api/v2', 'api.icloud-ready.com'], ['http://localhost:3939/api/v2/', 'localhost:3939'], ['', 'api.icloud-ready.com'],
	['https://user:pa@ss@x.test/api', 'x.test'], ['https://[::1]:8080/api', '[::1]:8080'], ['x.test/api', 'x.test/api'], ['https://x.test?q=a@b', 'x.test'],
])('the host of "%s" is %s', (baseUrl, host) => {
	expect(hostOf(baseUrl)).toBe(host);
});

test.each<[name: string, apiKey: string | undefined]>([['with a key', key], ['where the host adds it', undefined]])('the shown copy hides the key, %s', (_, apiKey) => {
	const shown = shownRequest(lead, { ...connection, baseUrl: 'https://user:pa@ss@x.test/api', apiKey });
	expect(shown).toEqual({
		method: 'POST',
		url: 'https://x.test/api/leads',
		headers: { 'content-type': 'application/json', accept: 'application/json', organizationId: connection.organizationId, 'x-api-key': hidden },
		body: lead,
	});
	expect(JSON.stringify(shown)).not.toMatch(new RegExp(`${key}|pa@|ss@`));
});
