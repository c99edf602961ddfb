import { genuineCall, challengeOf } from '../../packages/sandbox/src/senders/genuineCall';
import { submissions } from '../../packages/sandbox/src/senders/submissions';
import { useOwnUserFolder, useSandbox } from './flow';
import { startReceiving } from './receiving';

const sandbox = useSandbox();
useOwnUserFolder();

const mona = { firstName: 'Mona', lastName: 'Ali', phone: '+201001234567' };
const person = (number: number): Record<string, string> => ({
	first_name: `Mona ${number}`,
	phone: `+2010012345${String(number).padStart(2, '0')}`,
});
const list = [person(1), person(2), person(3)];

describe('whenSafe', () => {
	test('a lead that was created is answered by 200, and a repeat gets it again without a second lead', async () => {
		const { post, heard } = await startReceiving(sandbox().baseUrl);
		const first = await post(person(1));
		expect([first.status, await first.json()]).toEqual([200, { received: true, outcomes: ['created'] }]);
		expect((await post(person(1))).status).toBe(200);
		expect(sandbox().leadCount).toBe(1);
		expect(heard('created')).toHaveLength(1);
		expect(heard('created')[0]).toMatchObject({
			submission: { platform: 'any', id: expect.stringMatching(/^body:/) as string },
		});
		expect(heard('created')[0]).not.toHaveProperty('_icloudReadyCall');
		expect(JSON.stringify(sandbox().leads)).not.toMatch(/submission|body:/);
	});

	test('repeats at the same time wait for the first one', async () => {
		const { post } = await startReceiving(sandbox().baseUrl);
		const answers = await Promise.all(Array.from({ length: 20 }, async () => (await post(person(1))).status));
		expect(answers).toEqual(Array(20).fill(200));
		expect(sandbox().leadCount).toBe(1);
	});

	test('an expired key is answered by 503 with Retry-After, and the repeat after it was mended creates the lead once', async () => {
		const refused = await startReceiving(sandbox().baseUrl, { key: 'expired-key' });
		const answer = await refused.post(person(1));
		expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30']);
		expect(await answer.json()).toMatchObject({ received: false, message: 'The lead was not created.' });
		const { helper } = await import('./flow');
		await helper.unload();
		const mended = await startReceiving(sandbox().baseUrl);
		expect((await mended.post(person(1))).status).toBe(200);
		expect((await mended.post(person(1))).status).toBe(200);
		expect(sandbox().leadCount).toBe(1);
	});

	test('with an outbox a refused key is answered by 200, since the lead is on disk', async () => {
		const { post } = await startReceiving(sandbox().baseUrl, { key: 'expired-key', account: { outbox: 'disk' } });
		expect((await post(person(1))).status).toBe(200);
	});

	test('an invalid lead and what holds none are answered by 200: a repeat mends neither', async () => {
		const { post, heard } = await startReceiving(sandbox().baseUrl);
		expect((await post({ name: 'Mona', phone: '12' })).status).toBe(200);
		expect((await post({ messaging_product: 'whatsapp', statuses: [{}] })).status).toBe(200);
		expect(heard('rest')).toHaveLength(1);
		expect(sandbox().leadCount).toBe(0);
	});

	test('a list of which a part failed asks for a repeat, which creates that part alone', async () => {
		const { post } = await startReceiving(sandbox().baseUrl, { account: { maxTries: 1 } });
		const both = [person(1), { ...person(2), email: 'busy@sandbox.test' }];
		const before = await post(both);
		expect(before.status).toBe(sandbox().leadCount === 1 ? 503 : 200);
		await post(both);
		const phones = sandbox().leads.map(({ leadInformation }) => (leadInformation as { phone: string }).phone);
		expect(new Set(phones).size).toBe(phones.length);
	});

	test.each(['allow', 'run', 'always'])(
		'a platform that sends a lead again, in a call with others: no second lead (duplicates: %s)',
		async (duplicates) => {
			const { post, heard } = await startReceiving(sandbox().baseUrl, {
				lead: { duplicates, duplicateKey: 'submission' },
			});
			const lead = (number: number, id = number): object => ({
				id: `90000000000000${id}`,
				created_time: '2026-11-05T09:00:00+0000',
				field_data: Object.entries(person(number)).map(([name, value]) => ({ name, values: [value] })),
			});
			expect((await post(lead(1))).status).toBe(200);
			expect((await post({ data: [lead(2), lead(1)] })).status).toBe(200);
			expect([sandbox().leadCount, heard('rest').length]).toEqual([2, 1]);
			// The same person, who filled in a form once more.
			expect((await post({ data: [lead(1, 3)] })).status).toBe(200);
			expect(sandbox().leadCount).toBe(3);
		},
	);

	test('nothing wired, and nothing that takes it: 503 in words', async () => {
		const unwired = await startReceiving(sandbox().baseUrl, { form: { wires: [[]] } });
		const answer = await unwired.post(person(1), {
			headers: { 'content-type': 'application/json', 'accept-language': 'ar' },
		});
		expect(answer.status).toBe(503);
		expect(await answer.text()).toMatch(/لم تستلم/);
	});
});

