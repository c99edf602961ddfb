import type { Problem } from '../../packages/core/src/lead/problems';
import {
	issueAt,
	fieldAt,
	type HoldReason,
	interpretResponse,
	type LimitName,
	limits,
	outcomeOf,
	type Outcome,
} from '../../packages/core/src';
import { baseUrlFlaw } from '../../packages/node-red/src/baseUrl';
import locale from '../../packages/node-red/src/locales/en-US/icloud-ready-create-lead.json';
import { createSemaphore } from '../../packages/node-red/src/runtime/account/semaphore';
import { statusOf } from '../../packages/node-red/src/runtime/account/status';
import { accountSettings, missingSetting } from '../../packages/node-red/src/runtime/config/accountSettings';
import type { Routing } from '../../packages/node-red/src/runtime/config/createLeadSettings';
import {
	createLeadSettings,
	readCreateLeadSettings,
} from '../../packages/node-red/src/runtime/config/createLeadSettings';
import { fieldSettings } from '../../packages/node-red/src/runtime/config/fieldSettings';
import { routeOf } from '../../packages/node-red/src/runtime/create-lead/routing';
import { readMessage } from '../../packages/node-red/src/runtime/message/readMessage';
import { keptMessage, restoredMessage } from '../../packages/node-red/src/runtime/message/storableMessage';
import type { OutboxState } from '../../packages/node-red/src/runtime/outbox/accountOutboxState';
import fc from '../fixtures/fastCheck';

const reply = (status: number, body: unknown = {}): Outcome => interpretResponse({ status, headers: {}, body });
const outcomes: Readonly<Record<string, Outcome>> = {
	created: reply(201, { _id: 'a', leadNumber: 1 }),
	duplicate: outcomeOf({ outcome: 'duplicate', cause: { kind: 'recorded', by: 'phone', value: '+20' } }),
	invalid: reply(400),
	unauthorized: reply(401),
	forbidden: reply(403),
	rateLimited: reply(429),
	unconfirmed: reply(500),
	failed: reply(404),
};

describe('routing', () => {
	test.each<[routing: Routing, outcome: string, wired: boolean, route: number | 'catch']>([
		['split', 'created', true, 0],
		['split', 'duplicate', true, 1],
		['split', 'invalid', true, 2],
		['split', 'unauthorized', true, 3],
		['split', 'forbidden', true, 4],
		['split', 'rateLimited', true, 5],
		['split', 'unconfirmed', true, 6],
		['split', 'failed', true, 7],
		['split', 'failed', false, 'catch'],
		['split', 'unconfirmed', false, 'catch'],
		['split', 'duplicate', false, 1],
		['split', 'created', false, 0],
		['pair', 'created', true, 0],
		['pair', 'duplicate', true, 1],
		['pair', 'duplicate', false, 1],
		['pair', 'failed', true, 1],
		['pair', 'failed', false, 'catch'],
		['catch', 'created', false, 0],
		['catch', 'duplicate', false, 0],
		['catch', 'failed', true, 'catch'],
		['catch', 'unconfirmed', true, 'catch'],
	])('%s, %s, wired: %s', (routing, outcome, wired, route) => {
		const found = routeOf(outcomes[outcome] as Outcome, routing, () => wired);
		expect(found.to === 'catch' ? 'catch' : found.index).toBe(route);
	});
});

