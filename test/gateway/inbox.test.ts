import { outcomeKinds } from '../../packages/core/src';
import type { LeadsPage } from '../../packages/gateway/src/inbox/leadRow';
import { inboxWords } from '../../packages/gateway/src/inbox/words';
import { hostileRows } from '../fixtures/hostile';
import { type InboxWorld, openInboxWorld } from './inboxWorld';
import { createdBy, leadBody, replied } from './world';

const pageOf = async (
	world: InboxWorld,
	query: string,
	headers: Readonly<Record<string, string>> = {},
): Promise<LeadsPage> =>
	(await world.askAs(await world.cookie(), `/inbox/leads?${query}`, { headers })).json as unknown as LeadsPage;
const act = async (world: InboxWorld, body: unknown): Promise<readonly [number, unknown]> => {
	const { status, json } = await world.askAs(await world.cookie(), '/inbox/action', {
		method: 'POST',
		body: JSON.stringify(body),
	});
	return [status, json.done];
};
const only = async (world: InboxWorld, list: string): Promise<LeadsPage['leads'][number]> => {
	const [lead] = (await pageOf(world, `list=${list}`)).leads;
	if (lead === undefined) throw new Error(`No lead in ${list}.`);
	return lead;
};

/** One lead created, one without an answer, one that waits for its key. */
const openThree = async (): Promise<InboxWorld> => {
	let count = 0;
	const world = await openInboxWorld((request) =>
		++count === 1 ? createdBy(request) : count === 2 ? ({ fault: { kind: 'timeout' } } as never) : replied(401),
	);
	await world.call();
	await world.call({ body: leadBody(2) });
	await world.call({ body: leadBody(3), headers: { prefer: 'wait=0' } });
	await world.clock.settle();
	return world;
};

describe('the lists', () => {
	test('tell where leads stand, with counts and how long the oldest waits', async () => {
		const world = await openThree();
		const { counts } = await pageOf(world, 'list=waiting');
		expect(counts).toEqual({
			waiting: 1,
			unverified: 0,
			sending: 0,
			unconfirmed: 1,
			ended: 1,
			waitsSinceMs: 1_000_000,
		});
		for (const [list, name] of [
			['ended', 'Mona 1'],
			['unconfirmed', 'Mona 2'],
			['waiting', 'Mona 3'],
		] as const)
			expect(await only(world, list)).toMatchObject({ name, phone: expect.stringMatching(/^\+20/) });
	});

	test.each(['en', 'ar'] as const)(
		'%s: a lead that waits says why, one that ended what happened, in that language',
		async (language) => {
			const world = await openThree();
			const waiting = await pageOf(world, `list=waiting&lang=${language}`);
			const unconfirmed = await pageOf(world, `list=unconfirmed&lang=${language}`);
			expect(waiting.held).toEqual([{ why: 'key', text: inboxWords[language].held.key, count: 1 }]);
			expect(waiting.leads[0]?.message).toBe(inboxWords[language].held.key);
			expect(unconfirmed.leads[0]?.state).toBe(
				outcomeKinds.find(({ kind }) => kind === 'unconfirmed')?.[language === 'ar' ? 'labelAr' : 'label'],
			);
			for (const text of [unconfirmed.leads[0]?.message, unconfirmed.leads[0]?.hint, waiting.leads[0]?.notes[0]])
				expect(/[\u0600-\u06FF]/.test(text ?? '')).toBe(language === 'ar');
		},
	);

	test('are found by text, which is no part of the address', async () => {
		const world = await openThree();
		for (let number = 4; number < 7; number++)
			await world.call({ body: leadBody(number), headers: { prefer: 'wait=0' } });
		const names = async (text: string): Promise<readonly string[]> =>
			(await pageOf(world, 'list=waiting', { 'x-search': encodeURIComponent(text) })).leads.map(({ name }) => name);
		expect([await names('mona 5'), await names('+201001200006'), await names('منى')]).toEqual([
			['Mona 5'],
			['Mona 6'],
			[],
		]);
	});

	test('come in pages', async () => {
		const world = await openThree();
		for (let number = 4; number < 7; number++)
			await world.call({ body: leadBody(number), headers: { prefer: 'wait=0' } });
		const first = await pageOf(world, 'list=waiting&limit=3');
		const second = await pageOf(world, `list=waiting&limit=3&after=${encodeURIComponent(first.next ?? '')}`);
		expect([first, second].map(({ leads }) => leads.map(({ name }) => name))).toEqual([
			['Mona 6', 'Mona 5', 'Mona 4'],
			['Mona 3'],
		]);
		expect(second.next).toBeUndefined();
	});

	test('are not sent again while nothing has changed', async () => {
		const world = await openThree();
		const cookie = await world.cookie();
		const first = await world.askAs(cookie, '/inbox/leads?list=waiting');
		const headers = { 'if-none-match': first.headers.get('etag') ?? '' };
		expect((await world.askAs(cookie, '/inbox/leads?list=waiting', { headers })).status).toBe(304);
		await world.call({ body: leadBody(4), headers: { prefer: 'wait=0' } });
		expect((await world.askAs(cookie, '/inbox/leads?list=waiting', { headers })).status).toBe(200);
	});

	test.each(['', 'list=x', 'list=waiting&limit=0', 'list=waiting&limit=x', `list=waiting&after=${'x'.repeat(1001)}`])(
		'"%.30s" is not understood, in words',
		async (query) => {
			const world = await openInboxWorld();
			const { status, json } = await world.askAs(await world.cookie(), `/inbox/leads?${query}`);
			expect([status, json.message]).toEqual([400, inboxWords.en.problem.asked]);
		},
	);

	test('a store that cannot be used is told in words', async () => {
		const world = await openInboxWorld();
		const cookie = await world.cookie();
		Object.assign(world.gateway.queue, {
			list: async () => await Promise.reject(new Error('the disk is gone, and so is +201001234567')),
		});
		for (const path of ['leads', 'leads.csv'])
			expect(await world.askAs(cookie, `/inbox/${path}?list=ended`)).toMatchObject({
				status: 503,
				json: { message: inboxWords.en.problem.store },
			});
		expect(world.log.join()).not.toContain('+2010');
	});
});

