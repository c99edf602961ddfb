import { IcloudReadyApi } from '../../credentials/IcloudReadyApi.credentials';
import { missingSetting as missingInN8n } from '../../nodes/IcloudReady/read/account';
import {
	type baseUrlFlaw,
	buildRequest,
	explain,
	interpretResponse,
	type Lead,
	outcomeOf,
	sentencesOf,
} from '../../packages/core/src';
import { createTransport } from '../../packages/http/src/transport';
import { accountSettings, missingSetting } from '../../packages/node-red/src/runtime/config/accountSettings';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

interface Row {
	readonly baseUrl: string;
	readonly words: RegExp | undefined;
}

const given: readonly (readonly [baseUrl: string, words: RegExp | undefined])[] = [
	['https://api.example.com/api/v2', undefined],
	['https://api.example.com:8443', undefined],
	['http://localhost:4010/api/v2', undefined],
	['http://127.0.0.1:4010', undefined],
	['http://[::1]:4010', undefined],
	['http://api.example.com', /clear text/],
	['http://10.0.0.5', /clear text/],
	['http://localhost.example.com', /clear text/],
	['http://127.0.0.1.example.com', /clear text/],
	['http://0.0.0.0', /clear text/],
	['http://[::ffff:10.0.0.5]', /clear text/],
	['HTTP://API.EXAMPLE.COM', /clear text/],
	['https://user:secret@api.example.com', /user name or password/],
	['https://user@api.example.com', /user name or password/],
	['http://user:secret@localhost', /user name or password/],
	['https://api.example.com/api/../admin', /more than an address/],
	['https://api.example.com/..', /more than an address/],
	['https://api.example.com/%2e%2E/admin', /more than an address/],
	['https://api.example.com/./v2', /more than an address/],
	['https://api.example.com\\@evil.example', /more than an address/],
	['https://api.example.com/?key=1', /more than an address/],
	['https://api.example.com/#x', /more than an address/],
	['ftp://api.example.com', /not a web address/],
	['file:///etc/passwd', /not a web address/],
	['javascript:alert(1)', /not a web address/],
	['data:text/plain,x', /not a web address/],
	['ws://api.example.com', /not a web address/],
	['api.example.com', /not a web address/],
	['//api.example.com', /not a web address/],
	['https:api.example.com', /not a web address/],
	['https://api.exam\nple.com', /not a web address/],
	['https://', /not a web address/],
];
const rows = given.map(([baseUrl, words]): Row => ({ baseUrl, words }));

const wordsOf = (flaw: ReturnType<typeof baseUrlFlaw>): string => {
	const { message, hint } =
		flaw === undefined
			? { message: '', hint: '' }
			: explain(outcomeOf({ outcome: 'failed', cause: { kind: 'notConfigured', missing: flaw } }));
	return `${message} ${hint}`.trim();
};
const expectWords = (text: string, words: RegExp | undefined): void =>
	words === undefined ? expect(text).toBe('') : expect(text).toMatch(words);

const authenticated = async (baseUrl: string, allowHttp: boolean): Promise<string> => {
	const { authenticate } = new IcloudReadyApi();
	if (typeof authenticate !== 'function') throw new Error('authenticate is a function');
	return await authenticate({ apiKey: 'k', organizationId: 'o', baseUrl, allowHttp }, { url: '/' }).then(
		() => '',
		(error: unknown) => String(error),
	);
};

describe.each([false, true])('plain http allowed: %p', (allowHttp) => {
	test.each(rows)('$baseUrl', async ({ baseUrl, words: strict }) => {
		const words = allowHttp && String(strict).includes('clear text') ? undefined : strict;
		const nodeRed = missingSetting(accountSettings({ baseUrl, organizationId: 'o', allowHttp }), 'k');
		const n8n = missingInN8n(
			{ apiKey: 'k', organizationId: 'o', baseUrl, allowHttp, gateway: false, decrypted: {} },
			'o',
		);
		expectWords(wordsOf(nodeRed as ReturnType<typeof baseUrlFlaw>), words);
		expectWords(n8n === undefined ? '' : sentencesOf(explain(n8n)), words);
		expectWords(await authenticated(baseUrl, allowHttp), words);
	});
});

const fixture = (name: string): Buffer => readFileSync(join(__dirname, '../fixtures', name));

test.each([
	['expired', 'expired.cert.pem', true, /\(its certificate has expired or is not valid yet\)/],
	['of another host', 'other-host.cert.pem', true, /\(its certificate belongs to another host\)/],
	['of nobody who is trusted', 'localhost.cert.pem', false, /\(its certificate is not trusted by this machine\)/],
] as const)(
	'a certificate %s: nothing is sent, and the words say what is wrong with it',
	async (_name, file, isTrusted, words) => {
		let arrived = 0;
		const server = createServer({ key: fixture('localhost.key.pem'), cert: fixture(file) }, (_request, response) => {
			arrived++;
			response.end();
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const transport = createTransport({
			connections: 1,
			timeoutMs: 2000,
			...(isTrusted ? { tls: { ca: fixture(file) } } : {}),
		});
		const lead = { leadInformation: { firstName: 'Mona', phone: '+201001234567' } } as Lead;
		const reply = await transport.send(
			buildRequest(lead, {
				baseUrl: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
				organizationId: 'o',
				apiKey: 'k',
			}),
			{ timeoutMs: 2000 },
		);
		await transport.close();
		server.close();
		expect([arrived, interpretResponse(reply).outcome]).toEqual([0, 'failed']);
		expect(explain(interpretResponse(reply)).message).toMatch(words);
	},
);
