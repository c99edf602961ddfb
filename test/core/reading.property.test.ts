import { explain, fields, fullNameSynonyms, interpretResponse, readLead, recognizeForm } from '../../packages/core/src';
import { byCases, seed } from '../fixtures/cases';
import fc from 'fast-check';

/** Keys that mean something to the core, or to JavaScript. */
const keys = fc.oneof(
	fc.constantFrom(
		'leadInformation',
		'address',
		'body',
		'headers',
		'query',
		'data',
		'field_data',
		'entry',
		'object',
		'id',
		'form',
		'values',
		'name',
		'errors',
		'message',
		'path',
		'children',
	),
	fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'toJSON', 'length'),
	fc.constantFrom(...fields.flatMap(({ name, path, synonyms }) => [name, path, ...synonyms]), ...fullNameSynonyms),
	fc.string(),
);
const texts = fc.oneof(
	fc.string(),
	fc.string({ unit: 'binary' }),
	fc.emailAddress(),
	fc.constantFrom(
		'01001234567',
		'+201001234567 / 01112223334',
		'٠١٠٠١٢٣٤٥٦٧',
		'نعم',
		'Dr. Ahmed Ali',
		'EG',
		'{"a":1}',
		'["a"]',
		'2,500,000',
		'1E+9',
		' ',
		'__proto__',
	),
);
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
	json: fc.oneof(
		{ maxDepth: 5, depthSize: 'small' },
		texts,
		fc.double(),
		fc.integer(),
		fc.boolean(),
		fc.constant(null),
		fc.array(tie('json'), { maxLength: 5 }),
		// `fromEntries` makes "__proto__" a key of the object's own, as JSON does.
		fc.array(fc.tuple(keys, tie('json')), { maxLength: 8 }).map((entries) => Object.fromEntries(entries)),
	),
}));

const bare = (of: object): readonly PropertyKey[] => Reflect.ownKeys(of);
const before = [Object.prototype, Array.prototype, Function.prototype, String.prototype].map(bare);
const expectUnpolluted = (): void =>
	expect([Object.prototype, Array.prototype, Function.prototype, String.prototype].map(bare)).toEqual(before);

/** The same cases each time for a seed: a test that fails once in a while teaches nobody. */
const runs = { numRuns: byCases({ few: 300, more: 1000, all: 50_000 }), seed: 20_261_119 + seed };

test('any draft gives a lead or issues', () => {
	fc.assert(
		fc.property(json, fc.constantFrom('normalize', 'check', 'asIs'), (draft, phone) => {
			const reading = readLead(draft, { phone });
			if ('lead' in reading) {
				expect(reading.lead.leadInformation.firstName).not.toBe('');
				expect(reading.lead.leadInformation.phone).not.toBe('');
				expect(JSON.stringify(reading.lead)).not.toMatch(/:null|:\[\]|:\{\}|:""/);
			} else {
				expect(reading.issues.length).toBeGreaterThan(0);
				for (const { message } of reading.issues) expect(message).not.toMatch(/^$|\[object|\bundefined is/);
			}
		}),
		runs,
	);
	expectUnpolluted();
});

test('a lead that passed passes again, unchanged', () => {
	fc.assert(
		fc.property(json, fc.record({ firstName: texts, phone: fc.constant('+201001234567') }), (draft, person) => {
			const reading = readLead({ ...(typeof draft === 'object' && !Array.isArray(draft) ? draft : {}), ...person });
			if (!('lead' in reading)) return;
			expect(readLead(reading.lead)).toEqual({
				lead: reading.lead,
				warnings: expect.not.arrayContaining([expect.stringContaining('was changed')]),
			});
		}),
		runs,
	);
});

test('any payload gives drafts or a problem', () => {
	fc.assert(
		fc.property(json, (payload) => {
			const { leads, problem } = recognizeForm(payload);
			expect(leads.length + (problem === undefined ? 0 : 1)).toBeGreaterThan(0);
			for (const { draft } of leads) expect('lead' in readLead(draft) || 'issues' in readLead(draft)).toBe(true);
		}),
		runs,
	);
	expectUnpolluted();
});

test('a flat form: every answer is in the draft', () => {
	// A question of no meaning begins with a word of ours, so that it is never one that is left out on purpose, such as "ip".
	const questions = fc.oneof(
		fc.constantFrom(...fields.flatMap(({ name, synonyms }) => [name, ...synonyms]), ...fullNameSynonyms),
		fc.string().map((key) => `question ${key}`),
	);
	const answers = fc.dictionary(questions, fc.stringMatching(/^[A-Za-z]{5,12}$/), { minKeys: 1, maxKeys: 10 });
	fc.assert(
		fc.property(answers, (form) => {
			const draft = JSON.stringify(recognizeForm(form).leads[0]?.draft);
			for (const answer of Object.values(form)) expect(draft).toContain(answer);
		}),
		runs,
	);
});

test('any answer of a server has an outcome in words', () => {
	const headers = fc.dictionary(
		fc.constantFrom('retry-after', 'Retry-After', '__proto__', 'x'),
		fc.oneof(texts, fc.array(texts)),
	);
	fc.assert(
		fc.property(
			fc.integer({ min: 100, max: 999 }),
			headers,
			fc.oneof(
				json,
				texts,
				json.map((body) => JSON.stringify(body)),
			),
			(status, given, body) => {
				const outcome = interpretResponse({ status, headers: given, body }, 0);
				expect(explain(outcome).message).not.toMatch(/^$|\[object|NaN/);
				expect(outcome.issues.length).toBeLessThanOrEqual(20);
			},
		),
		runs,
	);
	expectUnpolluted();
});