describe('what a person does', () => {
	test('it arrived: the lead has ended, and whoever gave it is told', async () => {
		const world = await openThree();
		const { id, publicId } = await only(world, 'unconfirmed');
		expect([await act(world, { id, action: 'arrived' }), await act(world, { id, action: 'arrived' })]).toEqual([
			[200, true],
			[200, false],
		]);
		expect((await pageOf(world, 'list=ended')).leads[0]).toMatchObject({
			publicId,
			state: 'In iCloud-Ready',
			actions: [{ action: 'retry', question: 'exists' }],
		});
		expect((await world.call({ method: 'GET', path: `/leads/${publicId}` })).json.message).toMatch(/somebody found it/);
	});

	test('discard: it is not sent', async () => {
		const world = await openThree();
		const { id } = await only(world, 'waiting');
		const sent = world.sent.length;
		expect(await act(world, { id, action: 'discard' })).toEqual([200, true]);
		await world.clock.advance(3_600_000);
		expect([world.sent.length, (await pageOf(world, 'list=waiting')).counts.waiting]).toEqual([sent, 0]);
	});

	test('one sent again hours later does not wait since it arrived', async () => {
		let count = 0;
		const world = await openInboxWorld(() =>
			++count === 1 ? ({ fault: { kind: 'timeout' } } as never) : replied(401),
		);
		await world.call();
		await world.clock.advance(3 * 3_600_000);
		const { id } = await only(world, 'unconfirmed');
		expect(await act(world, { id, action: 'retry' })).toEqual([200, true]);
		const againAtMs = world.clock.now();
		await world.clock.advance(60_000);
		expect((await pageOf(world, 'list=waiting')).counts).toMatchObject({ waiting: 1, waitsSinceMs: againAtMs });
	});

	test('send again: after a question, once more and no more', async () => {
		const world = await openThree();
		const lead = await only(world, 'unconfirmed');
		expect(lead.actions).toEqual([
			{ action: 'arrived' },
			{ action: 'retry', question: 'mayExist' },
			{ action: 'discard', question: 'discardSent' },
		]);
		expect([
			await act(world, { id: lead.id, action: 'retry' }),
			await act(world, { id: lead.id, action: 'retry' }),
		]).toEqual([
			[200, true],
			[200, false],
		]);
		expect((await pageOf(world, 'list=unconfirmed')).leads).toEqual([]);
	});

	test('is in the log, without a name', async () => {
		const world = await openThree();
		await act(world, { id: (await only(world, 'waiting')).id, action: 'discard' });
		const [line = ''] = world.log.filter((each) => each.includes('"did":"discard"'));
		expect([JSON.parse(line), /Mona|\+2010/.test(line)]).toEqual([
			expect.objectContaining({ event: 'inbox', did: 'discard' }),
			false,
		]);
	});

	test.each<[name: string, body: unknown]>([
		['nothing', {}],
		['no action of ours', { id: 'x', action: 'close' }],
		['a prototype', { id: 'x', action: '__proto__' }],
		['no id', { action: 'retry' }],
		['an id that is none', { id: { a: 1 }, action: 'retry' }],
		['a list', []],
		['null', null],
	])('%s is not understood, and nothing is done', async (_name, body) => {
		const world = await openThree();
		expect(await act(world, body)).toEqual([400, undefined]);
		expect((await pageOf(world, 'list=waiting')).counts).toMatchObject({ waiting: 1, unconfirmed: 1, ended: 1 });
	});

	test.each(['x', '../../x', '000000000000001~x', '%', '\u0000'])("the id %p is nobody's", async (id) => {
		const world = await openThree();
		for (const each of ['retry', 'arrived', 'discard'])
			expect(await act(world, { id, action: each })).toEqual([200, false]);
	});
});

