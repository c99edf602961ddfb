import {
	fields,
	type LeadDraft,
	readLead,
	readSubmission,
	recognizeEach,
	recognizeForm,
	withField,
} from '../../packages/core/src';
import { payloadFixtures } from '../fixtures/payloads';
import fc from '../fixtures/fastCheck';

const valueAt = (draft: unknown, path: string): unknown =>
	path.split('.').reduce<unknown>((part, key) => (part as Readonly<Record<string, unknown>> | undefined)?.[key], draft);
const values: Readonly<Record<string, unknown>> = {
	phone: '+201112223334',
	additionalPhones: ['+201112223334'],
	dealSize: 7,
	leadRating: 3,
	isQualified: true,
	tags: ['other'],
	interests: ['other'],
	additionalEmails: ['o@example.com'],
	customField: { mine: 'other' },
};
const payload = {
	name: 'Mona Ali',
	phone: '010 0123 4567',
	email: 'mona@example.com',
	city: 'Giza',
	country: 'EG',
	company: 'Acme',
	utm_source: 'facebook',
	question: 'Villa',
	mine: 'theirs',
	budget: '2500000',
	message: 'hello',
};

test('what was matched is what the lead holds, whichever fields the user has filled in', () => {
	fc.assert(
		fc.property(
			fc.constantFrom(...payloadFixtures.map((fixture) => fixture.payload), payload),
			fc.subarray([...fields]),
			(given, filled) => {
				const overrides = filled.reduce<LeadDraft>(
					(draft, { name, path }) => withField(draft, path, values[name] ?? 'other'),
					{},
				);
				for (const each of readSubmission(given, overrides)) {
					if (each.kind !== 'draft') continue;
					for (const { field, value } of each.reading.matched ?? []) {
						const there = valueAt(each.draft, field);
						if (field === 'customField') expect(there).toMatchObject(value as object);
						else expect(there).toBe(value);
					}
				}
			},
		),
	);
});

test.each(fields.map(({ name, path }) => [name, path] as const))(
	'%s, filled in by the user, is not told as matched',
	(name, path) => {
		const [read] = readSubmission(
			{ ...payload, [name]: path === 'customField' ? { mine: 'theirs' } : 'Cairo' },
			withField({}, path, values[name] ?? 'other'),
		);
		const matched = read?.kind === 'draft' ? (read.reading.matched ?? []) : [];
		const [entry] = matched.filter(({ field }) => field === path);
		if (path !== 'customField') expect(entry).toBeUndefined();
		else expect(entry?.value).not.toHaveProperty('mine');
	},
);

test("of Custom Field the pairs that are still the form's are told", () => {
	const [read] = readSubmission(payload, withField({}, 'customField', { utm_source: 'mine' }));
	const [entry] = (read?.kind === 'draft' ? (read.reading.matched ?? []) : []).filter(
		({ field }) => field === 'customField',
	);
	expect([
		Object.keys(entry?.value as object).includes('utm_source'),
		entry?.from.includes('utm_source'),
		Object.keys(entry?.value as object).includes('question'),
	]).toEqual([false, false, true]);
});

const many = payloadFixtures.map((fixture) => fixture.payload);
test('lead by lead is the same as all at once, for every source', () => {
	for (const each of [...many, many, { headers: {}, body: many }, JSON.stringify(many)]) {
		const all = [...recognizeEach(each)];
		const { leads, problem } = recognizeForm(each);
		expect(all.flatMap((one) => ('lead' in one ? [one.lead] : []))).toEqual(leads);
		expect(all.some((one) => 'problem' in one)).toBe(problem !== undefined);
	}
});

test.each<[name: string, given: unknown]>([
	[
		'a list',
		[
			{ name: 'Mona', phone: '01001234567' },
			{ name: 'Ali', phone: '01112223334' },
		],
	],
	[
		'a list in a webhook',
		{
			headers: {},
			body: [
				{ name: 'Mona', phone: '01001234567' },
				{ name: 'Ali', phone: '01112223334' },
			],
		},
	],
	['a list as text', '[{"name":"Mona","phone":"01001234567"},{"name":"Ali","phone":"01112223334"}]'],
	[
		'rows in an object',
		{
			rows: [
				{ name: 'Mona', phone: '01001234567' },
				{ name: 'Ali', phone: '01112223334' },
			],
		},
	],
	[
		'a page of Meta',
		{
			data: ['Mona', 'Ali'].map((name, id) => ({
				id: String(id),
				field_data: [
					{ name: 'full_name', values: [name] },
					{ name: 'phone_number', values: ['+201001234567'] },
				],
			})),
			paging: {},
		},
	],
	[
		'messages of two people',
		{
			messaging_product: 'whatsapp',
			contacts: [
				{ wa_id: '201001234567', profile: { name: 'Mona' } },
				{ wa_id: '201112223334', profile: { name: 'Ali' } },
			],
			messages: [
				{ from: '201001234567', id: '1', type: 'text', text: { body: 'a' } },
				{ from: '201112223334', id: '2', type: 'text', text: { body: 'b' } },
			],
		},
	],
])('of %s each lead has a part of its own, which read alone gives that lead', (_name, given) => {
	const all = [...recognizeEach(given)];
	expect(all).toHaveLength(2);
	for (const each of all) {
		if (!('lead' in each)) throw new Error('no lead');
		const [alone] = recognizeForm(each.part).leads;
		expect(readLead(alone?.draft)).toEqual(readLead(each.lead.draft));
	}
});