const ways: readonly (readonly [
	name: string,
	body: unknown,
	leads: number,
	first: string,
	between: readonly Record<string, unknown>[],
])[] = [
	[
		'change',
		person(1),
		1,
		'change',
		[
			{
				id: 'change',
				type: 'change',
				rules: [{ t: 'set', p: 'topic', pt: 'msg', to: 'x', tot: 'str' }],
				wires: [['lead']],
			},
		],
	],
	[
		'a function that returns the message',
		person(1),
		1,
		'fn',
		[{ id: 'fn', type: 'function', func: 'return msg;', outputs: 1, wires: [['lead']] }],
	],
	[
		'a function that returns a new object',
		person(1),
		1,
		'fn',
		[{ id: 'fn', type: 'function', func: 'return { payload: msg.payload };', outputs: 1, wires: [['lead']] }],
	],
	[
		'a function that sends later',
		person(1),
		1,
		'fn',
		[
			{
				id: 'fn',
				type: 'function',
				func: 'setTimeout(() => { node.send({ payload: msg.payload }); node.done(); }, 20);',
				outputs: 1,
				wires: [['lead']],
			},
		],
	],
	[
		'a switch',
		person(1),
		1,
		'switch',
		[
			{
				id: 'switch',
				type: 'switch',
				property: 'payload.phone',
				propertyType: 'msg',
				rules: [{ t: 'nempty' }, { t: 'else' }],
				checkall: 'false',
				outputs: 2,
				wires: [['lead'], []],
			},
		],
	],
	[
		'a delay',
		person(1),
		1,
		'delay',
		[
			{
				id: 'delay',
				type: 'delay',
				pauseType: 'delay',
				timeout: '20',
				timeoutUnits: 'milliseconds',
				rate: '1',
				nbRateUnits: '1',
				rateUnits: 'second',
				randomFirst: '1',
				randomLast: '5',
				randomUnits: 'seconds',
				drop: false,
				allowrate: false,
				outputs: 1,
				wires: [['lead']],
			},
		],
	],
	[
		'split',
		list,
		3,
		'split',
		[
			{
				id: 'split',
				type: 'split',
				splt: '\\n',
				spltType: 'str',
				arraySplt: 1,
				arraySpltType: 'len',
				stream: false,
				addname: '',
				property: 'payload',
				wires: [['lead']],
			},
		],
	],
	[
		'split and join',
		list,
		3,
		'split',
		[
			{
				id: 'split',
				type: 'split',
				splt: '\\n',
				spltType: 'str',
				arraySplt: 1,
				arraySpltType: 'len',
				stream: false,
				addname: '',
				property: 'payload',
				wires: [['join']],
			},
			{
				id: 'join',
				type: 'join',
				mode: 'auto',
				build: 'object',
				property: 'payload',
				propertyType: 'msg',
				key: 'topic',
				joiner: '\\n',
				joinerType: 'str',
				accumulate: false,
				timeout: '',
				count: '',
				reduceRight: false,
				wires: [['lead']],
			},
		],
	],
	[
		'link call',
		person(1),
		1,
		'call',
		[
			{ id: 'call', type: 'link call', links: ['linkin'], linkType: 'static', timeout: '30', wires: [['lead']] },
			{ id: 'linkin', type: 'link in', links: [], wires: [['called']] },
			{
				id: 'called',
				type: 'function',
				func: 'return { payload: msg.payload, _linkSource: msg._linkSource };',
				outputs: 1,
				wires: [['linkout']],
			},
			{ id: 'linkout', type: 'link out', mode: 'return', links: [], wires: [] },
		],
	],
	[
		'a subflow',
		person(1),
		1,
		'sub',
		[
			{
				id: 'flow',
				type: 'subflow',
				name: 'sub',
				in: [{ wires: [{ id: 'inside' }] }],
				out: [{ wires: [{ id: 'inside', port: 0 }] }],
			},
			{
				id: 'inside',
				z: 'flow',
				x: 1,
				y: 1,
				type: 'function',
				func: 'return { payload: msg.payload };',
				outputs: 1,
				wires: [[]],
			},
			{ id: 'sub', type: 'subflow:flow', wires: [['lead']] },
		],
	],
	[
		'a Catch node that takes what failed',
		person(1),
		1,
		'fn',
		[
			{ id: 'fn', type: 'function', func: 'throw new Error("broken")', outputs: 1, wires: [['nowhere']] },
			{ id: 'nowhere', type: 'helper', wires: [] },
			{ id: 'catch', type: 'catch', scope: ['fn'], wires: [['lead']] },
		],
	],
	[
		'a wire to two nodes, of which one ends there',
		person(1),
		1,
		'fn',
		[
			{ id: 'fn', type: 'function', func: 'return msg;', outputs: 1, wires: [['aside', 'lead']] },
			{ id: 'aside', type: 'helper', wires: [] },
		],
	],
];

