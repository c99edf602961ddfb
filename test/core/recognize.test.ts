import {
	type LeadDraft,
	problemOutcome,
	recognizeForm,
	type RecognizedLead,
	wordedOutcome,
} from '../../packages/core/src';
import graphLead from '../fixtures/payloads/facebook-graph-api-lead.json';
import triggerItem from '../fixtures/payloads/facebook-lead-ads-n8n-trigger.json';
import leadgenWebhook from '../fixtures/payloads/facebook-leadgen-webhook.json';

const onlyLead = (payload: unknown): RecognizedLead => {
	const { leads } = recognizeForm(payload);
	expect(leads).toHaveLength(1);
	return leads[0] as RecognizedLead;
};
const draft = (payload: unknown): LeadDraft => onlyLead(payload).draft;
const where = (payload: unknown): readonly (readonly [string, string])[] =>
	onlyLead(payload).matched.map(({ field, from }) => [field, from]);

describe('payloads of the fixtures', () => {
	test("Facebook's notification holds no lead", () => {
		expect(recognizeForm(leadgenWebhook.payload)).toEqual({
			source: 'Facebook Lead Ads',
			leads: [],
			problem: {
				kind: 'fetchFirst',
				message: 'Facebook sent only the ID of a lead. Fetch the lead by its leadgen ID first, then pass it on.',
			},
		});
	});

	test.each<[name: string, payload: unknown]>([
		['behind a webhook', { headers: { host: 'x' }, params: {}, query: {}, body: leadgenWebhook.payload }],
		['as text', JSON.stringify(leadgenWebhook.payload)],
		['one change of it', leadgenWebhook.payload.entry[0]?.changes[0]],
		["its change's value", leadgenWebhook.payload.entry[0]?.changes[0]?.value],
	])("Facebook's notification, %s", (_, payload) => {
		expect(recognizeForm(payload)).toMatchObject({ leads: [], problem: { kind: 'fetchFirst' } });
	});

	test('where each value came from', () => {
		expect(where(triggerItem.payload)).toEqual([
			['leadInformation.phone', 'data.phone_number'],
			['leadInformation.email', 'data.email'],
			['leadInformation.address.city', 'data.city'],
			['leadInformation.firstName', 'data.full_name'],
			['leadInformation.lastName', 'data.full_name'],
			['leadSource', 'Facebook Lead Ads'],
			['setName', 'adset_name'],
			['customField', 'ما_نوع_الوحدة_المطلوبة؟, adId, adName, adsetId, formId, formName, pageId, leadgenId'],
		]);
	});
});

