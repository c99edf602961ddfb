import type { Call, SandboxOptions } from '../../packages/sandbox/src';
import { goodHeaders, post, read, start, stopAll, withEmail } from './calling';
import { guideNowMs, guideOrganization, guideRequest, guideResponse } from './guide';
import { once } from 'node:events';
import { connect } from 'node:net';

afterEach(stopAll);

const isCut = async (call: Promise<unknown>): Promise<boolean> =>
	call.then(
		() => false,
		() => true,
	);

/** Every path in a value, in order: what makes one shape the same as another. */
const paths = (value: unknown, prefix = ''): string[] =>
	typeof value === 'object' && value !== null && !Array.isArray(value)
		? Object.entries(value).flatMap(([name, inner]) => paths(inner, `${prefix}.${name}`))
		: [prefix];

describe('a created lead', () => {
	it('is answered as in the guide, letter for letter but for ids', async () => {
		const sandbox = await start({ now: () => guideNowMs });
		const { status, json, headers } = await post(sandbox);
		expect(status).toBe(201);
		expect(headers.get('content-type')).toMatch(/^application\/json/);
		const lead = json as typeof guideResponse;
		expect(lead).toEqual({ ...guideResponse, _id: lead._id, uid: lead.uid, createdBy: lead.createdBy });
		expect(paths(lead)).toEqual(paths(guideResponse));
		expect([lead._id, lead.createdBy]).toEqual([
			expect.stringMatching(/^[0-9a-f]{24}$/),
			expect.stringMatching(/^[0-9a-f]{24}$/),
		]);
		expect(lead.uid).toMatch(/^[A-Z0-9]{12}$/);
	});

	it('has every property when only what is required was sent', async () => {
		const { json } = await post(await start(), { leadInformation: { firstName: 'Ahmed', phone: '+201001234567' } });
		expect(paths(json)).toEqual(paths(guideResponse));
		expect(json).toMatchObject({
			tags: [],
			interests: [],
			additionalPhones: [],
			dealSize: null,
			leadInformation: { address: { city: null } },
		});
	});

	it('has its own number and ids', async () => {
		const sandbox = await start();
		await Promise.all(Array.from({ length: 20 }, () => post(sandbox)));
		expect(sandbox.leads.map(({ leadNumber }) => leadNumber)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
		for (const name of ['_id', 'uid'] as const) expect(new Set(sandbox.leads.map((lead) => lead[name])).size).toBe(20);
		expect(sandbox.leadCount).toBe(20);
	});
});

describe('calls that are no lead', () => {
	const rows: [name: string, method: string, path: string, status: number, allow: string | null][] = [
		['a wrong path', 'POST', '/api/v2/lead', 404, null],
		['the path twice', 'POST', '/api/v2/api/v2/leads', 404, null],
		['a path without the base', 'POST', '/leads', 404, null],
		['a wrong method', 'GET', '/api/v2/leads', 405, 'POST'],
		['another wrong method', 'PUT', '/api/v2/leads', 405, 'POST'],
	];
	it.each(rows)('%s', async (_, method, path, status, allow) => {
		const sandbox = await start();
		const reply = await read(await fetch(sandbox.origin + path, { method, headers: goodHeaders }));
		expect(reply.status).toBe(status);
		expect(reply.json).toMatchObject({ statusCode: status });
		expect(reply.headers.get('allow')).toBe(allow);
		expect(sandbox.calls).toMatchObject([{ method, path, status, key: 'sandbox-key' }]);
		expect(sandbox.leads).toEqual([]);
	});

	const longText = 'x'.repeat(1024 * 1024);
	it('a body over 1 MB, with its length', async () => {
		const sandbox = await start();
		const { status } = await post(sandbox, { ...guideRequest, customField: longText });
		expect([status, sandbox.calls[0]?.status, sandbox.leads.length]).toEqual([413, 413, 0]);
	});

	it('a body over 1 MB, in pieces', async () => {
		const sandbox = await start();
		const body = new Blob([JSON.stringify({ ...guideRequest, customField: longText })]).stream();
		const { status } = await post(sandbox, '', {}, { body, duplex: 'half' } as RequestInit);
		expect([status, sandbox.leads.length]).toEqual([413, 0]);
	});

	it('but a body in pieces that fits is a lead', async () => {
		const body = new Blob([JSON.stringify(guideRequest)]).stream();
		expect((await post(await start(), '', {}, { body, duplex: 'half' } as RequestInit)).status).toBe(201);
	});

	it('a caller that goes away while it is sending', async () => {
		const sandbox = await start();
		const socket = connect(Number(new URL(sandbox.origin).port), '127.0.0.1');
		socket.write('POST /api/v2/leads HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{"lead');
		await once(socket, 'connect');
		socket.destroy();
		expect((await post(sandbox)).status).toBe(201);
		expect(sandbox.calls).toHaveLength(1);
	});
});

it('lets the limited key create two leads a second', async () => {
	let nowMs = 0;
	const sandbox = await start({ now: () => nowMs });
	const statuses = async (count: number): Promise<number[]> => {
		const replies = [];
		for (let at = 0; at < count; at += 1)
			replies.push(await post(sandbox, guideRequest, { 'x-api-key': 'limited-key' }));
		return replies.map(({ status }) => status);
	};
	expect(await statuses(3)).toEqual([201, 201, 429]);
	expect((await post(sandbox, guideRequest, { 'x-api-key': 'limited-key' })).headers.get('retry-after')).toBe('1');
	nowMs = 1000;
	expect(await statuses(3)).toEqual([201, 201, 429]);
	expect(sandbox.leads).toHaveLength(4);
});

describe('scenarios', () => {
	it.each([400, 408, 418, 422, 500, 501, 503, 599])('status-%s', async (status) => {
		const sandbox = await start();
		const reply = await post(sandbox, withEmail(`status-${status}@sandbox.test`));
		expect([reply.status, sandbox.leads.length, reply.headers.get('retry-after')]).toEqual([status, 0, null]);
	});

	it('lost: created, then no answer', async () => {
		const sandbox = await start();
		expect(await isCut(post(sandbox, withEmail('lost@sandbox.test')))).toBe(true);
		expect(sandbox.leads).toHaveLength(1);
		expect(sandbox.calls).toMatchObject([{ status: null, answer: null, leadNumber: 1, progress: 'cut' }]);
	});

	it('cut: no answer and nothing created', async () => {
		const sandbox = await start();
		expect(await isCut(post(sandbox, withEmail('cut@sandbox.test')))).toBe(true);
		expect(sandbox.leads).toHaveLength(0);
		expect(sandbox.calls).toMatchObject([{ status: null, leadNumber: null, progress: 'cut' }]);
	});

	it('slow: created at once, answered later', async () => {
		const waits: [ms: number, leads: number][] = [];
		const sandbox = await start({ delay: async (ms) => void waits.push([ms, sandbox.leads.length]) });
		expect((await post(sandbox, withEmail('slow-8@sandbox.test'))).status).toBe(201);
		expect(waits).toEqual([[8000, 1]]);
		expect(sandbox.calls).toMatchObject([{ status: 201, progress: 'answered' }]);
	});

	it('slow, and the caller hangs up', async () => {
		const hangUp = new AbortController();
		const untilGone: SandboxOptions['delay'] = (_, signal) =>
			new Promise((resolve) => {
				signal.addEventListener('abort', () => resolve());
				hangUp.abort();
			});
		let ended = (_: Call): void => undefined;
		const call = new Promise<Call>((resolve) => (ended = resolve));
		const sandbox = await start({ delay: untilGone, onCall: (each) => ended(each) });
		expect(await isCut(post(sandbox, withEmail('slow-120@sandbox.test'), {}, { signal: hangUp.signal }))).toBe(true);
		expect(await call).toMatchObject({ status: 201, leadNumber: 1, progress: 'gone' });
		const shown = await read(await fetch(`${sandbox.origin}/calls/1`));
		expect(shown.json).toMatchObject({
			outcome: { kind: 'unconfirmed' },
			notes: ['The caller hung up before the answer was sent.'],
		});
	});

	it('redirect: a 307 to a place that counts who comes', async () => {
		const sandbox = await start();
		const reply = await post(sandbox, withEmail('redirect@sandbox.test'));
		expect([reply.status, reply.headers.get('location')]).toEqual([307, `${sandbox.origin}/elsewhere`]);
		expect([sandbox.elsewhereHits, sandbox.leads.length]).toEqual([0, 0]);
		const followed = await post(sandbox, withEmail('redirect@sandbox.test'), {}, { redirect: 'follow' });
		expect([followed.status, sandbox.elsewhereHits, sandbox.leads.length]).toEqual([200, 1, 0]);
		expect(sandbox.calls.at(-1)).toMatchObject({ path: '/elsewhere', key: 'sandbox-key' });
	});

	it('html: a 200 that is a web page', async () => {
		const sandbox = await start();
		const reply = await post(sandbox, withEmail('html@sandbox.test'));
		expect([reply.status, reply.headers.get('content-type'), sandbox.leads.length]).toEqual([
			200,
			'text/html; charset=utf-8',
			0,
		]);
		expect(reply.text).toMatch(/^<!doctype html>/);
	});

	it('a scenario in a lead that is not valid is a 400', async () => {
		const { status, json } = await post(await start(), { leadInformation: { email: 'status-500@sandbox.test' } });
		expect([status, (json as { message: unknown }).message]).toEqual([
			400,
			['leadInformation.firstName should not be empty', 'leadInformation.phone should not be empty'],
		]);
	});
});

describe('scripted answers', () => {
	it('come in order, before any check, and then no more', async () => {
		const sandbox = await start();
		sandbox.failNext([
			{ status: 503, headers: { 'retry-after': '7' }, body: { message: 'later' } },
			{ status: 200, body: 'fine' },
		]);
		sandbox.failNext({ status: 204 });
		const replies = [];
		for (let at = 0; at < 4; at += 1)
			replies.push(await post(sandbox, guideRequest, at < 3 ? { 'x-api-key': 'mine' } : {}));
		expect(replies.map(({ status, text }) => [status, text])).toEqual([
			[503, '{"message":"later"}'],
			[200, 'fine'],
			[204, ''],
			[201, expect.any(String)],
		]);
		expect(replies[0]?.headers.get('retry-after')).toBe('7');
		expect(sandbox.leads).toHaveLength(1);
	});

	it('can be held back', async () => {
		const waits: number[] = [];
		const sandbox = await start({ delay: async (ms) => void waits.push(ms), latencyMs: 20 });
		sandbox.failNext({ status: 500, delayMs: 300 });
		await post(sandbox);
		await post(sandbox);
		expect(waits).toEqual([320, 20]);
	});

	it.each([
		['before', 0],
		['after', 1],
		['midBody', 1],
	] as const)('cut %s: %s leads', async (cut, leads) => {
		const sandbox = await start();
		sandbox.failNext({ cut });
		expect(await isCut(post(sandbox))).toBe(true);
		expect(sandbox.leads).toHaveLength(leads);
		expect(sandbox.calls).toMatchObject([{ progress: 'cut', status: cut === 'midBody' ? 201 : null }]);
	});

	it('midBody shows the status and half of the answer', async () => {
		const sandbox = await start();
		sandbox.failNext({ cut: 'midBody' });
		const response = await fetch(`${sandbox.baseUrl}/leads`, {
			method: 'POST',
			headers: goodHeaders,
			body: JSON.stringify(guideRequest),
		});
		expect(response.status).toBe(201);
		await expect(response.text()).rejects.toThrow();
	});
});

const agents: [agent: string, connection: string][] = [
	['Mozilla/5.0 (X11; Linux x86_64)', 'close'],
	['node', 'keep-alive'],
	['axios/1.7', 'keep-alive'],
];
it.each(agents)('%s: %s', async (agent, connection) => {
	// A browser repeats a call by itself when a connection it had used before is cut, so it gets a new one each time.
	const { headers } = await post(await start(), guideRequest, { 'user-agent': agent });
	expect(headers.get('connection')).toBe(connection);
});

describe('what a test can see', () => {
	it('every call as it came', async () => {
		const sandbox = await start({ now: () => guideNowMs });
		const body = JSON.stringify({ leadInformation: { firstName: 'منى', phone: '+201000000001', nickname: 'M' } });
		await post(sandbox, body);
		expect(sandbox.calls).toMatchObject([
			{
				id: 1,
				atMs: guideNowMs,
				method: 'POST',
				path: '/api/v2/leads',
				status: 201,
				key: 'sandbox-key',
				body,
				leadNumber: 1,
				headers: { organizationid: guideOrganization, 'x-api-key': 'sandbox-key' },
				unknownPaths: ['leadInformation.nickname'],
			},
		]);
	});

	it('nothing after a reset', async () => {
		const sandbox = await start();
		await post(sandbox);
		sandbox.failNext({ status: 500 });
		sandbox.reset();
		expect([sandbox.calls, sandbox.leads, sandbox.leadCount]).toEqual([[], [], 0]);
		expect((await post(sandbox)).json).toMatchObject({ leadNumber: 1 });
	});

	it('an address of its own, and none after it is closed', async () => {
		const sandbox = await start();
		expect(sandbox.baseUrl).toBe(`${sandbox.origin}/api/v2`);
		expect(sandbox.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
		await sandbox.close();
		expect(await isCut(post(sandbox))).toBe(true);
	});
});
