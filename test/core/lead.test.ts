import { readLead, type ReadingSettings } from '../../packages/core/src';
import guideLead from '../fixtures/guideLead.json';
import { leastProcessorMs } from '../fixtures/processorTime';

/** A lead that passes, with more on top. */
const mona = (more: object = {}): object => ({ firstName: 'Mona', phone: '+201001234567', ...more });
const { customField: _empty, ...guideSent } = guideLead;

const sent = (draft: unknown, settings?: Partial<ReadingSettings>): unknown => {
	const reading = readLead(draft, settings);
	return 'lead' in reading ? reading.lead : reading.issues;
};
const issues = (draft: unknown, settings?: Partial<ReadingSettings>): unknown => {
	const reading = readLead(draft, settings);
	return 'issues' in reading ? reading.issues.map(({ field, message }) => [field, message]) : reading;
};
const plus = (more: object): object => ({ leadInformation: { firstName: 'Mona', phone: '+201001234567' }, ...more });
const within = (more: object): object => ({ leadInformation: { firstName: 'Mona', phone: '+201001234567', ...more } });

describe('what a draft becomes', () => {
	test.each<[name: string, draft: unknown, lead: unknown]>([
		["the guide's sample, as it is but for what is empty", guideLead, guideSent],
		["the API's shape", within({ address: { city: 'Giza' } }), within({ address: { city: 'Giza' } })],
		[
			'flat names',
			mona({ city: 'Giza', campaignName: 'Q3' }),
			{ ...within({ address: { city: 'Giza' } }), campaignName: 'Q3' },
		],
		[
			'dotted paths as keys',
			{ 'leadInformation.firstName': 'Mona', 'leadInformation.phone': '+201001234567' },
			within({}),
		],
		['flat and nested together', { phone: '+201001234567', leadInformation: { firstName: 'Mona' } }, within({})],
		['address as text', mona({ address: 'Villa 12' }), within({ address: { address: 'Villa 12' } })],
		[
			"address as text in the API's group",
			within({ address: 'Villa 12' }),
			within({ address: { address: 'Villa 12' } }),
		],
		[
			'address as a flat group',
			mona({ address: { city: 'Giza', zip: 12566 } }),
			within({ address: { city: 'Giza', zip: '12566' } }),
		],
		['JSON text', JSON.stringify(mona({ dealSize: 5 })), plus({ dealSize: 5 })],
		['space around text', mona({ lastName: '  Ali \n' }), within({ lastName: 'Ali' })],
		['unseen marks of writing direction', mona({ lastName: '\u202bعلي\u202c\u200f' }), within({ lastName: 'علي' })],
		[
			'joiners within words and emoji stay',
			mona({ leadDescription: 'می\u200cخواهم 👨\u200d👩\u200d👧' }),
			plus({ leadDescription: 'می\u200cخواهم 👨\u200d👩\u200d👧' }),
		],
		[
			'nothing of what is empty',
			mona({
				email: '',
				city: ' ',
				tags: [],
				interests: ['', null],
				title: null,
				company: undefined,
				leadInformation: {},
				customField: {},
			}),
			within({}),
		],
		['not a number is nothing', mona({ dealSize: NaN, title: NaN }), within({})],
		[
			'0 and false stay',
			mona({ dealSize: 0, leadRating: 0, isQualified: false }),
			plus({ dealSize: 0, leadRating: 0, isQualified: false }),
		],
		[
			'a number where text is asked',
			mona({ zip: 12566, region: 6 }),
			{ ...within({ address: { zip: '12566' } }), region: '6' },
		],
		['a phone as a number, its zero eaten', { firstName: 'Mona', phone: 1001234567 }, within({})],
		['a phone in Arabic digits', { firstName: 'Mona', phone: '٠١٠٠ ١٢٣ ٤٥٦٧' }, within({})],
		['a number with thousands', mona({ dealSize: '2,500,000' }), plus({ dealSize: 2_500_000 })],
		['a number with Arabic digits and marks', mona({ dealSize: '٢٬٥٠٠٬٠٠٠٫٥' }), plus({ dealSize: 2_500_000.5 })],
		['a number parted by Arabic commas', mona({ dealSize: '٢،٥٠٠،٠٠٠' }), plus({ dealSize: 2_500_000 })],
		[
			'a negative number and a fraction',
			mona({ dealSize: '-.5', leadRating: '4.' }),
			plus({ dealSize: -0.5, leadRating: 4 }),
		],
		['a big integer', mona({ dealSize: 2_500_000n }), plus({ dealSize: 2_500_000 })],
		['yes in English', mona({ isQualified: ' Yes ' }), plus({ isQualified: true })],
		['yes in Arabic', mona({ isQualified: 'نعم' }), plus({ isQualified: true })],
		['no in Arabic', mona({ isQualified: 'لا' }), plus({ isQualified: false })],
		['1 and 0 as yes and no', mona({ isQualified: '٠' }), plus({ isQualified: false })],
		['a list as text', mona({ tags: 'a, b،c;d\ne,,a' }), plus({ tags: ['a', 'b', 'c', 'd', 'e'] })],
		['a list as JSON text', mona({ tags: '["a, b", "c"]' }), plus({ tags: ['a, b', 'c'] })],
		['one number as a list', mona({ tags: 2026 }), plus({ tags: ['2026'] })],
		[
			'a list of mails and phones',
			mona({ additionalEmails: 'a@b.co; c@d.co', additionalPhones: ['01112223334', ''] }),
			plus({ additionalPhones: ['+201112223334'], additionalEmails: ['a@b.co', 'c@d.co'] }),
		],
		['a mail link', mona({ email: 'mailto:mona@example.com' }), within({ email: 'mona@example.com' })],
		[
			'custom field as pairs',
			mona({ customField: { utm_source: 'fb', n: 1 } }),
			plus({ customField: '{"utm_source":"fb","n":1}' }),
		],
		['custom field as JSON text, untouched', mona({ customField: ' {"a": 1} ' }), plus({ customField: '{"a": 1}' })],
		['custom field as plain text, a number, a list', mona({ customField: 5 }), plus({ customField: '5' })],
		[
			'a date',
			mona({ title: new Date(0), customField: { at: new Date(0) } }),
			{ ...within({ title: '1970-01-01T00:00:00.000Z' }), customField: '{"at":"1970-01-01T00:00:00.000Z"}' },
		],
		['a country by its Arabic name', mona({ country: 'السعودية' }), within({ address: { country: 'SA' } })],
	])('%s', (_, draft, lead) => {
		expect(sent(draft)).toEqual(lead);
	});

	test('the draft itself stays as it was', () => {
		const draft = structuredClone(guideLead);
		readLead(draft);
		expect(draft).toEqual(guideLead);
	});

	test("the lead's own country decides how its phone is read", () => {
		expect(sent({ firstName: 'Faisal', phone: '0500000005', country: 'Saudi Arabia' })).toMatchObject({
			leadInformation: { phone: '+966500000005' },
		});
	});

	test.each<[name: string, settings: Partial<ReadingSettings>, phone: string]>([
		['without settings: Egypt', {}, '+201001234567'],
		['settings without a value', { defaultCountry: undefined, phone: undefined }, '+201001234567'],
		['a country in small letters', { defaultCountry: 'eg' }, '+201001234567'],
		['a country by its name', { defaultCountry: 'Egypt' }, '+201001234567'],
		['only checked', { phone: 'check' }, '010 0123 4567'],
		['passed on untouched', { phone: 'asIs' }, '010 0123 4567'],
	])('phone, %s', (_, settings, phone) => {
		expect(sent({ firstName: 'Mona', phone: ' 010 0123 4567 ' }, settings)).toMatchObject({
			leadInformation: { phone },
		});
	});

	test('two phones in one field become the phone and an additional one', () => {
		expect(
			readLead({
				firstName: 'Mona',
				phone: '01001234567 / 01112223334',
				additionalPhones: ['+201112223334', '+201223334445'],
			}),
		).toEqual({
			lead: {
				leadInformation: { firstName: 'Mona', phone: '+201001234567' },
				additionalPhones: ['+201112223334', '+201223334445'],
			},
			warnings: [
				'Phone was changed from "01001234567 / 01112223334" to "+201001234567".',
				'A second number, +201112223334, was saved in Additional Phones.',
			],
		});
	});
});