describe('through a flow', () => {
	test.each(ways)('%s: answered when all of it is safe', async (_name, body, leads, first, between) => {
		const { post } = await startReceiving(sandbox().baseUrl, { first, between });
		expect((await post(body)).status).toBe(200);
		expect(sandbox().leadCount).toBe(leads);
		expect((await post(body)).status).toBe(200);
		expect(sandbox().leadCount).toBe(leads);
	});

	test('join settles every call that it merged', async () => {
		const join = {
			id: 'join',
			type: 'join',
			mode: 'custom',
			build: 'array',
			property: 'payload',
			propertyType: 'msg',
			count: '3',
			joiner: '',
			joinerType: 'str',
			accumulate: false,
			timeout: '',
			key: 'topic',
			reduceRight: false,
			wires: [['lead']],
		};
		const { post } = await startReceiving(sandbox().baseUrl, { first: 'join', between: [join] });
		expect(await Promise.all(list.map(async (each) => (await post(each)).status))).toEqual([200, 200, 200]);
		expect(sandbox().leadCount).toBe(3);
	});

	test.each<[name: string, nodes: readonly Record<string, unknown>[]]>([
		[
			'a function that keeps a message',
			[
				{
					id: 'fn',
					type: 'function',
					func: 'if (msg.parts.index === 1) { context.kept = msg; return; } return msg;',
					outputs: 1,
					wires: [['lead']],
				},
			],
		],
		[
			'a trigger',
			[
				{
					id: 'fn',
					type: 'trigger',
					op1: '',
					op2: '',
					op1type: 'pay',
					op2type: 'nul',
					duration: '20',
					extend: 'false',
					overrideDelay: false,
					units: 'ms',
					reset: '',
					bytopic: 'all',
					topic: 'topic',
					outputs: 1,
					wires: [['lead']],
				},
			],
		],
	])('%s is out of sight: 503, and the repeat doubles nothing', async (_name, nodes) => {
		const split = {
			id: 'split',
			type: 'split',
			splt: '\\n',
			spltType: 'str',
			arraySplt: 1,
			arraySpltType: 'len',
			stream: false,
			addname: '',
			property: 'payload',
			wires: [['fn']],
		};
		const { post } = await startReceiving(sandbox().baseUrl, {
			first: 'split',
			between: [split, ...nodes],
			form: { answerSeconds: 2 },
		});
		const answer = await post(list);
		expect(answer.status).toBe(503);
		expect(await answer.json()).toMatchObject({
			message: expect.stringMatching(/could not be followed|No create lead/) as string,
		});
		const created = sandbox().leadCount;
		await post(list);
		expect(sandbox().leadCount).toBe(created);
	});

	test('an http response node in the flow ends the call, so that a flow may filter', async () => {
		const between = [
			{
				id: 'switch',
				type: 'switch',
				property: 'payload.test',
				propertyType: 'msg',
				rules: [{ t: 'true' }, { t: 'else' }],
				checkall: 'false',
				outputs: 2,
				wires: [['answer'], ['lead']],
			},
			{ id: 'answer', type: 'http response', statusCode: '202', headers: {}, wires: [] },
		];
		const { post } = await startReceiving(sandbox().baseUrl, { first: 'switch', between });
		expect((await post({ ...person(1), test: true })).status).toBe(202);
		expect((await post({ ...person(2), test: false })).status).toBe(200);
		expect(sandbox().leadCount).toBe(1);
	});

	test('an answer that comes after the first is dropped without an error', async () => {
		const between = [
			{
				id: 'later',
				type: 'delay',
				pauseType: 'delay',
				timeout: '100',
				timeoutUnits: 'milliseconds',
				rate: '1',
				nbRateUnits: '1',
				rateUnits: 'second',
				randomFirst: '1',
				randomLast: '5',
				randomUnits: 'seconds',
				drop: false,
				allowrate: false,
				outputs: 1,
				wires: [['answer']],
			},
			{ id: 'answer', type: 'http response', statusCode: '500', headers: {}, wires: [['none']] },
		];
		const { post, logged } = await startReceiving(sandbox().baseUrl, {
			between,
			lead: { wires: [['created', 'later'], ['rest']] },
		});
		expect((await post(person(1))).status).toBe(200);
		await new Promise((resolve) => setTimeout(resolve, 200));
		expect(logged().join('\n')).not.toMatch(/header|sent/i);
	});
});