describe('Facebook, in other wrappings', () => {
	test('a page of leads of the Graph API gives one draft each, in order', () => {
		const other = {
			...graphLead.payload,
			id: '42',
			field_data: [
				{ name: 'full_name', values: ['Mona Ali'] },
				{ name: 'phone_number', values: ['01001234567'] },
			],
		};
		const { source, leads } = recognizeForm({ data: [graphLead.payload, other], paging: { cursors: {} } });
		expect([
			source,
			leads.map(({ dedupeKey }) => dedupeKey),
			leads.map((lead) => lead.draft.leadInformation?.firstName),
		]).toEqual(['Facebook Lead Ads', ['900000000000041', '42'], ['Karim', 'Mona']]);
	});

	test('a lead whose answers the token may not read stays a lead of its own', () => {
		const { leads } = recognizeForm({ data: [graphLead.payload, { id: '42', created_time: 'x' }] });
		expect(leads.map(({ dedupeKey }) => dedupeKey)).toEqual(['900000000000041', '42']);
	});

	test('the raw trigger, with groups of names beside the answers', () => {
		const { id, field_data: fieldData } = graphLead.payload;
		expect(
			draft({
				id,
				field_data: fieldData,
				form: { id: '9', name: 'F' },
				ad: { id: '8', name: 'A' },
				adset: { id: '7', name: 'S' },
				campaign: { id: '6', name: 'C' },
			}),
		).toMatchObject({
			campaignName: 'C',
			setName: 'S',
			customField: { formId: '9', formName: 'F', adId: '8', adName: 'A', adsetId: '7', campaignId: '6', leadgenId: id },
		});
	});

	test('the work phone is a phone, and a second one an additional', () => {
		const answers = (names: readonly string[]): object => ({
			id: '1',
			field_data: names.map((name, at) => ({ name, values: [`0100123456${at}`] })),
		});
		expect(draft(answers(['work_phone_number']))).toMatchObject({ leadInformation: { phone: '+201001234560' } });
		expect(draft(answers(['phone_number', 'work_phone_number']))).toMatchObject({
			leadInformation: { phone: '+201001234560' },
			additionalPhones: ['+201001234561'],
		});
	});

	test.each<[name: string, item: object]>([
		['only with a page', { id: '1', data: { city: 'Giza' }, form: {}, page: {} }],
		['only with an ad set', { id: '1', data: { city: 'Giza' }, form: {}, adset: {} }],
	])('the simplified trigger, %s', (_, item) => {
		expect(recognizeForm(item).source).toBe('Facebook Lead Ads');
	});

	test.each<[name: string, item: object]>([
		['no ad, ad set or page', { id: '1', data: { city: 'Giza' }, form: { name: 'F' } }],
		['no id', { data: { city: 'Giza' }, form: {}, ad: {} }],
		['no form', { id: '1', data: { city: 'Giza' }, ad: {} }],
		['data that is a list', { id: '1', data: ['Giza'], form: {}, ad: {} }],
	])('%s is not from Facebook', (_, item) => {
		expect(recognizeForm(item).source).toBe('Form');
	});

	test('an answer that names the campaign itself wins, and what Facebook said is kept', () => {
		const asked = { id: '1', campaign_name: 'NVH', field_data: [{ name: 'campaign', values: ['Palm'] }] };
		expect(draft(asked)).toEqual({
			leadSource: 'facebook_ads',
			campaignName: 'Palm',
			customField: { campaignName: 'NVH', leadgenId: '1' },
		});
	});

	test('odd answers', () => {
		const odd = {
			id: 7,
			field_data: [
				null,
				'x',
				{ name: 5, values: 'five' },
				{ values: ['no name'] },
				{ name: 'email', values: [] },
				{ name: 'city' },
			],
		};
		expect(draft(odd)).toEqual({
			leadSource: 'facebook_ads',
			customField: { 5: 'five', '': 'no name', leadgenId: '7' },
		});
	});
});