describe('many at once', () => {
	const bulkId = 'the-name-of-one-act';
	const post = async (world: InboxWorld, path: string, body: unknown) =>
		await world.askAs(await world.cookie(), `/inbox/${path}`, { method: 'POST', body: JSON.stringify(body) });

	test('all that match are chosen by what the rules look at, and each is done once', async () => {
		const world = await openInboxWorld((request) =>
			/Mona [12]"/.test(request.body) ? ({ fault: { kind: 'timeout' } } as never) : createdBy(request),
		);
		for (const number of [1, 2, 3]) await world.call({ body: leadBody(number) });
		const selection = await world.askAs(await world.cookie(), '/inbox/selection?list=unconfirmed');
		const { leads } = selection.json as { readonly leads: readonly { readonly id: string }[] };
		expect(leads).toEqual([
			{ id: expect.any(String), outcome: 'unconfirmed' },
			{ id: expect.any(String), outcome: 'unconfirmed' },
		]);
		const wanted = { action: 'arrived', ids: leads.map(({ id }) => id), bulkId };
		expect((await post(world, 'actions', wanted)).json).toEqual({ done: 2 });
		expect((await post(world, 'actions', wanted)).json).toEqual({ done: 2 });
		expect((await post(world, 'actions', { ...wanted, bulkId: 'the-name-of-another' })).json).toEqual({ done: 0 });
		expect((await pageOf(world, 'list=ended&outcome=arrived')).leads).toHaveLength(2);
	});

	test.each([{}, { action: 'retry', ids: ['x'] }, { action: 'close', ids: ['x'], bulkId }, null])(
		'%j is not understood',
		async (body) => {
			expect((await post(await openThree(), 'actions', body)).status).toBe(400);
		},
	);
});

describe('a correction', () => {
	const invalid = async (): Promise<InboxWorld> => {
		const world = await openInboxWorld((request) =>
			request.body.includes('right@') ? createdBy(request) : replied(400),
		);
		await world.call({
			body: {
				leadInformation: { firstName: 'Karim', phone: '+201001234503', email: 'wrong' },
				leadSource: 'Facebook',
				stranger: 'x',
			},
		});
		return world;
	};
	const post = async (world: InboxWorld, path: string, body: unknown) =>
		(await world.askAs(await world.cookie(), `/inbox/${path}`, { method: 'POST', body: JSON.stringify(body) })).json;

	test('is checked by the core, becomes a new lead, and the first stays invalid and names it', async () => {
		const world = await invalid();
		const { id } = await only(world, 'ended');
		expect(await post(world, 'check', { id, values: {} })).toMatchObject({ issues: [{ name: 'email' }] });
		expect(await post(world, 'correct', { id, values: { phone: '1' } })).toMatchObject({ done: false });
		const values = { email: 'right@example.com', phone: '0100 123 4504' };
		const done = await post(world, 'correct', { id, values });
		expect([done.done, (await post(world, 'correct', { id, values })).id === done.id]).toEqual([true, true]);
		await world.clock.settle();
		const { leads } = await pageOf(world, 'list=ended');
		expect(leads).toMatchObject([
			{ state: 'Created', phone: '+201001234504' },
			{ state: 'Corrected', actions: [], acted: { isCorrected: true } },
		]);
		expect(JSON.parse(world.sent.at(-1)?.body ?? '')).toEqual({
			leadInformation: { firstName: 'Karim', phone: '+201001234504', email: 'right@example.com' },
			leadSource: 'Facebook',
		});
		const cookie = await world.cookie();
		const [first, second] = [leads[1], leads[0]].map((lead) => `/inbox/lead?id=${encodeURIComponent(lead?.id ?? '')}`);
		expect((await world.askAs(cookie, first ?? '')).json).toMatchObject({ correctedBy: { publicId: '2' } });
		expect((await world.askAs(cookie, second ?? '')).json).toMatchObject({
			correctionOf: { publicId: '1' },
			attempts: [{ label: 'Created', status: 201, answer: expect.stringContaining('_id') }],
		});
		expect((await pageOf(world, 'list=ended&outcome=corrected')).leads).toHaveLength(1);
	});

	test.each([{}, { id: 'x' }, { id: 'x', values: { stranger: 'x' } }, { id: 'x', values: { email: 7 } }, null])(
		'%j is not understood',
		async (body) => {
			const world = await openInboxWorld();
			for (const path of ['check', 'correct']) expect((await post(world, path, body)).done).toBeUndefined();
		},
	);
});

