import { type LeadDraft, recognizeForm } from '../../packages/core/src';
import googleAds from '../fixtures/payloads/google-ads-lead-form.json';
import linkedinLead from '../fixtures/payloads/linkedin-lead-gen-form.json';
import snapchat from '../fixtures/payloads/snapchat-lead-generation.json';
import tiktokWebhook from '../fixtures/payloads/tiktok-lead-generation.json';
import whatsappTrigger from '../fixtures/payloads/whatsapp-cloud-message.json';

const drafts = (payload: unknown): readonly LeadDraft[] => recognizeForm(payload).leads.map(({ draft }) => draft);
const column = (id: string, value: string, name?: string): object => ({
	column_id: id,
	string_value: value,
	...(name === undefined ? {} : { column_name: name }),
});

describe('Google Ads', () => {
	const lead = (columns: readonly object[], more: object = {}): unknown => ({
		lead_id: 'L1',
		google_key: 'secret',
		form_id: 7,
		campaign_id: 8,
		user_column_data: columns,
		...more,
	});

	test.each<[name: string, payload: unknown, expected: object]>([
		[
			'names apart',
			lead([column('FIRST_NAME', 'منى'), column('LAST_NAME', 'علي'), column('PHONE_NUMBER', '+966551234567')]),
			{ leadInformation: { firstName: 'منى', lastName: 'علي', phone: '+966551234567' } },
		],
		[
			'work details',
			lead([
				column('FULL_NAME', 'Mona Ali'),
				column('WORK_EMAIL', 'm@x.com'),
				column('COMPANY_NAME', 'Acme'),
				column('JOB_TITLE', 'CEO'),
				column('POSTAL_CODE', '11511'),
				column('COUNTRY', 'Egypt'),
			]),
			{
				leadInformation: {
					firstName: 'Mona',
					lastName: 'Ali',
					email: 'm@x.com',
					company: 'Acme',
					title: 'CEO',
					address: { zip: '11511', country: 'Egypt' },
				},
			},
		],
		[
			'a question of the advertiser',
			lead([column('full_name', 'Mona'), column('which_unit?', 'Villa', 'Which unit?')]),
			{ leadInformation: { firstName: 'Mona' }, customField: { 'Which unit?': 'Villa', formId: '7', campaignId: '8' } },
		],
		['no columns', lead([]), { leadSource: 'google_ads' }],
		[
			'columns that are none',
			lead([null as unknown as object, 'x' as unknown as object, column('EMAIL', 'm@x.com')]),
			{ leadInformation: { email: 'm@x.com' } },
		],
	])('%s', (_, payload, expected) => {
		const [draft] = drafts(payload);
		expect(draft).toMatchObject(expected);
		expect(JSON.stringify(draft)).not.toContain('secret');
	});

	test('a marked test lead is none', () => {
		expect(recognizeForm({ ...googleAds.payload, is_test: true })).toMatchObject({
			leads: [],
			problem: { kind: 'notALead' },
		});
	});
});

describe('Facebook', () => {
	const lead = (id: string, name: string): object => ({
		id,
		field_data: [
			{ name: 'full_name', values: [name] },
			{ name: 'phone_number', values: ['+201001234567'] },
		],
	});
	const dummy = '<test lead: dummy data for full_name>';

	test.each<[name: string, payload: unknown]>([
		['of the testing tool', lead('1', dummy)],
		['of the testing tool, simplified', { id: '1', data: { full_name: dummy }, form: {}, ad: {}, page: {} }],
	])('a test lead %s is none', (_, payload) =>
		expect(recognizeForm(payload)).toMatchObject({ leads: [], problem: { kind: 'notALead' } }),
	);

	test('a page of leads, one of them a test', () => {
		const { leads, problems } = recognizeForm({ data: [lead('1', dummy), lead('2', 'Mona Ali')] });
		expect([leads.map(({ dedupeKey }) => dedupeKey), problems?.length]).toEqual([['2'], 1]);
	});

	test('a form with its leads', () =>
		expect(recognizeForm({ id: '9', name: 'Form', leads: { data: [lead('2', 'Mona Ali')] } })).toMatchObject({
			source: 'Facebook Lead Ads',
			leads: [{ dedupeKey: '2' }],
		}));

	test.each<[name: string, payload: unknown]>([
		['an empty page', { data: [], paging: {} }],
		[
			'a comment',
			{ object: 'page', entry: [{ id: '1', changes: [{ field: 'feed', value: { item: 'comment', message: 'hi' } }] }] },
		],
	])('%s is no lead', (_, payload) =>
		expect(recognizeForm(payload)).toMatchObject({
			source: 'Facebook Lead Ads',
			leads: [],
			problem: { kind: 'notALead' },
		}),
	);

	test('each ID of a notification is accounted for', () => {
		const change = (id: string): object => ({ field: 'leadgen', value: { leadgen_id: id, page_id: '1' } });
		const { leads, problems } = recognizeForm({
			object: 'page',
			entry: [
				{ id: '1', changes: [change('1')] },
				{ id: '1', changes: [change('2')] },
			],
		});
		expect([leads, problems?.map(({ kind }) => kind)]).toEqual([[], ['fetchFirst', 'fetchFirst']]);
	});

	test("the form's own types of its questions, as n8n's raw trigger passes them on", () => {
		const questions = [
			{ key: 'من_انت', type: 'FULL_NAME' },
			{ key: 'نتصل_بك_على', type: 'PHONE' },
			{ key: 'city', type: 'CUSTOM' },
		];
		const fieldData = [
			{ name: 'من_انت', values: ['أحمد علي'] },
			{ name: 'نتصل_بك_على', values: ['+201001234567'] },
		];
		expect(drafts({ id: '1', field_data: fieldData, form: { id: '9', questions } })[0]?.leadInformation).toEqual({
			firstName: 'أحمد',
			lastName: 'علي',
			phone: '+201001234567',
		});
	});
});

