import type { Sandbox } from '../../packages/sandbox/src';
import { scenarioEmails, scenarioKeys } from '../../packages/sandbox/src/scenarios';
import type { Detail, Row } from '../../packages/sandbox/src/view';
import { post, read, start, stopAll, withEmail } from './calling';
import { guideRequest } from './guide';
import { fields, outcomeKinds } from '@icloud-ready/core';
import { get, type IncomingMessage } from 'node:http';

afterEach(stopAll);

const page = async (sandbox: Sandbox, path: string) => read(await fetch(sandbox.origin + path));
const calls = async (sandbox: Sandbox): Promise<Detail[]> => (await page(sandbox, '/calls.json')).json as Detail[];

describe('the page', () => {
	it('offers every key and scenario to copy, and the base URL', async () => {
		const sandbox = await start();
		const { text } = await page(sandbox, '/');
		for (const offered of [
			sandbox.baseUrl,
			...scenarioKeys.map(({ key }) => key),
			...scenarioEmails.map(({ email }) => email),
		]) {
			expect(text).toContain(`data-copy="${offered}"`);
		}
	});

	it('counts by every outcome that an answer can have', async () => {
		const { text } = await page(await start(), '/');
		const counted = [...text.matchAll(/data-kind="(\w+)"/g)].map(([, kind]) => kind);
		expect(counted).toEqual(outcomeKinds.map(({ kind }) => kind).filter((kind) => kind !== 'duplicate'));
	});

	it.each([
		['/?lang=ar', 'en', 'ar', 'rtl'],
		['/', 'ar-EG,ar;q=0.9', 'ar', 'rtl'],
		['/?lang=en', 'ar', 'en', 'ltr'],
	])('%s for a browser of %s is in %s', async (path, accepted, language, direction) => {
		const sandbox = await start();
		const { text } = await read(await fetch(sandbox.origin + path, { headers: { 'accept-language': accepted } }));
		expect(text).toContain(`<html lang="${language}" dir="${direction}">`);
		expect(text).toContain(`href="/?lang=${language === 'ar' ? 'en' : 'ar'}"`);
		for (const { label, labelAr, kind } of outcomeKinds)
			if (kind !== 'duplicate') expect(text).toContain(`<span>${language === 'ar' ? labelAr : label}</span>`);
	});

	it('tells of a call in Arabic too', async () => {
		const sandbox = await start();
		await post(sandbox, { leadInformation: { firstName: 'Mona', phone: '+201001234567' } });
		const { json } = await page(sandbox, '/calls/1?lang=ar');
		const detail = json as Detail;
		expect(detail).toMatchObject({ outcome: { label: 'تم التسجيل' }, message: 'تم تسجيل العميل رقم 1.' });
		expect(detail.fields.map(({ label }) => label)).toEqual(['الاسم الأول', 'رقم الهاتف']);
	});

	const ask = async (sandbox: Sandbox, path: string, type = 'application/json') =>
		(await fetch(sandbox.origin + path, { method: 'POST', headers: { 'content-type': type }, body: '{}' })).status;

	it('sends a call again with its own key, and forgets all when asked', async () => {
		const sandbox = await start();
		await post(
			sandbox,
			{ leadInformation: { firstName: 'Mona', phone: '+201001234567' } },
			{ 'x-api-key': 'expired-key' },
		);
		expect(await ask(sandbox, '/calls/1/again', 'text/plain')).toBe(403);
		expect(await ask(sandbox, '/calls/2/again')).toBe(404);
		expect(await ask(sandbox, '/calls/1/again')).toBe(200);
		while (sandbox.calls.length < 2) await new Promise((resolve) => setImmediate(resolve));
		expect(sandbox.calls.map(({ key, body }) => [key, body])[1]).toEqual(
			sandbox.calls.map(({ key, body }) => [key, body])[0],
		);
		expect(await ask(sandbox, '/clear', 'text/plain')).toBe(403);
		expect(await ask(sandbox, '/clear')).toBe(200);
		expect([sandbox.calls.length, sandbox.leads.length]).toEqual([0, 0]);
	});

	it('lets nothing in from elsewhere', async () => {
		const { headers, text } = await page(await start(), '/');
		expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
		expect(text).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
		expect(text).not.toMatch(/ on\w+=|style=/);
	});

	it.each([
		['/page.css', 'text/css'],
		['/page.js', 'text/javascript'],
		['/icon.svg', 'image/svg+xml'],
	])('serves %s', async (path, type) => {
		const { status, headers, text } = await page(await start(), path);
		expect([status, headers.get('content-type')]).toEqual([200, `${type}; charset=utf-8`]);
		expect(text.length).toBeGreaterThan(200);
	});

	it('sends samples that the API accepts', async () => {
		const sandbox = await start();
		const { text } = await page(sandbox, '/');
		const samples = JSON.parse(/<script id="samples"[^>]*>(.*?)<\/script>/s.exec(text)?.[1] ?? '') as unknown[];
		expect(samples).toHaveLength(4);
		for (const sample of samples) expect((await post(sandbox, sample)).status).toBe(201);
	});

	it('refuses other methods and is no call', async () => {
		const sandbox = await start();
		expect((await fetch(sandbox.origin, { method: 'POST' })).status).toBe(405);
		await page(sandbox, '/favicon.ico');
		expect(sandbox.calls).toEqual([]);
	});
});