describe('settings of an account', () => {
	test('every gap has its default', () => {
		expect(accountSettings({})).toEqual({
			baseUrl: 'https://api.icloud-ready.com/api/v2',
			organizationId: '',
			allowHttp: false,
			gateway: false,
			maxPerSecond: 0,
			concurrency: 0,
			maxTries: 5,
			maxWaitSeconds: 60,
			timeoutSeconds: 30,
			outbox: 'off',
			outboxMax: 100_000,
			keepDays: 30,
			keepInvalid: false,
		});
	});
	test.each<[name: string, config: Record<string, unknown>, settings: Record<string, unknown>]>([
		[
			'numbers as text, as ${ENV} gives them',
			{ concurrency: '7', maxTries: ' 2 ', timeoutSeconds: '1.5' },
			{ concurrency: 7, maxTries: 2, timeoutSeconds: 1.5 },
		],
		[
			'what is no number',
			{ concurrency: 'many', maxWaitSeconds: '', timeoutSeconds: null },
			{ concurrency: 0, maxWaitSeconds: 60, timeoutSeconds: 30 },
		],
		[
			'out of range has the default too',
			{ concurrency: 51, maxTries: -1, maxWaitSeconds: -5, timeoutSeconds: 0 },
			{ concurrency: 0, maxTries: 5, maxWaitSeconds: 60, timeoutSeconds: 30 },
		],
		['0 tries of waiting stays 0', { maxWaitSeconds: 0 }, { maxWaitSeconds: 0 }],
		[
			'a base URL as people paste it',
			{ baseUrl: ' https://x.example/api/v2/leads/ ' },
			{ baseUrl: 'https://x.example/api/v2' },
		],
		['a gateway, as a box or as ${ENV} gives it', { gateway: 'true' }, { gateway: true }],
		['an organization that is a number', { organizationId: 12 }, { organizationId: '12' }],
	])('%s', (_name, config, settings) => {
		expect(accountSettings(config)).toMatchObject(settings);
	});

	test.each<[baseUrl: string, allowHttp: boolean, flaw: string | undefined]>([
		['https://api.example.com', false, undefined],
		['http://localhost:1', false, undefined],
		['http://127.0.0.5', false, undefined],
		['http://[::1]:8', false, undefined],
		['http://api.example.com', false, 'https'],
		['http://api.example.com', true, undefined],
		['http://localhost.example.com', false, 'https'],
		['ftp://x', true, 'baseUrl'],
		['api.example.com', false, 'baseUrl'],
		['', false, 'baseUrl'],
		['https://a:b@api.example.com', true, 'login'],
	])('%s, plain http allowed: %s', (baseUrl, allowHttp, flaw) => {
		expect(baseUrlFlaw(baseUrl, allowHttp)).toBe(flaw);
	});

	test('the first thing that is missing is told', () => {
		const complete = accountSettings({ organizationId: 'o' });
		expect([
			missingSetting(complete, 'k'),
			missingSetting(complete, ''),
			missingSetting(accountSettings({}), 'k'),
		]).toEqual([undefined, 'apiKey', 'organizationId']);
	});
});

describe('what a message holds', () => {
	const reading = { defaultCountry: 'EG', phone: 'normalize', phoneAsName: true } as const;
	const lead = { name: 'Mona', phone: '01001234567' };
	test.each<[name: string, input: 'form' | 'lead' | 'fields', payload: unknown, kinds: readonly string[]]>([
		['a form', 'form', lead, ['draft']],
		['a list of forms', 'form', [lead, lead], ['draft', 'draft']],
		['a list with something that is no form', 'form', [lead, 7, lead], ['draft', 'outcome', 'draft']],
		[
			'a wrapped list with two that are no forms',
			'form',
			{ headers: {}, body: [lead, 7, 'x'] },
			['draft', 'outcome', 'outcome'],
		],
		['an empty list', 'form', [], ['notALead']],
		['nothing', 'form', undefined, ['outcome']],
		['an empty form lacks what is required', 'form', {}, ['draft']],
		['plain text', 'form', 'hello', ['outcome']],
		[
			'a notification that holds ids only',
			'form',
			{ object: 'page', entry: [{ changes: [{ field: 'leadgen', value: { leadgen_id: '1' } }] }] },
			['outcome'],
		],
		['a lead', 'lead', lead, ['draft']],
		['an empty list of leads', 'lead', [], []],
		['fields need no payload', 'fields', undefined, ['draft']],
	])('%s', (_name, input, payload, kinds) => {
		expect(readMessage(input, payload, [], reading).map(({ kind }) => kind)).toEqual(kinds);
	});
});

test('fields that a hand-written flow got wrong are left out', () => {
	expect(
		fieldSettings([
			{ field: 'tags', value: 'a' },
			{ field: 'nothing', value: 'x', valueType: 'str' },
			null,
			7,
			{ field: 'dealSize', value: 5, valueType: 'num' },
		]),
	).toEqual([
		{ field: 'tags', value: 'a', valueType: 'str' },
		{ field: 'dealSize', value: '5', valueType: 'num' },
	]);
	expect(fieldSettings('x')).toEqual([]);
});