describe('other answers', () => {
	test('atOnce answers before the flow, and a repeat makes no second lead', async () => {
		const { post } = await startReceiving(sandbox().baseUrl, { form: { answer: 'atOnce' } });
		expect((await post(person(1))).status).toBe(200);
		expect((await post(person(1))).status).toBe(200);
		while (sandbox().leadCount === 0) await new Promise((resolve) => setImmediate(resolve));
		expect(sandbox().leadCount).toBe(1);
	});

	test('atOnce: of the same call twenty times at once, one goes on', async () => {
		const { post, heard } = await startReceiving(sandbox().baseUrl, { form: { answer: 'atOnce' } });
		const answers = await Promise.all(Array.from({ length: 20 }, async () => (await post(person(1))).status));
		expect(answers).toEqual(Array(20).fill(200));
		// What comes after them has gone through the same steps, so that a second lead would be there by then.
		expect((await post(person(2))).status).toBe(200);
		while (heard('created').length < 2) await new Promise((resolve) => setImmediate(resolve));
		expect(sandbox().leadCount).toBe(2);
	});

	test('byNode leaves the answer to an http response node', async () => {
		const { post } = await startReceiving(sandbox().baseUrl, {
			form: { answer: 'byNode' },
			between: [{ id: 'answer', type: 'http response', statusCode: '201', headers: {}, wires: [] }],
			lead: { wires: [['created', 'answer'], ['rest']] },
		});
		const answer = await post(person(1));
		expect([answer.status, Object.keys((await answer.json()) as object)]).toEqual([
			201,
			expect.arrayContaining(['_id']) as unknown,
		]);
		expect((await post(person(1))).status).toBe(200);
		expect(sandbox().leadCount).toBe(1);
	});

	test('a page thanks, marks what is wrong and keeps what was typed, in the language of the visitor', async () => {
		const { url } = await startReceiving(sandbox().baseUrl, { form: { browser: 'page' } });
		const visit = async (fields: Record<string, string>, lang: string): Promise<readonly [number, string]> => {
			const answer = await fetch(`${url}?lang=${lang}`, {
				method: 'POST',
				headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
				body: new URLSearchParams(fields),
			});
			return [answer.status, await answer.text()];
		};
		const [empty, form] = await fetch(`${url}?lang=ar`, { headers: { accept: 'text/html' } }).then(
			async (answer) => [answer.status, await answer.text()] as const,
		);
		expect([empty, form]).toEqual([200, expect.stringMatching(/dir="rtl"[^]*name="phone"/) as string]);
		const [wrong, marked] = await visit({ firstName: '<Mona>', phone: '12', message: 'hi' }, 'en');
		expect(wrong).toBe(400);
		expect(marked).toMatch(/fix the marked fields[^]*value="&lt;Mona&gt;"[^]*name="phone"[^>]*aria-invalid/);
		expect(marked).not.toContain('iCloud-Ready');
		const [good, thanks] = await visit({ firstName: 'Mona', phone: '010 0123 4567', message: '' }, 'ar');
		expect([good, thanks]).toEqual([200, expect.stringMatching(/سنتصل بك قريبًا/) as string]);
		expect(sandbox().leadCount).toBe(1);
	});

	test('a redirect leads a browser on, and a platform gets data', async () => {
		const { url, post } = await startReceiving(sandbox().baseUrl, {
			form: { browser: 'redirect', redirect: 'https://example.com/thanks' },
		});
		const answer = await fetch(url, {
			method: 'POST',
			redirect: 'manual',
			headers: { accept: 'text/html' },
			body: new URLSearchParams({ name: 'Mona', phone: '010 0123 4567' }),
		});
		expect([answer.status, answer.headers.get('location')]).toEqual([303, 'https://example.com/thanks']);
		expect((await post(person(2))).status).toBe(200);
	});

	test('scripts of allowed sites may read the answer, and no others', async () => {
		const { url } = await startReceiving(sandbox().baseUrl, {
			form: { origins: 'https://example.com, https://www.example.com/' },
		});
		const preflight = async (origin: string): Promise<string | null> =>
			(
				await fetch(url, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } })
			).headers.get('access-control-allow-origin');
		expect(await preflight('https://www.example.com')).toBe('https://www.example.com');
		expect(await preflight('https://example.org')).toBeNull();
	});

	test.each<[status: number, init: RequestInit]>([
		[405, { method: 'PUT', body: '{}' }],
		[413, { body: JSON.stringify({ text: 'x'.repeat(5 * 1024 ** 2) }) }],
		[415, { headers: { 'content-type': 'application/xml' }, body: '<a/>' }],
		[415, { headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' }, body: '{}' }],
		[400, { body: '{"a":' }],
	])('%d in words', async (status, init) => {
		const { post, heard } = await startReceiving(sandbox().baseUrl);
		const answer = await post('', init);
		expect([answer.status, await answer.json()]).toEqual([
			status,
			{ received: false, message: expect.any(String) as string, hint: expect.any(String) as string },
		]);
		expect(heard('created')).toEqual([]);
	});
});

