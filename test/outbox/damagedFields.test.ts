import { outcomeOf } from '../../packages/core/src';
import { sealedLeadFormat } from '../../packages/gateway/src/stores/disk/sealedEntry';
import type { Entry } from '../../packages/outbox/src';
import { stateIn } from '../../packages/outbox/src/dedupe/storedState';
import { entryText } from '../../packages/outbox/src/store/entryText';
import { entryReader } from '../../packages/outbox/src/store/readEntry';
import { byCases } from '../fixtures/cases';
import { entry, format, type Payload } from './entries';
import fc from 'fast-check';

/** An entry that has all that one may have. */
const { payload, ...mona } = entry(1, 'org');
const full: Entry<Payload> = {
	...mona,
	payload: {
		...payload,
		lead: { ...payload.lead, tags: ['a'], campaignName: 'Summer' },
		warnings: ['w'],
		policy: { maxTries: 3, unconfirmed: 'report', dryRun: false },
		origin: { ...payload.origin, isTyped: true, leftOut: ['req'] },
	},
	outcome: outcomeOf({ outcome: 'unauthorized', cause: { kind: 'refused' } }, { lead: null, status: 401 }),
	submissionKey: 's',
	forbidden: { times: 1, lastAtMs: 3 },
	resend: true,
	againAtMs: 4,
	idempotencyKey: 't',
	generation: 2,
	sentTo: 'g',
	resolved: 'arrived',
	endedAtMs: 5,
};
const read = entryReader(format);

type Type = 'text' | 'number' | 'boolean' | 'list' | 'object' | 'null';
const values: Readonly<Record<Type, readonly unknown[]>> = {
	text: ['', 'nonsense', '5', 'true', '2026-01-01'],
	number: [5, -1, 0.5, 1e300],
	boolean: [true, false],
	list: [[], [5], ['a', null]],
	object: [{}, { kind: 5 }, { length: 1 }],
	null: [null],
};
const types = Object.keys(values) as readonly Type[];

/** Each field of an entry by its path, with the types of which it may be; `?`: it may be missing too. */
const rows: readonly (readonly [path: string, types: readonly (Type | '?')[]])[] = [
	['schemaVersion', []],
	['id', []],
	['partition', []],
	['arrivedAtMs', ['number']],
	['submissionKey', ['text', '?']],
	['outcome', ['null']],
	['outcome.outcome', []],
	['outcome.cause', []],
	['outcome.cause.kind', ['text']],
	['outcome.status', ['number', 'null']],
	['outcome.leadId', ['text', 'null']],
	['outcome.leadNumber', ['number', 'null']],
	// Without one it is the entry's own.
	['outcome.lead', ['null', '?']],
	['outcome.issues', []],
	['outcome.warnings', []],
	['outcome.attempts', ['number']],
	['outcome.waitedMs', ['number']],
	['forbidden', ['?']],
	['forbidden.times', ['number']],
	['forbidden.lastAtMs', ['number']],
	['resend', ['?']],
	['againAtMs', ['number', '?']],
	['idempotencyKey', ['text', '?']],
	['generation', ['number', '?']],
	['sentTo', ['text', '?']],
	['resolved', ['?']],
	['endedAtMs', ['number', '?']],
	['unreadable', ['?']],
	['payload', []],
	['payload.lead', []],
	['payload.lead.leadInformation', []],
	['payload.lead.leadInformation.firstName', ['text']],
	['payload.lead.leadInformation.phone', ['text']],
	['payload.lead.leadInformation.email', ['text', '?']],
	['payload.lead.campaignName', ['text', '?']],
	['payload.lead.tags', ['?']],
	['payload.warnings', []],
	['payload.key', []],
	['payload.key.by', []],
	['payload.key.value', ['text']],
	['payload.key.text', ['text']],
	['payload.policy', ['object']],
	['payload.policy.maxTries', ['number', '?']],
	['payload.policy.dryRun', ['boolean', '?']],
	['payload.policy.unconfirmed', ['text', '?']],
	['payload.origin', []],
	['payload.origin.nodeId', ['text']],
	['payload.origin.message', ['object']],
	['payload.origin.isTyped', ['?']],
	['payload.origin.leftOut', ['?']],
];

/** The text of the full entry with another value at a path; undefined: with none. */
const textWith = (path: string, value: unknown): string => {
	const copy = JSON.parse(entryText(full)) as Record<string, unknown>;
	const names = path.split('.');
	const last = names.pop() ?? '';
	let place = copy;
	for (const name of names) place = place[name] as Record<string, unknown>;
	place[last] = value;
	return JSON.stringify(copy);
};