describe('settings of a node', () => {
	test.each<[name: string, config: unknown, told: readonly string[]]>([
		['none', {}, []],
		['what the dialog saves', { input: 'lead', routing: 'pair', fields: [], dryRun: true, duplicates: 'run' }, []],
		['choices that do not exist', { input: 'x', routing: 7, phone: [] }, ['input', 'routing', 'phone']],
		['fields that are no list', { fields: 'x' }, ['fields']],
		[
			'entries that are no field, or hold no value',
			{ fields: [{ field: 'tags' }, { field: 'nothing', value: 'x' }, { field: 'tags', value: {} }] },
			['fields', 'fields'],
		],
		['a value that is yes or no', { fields: [{ field: 'isQualified', value: true, valueType: 'bool' }] }, []],
		['no object', 7, ['']],
	])('%s', (_name, config, told) => {
		expect(readCreateLeadSettings(config).flaws.map(({ setting }) => setting)).toEqual(told);
	});

	test('of anything they are usable, and the account too', () => {
		const stored = fc.oneof(fc.jsonValue(), fc.constantFrom('true', 'split', 'disk', 'always', '', 0, 1e9, undefined));
		const names = Object.keys({ ...accountSettings({}), ...createLeadSettings({}), ...createLeadSettings({}).policy });
		fc.assert(
			fc.property(fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom(...names, 'fields'), stored)), (config) => {
				const { settings } = readCreateLeadSettings(config);
				expect(['form', 'fields', 'lead']).toContain(settings.input);
				expect(['split', 'pair', 'catch']).toContain(settings.routing);
				for (const each of settings.fields) expect(fieldAt(each.field)).toBeDefined();
				const account = accountSettings((config ?? {}) as object);
				for (const name of Object.keys(limits) as LimitName[]) {
					expect(account[name]).toBeGreaterThanOrEqual(limits[name].min);
					expect(account[name]).toBeLessThanOrEqual(limits[name].max);
				}
				expect(['off', 'disk']).toContain(account.outbox);
			}),
		);
	});
});

describe('status', () => {
	const words = (key: string, values?: Readonly<Record<string, unknown>>): string =>
		[key.replace('status.', ''), ...Object.values(values ?? {})].join(' ');
	test.each<[sending: number, last: string | undefined, shown: string, heldMs?: number, recordFault?: boolean]>([
		[3, 'created', 'blue dot sending 3'],
		[3, 'created', 'yellow ring waiting 9 20', 19_100],
		[0, 'created', 'green dot created 9', 5000],
		[3, 'created', 'red ring noRecord', 0, true],
		[0, undefined, 'undefined undefined undefined'],
		[0, 'created', 'green dot created 9'],
		[0, 'duplicate', 'grey dot duplicate'],
		[0, 'invalid', 'red dot invalid'],
		[0, 'unauthorized', 'red ring unauthorized'],
		[0, 'forbidden', 'red ring forbidden'],
		[0, 'rateLimited', 'yellow ring rateLimited'],
		[0, 'unconfirmed', 'red dot unconfirmed'],
		[0, 'failed', 'red dot failed'],
	])('%d under way, last %s: %s', (sending, last, shown, heldMs = 0, recordFault = false) => {
		const { fill, shape, text } = statusOf(
			{
				heldMs,
				recordFault,
				outbox: undefined,
				sending,
				created: 9,
				last: last === undefined ? undefined : outcomes[last],
			},
			words,
		) as Record<string, string | undefined>;
		expect(`${fill} ${shape} ${text}`).toBe(shown);
	});

	test.each<[field: string, problem: Problem, shown: string]>([
		['leadInformation.firstName', { kind: 'missing' }, 'missing field.firstName.label'],
		['leadInformation.phone', { kind: 'notAPhone', value: '12', country: 'EG' }, 'wrong field.phone.label'],
		['', { kind: 'fetchFirst' }, 'invalid'],
	])('an invalid lead names the field at fault: %p', (field, problem, shown) => {
		const last = outcomeOf({ outcome: 'invalid', cause: { kind: 'ownCheck' } }, { issues: [issueAt(field, problem)] });
		const tally = { heldMs: 0, recordFault: false, outbox: undefined, sending: 0, created: 0, last };
		expect(statusOf(tally, words)).toEqual({ fill: 'red', shape: 'dot', text: shown });
	});

	const counts = { waiting: 0, sending: 0, unconfirmed: 0, ended: 7 };
	test.each<[name: string, state: OutboxState, shown: string]>([
		['nothing waits: what was done', { counts, isBroken: false }, 'green dot created 9'],
		['on their way out', { counts: { ...counts, waiting: 10, sending: 2 }, isBroken: false }, 'yellow dot outbox 12'],
		[
			'held by the limit',
			{ counts: { ...counts, waiting: 12 }, held: 'limit', isBroken: false },
			'yellow ring held.limit 12',
		],
		[
			'held by the network',
			{ counts: { ...counts, waiting: 12 }, held: 'network', isBroken: false },
			'yellow ring held.network 12',
		],
		['held by the key', { counts: { ...counts, waiting: 12 }, held: 'key', isBroken: false }, 'red ring held.key 12'],
		[
			'unconfirmed, and nothing waits',
			{ counts: { ...counts, unconfirmed: 3 }, isBroken: false },
			'red dot outboxUnconfirmed 3',
		],
		['broken', { counts, isBroken: true }, 'red ring outboxBroken'],
	])('an outbox: %s', (_name, outbox, shown) => {
		const { fill, shape, text } = statusOf(
			{ heldMs: 0, recordFault: false, outbox, sending: 0, created: 9, last: outcomes.created },
			words,
		) as Record<string, string | undefined>;
		expect(`${fill} ${shape} ${text}`).toBe(shown);
	});

	test('every reason for waiting has its words, short enough for a status', () => {
		const { status } = locale as { status: { held: Record<string, string> } };
		for (const why of ['key', 'organization', 'limit', 'network', 'answers', 'disk'] satisfies HoldReason[])
			expect(status.held[why]?.replace('__count__', '12345')).toMatch(/^.{6,26}$/);
	});
});

