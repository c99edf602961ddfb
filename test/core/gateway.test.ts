import {
	type Connection,
	createLead,
	createDedupe,
	explain,
	type Host,
	isGateway,
	memoryDedupeStore,
	type Outcome,
	type Policy,
	type Reply,
	sentencesOf,
	wordedOutcome,
} from '../../packages/core/src';
import guideLead from '../fixtures/guideLead.json';
import { answered, createdReply, fakeHost, type FakeHost, fault, type Script } from './fakeHost';

const connection: Connection = {
	baseUrl: 'http://gateway.test:4080/api/v2',
	organizationId: 'o1',
	apiKey: 'sk_live_4f9a7c21',
	gateway: true,
};
const id = '000000000000042~o1';
const byGateway = (status: number, body: unknown = '', headers: Readonly<Record<string, string>> = {}): Reply =>
	answered(status, body, { 'x-gateway-lead': id, ...headers });
const kept = byGateway(202, { id, state: 'waiting', message: 'Waits.' });
const created = byGateway(201, { _id: '68a1', leadNumber: 1042 });
const replayed = { 'idempotent-replayed': 'true' };
const lost = fault('ECONNRESET');
const always: Partial<Policy> = { duplicates: 'always' };
const resend: Partial<Policy> = { unconfirmed: 'resend' };

interface Run {
	readonly outcome: Outcome;
	readonly host: FakeHost;
	/** P for each sending, ? for each question. */
	readonly talk: string;
	/** The `Idempotency-Key` of each sending. */
	readonly keys: readonly (string | undefined)[];
}
const run = async (
	replies: readonly Reply[],
	policy: Partial<Policy> = {},
	script: Script = {},
	to: Partial<Connection> = {},
	draft: unknown = guideLead,
): Promise<Run> => {
	const host = fakeHost(replies, script);
	const outcome = await createLead(draft, { ...connection, ...to }, policy, host);
	const requests = host.sendings.map(({ request }) => request);
	return {
		outcome,
		host,
		talk: requests.map(({ method }) => (method === 'POST' ? 'P' : '?')).join(''),
		keys: requests.filter(({ method }) => method === 'POST').map(({ headers }) => headers['idempotency-key']),
	};
};
const causeOf = ({ outcome, cause }: Outcome): string => `${outcome} ${cause.kind}`;

test.each<
	[
		name: string,
		replies: readonly Reply[],
		policy: Partial<Policy>,
		ended: string,
		talk: string,
		sleepsMs: readonly number[],
	]
>([
	['an outcome at once', [created], {}, 'created answered', 'P', []],
	['kept, then created', [kept, kept, kept, created], {}, 'created answered', 'P???', [1000, 2000, 3000]],
	[
		'kept, with its id in the body alone',
		[answered(202, `{"id":"${id}"}`), created],
		{},
		'created answered',
		'P?',
		[1000],
	],
	[
		'kept, then refused by the API',
		[kept, byGateway(400, { message: 'phone is bad' })],
		{},
		'invalid apiCheck',
		'P?',
		[1000],
	],
	['kept, then unconfirmed there', [kept, byGateway(504)], {}, 'unconfirmed serverFault', 'P?', [1000]],
	[
		'kept for longer than anybody waits',
		[kept, kept, kept, kept, kept],
		{ maxWaitSeconds: 9 },
		'unconfirmed atGateway',
		'P????',
		[1000, 2000, 3000, 3000],
	],
	[
		'questions are no more than 5 s apart',
		Array.from({ length: 8 }, () => kept),
		{ maxWaitSeconds: 25 },
		'unconfirmed atGateway',
		'P???????',
		[1000, 2000, 3000, 4000, 5000, 5000, 5000],
	],
	['no wait is allowed', [kept], { maxWaitSeconds: 0 }, 'unconfirmed atGateway', 'P', []],
	[
		'what is kept is not sent again, even where a lost answer is',
		[kept, kept],
		{ maxWaitSeconds: 1, ...resend },
		'unconfirmed atGateway',
		'P?',
		[1000],
	],
	[
		'questions that are not answered are asked again',
		[kept, lost, answered(502), fault('ECONNREFUSED'), answered(200, '<html>'), created],
		{},
		'created answered',
		'P?????',
		[1000, 2000, 3000, 4000, 5000],
	],
	[
		'a gateway that has forgotten it',
		[kept, answered(404, { message: 'not here' })],
		{},
		'unconfirmed goneFromGateway',
		'P?',
		[1000],
	],
	['a 404 that is the outcome', [kept, byGateway(404)], {}, 'failed status', 'P?', [1000]],
	[
		'an answer that was lost is asked for again',
		[lost, fault('TIMEOUT'), created],
		{},
		'created answered',
		'PPP',
		[250, 500],
	],
	['a lost answer, then kept, then created', [lost, kept, created], {}, 'created answered', 'PP?', [250, 1000]],
	['a lost answer, then the refusal that it was', [lost, byGateway(400)], {}, 'invalid apiCheck', 'PP', [250]],
	['lost each time', [lost, lost, lost], { maxTries: 3 }, 'unconfirmed cut', 'PPP', [250, 500]],
	[
		'lost, then nothing of the lead: it may exist',
		[lost, answered(503, '', { 'retry-after': '1' }), fault('ECONNREFUSED')],
		{ maxTries: 3 },
		'unconfirmed cut',
		'PPP',
		[250, 1000],
	],
	[
		'a proxy before a gateway that is restarting',
		[answered(502), answered(504), created],
		{},
		'created answered',
		'PPP',
		[250, 500],
	],
	[
		'it keeps nothing for now',
		[answered(503, '', { 'retry-after': '2' }), created],
		{},
		'created answered',
		'PP',
		[2000],
	],
	['unconfirmed there is not sent again', [byGateway(504)], {}, 'unconfirmed serverFault', 'P', []],
	['an answer of something that is no gateway', [answered(200, '<html>')], {}, 'unconfirmed unreadable', 'P', []],
])('%s', async (_, replies, policy, ended, talk, sleepsMs) => {
	const { outcome, host, talk: said, keys } = await run(replies, policy);
	expect([causeOf(outcome), said, host.sleepsMs]).toEqual([ended, talk, sleepsMs]);
	expect(outcome).toMatchObject({
		attempts: keys.length,
		waitedMs: sleepsMs.reduce((sum, ms) => sum + ms, 0),
		lead: { leadInformation: { firstName: 'Ahmed' } },
	});
	expect(new Set(keys).size).toBe(1);
	expect(outcome.warnings).toEqual([]);
});