describe('flat forms', () => {
	test.each<[name: string, form: unknown, expected: object]>([
		[
			'English',
			{ Name: 'Ahmed Soliman', 'Mobile Number': '010 0123 4567', 'E-mail': 'a@b.co', 'Your message': 'Hi' },
			{
				leadInformation: { firstName: 'Ahmed', lastName: 'Soliman', phone: '+201001234567', email: 'a@b.co' },
				leadDescription: 'Hi',
			},
		],
		[
			'Arabic',
			{
				'الاسم بالكامل': 'عبد الرحمن محمد',
				'رقم الموبايل *': '٠١٠٠١٢٣٤٥٦٧',
				'البريد الإلكتروني': 'a@b.co',
				المدينة: 'القاهرة',
				الرسالة: 'مهتم',
			},
			{
				leadInformation: {
					firstName: 'عبد الرحمن',
					lastName: 'محمد',
					phone: '+201001234567',
					email: 'a@b.co',
					address: { city: 'القاهرة' },
				},
				leadDescription: 'مهتم',
			},
		],
		[
			'first and last name apart',
			{ first_name: 'Mona', 'last-name': 'Ali', phone: '+201001234567' },
			{ leadInformation: { firstName: 'Mona', lastName: 'Ali', phone: '+201001234567' } },
		],
		[
			'a name in parts',
			{ name: { first: 'Mona', last: 'Ali' } },
			{ leadInformation: { firstName: 'Mona', lastName: 'Ali' } },
		],
		[
			'a name beside a last name',
			{ name: 'Mona', last_name: 'Ali' },
			{ leadInformation: { firstName: 'Mona', lastName: 'Ali' } },
		],
		[
			'two names beside a last name',
			{ name: 'Mona Hassan', last_name: 'Ali' },
			{ leadInformation: { firstName: 'Mona Hassan', lastName: 'Ali' } },
		],
		[
			'a whole name beside its last name',
			{ name: 'Mona Ali', last_name: 'Ali' },
			{ leadInformation: { firstName: 'Mona', lastName: 'Ali' } },
		],
		[
			'a whole name that only repeats',
			{ full_name: 'Mona Ali', first_name: 'Mona', last_name: 'Ali' },
			{ leadInformation: { firstName: 'Mona', lastName: 'Ali' } },
		],
		[
			'a whole name that says more is kept',
			{ full_name: 'Mona Aly', first_name: 'Mona', last_name: 'Ali' },
			{ leadInformation: { firstName: 'Mona', lastName: 'Ali' }, customField: { full_name: 'Mona Aly' } },
		],
		[
			'a title is the salutation',
			{ name: 'Dr. Mona Ali' },
			{ leadInformation: { firstName: 'Mona', lastName: 'Ali', salutation: 'dr' } },
		],
		[
			'a salutation of its own wins',
			{ name: 'Dr. Mona Ali', salutation: 'mrs' },
			{ leadInformation: { firstName: 'Mona', lastName: 'Ali', salutation: 'mrs' } },
		],
		[
			'the same phone twice is one',
			{ phone: '01001234567', whatsapp: '+20 100 123 4567.' },
			{ leadInformation: { phone: '+201001234567' } },
		],
		[
			'a second phone',
			{ phone: '01001234567', whatsapp: '01112223334' },
			{ leadInformation: { phone: '+201001234567' }, additionalPhones: ['+201112223334'] },
		],
		[
			'a second phone beside a list of them',
			{ phone: '01001234567', whatsapp: '01112223334', 'other phone': '01223334445' },
			{ leadInformation: { phone: '+201001234567' }, additionalPhones: ['+201223334445', '+201112223334'] },
		],
		[
			'"same" as a second phone must not stop the lead',
			{ phone: '01001234567', whatsapp: 'same' },
			{ leadInformation: { phone: '+201001234567' }, customField: { whatsapp: 'same' } },
		],
		[
			'a second email, and a third that is none',
			{ email: 'a@b.co', mail: 'c@d.co', 'work email': 'none' },
			{ leadInformation: { email: 'a@b.co' }, additionalEmails: ['c@d.co'], customField: { 'work email': 'none' } },
		],
		[
			'a second city is kept',
			{ city: 'Giza', town: 'Dokki' },
			{ leadInformation: { address: { city: 'Giza' } }, customField: { town: 'Dokki' } },
		],
		[
			'two questions of one list',
			{ interests: ['villa'], 'interested in': 'garden, pool' },
			{ interests: ['villa', 'garden', 'pool'] },
		],
		['a list of what no list takes', { interests: [{ id: 1 }] }, { customField: { interests: '[{"id":1}]' } }],
		[
			'a budget in words',
			{ budget: '2 to 3 million', phone: '+201001234567' },
			{ leadInformation: { phone: '+201001234567' }, customField: { budget: '2 to 3 million' } },
		],
		['a budget in digits', { budget: '2,500,000' }, { dealSize: '2,500,000' }],
		[
			'yes and no, and 0',
			{ qualified: 'نعم', 'lead score': 0, newsletter: false },
			{ isQualified: 'نعم', leadRating: 0, customField: { newsletter: 'false' } },
		],
		[
			'several choices',
			{ 'Unit types': ['Studio', 'Duplex'], city: ['Giza', 'Cairo'] },
			{ leadInformation: { address: { city: 'Giza, Cairo' } }, customField: { 'Unit types': 'Studio, Duplex' } },
		],
		[
			'groups of answers',
			{ contact: { phone: '01001234567', address: { city: 'Giza', district: 'Dokki' } } },
			{ leadInformation: { phone: '+201001234567', address: { city: 'Giza' } }, region: 'Dokki' },
		],
		[
			'the name of a company, a campaign, a form',
			{ company: { name: 'Acme' }, campaign: { name: 'Q3' }, form: { name: 'F' }, customer: { name: 'Mona' } },
			{ leadInformation: { company: 'Acme', firstName: 'Mona' }, campaignName: 'Q3', customField: { form_name: 'F' } },
		],
		[
			'the same question twice',
			{ a: { note2: 'x' }, b: { note2: 'y' }, c: { note2: 'x' } },
			{ customField: { note2: 'x, y, x' } },
		],
		['pairs of a custom field', { custom_field: { utm: 'a' }, other: 'b' }, { customField: { utm: 'a', other: 'b' } }],
		[
			"the phone's country as told",
			{ phone: '0501234567', country: 'السعودية' },
			{ leadInformation: { phone: '+966501234567', address: { country: 'السعودية' } } },
		],
		['a phone as a number', { phone: 1001234567 }, { leadInformation: { phone: '+201001234567' } }],
		['a phone that is none stays, to be told', { phone: 'call me' }, { leadInformation: { phone: 'call me' } }],
		[
			'two phones in one answer stay together',
			{ phone: '01001234567 / 01112223334' },
			{ leadInformation: { phone: '01001234567 / 01112223334' } },
		],
		['empty answers do not count', { name: ' ', phone: null, email: '', tags: [], x: {}, y: [null] }, {}],
		[
			'secrets and machinery are left out',
			{ name: 'Mona', password: 'p', 'g-recaptcha-response': 'r', _wpnonce: 'n', ip_address: '::1', 'x-api-key': 'k' },
			{ leadInformation: { firstName: 'Mona' } },
		],
		[
			'groups of groups, to the sixth; what is below stays as JSON',
			{ a: { b: { c: { d: { e: { f: 'x', g: { h: 'y' } } } } } } },
			{ customField: { f: 'x', g: '{"h":"y"}' } },
		],
		[
			'lists of groups are kept as JSON',
			{ orders: [{ n: 1 }, { n: 2 }] },
			{ customField: { orders: '[{"n":1},{"n":2}]' } },
		],
		[
			'a date',
			{ moved: new Date(0), name: 'Mona' },
			{ leadInformation: { firstName: 'Mona' }, customField: { moved: '1970-01-01T00:00:00.000Z' } },
		],
		['a big integer', { id: 12345678901234567890n }, { customField: { id: '12345678901234567890' } }],
	])('%s', (_, form, expected) => {
		expect(draft(form)).toEqual(expected);
	});

	test('keys of JavaScript itself are questions like any other', () => {
		const form: unknown = JSON.parse(
			'{"__proto__":"a","constructor":"b","toString":"c","nested":{"__proto__":{"phone":"01001234567"}}}',
		);
		const read = draft(form);
		expect(JSON.stringify(read)).toBe(
			'{"leadInformation":{"phone":"+201001234567"},"customField":{"__proto__":"a","constructor":"b","toString":"c"}}',
		);
		expect(Object.getPrototypeOf(read.customField)).toBe(Object.prototype);
	});

	test('a changed phone shows what was typed, and says so', () => {
		const { matched, warnings, notes } = onlyLead({ phone: '01001234567' });
		expect(matched).toEqual([
			{ field: 'leadInformation.phone', from: 'phone', value: '+201001234567', was: '01001234567' },
		]);
		expect([warnings, notes]).toEqual([[], ['Phone made international: 01001234567 → +20 100 123 4567.']]);
	});

	test('a question that no field is for is no reason to warn', () => {
		expect(onlyLead({ 'Favorite color': 'red', name: 'Mona', custom_field: 'x' }).warnings).toEqual([]);
	});

	test('an answer that did not fit says where it is', () => {
		expect(onlyLead({ budget: 'much' }).warnings).toEqual([
			'Deal Size "much" did not fit, so it was saved in Custom Field.',
		]);
	});

	test.each([
		['normalize', '+201001234567'],
		['check', '01001234567'],
		['asIs', '01001234567'],
	] as const)('phone handling %s gives %s', (phone, read) => {
		expect(recognizeForm({ phone: '01001234567' }, { phone }).leads[0]?.draft).toEqual({
			leadInformation: { phone: read },
		});
	});

	test('a default country in other words', () => {
		expect(recognizeForm({ phone: '0501234567' }, { defaultCountry: 'sa' }).leads[0]?.draft).toEqual({
			leadInformation: { phone: '+966501234567' },
		});
	});
});

