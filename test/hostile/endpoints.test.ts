import { type Sandbox, startSandbox } from '../../packages/sandbox/src';
import { bodiesOf } from '../fixtures/hostile';
import { helper, startFlow, stopFlow } from '../node-red/flow';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
	await new Promise<void>((resolve) => helper.startServer(() => resolve()));
	await startFlow(sandbox.baseUrl);
});
afterAll(async () => {
	await stopFlow();
	await sandbox.close();
	await new Promise<void>((resolve) => helper.stopServer(() => resolve()));
});

test.each(bodiesOf(10))('the preview: %s gets an answer', async (_name, text) => {
	const { status } = await helper
		.request()
		.post('/icloud-ready/create-lead/preview')
		.send({ text, settings: { input: 'form' } });
	// 413: longer than Node-RED itself takes.
	expect([200, 413]).toContain(status);
});

test.each(bodiesOf(11))('the connection test: %s as each of its values gets words', async (_name, text) => {
	for (const name of ['baseUrl', 'organizationId', 'apiKey', 'id', 'tls', 'timeoutSeconds']) {
		const { status, body } = await helper
			.request()
			.post('/icloud-ready/account/test')
			.send({
				baseUrl: 'http://127.0.0.1:9',
				organizationId: 'o',
				apiKey: 'k-typed',
				timeoutSeconds: 1,
				[name]: text.slice(0, 90_000),
			});
		expect([status, body.ok, typeof body.message]).toEqual([200, false, 'string']);
		expect(String(body.message).length).toBeLessThan(100_000);
	}
});

test.each(bodiesOf(12))('the sandbox: %s gets an answer, and its page goes on', async (_name, text) => {
	const answer = await fetch(`${sandbox.baseUrl}/leads`, {
		method: 'POST',
		headers: { 'x-api-key': 'sandbox-key', organizationId: 'o', 'content-type': 'application/json' },
		body: text,
	});
	expect([201, 400, 413]).toContain(answer.status);
	await answer.text();
	for (const path of ['/rows.json', '/calls.json?limit=1', '/']) {
		const page = await fetch(sandbox.origin + path);
		expect(page.status).toBe(200);
		// What is not read keeps its connection, and with it the process.
		await page.text();
	}
});

test('HTML in a lead is data on the page: no script of it can run', async () => {
	const page = await fetch(sandbox.origin);
	const markup = await page.text();
	expect(markup).not.toContain('onerror=');
	const policy = page.headers.get('content-security-policy') ?? '';
	expect(policy).toContain("default-src 'none'");
	expect(policy).toContain("script-src 'self'");
	expect(policy).not.toMatch(/unsafe|\*|data:|https?:/);
	for (const [, attributes] of markup.matchAll(/<script([^>]*)>/g))
		expect(attributes).toMatch(/src="\/page\.js"|type="application\/json"/);
	const rows = await fetch(`${sandbox.origin}/rows.json`);
	expect(rows.headers.get('content-type')).toContain('application/json');
	expect(rows.headers.get('x-content-type-options')).toBe('nosniff');
	// The page's script writes texts only; what would read them as markup is not in it.
	expect(await (await fetch(`${sandbox.origin}/page.js`)).text()).not.toMatch(
		/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/,
	);
});