describe('what is told', () => {
	test('where the lead is, when nobody waits any longer', async () => {
		const { outcome } = await run([kept], { maxWaitSeconds: 0 });
		expect(wordedOutcome(outcome)).toMatchObject({
			outcome: 'unconfirmed',
			status: 202,
			leadId: null,
			message: `The lead is safe at the gateway (ID ${id}) and has no outcome yet.`,
			hint: "The gateway keeps trying, so do not send it again. Follow it in the gateway's inbox.",
		});
	});

	const heldBy = (why: string): Reply => byGateway(202, { id, state: 'waiting', why, message: 'Waits.' });
	test.each<[name: string, replies: readonly Reply[], why: string | undefined, words: RegExp]>([
		[
			'a refused key',
			[heldBy('key')],
			'key',
			/and waiting: iCloud-Ready did not accept the API key\. Enter a working API key in the account\./,
		],
		[
			'a key that may not',
			[heldBy('organization')],
			'organization',
			/may not create leads in this organization\. Give the key's role the permission Lead > Create and check the organization ID/,
		],
		['the limit', [heldBy('limit')], 'limit', /not accepting leads right now\. The gateway keeps trying/],
		['the last answer, not the first', [kept, heldBy('network')], 'network', /the gateway cannot reach iCloud-Ready\./],
		['nothing any more', [heldBy('network'), kept], undefined, /has no outcome yet\./],
		['what it was, where a question is not answered', [heldBy('network'), lost], 'network', /cannot reach/],
		['something that this node does not know', [heldBy('weather')], undefined, /has no outcome yet\./],
		['no text', [byGateway(202, { id, why: { key: 1 } })], undefined, /has no outcome yet\./],
	])('what the lead waits for there: %s', async (_name, replies, why, words) => {
		const { outcome } = await run(replies, { maxWaitSeconds: replies.length - 1 });
		expect(outcome.cause).toEqual({ kind: 'atGateway', id, ...(why === undefined ? {} : { why }) });
		expect(sentencesOf(explain(outcome))).toMatch(words);
	});

	test('the same, when the run is stopped meanwhile', async () => {
		const { outcome, talk } = await run([kept], {}, { stopInSleep: 1 });
		expect([causeOf(outcome), talk]).toEqual(['unconfirmed atGateway', 'P']);
	});

	test('a lead that is gone may exist', async () => {
		const { outcome } = await run([kept, answered(404)]);
		expect(explain(outcome)).toEqual({
			message: `The gateway accepted the lead (ID ${id}) but no longer has it.`,
			hint: 'It may exist. Look for +201001234567 in iCloud-Ready before sending it again.',
		});
	});

	test('a second sending that no gateway took may have made a second lead', async () => {
		const { outcome } = await run([lost, createdReply]);
		expect(outcome).toMatchObject({
			outcome: 'created',
			warnings: ['The lead was sent again after its answer was lost, so it may exist twice.'],
		});
	});

	test('where the user wants a lost answer sent again, what the gateway calls unconfirmed goes there as another lead', async () => {
		const { outcome, keys } = await run([byGateway(504), created], resend);
		expect(outcome).toMatchObject({
			outcome: 'created',
			warnings: ['The lead was sent again after its answer was lost, so it may exist twice.'],
		});
		expect(keys).toEqual([keys[0], `${keys[0]}-again-1`]);
	});
});

