import { gatewayProcess, type GatewayProcess } from './gatewayProcess';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const adminToken = 'the token of whoever runs it';
const folder = mkdtempSync(join(tmpdir(), 'icloud-ready-edges-'));
/** Bodies that the API got, as bytes. */
const got: { readonly type: string; readonly bytes: Buffer }[] = [];
let api: Server;
let gateway: GatewayProcess;
beforeAll(async () => {
	api = createServer((request, response) => {
		const parts: Buffer[] = [];
		request
			.on('data', (part: Buffer) => parts.push(part))
			.on('end', () => {
				got.push({ type: request.headers['content-type'] ?? '', bytes: Buffer.concat(parts) });
				response
					.writeHead(201, { 'content-type': 'application/json' })
					.end(JSON.stringify({ _id: String(got.length), leadNumber: got.length }));
			});
	});
	await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
	gateway = await gatewayProcess({
		GATEWAY_API: `http://127.0.0.1:${(api.address() as AddressInfo).port}/api/v2`,
		GATEWAY_FOLDER: join(folder, 'leads'),
		GATEWAY_ADMIN_TOKEN: adminToken,
	});
	await gateway.start();
});
afterAll(async () => {
	await gateway.stop();
	api.closeAllConnections();
	api.close();
	rmSync(folder, { recursive: true, force: true });
});

const signIn = async (token: string): Promise<number> =>
	(
		await fetch(`${gateway.origin}/inbox/sign-in`, {
			method: 'POST',
			redirect: 'manual',
			headers: { origin: gateway.origin, 'content-type': 'application/x-www-form-urlencoded' },
			body: new URLSearchParams({ token }).toString(),
		})
	).status;

const json = (name: string): string => `{"leadInformation":{"firstName":"${name}","phone":"+201001234567"}}`;
const give = async (
	bytes: Buffer,
	contentType: string,
	more: Readonly<Record<string, string>> = {},
): Promise<Response> =>
	await fetch(`${gateway.baseUrl}/leads`, {
		method: 'POST',
		headers: { 'x-api-key': 'key-1', organizationid: 'o', 'content-type': contentType, ...more },
		body: new Uint8Array(bytes),
	});

test.each<[name: string, bytes: Buffer, contentType: string, firstName: string]>([
	['UTF-8', Buffer.from(json('منى')), 'application/json', 'منى'],
	['windows-1256', Buffer.from(json('\xe3\xe4\xec'), 'latin1'), 'application/json; charset=windows-1256', 'منى'],
	['ISO-8859-1', Buffer.from(json('Ren\xe9'), 'latin1'), 'application/json; charset=iso-8859-1', 'René'],
	['UTF-16', Buffer.from(`\ufeff${json('منى')}`, 'utf16le'), 'application/json; charset=utf-16', 'منى'],
	['UTF-8 with a mark', Buffer.from(`\ufeff${json('منى')}`), 'application/json', 'منى'],
])('a body in %s reaches the API in UTF-8 with its name', async (_name, bytes, contentType, firstName) => {
	expect((await give(bytes, contentType)).status).toBe(201);
	const { type, bytes: sent } = got.at(-1) ?? { type: '', bytes: Buffer.of() };
	expect([type, sent.toString('utf8')]).toEqual(['application/json', json(firstName)]);
});

test.each<[name: string, bytes: Buffer, contentType: string, status: number, more?: Record<string, string>]>([
	['ISO-8859-1 without its name', Buffer.from(json('Ren\xe9'), 'latin1'), 'application/json', 400],
	['windows-1256 without its name', Buffer.from(json('\xe3\xe4\xec'), 'latin1'), 'application/json', 400],
	[
		'windows-1256 that is said to be UTF-8',
		Buffer.from(json('\xe3\xe4\xec'), 'latin1'),
		'application/json; charset=utf-8',
		400,
	],
	['a charset that nobody knows', Buffer.from(json('x')), 'application/json; charset=utf-32', 415],
	['gzip', Buffer.from(json('x')), 'application/json', 415, { 'content-encoding': 'gzip' }],
	['a NUL in a name', Buffer.from(json('a\0b')), 'application/json', 400],
])(
	'a body in %s is refused in words, and nothing of it is kept or sent',
	async (_name, bytes, contentType, status, more = {}) => {
		const before = got.length;
		const answer = await give(bytes, contentType, { 'idempotency-key': `edge-${status}-${bytes.length}`, ...more });
		const { message, hint } = (await answer.json()) as { message: string; hint: string };
		expect([answer.status, message, hint]).toEqual([
			status,
			expect.stringMatching(/^The .*\.$/),
			expect.stringMatching(/^Send .*\.$/),
		]);
		expect([
			got.length,
			answer.headers.get('x-gateway-lead'),
			await (await fetch(`${gateway.origin}/metrics`)).text(),
		]).toEqual([before, null, expect.stringMatching(/waiting"?\}? 0\n/)]);
	},
);

/** The status lines that come back for bytes as no client sends them. */
const raw = async (bytes: string): Promise<readonly string[]> =>
	await new Promise((resolve) => {
		let answer = '';
		const socket = connect(Number(new URL(gateway.origin).port), '127.0.0.1', () => socket.write(bytes, 'latin1'));
		socket.on('data', (data) => {
			answer += String(data);
		});
		socket.on('error', () => undefined);
		socket.on('close', () => resolve(answer.match(/^HTTP\/1\.1 \d+/gm) ?? []));
	});
const lead = json('Mona');
const head = (...lines: readonly string[]): string =>
	`POST /api/v2/leads HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${lines.map((line) => `${line}\r\n`).join('')}`;

test.each<[name: string, bytes: string, status: string]>([
	[
		'two keys',
		`${head('x-api-key: a', 'x-api-key: b', 'organizationid: o', `content-length: ${lead.length}`)}\r\n${lead}`,
		'400',
	],
	[
		'two organizations',
		`${head('x-api-key: a', 'organizationid: o', 'organizationid: p', `content-length: ${lead.length}`)}\r\n${lead}`,
		'400',
	],
	[
		'two Idempotency-Keys',
		`${head('x-api-key: a', 'organizationid: o', 'idempotency-key: 1', 'idempotency-key: 2', `content-length: ${lead.length}`)}\r\n${lead}`,
		'400',
	],
	[
		'an organization of letters of no header',
		`${head('x-api-key: a', 'organizationid: \xd9\x85', `content-length: ${lead.length}`)}\r\n${lead}`,
		'400',
	],
])('%s are refused, and no lead goes to either', async (_name, bytes, status) => {
	const before = got.length;
	expect([await raw(bytes), got.length]).toEqual([[`HTTP/1.1 ${status}`], before]);
});

test('200 wrong tokens sent together: five are looked at, the others wait, and so does the right one after them', async () => {
	const statuses = await Promise.all(
		Array.from({ length: 200 }, async (_, index) => await signIn(`a wrong token ${index}`)),
	);
	expect([
		statuses.filter((status) => status === 401).length,
		statuses.filter((status) => status === 429).length,
	]).toEqual([5, 195]);
	expect(await signIn(adminToken)).toBe(429);
});
