import {
	buildRequest,
	hidden,
	hostOf,
	isGateway,
	type Lead,
	readLead,
	shownRequest,
	tidyBaseUrl,
} from '../../packages/core/src';
import guideLead from '../fixtures/guideLead.json';
import fc from 'fast-check';

const key = 'sk_live_4f9a';
const connection = {
	baseUrl: 'https://api.icloud-ready.com/api/v2',
	organizationId: '686f894eaf67193dd6e124ce',
	apiKey: key,
};
const reading = readLead(guideLead);
const lead = ('lead' in reading ? reading.lead : {}) as Lead;

test("the guide's sample is sent as the guide shows it, without the empty custom field", () => {
	const { method, url, headers, body } = buildRequest(lead, connection);
	const { customField: _empty, ...sent } = guideLead;
	expect([method, url]).toEqual(['POST', 'https://api.icloud-ready.com/api/v2/leads']);
	expect(JSON.parse(body)).toEqual(sent);
	expect(headers).toEqual({
		'content-type': 'application/json',
		accept: 'application/json',
		organizationId: '686f894eaf67193dd6e124ce',
		'x-api-key': key,
	});
});

test('without a key, as in n8n, there is no header for it', () => {
	expect(Object.keys(buildRequest(lead, { ...connection, apiKey: undefined }).headers)).not.toContain('x-api-key');
});

test('an empty organization gives no header', () => {
	expect(Object.keys(buildRequest(lead, { ...connection, organizationId: ' ' }).headers)).not.toContain(
		'organizationId',
	);
});

test('space pasted along with key and organization is taken off', () => {
	expect(buildRequest(lead, { ...connection, organizationId: ' o1 ', apiKey: ` ${key}\n` }).headers).toMatchObject({
		organizationId: 'o1',
		'x-api-key': key,
	});
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
	['https://api.icloud-ready.com/api/v2', 'api.icloud-ready.com'],
	['http://localhost:3939/api/v2/', 'localhost:3939'],
	['', 'api.icloud-ready.com'],
	['https://user:pa@ss@x.test/api', 'x.test'],
	['https://[::1]:8080/api', '[::1]:8080'],
	['x.test/api', 'x.test/api'],
	['https://x.test?q=a@b', 'x.test'],
])('the host of "%s" is %s', (baseUrl, host) => {
	expect(hostOf(baseUrl)).toBe(host);
});

test.each<[name: string, apiKey: string | undefined]>([
	['with a key', key],
	['where the host adds it', undefined],
])('the shown copy hides the key, %s', (_, apiKey) => {
	const shown = shownRequest(lead, { ...connection, baseUrl: 'https://user:pa@ss@x.test/api', apiKey });
	expect(shown).toEqual({
		method: 'POST',
		url: 'https://x.test/api/leads',
		headers: {
			'content-type': 'application/json',
			accept: 'application/json',
			organizationId: connection.organizationId,
			'x-api-key': hidden,
		},
		body: lead,
	});
	expect(JSON.stringify(shown)).not.toMatch(new RegExp(`${key}|pa@|ss@`));
});

describe('the API itself is never a gateway', () => {
	const keyed = { idempotencyKey: 'k', waitSeconds: 1 };
	const expectApi = (baseUrl: string): void => {
		const account = { ...connection, baseUrl, gateway: true };
		expect([
			baseUrl,
			isGateway(account),
			Object.keys(buildRequest(lead, account, keyed).headers).filter((name) => /idempotency|prefer/.test(name)),
		]).toEqual([baseUrl, false, []]);
	};

	test.each([
		'',
		'https://api.icloud-ready.com./api/v2',
		'https://api.icloud-ready.com../api/v2',
		'https://api.icloud-ready.com:0443/api/v2',
		'https://api.icloud-ready.com:443',
		'https://%61pi.icloud-ready.com/api/v2',
		'HTTPS://API.ICLOUD-READY.COM/api/v2',
		'https://user:pass@api.icloud-ready.com/api/v2',
		'https://gateway.test@api.icloud-ready.com/api/v2',
		'https://ａｐｉ．icloud-ready．com/api/v2',
		'https://api。icloud-ready。com/api/v2',
		'https://api\u00ad.icloud-ready.com/api/v2',
		'https://ⓐpi.icloud-ready.com/',
		'https://api.icloud-ready.com:8443/api/v2',
		'http://api.icloud-ready.com/api/v2',
		'http://api.icloud-ready.com:80',
		'https:\\\\api.icloud-ready.com/api/v2',
		'https:/api.icloud-ready.com/api/v2',
		' https://api.icloud-ready.com\t/api/v2',
		'https://api.icloud-ready.com?x',
		'not an address',
		'//gateway.test',
	])('%s', expectApi);

	test('however it is spelled', () => {
		const letter = fc.constantFrom<(text: string) => string>(
			(text) => text,
			(text) => text.toUpperCase(),
			(text) => `%${text.charCodeAt(0).toString(16)}`,
			(text) => (/[a-z]/.test(text) ? String.fromCharCode(text.charCodeAt(0) + 0xfee0) : text),
			(text) => (text === '.' ? '\u3002' : text),
			(text) => `${text}\u00ad`,
		);
		const host = fc
			.tuple(...[...'api.icloud-ready.com'].map((sign) => letter.map((spell) => spell(sign))))
			.map((signs) => signs.join(''));
		const part = (...texts: readonly string[]) => fc.constantFrom(...texts);
		fc.assert(
			fc.property(
				part('https', 'HTTPS', 'http', 'Https'),
				part('', 'u@', 'u:p@', 'gateway.test:1@', '%40@'),
				host,
				part('', '.', '..'),
				part('', ':443', ':0443', ':00000443', ':8443', ':'),
				part('', '/', '/api/v2', '/api/v2/leads', '/api//v2'),
				(scheme, login, name, dot, port, path) => {
					expectApi(`${scheme}://${login}${name}${dot}${port}${path}`);
				},
			),
			{ seed: 7, numRuns: 1000 },
		);
	});

	test.each([
		'https://gateway.test/api/v2',
		'http://127.0.0.1:4020/api/v2',
		'http://[::1]:4020/api/v2',
		'https://api.icloud-ready.com.gateway.test/api/v2',
		'https://gateway.icloud-ready.com/api/v2',
		'https://xapi.icloud-ready.com',
		'https://بوابة.test/api/v2',
	])('%s may be one', (baseUrl) => {
		expect(isGateway({ ...connection, baseUrl, gateway: true })).toBe(true);
		expect(isGateway({ ...connection, baseUrl })).toBe(false);
	});
});

test.each([
	['https://X.test:0443/api', 'x.test'],
	['https://x.test./api', 'x.test'],
	['http://x.test:80', 'x.test'],
	['http://x.test:443', 'x.test:443'],
	['https://%78.test', 'x.test'],
	['http://127.1:4020', '127.0.0.1:4020'],
	['http://[0:0:0:0:0:0:0:1]:4020', '[::1]:4020'],
	['http://0x7f.1/', '127.0.0.1'],
])('every spelling of a host is one host: %s is %s', (baseUrl, host) => {
	expect(hostOf(baseUrl)).toBe(host);
});