describe('another lead with the same key', () => {
	const other = byGateway(422, { message: 'The key belongs to another lead.' });
	test.each<[name: string, replies: readonly Reply[], policy: Partial<Policy>, ended: string, talk: string]>([
		['was created before', [byGateway(201, { _id: 'a' }, replayed)], always, 'duplicate atGateway', 'P'],
		['is kept, and created then', [byGateway(202, { id }, replayed), created], always, 'duplicate atGateway', 'P?'],
		[
			'was sent without an answer',
			[byGateway(504, '', replayed)],
			{ ...always, ...resend },
			'unconfirmed earlier',
			'P',
		],
		[
			'is kept for long',
			[byGateway(202, { id }, replayed)],
			{ ...always, maxWaitSeconds: 0 },
			'unconfirmed atGateway',
			'P',
		],
		['was refused', [byGateway(400, '', replayed)], always, 'invalid apiCheck', 'P'],
		[
			'may be this one, whose answer was lost',
			[lost, byGateway(201, { _id: 'a' }, replayed)],
			always,
			'created answered',
			'PP',
		],
		[
			'cannot be another, where it was not reached',
			[fault('ECONNREFUSED'), byGateway(201, { _id: 'a' }, replayed)],
			always,
			'duplicate atGateway',
			'PP',
		],
		[
			'can only be this one, where duplicates are allowed',
			[byGateway(201, { _id: 'a' }, replayed)],
			{},
			'created answered',
			'P',
		],
		[
			'and with the fields of this one, where a run skips its own',
			[byGateway(201, { _id: 'a' }, replayed)],
			{ duplicates: 'run' },
			'created answered',
			'P',
		],
		['with other fields was created', [other, created], always, 'duplicate atGateway', 'P?'],
		['with other fields is created meanwhile', [other, kept, created], always, 'duplicate atGateway', 'P??'],
		['with other fields was sent without an answer', [other, byGateway(504)], always, 'unconfirmed earlier', 'P?'],
		[
			'with other fields was refused, so it is the turn of this one',
			[other, byGateway(400), created],
			always,
			'created answered',
			'P?P',
		],
		[
			'with other fields is refused on and on',
			[other, byGateway(400), other, byGateway(400)],
			{ ...always, maxTries: 2 },
			'invalid apiCheck',
			'P?P?',
		],
		['is none: the API itself says 422', [byGateway(422), byGateway(422)], always, 'invalid apiCheck', 'P?'],
		['is none: the API itself says 422, and duplicates are allowed', [byGateway(422)], {}, 'invalid apiCheck', 'P'],
	])('%s', async (_, replies, policy, ended, talk) => {
		const { outcome, talk: said } = await run(replies, policy);
		expect([causeOf(outcome), said]).toEqual([ended, talk]);
	});

	test('the words of a duplicate name it', async () => {
		const { outcome } = await run([byGateway(201, { _id: 'a', leadNumber: 7 }, replayed)], always);
		expect(wordedOutcome(outcome)).toMatchObject({
			leadId: 'a',
			leadNumber: 7,
			message: 'A lead with the phone number +201001234567 was created earlier.',
			hint: `The gateway already had it (ID ${id}) and did not create a second one.`,
		});
	});

	test('the record of created leads learns it, and what it calls unanswered is asked for at the gateway', async () => {
		const marks = memoryDedupeStore();
		const once: Host['dedupe'] = createDedupe(marks, () => undefined);
		const ended = async (
			replies: readonly Reply[],
			policy: Partial<Policy> = always,
			to: Connection = connection,
		): Promise<string> => causeOf(await createLead(guideLead, to, policy, { ...fakeHost(replies), dedupe: once }));
		expect(await ended([kept], { ...always, maxWaitSeconds: 0 })).toBe('unconfirmed atGateway');
		expect(await ended([], { duplicates: 'run' })).toBe('unconfirmed earlier');
		expect(await ended([], always, { ...connection, gateway: false })).toBe('unconfirmed earlier');
		expect(await ended([byGateway(201, { _id: 'a' }, replayed)])).toBe('duplicate atGateway');
		expect(await ended([])).toBe('duplicate recorded');
	});
});

