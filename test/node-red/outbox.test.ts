import {
	apiKey,
	type Ending,
	type RunningFlow,
	startFlow,
	stopFlow,
	until,
	useOwnUserFolder,
	useSandbox,
} from './flow';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const sandbox = useSandbox();
const folder = useOwnUserFolder();

const account = { outbox: 'disk' };
const mona = { name: 'Mona Hassan', phone: '010 0123 4567' };
const person = (number: number): Record<string, unknown> => ({
	name: `Mona ${number}`,
	phone: `0100123${String(number).padStart(4, '0')}`,
});
const flowWith = async (
	options: Parameters<typeof startFlow>[1] = {},
	baseUrl = sandbox().baseUrl,
): Promise<RunningFlow> => await startFlow(baseUrl, { ...options, account: { ...account, ...options.account } });
const outcomes = (endings: readonly Ending[]): readonly unknown[] =>
	endings.map(({ output, msg }) => [output, msg.icloudReady.outcome]);
/** Waits for what shows in the status, which is told a few times a second. */
const statusOf = async (flow: RunningFlow, text: string): Promise<void> => {
	await until(() => flow.statuses().some((status) => String(status.text).startsWith(text)));
};

test('the outcome leaves later, on its output, with the message but without its request', async () => {
	const flow = await flowWith();
	flow.send({ _msgid: 'm1', topic: 'web', payload: mona, req: { headers: {} }, res: {} });
	const [ending] = await flow.endings(1);
	expect([ending?.output, ending?.msg.topic, ending?.msg._msgid, 'req' in (ending?.msg ?? {})]).toEqual([
		0,
		'web',
		'm1',
		false,
	]);
	expect(ending?.msg).toMatchObject({
		payload: { leadNumber: 1 },
		icloudReady: { outcome: 'created', lead: { leadInformation: { phone: '+201001234567' } } },
	});
	expect(ending?.msg.icloudReady).not.toHaveProperty('restored');
});

test('what needs no sending ends at once: a lead that is wrong, a dry run', async () => {
	const flow = await flowWith();
	flow.send({ payload: { name: 'Mona' } });
	expect(outcomes(await flow.endings(1))).toEqual([[2, 'invalid']]);
	await stopFlow();
	const dry = await flowWith({ node: { dryRun: true } });
	dry.send({ payload: mona });
	expect(outcomes(await dry.endings(1))).toEqual([[0, 'dryRun']]);
	expect(sandbox().calls).toHaveLength(0);
});

test('several leads of a message end one by one, each with its own part', async () => {
	sandbox().failNext([{ status: 201, body: { _id: 'a' } }, { status: 400 }]);
	const flow = await flowWith({ account: { concurrency: 1 } });
	flow.send({ payload: [person(1), person(2)] });
	const endings = await flow.endings(2);
	expect(outcomes(endings)).toEqual([
		[0, 'created'],
		[2, 'invalid'],
	]);
	expect([endings[1]?.msg.payload, endings[1]?.msg.parts]).toMatchObject([person(2), { index: 1, count: 2 }]);
});

test('a refused key ends nothing: the status says why and how many, and the rest goes out in order once it works', async () => {
	sandbox().failNext([401, 401, 401].map((status) => ({ status })));
	const flow = await flowWith({ account: { concurrency: 1 } });
	for (const number of [1, 2, 3, 4]) flow.send({ payload: person(number) });
	await statusOf(flow, 'status.held.key');
	const endings = await flow.endings(4);
	expect(outcomes(endings)).toEqual(Array.from({ length: 4 }, () => [0, 'created']));
	expect(sandbox().leads.map(({ leadInformation }) => (leadInformation as { firstName: string }).firstName)).toEqual([
		'Mona 1',
		'Mona 2',
		'Mona 3',
		'Mona 4',
	]);
});

test('leads that wait are there after a restart, and leave as restored', async () => {
	const away = 'http://127.0.0.1:9/api/v2';
	const flow = await flowWith({ account: { maxTries: 1 } }, away);
	flow.send({ payload: mona, topic: 'kept' });
	await statusOf(flow, 'status.held.network');
	await stopFlow();
	const later = await flowWith();
	const [ending] = await later.endings(1);
	expect([
		ending?.output,
		ending?.msg.topic,
		ending?.msg.icloudReady.restored,
		ending?.msg.icloudReady.outcome,
	]).toEqual([0, 'kept', true, 'created']);
});

test('an outcome that nobody was there to hear is told after a restart, in the language of its message', async () => {
	const flow = await flowWith({ account: { maxTries: 1 } }, 'http://127.0.0.1:9/api/v2');
	flow.send({ payload: mona, language: 'ar' });
	await statusOf(flow, 'status.held.network');
	await stopFlow();
	sandbox().failNext({ status: 422, body: { errors: [{ path: 'leadInformation.phone', message: 'is taken' }] } });
	const without = await flowWith({ node: { id: 'other' } });
	await until(() => sandbox().calls.length > 0);
	expect(await without.endings(0)).toEqual([]);
	await stopFlow();
	const [ending] = await (await flowWith()).endings(1);
	expect(ending?.msg.icloudReady).toMatchObject({
		outcome: 'invalid',
		restored: true,
		message: expect.stringMatching(/[\u0600-\u06FF].*is taken/),
		hint: expect.stringMatching(/^[\u0600-\u06FF]/),
		issues: [{ field: 'leadInformation.phone', message: expect.stringMatching(/^[\u0600-\u06FF].*is taken/) }],
	});
});