describe('what is wrong with a draft', () => {
	test.each<[name: string, draft: unknown, found: readonly (readonly [string, string])[]]>([
		[
			'nothing in it',
			{},
			[
				['leadInformation.firstName', 'First Name is missing.'],
				['leadInformation.phone', 'Phone is missing.'],
			],
		],
		[
			'blank required fields',
			{ firstName: ' ', phone: '\u200f' },
			[
				['leadInformation.firstName', 'First Name is missing.'],
				['leadInformation.phone', 'Phone is missing.'],
			],
		],
		[
			'no phone number',
			{ firstName: 'A', phone: 'call me' },
			[['leadInformation.phone', 'Phone "call me" is not a valid phone number in Egypt, nor an international one.']],
		],
		[
			'a message instead of a phone',
			{ firstName: 'A', phone: 'x'.repeat(500) },
			[
				[
					'leadInformation.phone',
					`Phone "${'x'.repeat(79)}…" is not a valid phone number in Egypt, nor an international one.`,
				],
			],
		],
		[
			'a phone that a spreadsheet shortened',
			{ firstName: 'A', phone: '2.01001E+11' },
			[['leadInformation.phone', 'Phone "2.01001E+11" was shortened by a spreadsheet, so some digits are lost.']],
		],
		[
			'an email without a domain',
			mona({ email: 'mona@' }),
			[['leadInformation.email', 'Email "mona@" is not an email address.']],
		],
		[
			'one bad email of several',
			mona({ additionalEmails: 'a@b.co, nope' }),
			[['additionalEmails', 'Additional Emails "nope" is not an email address.']],
		],
		[
			'a list where text is asked',
			mona({ lastName: ['Ali'] }),
			[['leadInformation.lastName', 'Last Name must be text, not a list.']],
		],
		[
			'an object where text is asked',
			mona({ title: { name: 'x' } }),
			[['leadInformation.title', 'Job Title must be text, not an object.']],
		],
		[
			'true where text is asked',
			{ firstName: true, phone: '+201001234567' },
			[['leadInformation.firstName', 'First Name must be text, not true or false.']],
		],
		[
			'words where a number is asked',
			mona({ dealSize: '2.5 million' }),
			[['dealSize', 'Deal Size must be a number, and "2.5 million" is not one.']],
		],
		[
			'a number too large to be one',
			mona({ dealSize: '9'.repeat(400) }),
			[['dealSize', `Deal Size must be a number, and "${'9'.repeat(79)}…" is not one.`]],
		],
		[
			'an object where a number is asked',
			mona({ leadRating: { stars: 4 } }),
			[['leadRating', 'Lead Rating must be a number, and "{"stars":4}" is not one.']],
		],
		[
			'maybe',
			mona({ isQualified: 'maybe' }),
			[['isQualified', 'Qualified must be true or false, and "maybe" is neither.']],
		],
		[
			'an object where a list is asked',
			mona({ tags: { a: 1 } }),
			[['tags', 'Tags must be a list, or text separated by commas.']],
		],
		['a list within a list', mona({ tags: [['a']] }), [['tags', 'Tags must be text, not a list.']]],
		[
			'text where a group is asked',
			{ leadInformation: 'Mona' },
			[
				['leadInformation', 'leadInformation must be name-value pairs.'],
				['leadInformation.firstName', 'First Name is missing.'],
				['leadInformation.phone', 'Phone is missing.'],
			],
		],
		['undefined', undefined, [['', 'A lead must be an object with fields, but this is empty.']]],
		['null', null, [['', 'A lead must be an object with fields, but this is empty.']]],
		['blank text', ' ', [['', 'A lead must be an object with fields, but this is empty.']]],
		['a list', [guideLead], [['', 'A lead must be an object with fields, but this is a list.']]],
		['text that is no JSON', '{ name: ', [['', 'A lead must be an object with fields, but this is text.']]],
		['a number', 5, [['', 'A lead must be an object with fields, but this is a number.']]],
		[
			'bytes',
			new Uint8Array([1, 2]),
			[['', 'A lead must be an object with fields, but this is bytes, such as a file.']],
		],
	])('%s', (_, draft, found) => {
		expect(issues(draft)).toEqual(found);
	});

	test('two phones in one field are none where phones are only checked', () => {
		expect(issues({ firstName: 'Mona', phone: '01001234567 / 01112223334' }, { phone: 'check' })).toEqual([
			['leadInformation.phone', expect.stringContaining('is not a valid phone number')],
		]);
	});

	test('everything wrong is told at once', () => {
		expect(issues({ phone: 'x', email: 'y', dealSize: 'z' })).toHaveLength(4);
	});
});