describe('the key of a sending', () => {
	const keyOf = async (
		policy: Partial<Policy>,
		to: Partial<Connection> = {},
		draft: unknown = guideLead,
		script: Script = {},
	): Promise<string> => (await run([created], policy, script, to, draft)).keys[0] ?? '';
	const phone = { firstName: 'Mona', phone: '+201001234567' };

	test.each<[name: string, policy: Partial<Policy>, to: Partial<Connection>, draft: unknown, isSame: boolean]>([
		['is the same by another address of the gateway', always, { baseUrl: 'http://10.0.0.7/api/v2/' }, guideLead, true],
		['is the same for a phone with other fields', always, {}, phone, true],
		['differs for another phone', always, {}, { ...phone, phone: '+201001234568' }, false],
		['differs for another organization', always, { organizationId: 'o2' }, guideLead, false],
		['differs for another API key', always, { apiKey: 'sk_live_other' }, guideLead, false],
		['differs where leads are known by email', { ...always, duplicateKey: 'email' }, {}, guideLead, false],
	])('%s', async (_, policy, to, draft, isSame) => {
		const one = await keyOf(always);
		expect((await keyOf(policy, to, draft)) === one).toBe(isSame);
	});

	test.each<[name: string, policy: Partial<Policy>]>([
		['duplicates are allowed', {}],
		['a run skips its own', { duplicates: 'run' }],
	])('is of its own for each lead, where %s', async (_, policy) => {
		expect(await keyOf(policy, {}, guideLead, { random: 0.1 })).not.toBe(
			await keyOf(policy, {}, guideLead, { random: 0.2 }),
		);
	});

	test.each<[policy: Partial<Policy>]>([[always], [{}]])(
		'can stand in a header and tells nothing, with %j',
		async (policy) => {
			const text = await keyOf(policy);
			expect(text).toMatch(/^[\x21-\x7e]{20,255}$/);
			expect(text).not.toMatch(/1001234567|ahmed|sk_live|o1$/i);
		},
	);

	test('goes with the time that the gateway has for its answer, and to a gateway only', async () => {
		const { host } = await run([created], { timeoutSeconds: 30 });
		expect(host.sendings[0]?.request.headers).toMatchObject({ prefer: 'wait=24', 'x-api-key': connection.apiKey });
		for (const to of [{ gateway: false }, { baseUrl: '' }, { baseUrl: 'https://API.icloud-ready.com:443/api/v2' }]) {
			const direct = await run([lost], {}, {}, to);
			expect(Object.keys(direct.host.sendings[0]?.request.headers ?? {})).toEqual([
				'content-type',
				'accept',
				'organizationId',
				'x-api-key',
			]);
			expect([causeOf(direct.outcome), isGateway({ ...connection, ...to })]).toEqual(['unconfirmed cut', false]);
		}
	});

	test('a 202 of what is no gateway is an answer without a lead, as ever', async () => {
		const { outcome, talk } = await run([kept], {}, {}, { gateway: false });
		expect([causeOf(outcome), talk]).toEqual(['unconfirmed unreadable', 'P']);
	});
});

describe('a question', () => {
	test('names the lead, with the account and without a body', async () => {
		const { host } = await run([kept, created]);
		expect(host.sendings[1]).toMatchObject({
			timeoutMs: 30_000,
			request: {
				method: 'GET',
				url: 'http://gateway.test:4080/api/v2/leads/000000000000042~o1',
				headers: { accept: 'application/json', organizationId: 'o1', 'x-api-key': connection.apiKey },
			},
		});
		expect(host.sendings[1]?.request.body).toBeUndefined();
	});

	test('no longer than the wait itself', async () => {
		const { host } = await run([kept, kept, kept], { maxWaitSeconds: 3 });
		expect(host.sendings.map(({ timeoutMs }) => timeoutMs)).toEqual([30_000, 2000, 1000]);
	});

	test.each<[name: string, id: string]>([
		['the way up', '..'],
		['nothing', ''],
		['a line break', 'a\nb'],
		['letters beyond ASCII', 'عميل'],
		['the API key', `x-${connection.apiKey}`],
		['more than an id', 'a'.repeat(256)],
	])('is not asked for an id that is %s', async (_, bad) => {
		const { outcome, talk } = await run([answered(202, '', { 'x-gateway-lead': bad })]);
		expect([causeOf(outcome), talk]).toEqual(['unconfirmed unreadable', 'P']);
	});

	test('an id with signs of an address stays one part of it', async () => {
		const { host } = await run([answered(202, '', { 'x-gateway-lead': 'a/../b?c#d%2e' }), created]);
		expect(host.sendings[1]?.request.url).toBe('http://gateway.test:4080/api/v2/leads/a%2F..%2Fb%3Fc%23d%252e');
	});
});