/** A GET with a Host header of one's own, which fetch does not allow. */
const getAs = (sandbox: Sandbox, path: string, host: string): Promise<number | undefined> =>
	new Promise((resolve, reject) => {
		get(sandbox.origin + path, { headers: { host } }, (answer: IncomingMessage) => {
			resolve(answer.statusCode);
			answer.destroy();
		}).on('error', reject);
	});

describe('a web site that was made to point at this machine', () => {
	it.each(['/', '/leads.json', '/calls.json', '/rows.json', '/events'])('cannot read %s', async (path) => {
		const sandbox = await start();
		expect(await getAs(sandbox, path, 'evil.example:4010')).toBe(403);
		expect(await getAs(sandbox, path, 'localhost:4010')).toBe(200);
	});
});

describe('lists', () => {
	it('leads.json holds full bodies, newest first', async () => {
		const sandbox = await start();
		const answers = [(await post(sandbox)).json, (await post(sandbox)).json];
		expect((await page(sandbox, '/leads.json')).json).toEqual(answers.reverse());
	});

	it('calls.json shows what was sent and answered, in the words of the core', async () => {
		const sandbox = await start();
		await post(sandbox, { leadInformation: { firstName: 'Ahmed' } });
		await post(sandbox);
		expect(await calls(sandbox)).toMatchObject([
			{
				id: '2',
				called: 'POST /api/v2/leads',
				name: 'Ahmed Soliman',
				phone: '+201001234567',
				source: 'facebook_ads',
				status: 201,
				leadNumber: 1,
				outcome: { kind: 'created', label: 'Created' },
				message: 'Lead 1 was created.',
				hint: '',
				answer: { status: 201 },
			},
			{ id: '1', status: 400, leadNumber: null, outcome: { kind: 'invalid' }, hint: expect.stringMatching(/./) },
		]);
		expect((await page(sandbox, '/calls.json?limit=1')).json).toHaveLength(1);
	});

	it('labels come from the catalog, and lists stay lists', async () => {
		const sandbox = await start();
		await post(sandbox);
		const [call] = await calls(sandbox);
		const sent = fields.filter(({ name }) => name !== 'customField');
		expect(call?.fields.map(({ label }) => label)).toEqual(sent.map(({ label }) => label));
		expect(call?.fields.find(({ path }) => path === 'tags')?.values).toEqual(guideRequest.tags);
	});

	const outcomes: [email: string, kind: string][] = [
		['lost@sandbox.test', 'unconfirmed'],
		['cut@sandbox.test', 'unconfirmed'],
		['html@sandbox.test', 'unconfirmed'],
		['redirect@sandbox.test', 'failed'],
		['status-501@sandbox.test', 'failed'],
		['status-500@sandbox.test', 'unconfirmed'],
		['status-422@sandbox.test', 'invalid'],
		['status-429@sandbox.test', 'rateLimited'],
	];
	it.each(outcomes)('%s is shown as %s', async (email, kind) => {
		const sandbox = await start();
		await post(sandbox, withEmail(email)).catch(() => undefined);
		expect(await calls(sandbox)).toMatchObject([{ outcome: { kind }, message: expect.stringMatching(/./) }]);
	});

	it('says so when a redirect was followed with the key', async () => {
		const sandbox = await start();
		await post(sandbox, withEmail('redirect@sandbox.test'), {}, { redirect: 'follow' });
		expect((await calls(sandbox))[0]?.notes).toEqual([
			'A redirect was followed to this address, and the API key came along.',
		]);
	});

	it('one call by its number, or 404', async () => {
		const sandbox = await start();
		await post(sandbox);
		expect((await page(sandbox, '/calls/1')).json).toEqual((await calls(sandbox))[0]);
		for (const id of ['2', '0', 'lead-1', 'x']) expect((await page(sandbox, `/calls/${id}`)).status).toBe(404);
		expect(sandbox.calls).toHaveLength(1);
	});
});