describe('wrappings', () => {
	const form = { name: 'Mona', phone: '+201001234567' };
	const read = { leadInformation: { firstName: 'Mona', phone: '+201001234567' } };

	test.each<[name: string, payload: unknown]>([
		['none', form],
		[
			"n8n's webhook",
			{ headers: { host: 'x' }, params: {}, query: {}, body: form, webhookUrl: 'https://x', executionMode: 'test' },
		],
		['a webhook whose body is text', { headers: {}, body: JSON.stringify(form) }],
		['a webhook whose body is a list', { headers: {}, body: [form] }],
		['a webhook that was called with the address only', { headers: {}, params: {}, query: form, body: {} }],
		['a list', [form]],
		['a list in a list', [[form]]],
		['JSON text', JSON.stringify(form)],
		['JSON text of a list', JSON.stringify([form])],
	])('%s', (_, payload) => {
		expect(recognizeForm(payload)).toMatchObject({ source: 'Form', leads: [{ draft: read }] });
		expect(recognizeForm(payload).problem).toBeUndefined();
	});

	test('a form with a group called headers is no webhook', () => {
		expect(draft({ ...form, headers: { color: 'red' } })).toEqual({ ...read, customField: { color: 'red' } });
	});

	test('a form with a question called body is no webhook', () => {
		expect(draft({ ...form, body: 'slim' })).toEqual({ ...read, customField: { body: 'slim' } });
	});

	test.each<[name: string, payload: unknown]>([
		['an empty object', {}],
		['an empty webhook', { headers: { host: 'x', cookie: 'secret' }, query: {}, body: {} }],
		['a webhook of nothing', { headers: { host: 'x' }, body: '' }],
	])('%s is a lead that lacks everything, so that its sender hears of it', (_, payload) => {
		expect(draft(payload)).toEqual({});
	});

	test('a list gives its leads in order, and names what was none', () => {
		const { leads, problem } = recognizeForm([form, 'hello', { ...form, name: 'Ali' }]);
		expect(leads.map((lead) => lead.draft.leadInformation?.firstName)).toEqual(['Mona', 'Ali']);
		expect(problem).toMatchObject({ kind: 'unreadable' });
	});

	const endless: Record<string, unknown> = {};
	endless.self = endless;
	let deep: unknown = form;
	for (let level = 0; level < 20_000; level++) deep = [deep];
	let wrapped: unknown = form;
	for (let level = 0; level < 50; level++) wrapped = { headers: {}, body: wrapped };

	test.each<[name: string, payload: unknown, kind: string]>([
		['undefined', undefined, 'unreadable'],
		['null', null, 'unreadable'],
		['a number', 5, 'unreadable'],
		['true', true, 'unreadable'],
		['a function', () => 1, 'unreadable'],
		['text', 'hello', 'unreadable'],
		['empty text', '', 'unreadable'],
		['JSON text that is a number', '5', 'unreadable'],
		['bytes', new Uint8Array([123, 125]), 'unreadable'],
		['an empty list', [], 'notALead'],
		['an object that holds itself', endless, 'unreadable'],
		['20,000 lists', deep, 'unreadable'],
		['50 webhooks', wrapped, 'unreadable'],
		['20,000 lists as text', '['.repeat(20_000) + ']'.repeat(20_000), 'unreadable'],
	])('%s is no form, and says so', (_, payload, kind) => {
		const { leads, problem } = recognizeForm(payload);
		expect([leads, problem?.kind]).toEqual([[], kind]);
		expect(problem?.message).toMatch(/^[A-Z].*\.$/);
		expect(problem?.message).not.toMatch(/undefined|null|NaN|\[object/);
	});
});

describe('a payload without a lead is accounted for', () => {
	test.each<[name: string, payload: unknown, message: string, hint: RegExp]>([
		[
			'ids only',
			leadgenWebhook.payload,
			'This message contains only the ID of a lead, not the lead itself.',
			/^Fetch the lead by its ID first/,
		],
		['text', 'hello', 'A lead must be an object with fields, but this is plain text.', /^Send the lead as fields/],
		[
			'bytes',
			new Uint8Array([1]),
			'A lead must be an object with fields, but this is bytes, such as a file.',
			/^Send the lead as fields/,
		],
		['nothing', undefined, 'A lead must be an object with fields, but this is empty.', /^Send the lead as fields/],
	])('%s', (_, payload, message, hint) => {
		const { problem } = recognizeForm(payload);
		const outcome = problem && problemOutcome(problem);
		expect(outcome && wordedOutcome(outcome)).toMatchObject({
			outcome: 'invalid',
			attempts: 0,
			lead: null,
			message,
			hint: expect.stringMatching(hint),
		});
	});

	test('an empty list lost nobody', () => {
		const { problem } = recognizeForm([]);
		expect(problem && problemOutcome(problem)).toBeUndefined();
	});
});
