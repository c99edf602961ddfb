import { recognizeForm, type RecognizedLead } from '../../packages/core/src';

const onlyLead = (payload: unknown): RecognizedLead => {
	const { leads } = recognizeForm(payload);
	expect(leads).toHaveLength(1);
	return leads[0] as RecognizedLead;
};

const mona = { leadInformation: { firstName: 'Mona', lastName: 'Ali', phone: '+201001234567' } };

describe('how forms write their questions and answers', () => {
	test.each<[name: string, payload: unknown]>([
		[
			'label and value',
			{
				answers: [
					{ label: 'Full name', value: 'Mona Ali' },
					{ label: 'Phone', value: '01001234567' },
				],
			},
		],
		[
			'question and answer',
			{
				responses: [
					{ question: 'What is your name?', answer: 'Mona Ali' },
					{ question: 'Your phone number', answer: '01001234567' },
				],
			},
		],
		[
			'name and values',
			{
				fields: [
					{ name: 'full_name', values: ['Mona Ali'] },
					{ name: 'phone', values: ['01001234567'] },
				],
			},
		],
		[
			'an id and a title',
			{
				data: [
					{ id: 'q1', title: 'Name', type: 'text', response: 'Mona Ali' },
					{ id: 'q2', title: 'Mobile', response: '01001234567' },
				],
			},
		],
		[
			'a type that tells',
			{
				data: [
					{ id: 1, question: 'Who?', value: 'x', type: 'email' },
					{ id: 2, label: 'Name', value: 'Mona Ali' },
					{ id: 3, label: 'Ring', value: '01001234567', type: 'tel' },
				],
			},
		],
		[
			'questions by id',
			{
				fields: {
					a1: { label: 'Name', value: 'Mona Ali' },
					a2: { label: 'Phone', type: 'text', value: '01001234567' },
				},
			},
		],
		[
			'questions by name',
			{
				fields: {
					name: { id: 'name', type: 'text', value: 'Mona Ali' },
					tel: { id: 'tel', type: 'tel', value: '01001234567' },
				},
			},
		],
		['brackets', { 'lead[first_name]': 'Mona', 'lead[last_name]': 'Ali', 'lead[phone]': '01001234567' }],
		['brackets with the form beside', { 'form_fields[name]': 'Mona Ali', 'form_fields[phone]': '01001234567' }],
		['one text with the whole form', { payload: '{"name":"Mona Ali","phone":"01001234567"}' }],
		['a part of it as text', { 'data.json': '{"name":["Mona Ali"],"phone_number":["01001234567"]}' }],
		[
			'a list of questions by itself',
			[
				{ id: 'a', name: 'Name', value: 'Mona Ali', type: 'shortText' },
				{ id: 'b', name: 'Ring', value: '01001234567', type: 'phone' },
			],
		],
		[
			'each answer an object of its own',
			{ properties: { firstname: { value: 'Mona' }, lastname: { value: 'Ali' }, phone: { value: '01001234567' } } },
		],
		['a wrapped list of one', { leads: [{ name: 'Mona Ali', phone: '01001234567' }] }],
	])('%s', (_, payload) => {
		expect(onlyLead(payload).draft).toMatchObject(mona);
	});

	test('tags[] are tags', () =>
		expect(onlyLead({ name: 'Mona', 'tags[]': ['a', 'b'] }).draft).toMatchObject({ tags: ['a', 'b'] }));

	test('form[name] is nobody, and is kept', () => {
		expect(onlyLead({ 'form[name]': 'Landing page', name: 'Mona' }).draft).toEqual({
			leadInformation: { firstName: 'Mona' },
			customField: { form_name: 'Landing page' },
		});
	});
});

const [phone, second] = ['+201001234567', '+201112223334'];

describe('several phones, emails and names of one person', () => {
	test.each<[name: string, form: object, expected: object]>([
		[
			'WhatsApp before the phone',
			{ whatsapp_number: second, phone },
			{ leadInformation: { phone }, additionalPhones: [second] },
		],
		[
			'the work email before the own',
			{ work_email: 'w@x.co', email: 'o@x.co' },
			{ leadInformation: { email: 'o@x.co' }, additionalEmails: ['w@x.co'] },
		],
		['WhatsApp alone', { whatsapp_number: phone }, { leadInformation: { phone } }],
		['a list of phones', { phones: [phone, second] }, { leadInformation: { phone }, additionalPhones: [second] }],
		[
			'a list of phones with types',
			{
				phones: [
					{ type: 'mobile', value: phone },
					{ type: 'home', value: second },
				],
			},
			{ leadInformation: { phone }, additionalPhones: [second] },
		],
		[
			'two emails in one text',
			{ email: 'a@x.co, b@x.co' },
			{ leadInformation: { email: 'a@x.co' }, additionalEmails: ['b@x.co'] },
		],
		[
			'the governorate before the city',
			{ المحافظة: 'الغربية', المدينة: 'طنطا' },
			{ leadInformation: { address: { city: 'طنطا' } }, customField: { المحافظة: 'الغربية' } },
		],
		[
			'a first name beside a whole one',
			{ first_name: 'Mona', full_name: 'Mona Ali' },
			{ leadInformation: { firstName: 'Mona', lastName: 'Ali' } },
		],
		[
			'a name beside a first name',
			{ Prénom: 'Sara', Nom: 'Benali' },
			{ leadInformation: { firstName: 'Sara', lastName: 'Benali' } },
		],
	])('%s', (_, form, expected) => expect(onlyLead(form).draft).toEqual(expected));
});