describe('the key', () => {
	const secret = 'a-real-key-0123456789';
	const rows: [name: string, key: string, shown: string][] = [
		["one of the sandbox's own", 'sandbox-key', 'sand…-key'],
		['a real one, pasted by mistake', secret, '(hidden)'],
		['one that looks like JSON', '","phone":"', '(hidden)'],
	];
	it.each(rows)('%s is never shown', async (_, key, shown) => {
		const sandbox = await start();
		const stream = await openEvents(sandbox);
		const body = {
			...guideRequest,
			leadInformation: { ...guideRequest.leadInformation, firstName: key },
			customField: `key ${key}`,
		};
		await post(sandbox, body, { 'x-api-key': key, authorization: `Bearer ${key}` });
		const shownThings = [
			JSON.stringify(await calls(sandbox)),
			(await page(sandbox, '/rows.json')).text,
			(await page(sandbox, '/calls/1')).text,
			await stream.until('event: call'),
		];
		const written = JSON.stringify(key).slice(1, -1);
		for (const text of shownThings) expect(text).not.toContain(written);
		expect((await calls(sandbox))[0]?.request?.headers).toMatchObject({
			'x-api-key': shown,
			authorization: '(hidden)',
		});
		expect(sandbox.calls[0]?.key).toBe(key);
	});
});

/** The event stream as text; `until` resolves once it contains a text, with what came since the last time. */
async function openEvents(sandbox: Sandbox) {
	const response = await fetch(`${sandbox.origin}/events`);
	const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
	let text = '';
	const until = async (wanted: string): Promise<string> => {
		while (!text.includes(wanted) || !text.endsWith('\n\n')) {
			const { done, value } = (await reader?.read()) ?? { done: true, value: '' };
			if (done) throw new Error('The stream ended');
			text += value;
		}
		const came = text;
		text = '';
		return came;
	};
	return { until, response };
}

describe('the event stream', () => {
	it('greets, then tells of each call once', async () => {
		const sandbox = await start();
		const { until, response } = await openEvents(sandbox);
		expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
		await until('event: hello');
		await post(sandbox);
		const text = await until('event: call');
		expect(text.match(/event: call/g)).toHaveLength(1);
		const { row } = JSON.parse(/data: (.*)/.exec(text)?.[1] ?? '') as { row: Row };
		expect(row).toMatchObject({ id: '1', name: 'Ahmed Soliman', outcome: { kind: 'created' } });
	});

	it('tells of a slow call when it comes and when it is answered', async () => {
		let answer = (): void => undefined;
		const sandbox = await start({ delay: () => new Promise((resolve) => (answer = resolve)) });
		const { until } = await openEvents(sandbox);
		await until('event: hello');
		const call = post(sandbox, withEmail('slow-8@sandbox.test'));
		expect(await until('event: call')).toContain('"outcome":null');
		expect((await calls(sandbox))[0]).toMatchObject({
			outcome: null,
			message: '',
			notes: ['The answer is being held back.'],
		});
		answer();
		await call;
		expect(await until('event: call')).toContain('"kind":"created"');
	});

	it('tells of a reset', async () => {
		const sandbox = await start();
		const { until } = await openEvents(sandbox);
		sandbox.reset();
		expect(await until('event: reset')).toContain('event: reset');
	});
});
