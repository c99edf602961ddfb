import { createLead, outcomeObject, type Reply, wordedOutcome } from '../../packages/core/src';
import { withoutKey } from '../../packages/core/src/api/redact';
import { answered, fakeHost, fault } from '../core/fakeHost';
import { canary, expectNoKeyIn, printed, spellings, traceOf } from '../fixtures/canary';
import { byCases } from '../fixtures/cases';
import { echoRows, leadFor } from '../fixtures/echo';
import fc from 'fast-check';

const connection = { baseUrl: 'https://crm.test/api', organizationId: 'org', apiKey: canary };

test.each(Object.entries(spellings))('a trace of the key %s would be found', (_name, text) => {
	expect(traceOf(printed({ deep: [{ [`a ${text} b`]: 1 }] }))).not.toBe('');
});

test.each(echoRows)('an answer $name leaves no trace of the key', async (row) => {
	const reply: Reply =
		row.instead === undefined
			? answered(row.status, row.body ?? '', row.headers ?? {})
			: fault(row.instead === 'cut' ? 'ECONNRESET' : 'TIMEOUT');
	const outcome = await createLead(leadFor(row), connection, { maxTries: 1 }, fakeHost([reply]));
	expectNoKeyIn('outcome', outcome);
	expectNoKeyIn('outcome object', outcomeObject(wordedOutcome(outcome)));
});

test('a dry run shows no key', async () => {
	const outcome = await createLead(
		{ firstName: 'Mona', phone: '+201001234567' },
		connection,
		{ dryRun: true },
		fakeHost([]),
	);
	expect(outcome.outcome).toBe('dryRun');
	expectNoKeyIn('dry run', outcome);
	expect(JSON.stringify(outcome)).toContain('"x-api-key":"(hidden)"');
});

describe('any key in any place', () => {
	const keys = fc.string({
		unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
		minLength: 12,
		maxLength: 80,
	});
	const around = fc.string({ maxLength: 20 });
	const forms = fc.constantFrom<
		readonly [string, (key: string, before: string, after: string) => string, (key: string) => string]
	>(
		['plain', (key, before, after) => before + key + after, (key) => key],
		[
			'in an address',
			(key, before, after) =>
				encodeURI(before) +
				key.replace(/[^\w.~-]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`) +
				after,
			(key) => key.replace(/[^\w.~-]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`),
		],
		[
			'as base64 with more',
			(key, before, after) => Buffer.from(before + key + after).toString('base64'),
			(key) => Buffer.from(key).toString('base64').slice(0, 12),
		],
	);
	test('is struck out', () => {
		fc.assert(
			fc.property(keys, around, around, forms, (key, before, after, [, make, trace]) => {
				const text = make(key, before, after);
				const cleaned = JSON.stringify(withoutKey({ a: [text], [text]: 1 }, key));
				expect(cleaned).toContain('(hidden)');
				expect(cleaned).not.toContain(JSON.stringify(trace(key)).slice(1, -1));
			}),
			{ numRuns: byCases({ few: 500, more: 2000, all: 2000 }), seed: 20_261_120 },
		);
	});

	test('a key too short to be one strikes nothing out', () => {
		expect(withoutKey({ message: 'key abc is bad' }, 'abc')).toEqual({ message: 'key abc is bad' });
	});
});
