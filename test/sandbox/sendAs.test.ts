import { type Call, platforms, receive } from '../../packages/core/src';
import { runCli } from '../../packages/sandbox/src/cli';
import { senders } from '../../packages/sandbox/src/senders/submissions';
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

test.each(senders)('send-as %s plays a call that is taken for genuine', async (sender) => {
	const kinds: string[] = [];
	const server = createServer((request, response) => {
		void bytesOf(request).then((body) => {
			const call: Call = { method: request.method ?? '', headers: request.headers, query: {}, body };
			kinds.push(receive(call, platforms[sender], secrets, receivingHost(Date.now)).kind);
			response.end('{}');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
	const { port } = server.address() as AddressInfo;
	const { code, printed } = await run('send-as', sender, `http://127.0.0.1:${port}/ad-leads`, '--secret', secret);
	await new Promise((resolve) => server.close(resolve));
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