describe('TikTok', () => {
	const entry = (id: string, phone: string): object => ({
		id,
		page_id: 1,
		ad_id: 2,
		adgroup_name: 'G',
		campaign_name: 'C',
		changes: [
			{ field: 'phone_number', value: phone },
			{ field: 'name', value: 'Mona' },
		],
	});

	test('each entry is a lead', () => {
		expect(
			recognizeForm({ object: 'lead', entry: [entry('1', '+201001234567'), entry('2', '+201112223334')] }).leads,
		).toMatchObject([
			{
				draft: {
					leadInformation: { phone: '+201001234567' },
					setName: 'G',
					campaignName: 'C',
					leadSource: 'tiktok_ads',
				},
				dedupeKey: '1',
			},
			{ draft: { leadInformation: { phone: '+201112223334' } }, dedupeKey: '2' },
		]);
	});

	test.each<[name: string, payload: unknown]>([
		['a marked test', { entry: [{ ...entry('1', '+201001234567'), is_test: true }] }],
		['nothing', { object: 1, entry: [], request_id: 7 }],
	])('%s is no lead', (_, payload) => {
		expect(recognizeForm(payload)).toMatchObject({ source: 'TikTok', leads: [], problem: { kind: 'notALead' } });
	});

	test('answers in another order', () => {
		const [one] = tiktokWebhook.payload.entry;
		expect(drafts({ entry: [{ ...one, changes: [...(one?.changes ?? [])].reverse() }] })[0]?.leadInformation).toEqual(
			drafts(tiktokWebhook.payload)[0]?.leadInformation,
		);
	});

	test("Meta's changes are not TikTok's", () => {
		expect(
			recognizeForm({
				object: 'page',
				entry: [{ id: '1', changes: [{ field: 'leadgen', value: { leadgen_id: '5', page_id: '1' } }] }],
			}),
		).toMatchObject({ source: 'Facebook Lead Ads', problem: { kind: 'fetchFirst' } });
	});
});

describe('Snapchat', () => {
	test('answers beyond the name', () => {
		expect(
			drafts({
				...snapchat.payload,
				first_name: 'Nora',
				last_name: 'Saad',
				job_title: 'Nurse',
				'Best time': 'evening',
			})[0],
		).toMatchObject({
			leadInformation: { firstName: 'Nora', lastName: 'Saad', title: 'Nurse' },
			customField: { 'Best time': 'evening' },
		});
	});

	test('a marked test lead is none', () => {
		expect(recognizeForm({ ...snapchat.payload, is_test: true })).toMatchObject({
			leads: [],
			problem: { kind: 'notALead' },
		});
	});

	test("Snap's own test event is none", () => {
		expect(recognizeForm({ ...snapchat.payload, email: 'johndoe@snapchat.com' })).toMatchObject({
			leads: [],
			problem: { kind: 'notALead' },
		});
	});

	test('a lead_id alone makes no Snapchat', () => {
		expect(recognizeForm({ lead_id: '1', name: 'Mona' })).toMatchObject({
			source: 'Form',
			leads: [{ draft: { leadInformation: { firstName: 'Mona' } } }],
		});
	});
});

