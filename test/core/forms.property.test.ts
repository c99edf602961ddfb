import { readLead, recognizeForm } from '../../packages/core/src';
import { clean } from '../../packages/core/src/text/text';
import { byCases } from '../fixtures/cases';
import { payloadFixtures } from '../fixtures/payloads';
import { leastProcessorMs } from '../fixtures/processorTime';
import fc from '../fixtures/fastCheck';

const numRuns = byCases({ few: 400, more: 2000, all: 50_000 });

const known = payloadFixtures.map(({ payload }) => payload);

/** Keys that sources look for, so that chance meets their readers. */
const keys = [
	...new Set(
		known.flatMap((payload) => [...JSON.stringify(payload).matchAll(/"([^"\\]{1,40})":/g)].map(([, key]) => key ?? '')),
	),
];
const key = fc.oneof(
	fc.constantFrom(...keys, '__proto__', 'constructor', 'toString', 'name', 'phone', 'tags[]', 'a[b][c]'),
	fc.string({ maxLength: 12 }),
);
const { json } = fc.letrec((tie) => ({
	leaf: fc.oneof(
		fc.string(),
		fc.integer(),
		fc.double(),
		fc.boolean(),
		fc.constant(null),
		fc.constantFrom('', '0', '+201001234567', 'Mona Ali', '{"a":1}', '[]'),
	),
	json: fc.oneof(
		{ maxDepth: 5, depthSize: 'small' },
		tie('leaf'),
		fc.array(tie('json'), { maxLength: 4 }),
		fc.array(fc.tuple(key, tie('json')), { maxLength: 6 }).map((pairs) => Object.fromEntries(pairs) as unknown),
	),
}));

/** A payload of a fixture with some of its values replaced. */
const spoiled = fc
	.tuple(fc.constantFrom(...known), fc.array(fc.tuple(fc.nat(400), json), { maxLength: 4 }))
	.map(([payload, changes]) => {
		let at = 0;
		return JSON.parse(JSON.stringify(payload), (_, value: unknown) => {
			const change = changes.find(([index]) => index === at);
			at += 1;
			return change === undefined ? value : change[1];
		}) as unknown;
	});

const digits = (value: unknown): string => String(value).normalize('NFKC').replace(/\D/g, '');

const textsIn = (value: unknown): readonly string[] =>
	typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [String(value)];

const check = (payload: unknown): void => {
	const before = JSON.stringify(payload);
	const texts = clean(textsIn(payload).join('\n'));
	const { source, leads, problem } = recognizeForm(payload, { defaultCountry: 'EG' });
	expect(source).not.toBe('');
	// Leads or a reason, never neither.
	expect(leads.length > 0 || problem !== undefined).toBe(true);
	expect(JSON.stringify(payload)).toBe(before);
	for (const { draft, matched } of leads) {
		readLead(draft, { defaultCountry: 'EG' });
		// No phone but one that stands in the payload: its last seven digits do.
		const phone = matched.find(({ field }) => field === 'leadInformation.phone');
		if (phone !== undefined) expect(digits(before)).toContain(digits(phone.value).slice(-7));
		// No name either: every word of one does.
		const names = matched
			.filter(({ field }) => /\.(?:first|last)Name$/.test(field))
			.flatMap(({ value }) => String(value).split(/[\s,]+/));
		// Who wrote or called without a name is called by the phone, which is checked above.
		for (const word of names) if (word !== phone?.value) expect(texts).toContain(word);
	}
	expect(Object.prototype).not.toHaveProperty('polluted');
	expect(({} as Record<string, unknown>).leadInformation).toBeUndefined();
};

/** What `String()` throws for: an object whose way of becoming text is no function. */
const noText = [{ toString: 'x', valueOf: 'x' }];
test.each<[source: string, payload: unknown]>([
	[
		'Typeform',
		{ form_response: { token: 't', answers: [{ type: noText, field: { id: 'a' } }], definition: { fields: [] } } },
	],
	[
		'Elementor',
		{
			form: { id: '1', name: 'Contact' },
			fields: { name: { id: 'name', type: noText, title: 'Name', value: 'Mona' } },
			meta: {},
		},
	],
	[
		'Tally',
		{
			eventType: 'FORM_RESPONSE',
			data: {
				fields: [
					{ key: noText, label: 'Terms', type: 'CHECKBOXES', value: true },
					{ key: noText, label: 'Terms', type: 'CHECKBOXES', value: ['a'] },
				],
			},
		},
	],
	['WhatsApp', { messaging_product: 'whatsapp', messages: [{ from: '201001234567', id: 'm', type: noText }] }],
	['Snapchat', { lead_id: '1', ad_squad_id: '2', form_name: 'Snap Lead Generation Form', email: noText }],
])('%s with a value that has no text gives leads or a reason', (source, payload) => {
	expect(recognizeForm(payload).source).toContain(source);
	check(payload);
});

test('any JSON gives leads or a reason', () => {
	fc.assert(fc.property(json, check), { numRuns });
});

test('a payload of a known source with odd values in it gives leads or a reason', () => {
	fc.assert(fc.property(spoiled, check), { numRuns });
});

describe('text made to take long', () => {
	const long = 100_000;
	test.each<[name: string, payload: unknown]>([
		['spaces', { name: ' '.repeat(long), phone: `1${' '.repeat(long)}1` }],
		['dots', { name: `Dr${'.'.repeat(long)}`, email: `a@${'a.'.repeat(long)}` }],
		['asking words', { [`${'what is '.repeat(20)}name`]: 'x', ['please '.repeat(long / 7)]: 'x' }],
		['partings', { ['phone / '.repeat(24)]: '01001234567', ['/'.repeat(long)]: 'x' }],
		['brackets', { [`a${'[b]'.repeat(long / 3)}`]: 'x', ['['.repeat(long)]: 'x', [`a${'[]'.repeat(long / 2)}x`]: 'x' }],
		['digits', { phone: '1'.repeat(long), whatsapp: '1-'.repeat(long / 2), 'Phone (Egypt)': '1 '.repeat(long / 2) }],
		['commas', { interests: ','.repeat(long), tags: ' , '.repeat(long / 3) }],
		['letters with marks', { ['a\u064b'.repeat(long / 2)]: 'x', name: 'أ'.repeat(long) }],
		['many questions', Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`Question ${index}?`, 'yes']))],
		[
			'many pairs',
			{ answers: Array.from({ length: 5000 }, (_, index) => ({ label: `Question ${index}`, value: 'yes' })) },
		],
		[
			'the same list in many groups',
			Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`g${index}`, { interests: `a${index},b` }])),
		],
		[
			'a list of phones without an end',
			{ phones: Array.from({ length: 20_000 }, (_, index) => `0100${1_000_000 + index}`) },
		],
		['a hundred thousand tags in one text', { tags: 'a,'.repeat(long) }],
		['one megabyte', { name: 'Mona', message: 'مرحبا '.repeat(95_000), phone: '01001234567' }],
	])('%s', (_, payload) => {
		recognizeForm(payload);
		// Far above what it takes, and far below a search that runs away over so long a text.
		expect(leastProcessorMs(() => recognizeForm(payload), 2000)).toBeLessThan(2000);
	});
});