describe('secrets', () => {
	const secret = 'canary-secret-of-the-platform';

	test('a forged call starts no flow, and the key of Google goes into no message', async () => {
		const { post, heard } = await startReceiving(sandbox().baseUrl, {
			form: { platform: 'googleAds' },
			credentials: { secret },
		});
		const payload = submissions.googleAds(mona, 'lead-1');
		expect((await post({ ...payload, google_key: 'guessed' })).status).toBe(401);
		const genuine = genuineCall('googleAds', { payload, secret, nowMs: Date.now(), id: 'lead-1' });
		expect((await post(genuine.body, { headers: genuine.headers })).status).toBe(200);
		expect(heard('created')).toHaveLength(1);
		expect(heard('created')[0]).toMatchObject({ submission: { platform: 'googleAds', id: 'lead-1' } });
		expect(
			JSON.stringify([heard('created').map((msg) => ({ ...msg, res: undefined })), sandbox().leads]),
		).not.toContain(secret);
	});

	test('a token in the address or a header goes into no message', async () => {
		const { url, heard } = await startReceiving(sandbox().baseUrl, { credentials: { secret } });
		const answer = await fetch(`${url}?token=${secret}&campaign=x`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}`, cookie: secret },
			body: JSON.stringify(person(1)),
		});
		expect(answer.status).toBe(200);
		const [msg] = heard('created');
		expect(JSON.stringify(msg?.req)).toContain('campaign');
		expect(JSON.stringify(msg?.req)).not.toContain(secret);
	});

	test('a platform without its secret takes nothing and asks to be called again', async () => {
		const { post } = await startReceiving(sandbox().baseUrl, { form: { platform: 'typeform' } });
		expect((await post(submissions.typeform(mona, '1'))).status).toBe(503);
	});

	test("Meta's question is answered", async () => {
		const { url } = await startReceiving(sandbox().baseUrl, {
			form: { platform: 'meta' },
			credentials: { secret, verifyToken: 'known' },
		});
		const challenge = challengeOf('meta', { verifyToken: 'known', secret, asked: '4711' });
		expect(await (await fetch(url + (challenge?.call.query ?? ''))).text()).toBe('4711');
		expect((await fetch(`${url}?hub.mode=subscribe&hub.verify_token=guessed&hub.challenge=1`)).status).toBe(403);
	});
});