describe('LinkedIn', () => {
	test('a page of leads, one of them a test', () => {
		const lead = linkedinLead.payload;
		const read = recognizeForm({
			elements: [
				{ ...lead, id: 'a' },
				{ ...lead, id: 'b', testLead: true },
			],
		});
		expect(read.leads.map(({ dedupeKey }) => dedupeKey)).toEqual(['a']);
		expect(read.problems).toHaveLength(1);
	});

	test('a choice is its words', () => {
		const question = {
			questionId: 1,
			name: 'Unit',
			questionDetails: {
				multipleChoiceQuestionDetails: {
					options: [
						{ id: 1, text: { localized: { ar_AE: 'فيلا' } } },
						{ id: 2, text: { localized: { ar_AE: 'شقة' } } },
					],
				},
			},
		};
		expect(
			drafts({
				id: 'x',
				form: { content: { questions: [question] } },
				formResponse: { answers: [{ questionId: 1, answerDetails: { multipleChoiceAnswer: { options: [2, 1] } } }] },
			})[0]?.customField,
		).toMatchObject({ Unit: 'شقة, فيلا' });
	});

	test('without its form, an email and a phone are told by their values, and consents are kept', () => {
		const answers = ['+201001234567', 'm@x.com', 'Villa'].map((answer, questionId) => ({
			questionId: questionId + 1,
			answerDetails: { textQuestionAnswer: { answer } },
		}));
		expect(
			drafts({ id: 'x', formResponse: { answers, consentResponses: [{ consentId: 11, accepted: true }] } })[0],
		).toMatchObject({
			leadInformation: { phone: '+201001234567', email: 'm@x.com' },
			customField: { 3: 'Villa', consent_11: 'true' },
		});
	});

	test('a notification holds the id only', () => {
		expect(
			recognizeForm({
				type: 'LEAD_ACTION',
				leadGenFormResponse: 'urn:li:leadGenFormResponse:1',
				leadAction: 'CREATED',
			}),
		).toMatchObject({ leads: [], problem: { kind: 'fetchFirst' } });
	});
});

describe('WhatsApp', () => {
	const value = (more: object): unknown => ({
		object: 'whatsapp_business_account',
		entry: [
			{ id: '1', changes: [{ field: 'messages', value: { messaging_product: 'whatsapp', metadata: {}, ...more } }] },
		],
	});
	const text = (from: string, body: string, id: string): object => ({
		from,
		id,
		timestamp: '1',
		type: 'text',
		text: { body },
	});
	const contact = (id: string, name: string): object => ({ wa_id: id, profile: { name } });

	test('two senders are two leads, two messages of one are one', () => {
		const read = recognizeForm(
			value({
				contacts: [contact('201001234567', 'Mona'), contact('966551234567', 'نورة')],
				messages: [
					text('201001234567', 'Hello', 'm1'),
					text('966551234567', 'مرحبا', 'm2'),
					text('201001234567', 'Price?', 'm3'),
				],
			}),
		);
		expect(read.leads).toMatchObject([
			{
				draft: { leadInformation: { firstName: 'Mona', phone: '+201001234567' }, leadSource: 'whatsapp' },
				dedupeKey: 'm1',
			},
			{ draft: { leadInformation: { firstName: 'نورة', phone: '+966551234567' } }, dedupeKey: 'm2' },
		]);
		expect(JSON.stringify(read.leads[0]?.draft)).toContain('Hello\\nPrice?');
	});

	test.each<[name: string, payload: unknown]>([
		['a delivery status', value({ statuses: [{ id: 'x', status: 'delivered', recipient_id: '201001234567' }] })],
		[
			'a reaction',
			value({
				contacts: [contact('201001234567', 'Mona')],
				messages: [{ from: '201001234567', id: 'r', type: 'reaction', reaction: { emoji: '❤' } }],
			}),
		],
		['nothing', { object: 'whatsapp_business_account', entry: [] }],
		[
			'a status as a trigger passes it on',
			{ messaging_product: 'whatsapp', metadata: {}, statuses: [{ status: 'read' }] },
		],
	])('%s is no lead', (_, payload) => {
		expect(recognizeForm(payload)).toMatchObject({ source: 'WhatsApp', leads: [], problem: { kind: 'notALead' } });
	});

	test('a form filled in within WhatsApp', () => {
		const interactive = {
			type: 'nfm_reply',
			nfm_reply: { response_json: '{"full_name":"Mona Ali","email":"m@x.com","unit":"Villa","flow_token":"secret"}' },
		};
		const [draft] = drafts(
			value({
				contacts: [contact('201001234567', 'M')],
				messages: [{ from: '201001234567', id: 'f', type: 'interactive', interactive }],
			}),
		);
		expect(draft).toMatchObject({
			leadInformation: { firstName: 'Mona', lastName: 'Ali', email: 'm@x.com', phone: '+201001234567' },
			customField: { unit: 'Villa' },
		});
		expect(JSON.stringify(draft)).not.toContain('secret');
	});

	test('the whole webhook gives what a trigger passes on', () => {
		expect(
			drafts({
				object: 'whatsapp_business_account',
				entry: [{ id: '1', changes: [{ field: 'messages', value: whatsappTrigger.payload }] }],
			}),
		).toEqual(drafts(whatsappTrigger.payload));
	});
});