test('the full entry is whole, and every field that it has stands in the table', () => {
	expect(read(full.id, entryText(full))).toEqual(full);
	const paths = new Set(rows.map(([path]) => path));
	const known = [...Object.keys(full), ...Object.keys(full.payload).map((name) => `payload.${name}`)];
	expect(known.filter((name) => !paths.has(name))).toEqual([]);
});

test.each(rows)('%s that is wrong, missing or of another type is told, and lost is nothing of it', (path, allowed) => {
	const wrong = types.filter((type) => !allowed.includes(type)).flatMap((type) => values[type]);
	const missing = allowed.includes('?') ? [] : [undefined];
	// These are what they should be, by chance.
	const right: readonly unknown[] = path === 'resend' || path === 'payload.origin.isTyped' ? [true] : [];
	const isRight = (value: unknown): boolean =>
		right.includes(value) ||
		(Array.isArray(value) && value.length === 0 && /issues|warnings|tags|leftOut/i.test(path)) ||
		(Array.isArray(value) && value.length === 0 && path.endsWith('unreadable'));
	for (const value of [...wrong, ...missing].filter((each) => !isRight(each))) {
		const text = textWith(path, value);
		const found = read(full.id, text);
		const why = path === 'schemaVersion' && typeof value === 'number' && value > 1 ? 'newer' : 'damaged';
		expect([value, found.unreadable]).toEqual([value, { why, text }]);
		expect([value, found.id, found.outcome?.outcome]).toEqual([value, full.id, 'unconfirmed']);
		// It stands as it is once it was written.
		expect(read(full.id, entryText(found))).toEqual(found);
	}
	for (const type of types.filter((each) => allowed.includes(each)).slice(0, 1)) {
		const [value] = values[type];
		expect([value, read(full.id, textWith(path, value)).unreadable]).toEqual([value, undefined]);
	}
	if (allowed.includes('?')) expect(read(full.id, textWith(path, undefined)).unreadable).toBeUndefined();
});

/** Any text, among them many that are nearly an entry. */
const anyText = fc.oneof(
	fc
		.record({ path: fc.constantFrom(...rows.map(([path]) => path)), value: fc.jsonValue() })
		.map(({ path, value }) => textWith(path, value)),
	fc.nat({ max: entryText(full).length }).map((length) => entryText(full).slice(0, length)),
	fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('utf8')),
	fc.json(),
	fc.string(),
);

test.each<[name: string, read: ReturnType<typeof entryReader>]>([
	['what a Node-RED account keeps', read],
	['what a gateway keeps', entryReader(sealedLeadFormat)],
])('any text in the place of %s: read as it is, or kept to the letter and never to be sent', (_name, reader) => {
	fc.assert(
		fc.property(anyText, (text) => {
			const found = reader(full.id, text);
			expect(found.id).toBe(full.id);
			if (found.unreadable === undefined) return;
			expect([found.unreadable.text, found.outcome?.outcome]).toEqual([text, 'unconfirmed']);
			expect(typeof found.payload.lead.leadInformation.firstName).toBe('string');
			expect(reader(full.id, entryText(found))).toEqual(found);
		}),
		{ numRuns: byCases({ few: 120, more: 400, all: 20_000 }), seed: 21 },
	);
});

describe('what is known of a key', () => {
	test.each<[name: string, text: string, state: string]>([
		['sending', '{"schemaVersion":1,"state":"sending"}', 'sending'],
		['created', '{"schemaVersion":1,"state":"created"}', 'created'],
		['another state', '{"schemaVersion":1,"state":"teleported"}', 'sending'],
		['no state', '{"schemaVersion":1}', 'sending'],
		['no version', '{"state":"created"}', 'sending'],
		['a newer version', '{"schemaVersion":2,"state":"created"}', 'sending'],
		['the bare word', 'created', 'sending'],
		['nothing', '', 'sending'],
		['null', 'null', 'sending'],
	])('%s', (_name, text, state) => {
		expect(stateIn(text)).toBe(state);
	});

	test('any text says that a lead left, so none is created twice in silence', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.json()), (text) => expect(['sending', 'created']).toContain(stateIn(text))),
			{ numRuns: byCases({ few: 150, more: 500, all: 20_000 }), seed: 21 },
		);
	});
});