test('a lead says its fields, organization, attempts with times, and since when it waits', async () => {
	let count = 0;
	const world = await openInboxWorld(() => (++count === 1 ? { fault: { kind: 'timeout' } as never } : replied(401)));
	await world.call({ body: { ...leadBody(1), leadSource: 'Facebook', tags: ['VIP', 'Cairo'] } });
	const { id } = await only(world, 'unconfirmed');
	await world.clock.advance(60_000);
	await world.askAs(await world.cookie(), '/inbox/action', {
		method: 'POST',
		body: JSON.stringify({ id, action: 'retry' }),
	});
	await world.clock.settle();
	const { json } = await world.askAs(await world.cookie(), `/inbox/lead?id=${encodeURIComponent(id)}`);
	expect(json).toMatchObject({
		list: 'waiting',
		lead: { source: 'Facebook', organization: { label: expect.any(String) } },
		fields: expect.arrayContaining([{ name: 'tags', label: 'Tags', value: 'VIP, Cairo' }]),
		attempts: [
			{ status: 401, atMs: expect.any(Number) },
			{ kind: 'unconfirmed', atMs: expect.any(Number) },
		],
		sinceMs: expect.any(Number),
	});
	expect(Number(json.sinceMs)).toBeGreaterThan((await only(world, 'waiting')).arrivedAtMs);
	const all = JSON.stringify(json) + [...world.log].join('');
	expect(all).not.toContain('key-1');
	for (const path of ['lead?id=x', `lead?id=${encodeURIComponent('000000000000009~a')}`])
		expect((await world.askAs(await world.cookie(), `/inbox/${path}`)).status).toBe(404);
	expect((await world.askAs(await world.cookie(), '/inbox/lead')).status).toBe(400);
});

test('the JSON file is a list of all that is found, and the same as the filter says', async () => {
	const world = await openInboxWorld();
	for (let number = 1; number <= 3; number++)
		await world.call({ body: { ...leadBody(number), leadSource: number === 2 ? 'Google' : 'Facebook' } });
	const items = async (query: string): Promise<readonly Readonly<Record<string, unknown>>[]> =>
		JSON.parse((await world.askAs(await world.cookie(), `/inbox/leads.json?${query}`)).text) as never;
	expect(await items('list=ended')).toHaveLength(3);
	expect(await items('list=ended&source=Google')).toMatchObject([{ name: 'Mona 2', source: 'Google', gatewayId: '2' }]);
	expect(await items('list=waiting')).toEqual([]);
	expect((await world.askAs(await world.cookie(), '/inbox/leads?list=ended&outcome=x')).status).toBe(400);
});