describe('a calling code beside the phone', () => {
	test.each<[name: string, form: object, phone: string]>([
		['with a plus', { country_code: '+971', phone: '501234567' }, '+971501234567'],
		['in digits', { phone_country_code: 971, phone: '0501234567' }, '+971501234567'],
		['in Arabic', { 'كود الدولة': '+966', الجوال: '551234567' }, '+966551234567'],
		['with the country', { 'Country code': 'UAE (+971)', phone: '50 123 4567' }, '+971501234567'],
		['within the phone', { phone: { countryCode: '+971', number: '501234567' } }, '+971501234567'],
		['beside a number that has its own', { country_code: '+971', phone: '+201001234567' }, '+201001234567'],
		['that makes no number', { country_code: '+971', phone: '01001234567' }, '+201001234567'],
	])('%s', (_, form, expected) => expect(onlyLead(form).draft).toMatchObject({ leadInformation: { phone: expected } }));

	test('is told as a change, is kept, and is no country', () => {
		const { draft, warnings, notes } = onlyLead({ country_code: '+971', phone: '501234567' });
		expect(draft).toEqual({ leadInformation: { phone: '+971501234567' }, customField: { country_code: '+971' } });
		expect([warnings, notes]).toEqual([[], ['Phone made international: 501234567 → +971 50 123 4567.']]);
	});
});

test('what is of somebody or something else keeps its group in its name', () => {
	expect(
		onlyLead({
			name: 'Mona',
			agent: { name: 'Ali', phone: second },
			page: { id: 6, title: 'Contact' },
			utm: { source: 'fb' },
		}).draft,
	).toEqual({
		leadInformation: { firstName: 'Mona' },
		customField: { agent_name: 'Ali', agent_phone: second, page_id: '6', page_title: 'Contact', utm_source: 'fb' },
	});
});

test.each([
	'access_token',
	'webhook_secret',
	'x-hub-signature-256',
	'clientIp',
	'Remote IP',
	'IP Address',
	'userAgent',
	'user_agent',
	'secret_key',
	'authorization',
	'hmac',
	'set-cookie',
])('%s is not passed on', (key) => {
	expect(onlyLead({ name: 'Mona', [key]: 'hidden', nested: { [key]: { deep: 'hidden' } } }).draft).toEqual({
		leadInformation: { firstName: 'Mona' },
	});
});

test.each(['203.0.113.9', '2001:db8::7', '2409:4072:640d:dcfe:84ca:21b9:8a2a:f21b', 'Mozilla/5.0 (X11)'])(
	'%s is of a device, whatever it is called',
	(value) => {
		expect(onlyLead({ name: 'Mona', visitor: value }).draft).toEqual({ leadInformation: { firstName: 'Mona' } });
	},
);

test('a time, a version and a question about a token are answers', () => {
	const form = {
		'Best time': '10:15:30',
		Version: '1.2.3',
		'Do you want a token of thanks?': 'yes',
		cookie_consent: 'yes',
	};
	expect(onlyLead(form).draft).toEqual({ customField: form });
});

describe('many leads in one object', () => {
	const [a, b] = [
		{ name: 'Mona', phone: '01001234567' },
		{ name: 'Ali', phone: '01112223334' },
	];

	test('each row is a lead, what stands beside the list holds for all', () => {
		const { leads } = recognizeForm({ campaign: 'Palm', page_id: '7', leads: [a, b] });
		expect(leads.map(({ draft }) => draft)).toEqual([
			{
				leadInformation: { firstName: 'Mona', phone: '+201001234567' },
				campaignName: 'Palm',
				customField: { page_id: '7' },
			},
			{
				leadInformation: { firstName: 'Ali', phone: '+201112223334' },
				campaignName: 'Palm',
				customField: { page_id: '7' },
			},
		]);
	});

	test('beside a person the list is an answer', () => {
		expect(onlyLead({ ...a, items: [{ sku: 'x' }] }).draft).toEqual({
			leadInformation: { firstName: 'Mona', phone: '+201001234567' },
			customField: { items: '[{"sku":"x"}]' },
		});
	});

	test('an empty list is no lead', () => {
		expect(recognizeForm({ leads: [] })).toMatchObject({
			leads: [],
			problem: { kind: 'notALead', message: 'The list "leads" is empty, so it contains no lead.' },
		});
	});
});