test('a node without a key keeps leads until it has one', async () => {
	const flow = await flowWith({ key: null });
	flow.send({ payload: mona });
	await statusOf(flow, 'status.held.account');
	await stopFlow();
	expect(outcomes(await (await flowWith()).endings(1))).toEqual([[0, 'created']]);
});

test('the leads of a node that is gone are sent all the same, and told to it when it is back', async () => {
	const flow = await flowWith({ account: { maxTries: 1 } }, 'http://127.0.0.1:9/api/v2');
	flow.send({ payload: mona });
	await statusOf(flow, 'status.held.network');
	await stopFlow();
	const without = await flowWith({ node: { id: 'other' } });
	await until(() => sandbox().leadCount > 0);
	expect(await without.endings(0)).toEqual([]);
	await stopFlow();
	expect(outcomes(await (await flowWith()).endings(1))).toEqual([[0, 'created']]);
	expect(sandbox().leadCount).toBe(1);
});

test('an account that is set back to sending at once still sends what it kept', async () => {
	const flow = await flowWith({ account: { maxTries: 1 } }, 'http://127.0.0.1:9/api/v2');
	flow.send({ payload: mona });
	await statusOf(flow, 'status.held.network');
	await stopFlow();
	const off = await startFlow(sandbox().baseUrl, { account: { outbox: 'off' } });
	off.send({ payload: person(2) });
	expect(outcomes(await off.endings(2))).toEqual([
		[0, 'created'],
		[0, 'created'],
	]);
});

test('no more wait than the account allows: the rest is told at once', async () => {
	const flow = await flowWith({ account: { maxTries: 1, outboxMax: 2, concurrency: 1 } }, 'http://127.0.0.1:9/api/v2');
	flow.send({ payload: person(1) });
	await statusOf(flow, 'status.held.network');
	// One more than there is room for, since the first may be on its way to see just now.
	for (const number of [2, 3, 4]) flow.send({ payload: person(number) });
	const [ending] = await flow.endings(1);
	expect([ending?.output, ending?.msg.icloudReady.message]).toEqual([7, 'Not kept: the outbox is full (2 waiting).']);
});

test.each<[name: string, duplicates: string]>([
	['run', 'run'],
	['always', 'always'],
])('the same lead twice, duplicates "%s": one is created', async (_name, duplicates) => {
	const flow = await flowWith({ node: { duplicates } });
	flow.send({ payload: mona });
	flow.send({ payload: mona });
	expect(outcomes(await flow.endings(2))).toEqual(
		expect.arrayContaining([
			[0, 'created'],
			[1, 'duplicate'],
		]),
	);
	expect(sandbox().leadCount).toBe(1);
});

test('a failure that no output takes goes to Catch with its own message', async () => {
	sandbox().failNext({ status: 404 });
	const flow = await flowWith({ wired: [0] });
	flow.send({ payload: mona, topic: 'mine' });
	const [ending] = await flow.endings(1);
	expect([ending?.output, ending?.msg.topic]).toEqual(['catch', 'mine']);
});

test('a folder that cannot be used: leads are sent directly, a red status and a warning say so', async () => {
	writeFileSync(join(folder(), 'icloud-ready'), 'not a folder');
	const flow = await flowWith();
	flow.send({ payload: mona });
	expect(outcomes(await flow.endings(1))).toEqual([[0, 'created']]);
	await statusOf(flow, 'status.outboxBroken');
	expect(flow.logged().join('\n')).toMatch(/The outbox in .* cannot be used, so leads are sent directly/);
});

test('a store that is something else is moved aside, with a warning that says where', async () => {
	mkdirSync(join(folder(), 'icloud-ready', 'outbox-account'), { recursive: true });
	writeFileSync(join(folder(), 'icloud-ready', 'outbox-account', 'CURRENT'), 'garbage');
	const flow = await flowWith();
	flow.send({ payload: mona });
	expect(outcomes(await flow.endings(1))).toEqual([[0, 'created']]);
	expect(flow.logged().join('\n')).toMatch(
		/have been repaired\. The damaged files are kept in .*outbox-account-damaged-\d{14}/,
	);
	expect(readdirSync(join(folder(), 'icloud-ready'))).toHaveLength(3);
});

test('no file of it holds the key', async () => {
	const flow = await flowWith({ account: { maxTries: 1 } });
	flow.send({ payload: mona });
	await flow.endings(1);
	await stopFlow();
	const store = join(folder(), 'icloud-ready', 'outbox-account');
	for (const name of readdirSync(store)) expect(readFileSync(join(store, name)).includes(apiKey)).toBe(false);
});