describe('the part of a message that is kept', () => {
	const circular: Record<string, unknown> = {};
	circular.self = circular;
	test.each<[name: string, msg: object, kept: object, leftOut: readonly string[], besideList?: boolean]>([
		[
			'what JSON can hold',
			{ _msgid: 'm', topic: 't', payload: { a: [1, 'x', null, true] } },
			{ _msgid: 'm', topic: 't', payload: { a: [1, 'x', null, true] } },
			[],
		],
		['no request and no response', { payload: 1, req: { headers: { cookie: 'c' } }, res: {} }, { payload: 1 }, []],
		[
			'no function, and nothing that refers to itself',
			{ payload: 1, call: () => 1, circular },
			{ payload: 1 },
			['call', 'circular'],
		],
		[
			'a number that JSON cannot hold',
			{ payload: 1, big: 1n },
			{ payload: 1, big: { $type: 'bigint', value: '1' } },
			[],
		],
		['nothing huge', { topic: 't', file: 'x'.repeat(300_000) }, { topic: 't' }, ['file']],
		[
			'a function within takes nothing else with it',
			{ payload: { name: 'Mona', call: () => 1 } },
			{ payload: { name: 'Mona' } },
			['payload.call'],
		],
		[
			'of a list the entry that a function was read from',
			{ payload: { list: [1, () => 1] } },
			{ payload: {} },
			['payload.list'],
		],
		[
			'an instance of a class, as data',
			{
				payload: new (class Row {
					public readonly name = 'Mona';
				})(),
			},
			{ payload: { name: 'Mona' } },
			['payload (as Row)'],
		],
		['beside a list nothing large', { topic: 't', file: 'x'.repeat(17_000) }, { topic: 't' }, ['file'], true],
		[
			'beside a list not much of anything',
			{ one: 'x'.repeat(9000), two: 'x'.repeat(9000) },
			{ one: 'x'.repeat(9000) },
			['two'],
			true,
		],
	])('%s', (_name, msg, message, leftOut, besideList = false) => {
		expect(keptMessage(msg, besideList)).toEqual({ message, leftOut });
	});

	test('one that an earlier version kept is read as it stands', () => {
		expect(restoredMessage({ message: { payload: { $type: 'Date', value: 1 } } })).toEqual({
			message: { payload: { $type: 'Date', value: 1 } },
			leftOut: [],
		});
	});
});

test('the gate lets its number in, keeps the order and survives what throws', async () => {
	const gate = createSemaphore(2);
	const order: number[] = [];
	let inside = 0;
	let most = 0;
	const work = async (index: number): Promise<void> =>
		await gate.pass(async () => {
			most = Math.max(most, ++inside);
			await Promise.resolve();
			order.push(index);
			inside--;
			if (index === 3) throw new Error('3');
		});
	const results = await Promise.allSettled(
		Array.from({ length: 5000 }, async (_, index) => {
			await work(index);
		}),
	);
	expect(most).toBe(2);
	expect(order).toEqual([...order].sort((a, b) => a - b));
	expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(1);
	expect(gate.counts()).toEqual({ inside: 0, waiting: 0 });
});
