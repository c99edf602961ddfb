import { startGateway } from '../../packages/gateway/src/main/server';
import { type Sandbox, startSandbox } from '../../packages/sandbox/src';
import { bodiesOf } from '../fixtures/hostile';
import { settingsOf } from '../gateway/world';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'icloud-ready-gateway-'));
const log: string[] = [];
let sandbox: Sandbox;
let gateway: Awaited<ReturnType<typeof startGateway>>;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
	gateway = await startGateway(
		settingsOf({
			baseUrl: sandbox.baseUrl,
			port: 0,
			folder: join(folder, 'store'),
			adminToken: 'a token that nobody guesses',
		}),
		(line) => log.push(line),
	);
});
afterAll(async () => {
	await gateway.close();
	await sandbox.close();
	rmSync(folder, { recursive: true, force: true });
});

const headers = { 'x-api-key': 'sandbox-key', organizationid: 'o', 'content-type': 'application/json' } as const;
const mona = '"leadInformation":{"firstName":"Mona","phone":"+201001234567"}';

/** It lives, takes leads, and nothing it met has become part of every object. */
const expectWell = async (): Promise<void> => {
	for (const path of ['/healthz', '/readyz', '/metrics'])
		expect([path, (await fetch(gateway.origin + path)).status]).toEqual([path, 200]);
	const lead = await fetch(`${gateway.baseUrl}/leads`, { method: 'POST', headers, body: `{${mona}}` });
	expect([lead.status, ({} as { readonly polluted?: unknown }).polluted]).toEqual([201, undefined]);
	expect(log.filter((line) => line.includes('"error"'))).toEqual([]);
};

describe.each<[place: string, bodyOf: (text: string) => string]>([
	['a body', (text) => text],
	['a part of a lead', (text) => `{${mona},"customField":${text}}`],
])('%s', (_place, bodyOf) => {
	test.each(bodiesOf(7))('%s gets an answer in words', async (_name, text) => {
		const answer = await fetch(`${gateway.baseUrl}/leads`, { method: 'POST', headers, body: bodyOf(text) });
		// 413: longer than 1 MB, which a part makes of what is 1 MB by itself.
		expect([201, 400, 413]).toContain(answer.status);
		const body = (await answer.json()) as Readonly<Record<string, unknown>>;
		expect(
			answer.status === 201 ? typeof body._id : typeof (Array.isArray(body.message) ? body.message[0] : body.message),
		).toBe('string');
		await expectWell();
	});
});

test.each<[path: string, method: string, status: number]>([
	['/api/v2/leads/%E0%A4%A', 'GET', 404],
	['/api/v2/leads/%00', 'GET', 404],
	['/api/v2/leads/..%2f..%2fetc', 'GET', 404],
	['/api/v2/leads/__proto__', 'GET', 404],
	[`/api/v2/leads/${'9'.repeat(8000)}`, 'GET', 404],
	['/api/v2/leads/1e3', 'GET', 404],
	['/api/v2/leads/-1', 'GET', 404],
	['/api/v2/leads/', 'GET', 404],
	['/api/v2/leads', 'GET', 405],
	['/api/v2/leads', 'DELETE', 405],
	['/api/v2/leads', 'PUT', 405],
	['/api/v2/leads/1', 'POST', 404],
	['/inbox/leads?list=waiting', 'GET', 401],
	['/inbox/action', 'POST', 401],
	['/inbox/leads.csv?list=__proto__', 'GET', 401],
	['/inbox/../../etc/passwd', 'GET', 404],
	['/inbox/page.css%00', 'GET', 404],
])('%.40s by %s is answered with %s', async (path, method, status) => {
	const answer = await fetch(gateway.origin + path, { method, headers, ...(method === 'GET' ? {} : { body: '{}' }) });
	expect(answer.status).toBe(status);
	await answer.text();
	await expectWell();
});

/** Sends bytes as no client would, and resolves with the first line of what comes back; empty where nothing does. */
const raw = async (bytes: string): Promise<string> =>
	await new Promise((resolve) => {
		let got = '';
		const socket = connect(Number(new URL(gateway.origin).port), '127.0.0.1', () => socket.end(bytes, 'latin1'));
		socket.on('data', (data) => {
			got += String(data);
		});
		socket.on('error', () => undefined);
		socket.on('close', () => resolve(got.split('\r\n')[0] ?? ''));
	});
const start = 'POST /api/v2/leads HTTP/1.1\r\nhost: x\r\nconnection: close\r\n';

test.each<[name: string, bytes: string, first: RegExp]>([
	['no HTTP', 'hello\r\n\r\n', /^HTTP\/1\.1 400/],
	['NUL in a header', `${start}x-api-key: a\0b\r\ncontent-length: 2\r\n\r\n{}`, /^HTTP\/1\.1 400/],
	['a key with letters of no header', `${start}x-api-key: k\u00e9y\r\ncontent-length: 2\r\n\r\n{}`, /^HTTP\/1\.1 400/],
	['two lengths', `${start}x-api-key: k\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}`, /^HTTP\/1\.1 400/],
	['a length that is none', `${start}x-api-key: k\r\ncontent-length: -1\r\n\r\n{}`, /^HTTP\/1\.1 400/],
	[
		'a length and pieces, as smugglers send them',
		`${start}x-api-key: k\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
		/^HTTP\/1\.1 400/,
	],
	[
		'an Idempotency-Key with a space in it',
		`${start}x-api-key: k\r\nidempotency-key: a b\r\ncontent-length: ${mona.length + 2}\r\n\r\n{${mona}}`,
		/^HTTP\/1\.1 400/,
	],
	['64 kB of headers', `${start}x-long: ${'x'.repeat(65_536)}\r\n\r\n`, /^HTTP\/1\.1 431/],
	['a body that breaks off', `${start}x-api-key: k\r\ncontent-length: 1000\r\n\r\n{`, /^(?:HTTP\/1\.1 400.*)?$/],
	[
		'a body in pieces without an end',
		`${start}x-api-key: k\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"lea`,
		/^(?:HTTP\/1\.1 400.*)?$/,
	],
])('%s', async (_name, bytes, first) => {
	expect(await raw(bytes)).toMatch(first);
	await expectWell();
});