describe('unknown keys', () => {
	test.each<[key: string, didYouMean: string]>([
		['fristName', 'leadInformation.firstName'],
		['first_name', 'leadInformation.firstName'],
		['First Name', 'leadInformation.firstName'],
		['lastNmae', 'leadInformation.lastName'],
		['phon', 'leadInformation.phone'],
		['mobile', 'leadInformation.phone'],
		['رقم الموبايل', 'leadInformation.phone'],
		['emial', 'leadInformation.email'],
		['e-mail', 'leadInformation.email'],
		['adress', 'leadInformation.address.address'],
		['leadType', 'leadtype'],
		['campaingName', 'campaignName'],
		['budget', 'dealSize'],
		['tag', 'tags'],
		['custom_fields', 'customField'],
		['Country ', 'leadInformation.address.country'],
	])('"%s" is an issue that asks for %s', (key, didYouMean) => {
		const filled: Record<string, unknown> = mona({ [key]: 'x' }) as Record<string, unknown>;
		expect(issues(filled)).toContainEqual([didYouMean, `"${key}" is not a field. Did you mean "${didYouMean}"?`]);
	});

	test.each<[where: string, draft: unknown, key: string, didYouMean: string]>([
		['a flat name in the wrong group', within({ tags: ['a'] }), 'leadInformation.tags', 'tags'],
		[
			'a group within the address',
			within({ address: { phone: '1' } }),
			'leadInformation.address.phone',
			'leadInformation.phone',
		],
		['a slip within a group', within({ emial: 'a@b.co' }), 'leadInformation.emial', 'leadInformation.email'],
	])('%s', (_, draft, key, didYouMean) => {
		expect(issues(draft)).toEqual([[didYouMean, `"${key}" is not a field. Did you mean "${didYouMean}"?`]]);
	});

	test('a slip in a required name is told once, not also as missing', () => {
		expect(issues({ fristName: 'Mona', phone: '+201001234567' })).toHaveLength(1);
	});

	test.each([
		'shoeSize',
		'username',
		'gclid',
		'id',
		'x',
		'__proto__',
		'constructor',
		'prototype',
		'hasOwnProperty',
		'toString',
		'صورة',
	])('"%s" is left out with a warning', (key) => {
		const draft: unknown = JSON.parse(
			`{"firstName":"Mona","phone":"+201001234567",${JSON.stringify(key)}:{"firstName":"Eve"}}`,
		);
		expect(readLead(draft)).toEqual({
			lead: within({}),
			warnings: [`"${key}" is not a lead field, so it was not sent. Use Custom Field to keep it.`],
		});
		expect(({} as Record<string, unknown>).firstName).toBeUndefined();
	});

	test('an empty unknown key, or one that resembles a field, does not count', () => {
		expect(readLead(mona({ shoeSize: '', mobile: null, custom_fields: [] }))).toEqual({
			lead: within({}),
			warnings: [],
		});
	});

	test('a very long key is shortened in its warning', () => {
		const reading = readLead(mona({ ['k'.repeat(100_000)]: 1 }));
		expect(reading.warnings).toEqual([expect.stringMatching(/^"k{79}…" is not a lead field/)]);
	});

	test("the API's own path wins over the flat name, with a warning", () => {
		expect(readLead({ ...mona({ city: 'Giza' }), leadInformation: { address: { city: 'Cairo' } } })).toEqual({
			lead: within({ address: { city: 'Cairo' } }),
			warnings: ['City was given twice. The value at leadInformation.address.city was sent.'],
		});
	});

	test('a country that is not known is sent as it is, with a warning', () => {
		expect(readLead(mona({ country: 'Atlantis' }))).toEqual({
			lead: within({ address: { country: 'Atlantis' } }),
			warnings: ['Country "Atlantis" is not a known country. It was sent unchanged.'],
		});
	});
});

