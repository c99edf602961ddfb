import { type Call, platforms, receive } from '../../packages/core/src';
import { runCli } from '../../packages/sandbox/src/cli';
import { start, stopAll } from './calling';
import { sendAsWords } from '../../packages/sandbox/src/inbox/sendAsWords';
import { type Sender, senders } from '../../packages/sandbox/src/senders/submissions';
import { receivingHost } from '../fixtures/receivingHost';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

const run = async (...args: string[]): Promise<{ readonly code: unknown; readonly printed: string }> => {
	const printed: string[] = [];
	const print = (text: string): void => void printed.push(text);
	return { code: await runCli({ args, env: {}, print, printError: print }), printed: printed.join('\n') };
};

const secret = Buffer.from('of the platform').toString('base64');
const secrets = { secret, nextSecret: '', verifyToken: '', pageToken: '' };
const bytesOf = async (request: IncomingMessage): Promise<Buffer> => {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
};

/** A lead form of one platform; `kinds` is what it took each call for. */
const startLeadForm = async (
	sender: Sender,
): Promise<{ readonly address: string; readonly kinds: readonly string[]; readonly close: () => Promise<void> }> => {
	const kinds: string[] = [];
	const server = createServer((request, response) => {
		void bytesOf(request).then((body) => {
			if (request.url === '/elsewhere') {
				kinds.push('followed');
				return response.end();
			}
			if (request.url === '/redirect') return response.writeHead(307, { location: '/elsewhere' }).end();
			const call: Call = { method: request.method ?? '', headers: request.headers, query: {}, body };
			kinds.push(receive(call, platforms[sender], secrets, receivingHost(Date.now)).kind);
			return response.end('{}');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
	const { port } = server.address() as AddressInfo;
	return {
		address: `http://127.0.0.1:${port}/ad-leads`,
		kinds,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
};

test.each(senders)('send-as %s plays a call that is taken for genuine', async (sender) => {
	const { address, kinds, close } = await startLeadForm(sender);
	const { code, printed } = await run('send-as', sender, address, '--secret', secret);
	await close();
	expect([code, printed, kinds]).toEqual([0, '200 {}', ['submission']]);
});

test.each([
	['another machine', ['send-as', 'googleAds', 'https://example.com/ad-leads']],
	['an unknown platform', ['send-as', 'nobody', 'http://localhost:1/']],
	['nothing', ['send-as']],
])('%s is refused with the usage', async (_what, args) => {
	const { code, printed } = await run(...args);
	expect([code, printed]).toEqual([1, expect.stringContaining('Usage: icloud-ready-sandbox send-as') as string]);
});

describe('"Send as…" on the page', () => {
	afterEach(stopAll);
	const post = async (origin: string, given: unknown, headers: Readonly<Record<string, string>> = {}) =>
		await fetch(`${origin}/send-as`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers },
			body: JSON.stringify(given),
		});

	test.each(senders)('%s: the call is taken for genuine, and the answer is told', async (sender) => {
		const { origin } = await start();
		const { address, kinds, close } = await startLeadForm(sender);
		const answer = await post(origin, { sender, address, secret });
		await close();
		expect([answer.status, await answer.json(), kinds]).toEqual([
			200,
			{ kind: 'answered', status: 200, text: '{}' },
			['submission'],
		]);
	});

	test('a redirect is told and not followed, and where nothing answers that is told', async () => {
		const { origin } = await start();
		const { address, kinds, close } = await startLeadForm('any');
		const redirected = await post(origin, { sender: 'any', address: new URL('/redirect', address).href, secret });
		await close();
		expect([await redirected.json(), kinds]).toEqual([{ kind: 'answered', status: 307, text: '' }, []]);
		expect(await (await post(origin, { sender: 'any', address, secret })).json()).toEqual({ kind: 'unreached' });
	});

	test.each([
		['another machine', { sender: 'any', address: 'https://example.com/', secret }],
		['a name that only looks like this machine', { sender: 'any', address: 'http://127.0.0.1.example.com/', secret }],
		['a file', { sender: 'any', address: 'file://localhost/etc/passwd', secret }],
		['an unknown platform', { sender: 'nobody', address: 'http://127.0.0.1:1/', secret }],
		['no object', 'text'],
	])('%s is refused', async (_what, given) => {
		const { origin } = await start();
		const answer = await post(origin, given);
		expect([answer.status, await answer.json()]).toEqual([400, { kind: 'refused' }]);
	});

	test('a page of elsewhere cannot use it, nor is it there where others reach the sandbox', async () => {
		const { origin } = await start();
		const given = { sender: 'any', address: `${origin}/`, secret };
		expect((await post(origin, given, { 'content-type': 'text/plain' })).status).toBe(403);
		const open = await start({ host: '0.0.0.0' });
		const local = open.origin.replace('0.0.0.0', '127.0.0.1');
		expect((await post(local, given)).status).toBe(403);
		expect(await (await fetch(local)).text()).not.toContain('send-as-form');
	});

	test('in English and in Arabic, with every platform', async () => {
		const { origin } = await start();
		for (const [language, accepted] of [
			['en', 'en-US,en;q=0.9,ar;q=0.8'],
			['ar', 'ar-EG,ar;q=0.9'],
		] as const) {
			const text = await (await fetch(origin, { headers: { 'accept-language': accepted } })).text();
			expect(text).toContain(`<details id="send-as" lang="${language}"`);
			for (const sender of senders)
				expect(text).toContain(`<option value="${sender}">${sendAsWords[language].senders[sender]}</option>`);
		}
	});
});