describe('the file', () => {
	const file = async (
		world: InboxWorld,
		query: string,
		headers: Readonly<Record<string, string>> = {},
	): Promise<{ readonly lines: readonly string[]; readonly text: string; readonly headers: Headers }> => {
		const got = await world.askAs(await world.cookie(), `/inbox/leads.csv?${query}`, { headers });
		return { lines: got.text.split('\r\n'), text: got.text, headers: got.headers };
	};

	test.each([
		['en', 'Received,Ended,Name,Phone,Email,Lead Source,Organization,Outcome,What happened,What to do,Gateway ID'],
		[
			'ar',
			'وقت الاستلام,وقت اكتمال النتيجة,الاسم,رقم الهاتف,البريد الإلكتروني,مصدر العميل,المؤسسة,النتيجة,ماذا حدث,ماذا تفعل,معرّفه في البوابة',
		],
	])('%s: its columns, and a name of its own', async (language, columns) => {
		const { lines, headers } = await file(await openThree(), `list=unconfirmed&lang=${language}`);
		expect([lines[0], lines.length]).toEqual([columns, 3]);
		expect(headers.get('content-disposition')).toBe('attachment; filename="icloud-ready-leads-unconfirmed.csv"');
	});

	test('what a form sent is no formula in it', async () => {
		const world = await openInboxWorld();
		for (const firstName of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '=HYPERLINK("http://evil.test","x")'])
			await world.call({ body: { leadInformation: { firstName, phone: '=cmd|calc' } } });
		const { lines } = await file(world, 'list=ended');
		expect(lines.slice(1, -1)).toHaveLength(6);
		for (const line of lines.slice(1, -1)) expect(line).toMatch(/^[^,]+,[^,]+,"?'[^\r]+,'=cmd\|calc,,,[^,]*,Created,/);
	});

	test('all that is found, over all pages', async () => {
		const world = await openInboxWorld();
		for (let number = 1; number <= 450; number++) await world.call({ body: leadBody(number) });
		expect((await file(world, 'list=ended')).lines).toHaveLength(452);
		expect((await file(world, 'list=ended', { 'x-search': 'mona%20450' })).lines).toHaveLength(3);
	});
});

test.each(hostileRows(5).filter(([name]) => !/MB|rows/.test(name)))(
	'hostile input: %s as a lead is listed and written, as text',
	async (_name, make) => {
		const world = await openInboxWorld();
		let text: string;
		try {
			text = JSON.stringify({
				leadInformation: { firstName: JSON.stringify(make()).slice(0, 1000) || 'x', phone: '"><script>' },
			});
		} catch {
			text = JSON.stringify(leadBody());
		}
		await world.call({ body: text });
		const [lead] = (await pageOf(world, 'list=ended')).leads;
		expect(typeof lead?.name).toBe('string');
		expect((await world.askAs(await world.cookie(), '/inbox')).text).not.toContain('"><script>');
		expect((await world.askAs(await world.cookie(), '/inbox/leads.csv?list=ended')).status).toBe(200);
	},
);

describe('the page', () => {
	test.each([
		['/inbox', '', 'en', 'ltr'],
		['/inbox?lang=ar', '', 'ar', 'rtl'],
		['/inbox', 'ar-EG,ar;q=0.9,en;q=0.8', 'ar', 'rtl'],
		['/inbox', 'fr,en;q=0.8,ar;q=0.5', 'en', 'ltr'],
		['/inbox?lang=en', 'ar', 'en', 'ltr'],
		['/inbox?lang=x"><b>', 'de', 'en', 'ltr'],
	])('%s for a browser that speaks "%s" is in %s', async (path, accepted, language, direction) => {
		const world = await openInboxWorld();
		for (const cookie of ['', await world.cookie()]) {
			const { text } = await world.askAs(cookie, path, { headers: { 'accept-language': accepted } });
			expect([text.includes(`<html lang="${language}" dir="${direction}">`), text.includes('x"><b>')]).toEqual([
				true,
				false,
			]);
		}
	});

	test("its script and look are whole, and made from the sandbox's", async () => {
		const world = await openInboxWorld();
		const [style, script] = [await world.ask('/inbox/page.css'), await world.ask('/inbox/page.js')];
		expect([
			style.text.includes('.counts button'),
			style.text.includes('@import'),
			script.text.includes('x-search'),
		]).toEqual([true, false, true]);
		expect([style, script].map(({ headers }) => headers.get('content-type'))).toEqual([
			'text/css; charset=utf-8',
			'text/javascript; charset=utf-8',
		]);
	});

	test('both languages say everything, each in its own letters', () => {
		const texts = (value: unknown): readonly string[] =>
			typeof value === 'string'
				? [value]
				: typeof value === 'function'
					? [String((value as (blank: string) => string)('7'))]
					: Object.values(value as object).flatMap(texts);
		const [english, arabic] = [texts(inboxWords.en), texts(inboxWords.ar)];
		expect(arabic).toHaveLength(english.length);
		for (const [index, text] of english.entries())
			if (!['ltr', 'العربية'].includes(text))
				expect([text, /[\u0600-\u06FF]/.test(text), /[\u0600-\u06FF]/.test(arabic[index] ?? '')]).toEqual([
					text,
					false,
					true,
				]);
	});
});