describe('what nobody means well', () => {
	const endless: Record<string, unknown> = {};
	endless.self = endless;
	let deep: unknown = 'x';
	for (let level = 0; level < 20_000; level++) deep = [deep];

	test.each<[name: string, value: unknown]>([
		['an object that holds itself', endless],
		['20,000 levels', deep],
		['a function', () => 1],
		['a symbol', Symbol('x')],
		['a big integer', 10n],
		['infinity', Infinity],
		['a megabyte of digits', `${'1'.repeat(1_000_000)}x`],
		['a megabyte of commas', '1,'.repeat(500_000)],
		['a megabyte of names', 'a@'.repeat(500_000)],
	])('%s gives a lead or issues, quickly', (_, value) => {
		const keys = [
			'firstName',
			'phone',
			'email',
			'country',
			'dealSize',
			'isQualified',
			'tags',
			'additionalPhones',
			'customField',
			'other',
		];
		const readAll = (): void => {
			for (const key of keys) {
				const reading = readLead({ ...mona(), [key]: value });
				expect('lead' in reading || reading.issues.length > 0).toBe(true);
			}
		};
		expect(leastProcessorMs(readAll, 5000)).toBeLessThan(5000);
	});

	test('20,000 levels of JSON text', () => {
		expect(issues('{"tags":'.repeat(20_000) + '1' + '}'.repeat(20_000))).toEqual([
			['', 'A lead must be an object with fields, but this is text.'],
		]);
	});
});
