import { type LeadDraft, recognizeForm } from '../../packages/core/src';

const phone = '+201001234567';
const mona = { firstName: 'Mona', lastName: 'Ali', phone };
const [typed, email] = ['01001234567', 'mona@example.com'];

const typeform = (answers: readonly object[], fields: readonly object[], more: object = {}): unknown => ({
	event_type: 'form_response',
	form_response: { form_id: 'F', token: 'T', definition: { title: 'Units', fields }, answers, ...more },
});
const jotform = (raw: object): unknown => ({
	formID: '1',
	submissionID: '2',
	formTitle: 'Units',
	rawRequest: JSON.stringify({ slug: 'submit/1', jsExecutionTracker: 'x', ...raw }),
});
const tally = (fields: readonly object[]): unknown => ({
	eventId: 'e',
	eventType: 'FORM_RESPONSE',
	data: { responseId: 'R', formId: 'F', formName: 'Units', fields },
});

test.each<[name: string, source: string, payload: unknown, expected: object]>([
	[
		'Typeform: contact info and a choice',
		'Typeform',
		typeform(
			[
				{ type: 'text', text: 'Mona', field: { id: '1', type: 'short_text' } },
				{ type: 'text', text: 'Ali', field: { id: '2', type: 'short_text' } },
				{ type: 'phone_number', phone_number: typed, field: { id: '3', type: 'phone_number' } },
				{ type: 'choices', choices: { labels: ['Villa'], other: 'Farm' }, field: { id: '4', type: 'multiple_choice' } },
			],
			[
				{
					id: '0',
					type: 'contact_info',
					properties: {
						fields: [
							{ id: '1', title: 'First name' },
							{ id: '2', title: 'Last name' },
							{ id: '3', title: 'Ring me' },
						],
					},
				},
				{ id: '4', title: 'Which unit?' },
			],
		),
		{ leadInformation: mona, customField: { 'Which unit?': 'Villa, Farm' } },
	],
	[
		'Typeform: without the definition, by references',
		'Typeform',
		typeform(
			[
				{ type: 'text', text: 'Mona Ali', field: { id: '1', ref: 'full_name' } },
				{ type: 'phone_number', phone_number: phone, field: { id: '2', ref: 'x' } },
			],
			[],
		),
		{ leadInformation: mona },
	],
	[
		'Typeform: hidden fields',
		'Typeform',
		typeform([{ type: 'email', email, field: { id: '1' } }], [{ id: '1', title: 'Contact' }], {
			hidden: { utm_source: 'fb' },
		}),
		{ leadInformation: { email }, customField: { utm_source: 'fb' } },
	],
	[
		"Typeform: n8n's simplified trigger",
		'Form',
		{ "What's your name?": 'Mona Ali', 'Your phone number (WhatsApp)': typed },
		{ leadInformation: mona },
	],

	[
		"Typeform: n8n's trigger, simplified with all data",
		'Typeform',
		{
			event_type: 'form_response',
			form_response: {
				form_id: 'F',
				token: 'T',
				definition: { title: 'Units', fields: [] },
				hidden: { utm_source: 'g' },
				answers: { 'Your name': 'Mona Ali', Phone: typed },
			},
		},
		{ leadInformation: mona, leadSource: 'typeform', customField: { formName: 'Units', utm_source: 'g' } },
	],
	[
		"Typeform: n8n's trigger, answers alone",
		'Typeform',
		[
			{ type: 'email', email, field: { id: '1', type: 'email' } },
			{ type: 'text', text: 'Villa', field: { id: '2', type: 'short_text' } },
		],
		{ leadInformation: { email }, customField: { 2: 'Villa' } },
	],
	[
		"Jotform: n8n's trigger, all data by questions",
		'Jotform',
		{
			formID: '1',
			submissionID: '2',
			ip: '1.2.3.4',
			rawRequest: { 'Full Name': { first: 'Mona', last: 'Ali' }, Phone: { full: typed }, Unit: 'Villa' },
		},
		{ leadInformation: mona, customField: { Unit: 'Villa', submissionId: '2' } },
	],
	[
		"Jotform: n8n's trigger, answers alone",
		'Jotform',
		{
			slug: 'submit/260',
			event_id: 'x',
			path: '/submit/260',
			q1_name: { first: 'Mona', last: 'Ali' },
			q2_phone: { full: typed },
			q3_unit: 'Villa',
		},
		{ leadInformation: mona, customField: { unit: 'Villa', formId: '260' } },
	],
	[
		'Jotform: a phone in parts',
		'Jotform',
		jotform({ q1_name: { first: 'Mona', last: 'Ali' }, q2_phone: { area: '010', phone: '01234567' } }),
		{ leadInformation: mona },
	],
	[
		'Jotform: Arabic questions, which have lost their names',
		'Jotform',
		jotform({ q3_input3: 'منى', q4_input4: { full: typed }, q5_input5: email }),
		{ leadInformation: { phone, email } },
	],
	[
		'Jotform: an address and a date',
		'Jotform',
		jotform({
			q1_fullName: 'Mona Ali',
			q2_address: { addr_line1: '5 Nile St', city: 'Giza', state: 'Giza', postal: '12511', country: 'Egypt' },
			q3_moveIn: { day: '05', month: '12', year: '2026' },
		}),
		{
			leadInformation: {
				firstName: 'Mona',
				address: { street: '5 Nile St', city: 'Giza', zip: '12511', country: 'Egypt' },
			},
			customField: { moveIn: '2026-12-05' },
		},
	],
	[
		"Jotform: n8n's trigger, by questions",
		'Form',
		{ 'Full Name': { first: 'Mona', last: 'Ali' }, 'Phone Number': { full: typed }, 'E-mail': email },
		{ leadInformation: { ...mona, email } },
	],
	[
		"Jotform: n8n's trigger, a question in more words",
		'Form',
		{
			'What is your name?': { first: 'Mona', last: 'Ali' },
			'Where can we call you?': { area: '010', phone: '01234567' },
		},
		{ leadInformation: mona },
	],

	[
		'Tally: choices and check boxes',
		'Tally',
		tally([
			{ key: 'q1', label: 'الاسم', type: 'INPUT_TEXT', value: 'منى علي' },
			{ key: 'q2', label: 'Call me on', type: 'INPUT_PHONE_NUMBER', value: phone },
			{
				key: 'q3',
				label: 'Unit',
				type: 'CHECKBOXES',
				value: ['a', 'c'],
				options: [
					{ id: 'a', text: 'Villa' },
					{ id: 'b', text: 'Flat' },
					{ id: 'c', text: 'Farm' },
				],
			},
			{ key: 'q3_a', label: 'Unit (Villa)', type: 'CHECKBOXES', value: true },
			{ key: 'q3_b', label: 'Unit (Flat)', type: 'CHECKBOXES', value: false },
		]),
		{
			leadInformation: { firstName: 'منى', lastName: 'علي', phone },
			customField: { Unit: 'Villa, Farm', formName: 'Units', formId: 'F', responseId: 'R' },
		},
	],
	[
		'Tally: empty answers',
		'Tally',
		tally([
			{ key: 'q1', label: 'Name', value: null },
			{ key: 'q2', label: 'Email', type: 'INPUT_EMAIL', value: email },
		]),
		{ leadInformation: { email } },
	],

	[
		'Google Forms: a response of the API',
		'Google Forms',
		{
			responseId: 'R',
			respondentEmail: email,
			answers: {
				'1a': { questionId: '1a', textAnswers: { answers: [{ value: typed }] } },
				'2b': { textAnswers: { answers: [{ value: 'Villa' }, { value: 'Farm' }] } },
			},
		},
		{ leadInformation: { phone, email }, customField: { '2b': 'Villa, Farm' } },
	],
	[
		'Google Forms: a response with its questions put in',
		'Google Forms',
		{
			responseId: 'R',
			answers: {
				'1a': { question: 'Name', textAnswers: { answers: [{ value: 'Mona Ali' }] } },
				'2b': { textAnswers: { answers: [{ value: typed }] } },
			},
		},
		{ leadInformation: mona },
	],
	[
		'Google Forms: the event of a script',
		'Google Forms',
		{
			namedValues: { Timestamp: ['1/1/2026'], 'الاسم بالكامل': ['منى علي'], 'رقم الموبايل': ['٠١٠٠١٢٣٤٥٦٧'] },
			values: ['x'],
		},
		{ leadInformation: { firstName: 'منى', lastName: 'علي', phone } },
	],
	[
		'Google Sheets: a zero that was eaten',
		'Google Sheets',
		{ row_number: 2, Name: 'Mona Ali', Phone: 1001234567, 'Budget in EGP': '3,000,000' },
		{ leadInformation: mona, customField: { 'Budget in EGP': '3,000,000' } },
	],

	[
		'Elementor: simple',
		'Elementor',
		{
			Name: 'Mona Ali',
			Phone: typed,
			'Page URL': 'https://x.test',
			'Remote IP': '1.2.3.4',
			'Powered by': 'Elementor',
			form_id: '1a2b3c4',
			form_name: 'Contact',
		},
		{ leadInformation: mona, customField: { formName: 'Contact', formId: '1a2b3c4', pageUrl: 'https://x.test' } },
	],
	[
		'Elementor: advanced, in groups',
		'Elementor',
		{
			form: { id: '1a2b3c4', name: 'Contact' },
			fields: {
				name: { id: 'name', type: 'text', title: 'Name', value: 'Mona Ali', required: '1' },
				field_9: { id: 'field_9', type: 'tel', title: 'اتصل بي', value: typed },
				hp: { id: 'hp', type: 'honeypot', title: '', value: '' },
			},
			meta: { remote_ip: { title: 'Remote IP', value: '1.2.3.4' }, page_url: { value: 'https://x.test' } },
		},
		{ leadInformation: mona },
	],
	[
		'Elementor: advanced, in brackets',
		'Elementor',
		{
			'form[id]': '1a2b3c4',
			'form[name]': 'Contact',
			'fields[email][id]': 'email',
			'fields[email][type]': 'email',
			'fields[email][title]': 'Mail',
			'fields[email][value]': email,
			'meta[remote_ip][value]': '1.2.3.4',
		},
		{ leadInformation: { email } },
	],

	[
		'Elementor: advanced, its fields in a list',
		'Elementor',
		{
			form: { id: '1a2b3c4', name: 'Contact' },
			fields: [
				{ id: 'name', type: 'text', title: 'Name', value: 'Mona Ali' },
				{ id: 'f1', type: 'tel', title: '', value: typed },
			],
			meta: {},
		},
		{ leadInformation: mona, customField: { formName: 'Contact' } },
	],
	[
		'Contact Form 7: its first template',
		'Contact Form 7',
		{
			'your-name': 'Mona Ali',
			'your-email': email,
			'your-subject': 'Villa',
			'your-message': 'Price?',
			_wpcf7: '5',
			_wpcf7_unit_tag: 'wpcf7-f5-p1-o1',
		},
		{ leadInformation: { firstName: 'Mona', lastName: 'Ali', email }, leadDescription: 'Price?' },
	],
	[
		'Contact Form 7: numbered fields',
		'Contact Form 7',
		{ 'your-name': 'Mona Ali', 'tel-123': typed, 'menu-9': ['Villa'] },
		{ leadInformation: mona, customField: { 'menu-9': 'Villa' } },
	],
	[
		'WPForms: a name in parts',
		'WPForms',
		{
			fields: {
				0: { id: '0', name: 'Name', type: 'name', value: 'Mona Ali', first: 'Mona', middle: '', last: 'Ali' },
				1: { id: '1', name: 'هاتف', type: 'phone', value: typed },
			},
			entry_id: '8',
		},
		{ leadInformation: mona },
	],
	[
		'WPForms: a whole name',
		'WPForms',
		{
			fields: [
				{ id: 0, name: 'Your Name', type: 'name', value: 'Mona Ali' },
				{ id: 1, name: 'Phone', type: 'text', value: typed },
			],
		},
		{ leadInformation: mona },
	],
	[
		'WPForms: fields without their ids',
		'WPForms',
		{
			form_id: '9',
			entry_id: '5',
			fields: {
				1: { name: 'الاسم', value: 'منى علي', type: 'text' },
				2: { name: 'اتصل بي', value: typed, type: 'phone' },
			},
		},
		{ leadInformation: { firstName: 'منى', lastName: 'علي', phone }, customField: { submissionId: '5' } },
	],
	[
		'Gravity Forms: a middle name and an address',
		'Gravity Forms',
		{
			id: '9',
			form_id: '1',
			date_created: '2026-01-01',
			'1.3': 'Mona',
			'1.4': 'H',
			'1.6': 'Ali',
			3: typed,
			'7.1': '5 Nile St',
			'7.3': 'Giza',
			'7.5': '12511',
			'7.6': 'Egypt',
			'8.1': 'Villa',
			'8.5': '',
		},
		{
			leadInformation: {
				firstName: 'Mona H',
				lastName: 'Ali',
				phone,
				address: { street: '5 Nile St', city: 'Giza', zip: '12511', country: 'Egypt' },
			},
			customField: { '8.1': 'Villa' },
		},
	],
	[
		'Gravity Forms: by value',
		'Gravity Forms',
		{
			id: '9',
			form_id: '1',
			date_created: '2026-01-01',
			ip: '1.2.3.4',
			user_agent: 'x',
			'1.3': 'Mona',
			'1.6': 'Ali',
			3: typed,
			4: email,
			5: 'Villa',
		},
		{ leadInformation: { ...mona, email }, customField: { 5: 'Villa' } },
	],
	[
		'Webflow: the webhook of today',
		'Webflow',
		{
			triggerType: 'form_submission',
			payload: {
				name: 'Contact',
				siteId: 's',
				formId: 'f',
				id: 'i',
				data: { 'Full Name': 'Mona Ali', 'Phone-2': typed, Phone: typed },
			},
		},
		{ leadInformation: mona, customField: { formName: 'Contact' } },
	],
	[
		'Webflow: the one before it',
		'Webflow',
		{ name: 'Contact', site: 's', d: '2026-01-01', _id: 'i', data: { name: 'Mona Ali', phone: typed } },
		{ leadInformation: mona },
	],
	[
		'n8n Form: Arabic labels',
		'n8n Form',
		{
			الاسم: 'منى علي',
			'رقم الهاتف': '٠١٠٠١٢٣٤٥٦٧',
			submittedAt: '2026-01-01T00:00:00.000+02:00',
			formMode: 'production',
			formQueryParameters: { utm_source: 'fb' },
		},
		{ leadInformation: { firstName: 'منى', lastName: 'علي', phone }, customField: { utm_source: 'fb' } },
	],
	[
		'Calendly: a call',
		'Calendly',
		{
			event: 'invitee.created',
			payload: {
				name: 'Mona Ali',
				email,
				old_invitee: null,
				scheduled_event: { name: 'Call', location: { type: 'outbound_call', location: '+20 100-123-4567' } },
			},
		},
		{ leadInformation: { ...mona, email } },
	],
	[
		'Calendly: a booking',
		'Calendly',
		{
			event: 'invitee.created',
			payload: {
				name: 'Mona Ali',
				email,
				uri: 'https://x.test/invitees/7',
				text_reminder_number: '+20 100 123 4567',
				questions_and_answers: [{ question: 'Which unit?', answer: 'Villa' }],
				scheduled_event: { name: 'Viewing', start_time: '2026-01-01' },
				tracking: { utm_source: 'fb', utm_medium: null },
			},
		},
		{
			leadInformation: { ...mona, email },
			customField: { 'Which unit?': 'Villa', meeting: 'Viewing', utm_source: 'fb' },
		},
	],
])('%s', (_, source, payload, expected) => {
	const read = recognizeForm(payload);
	expect(read.source).toBe(source);
	const [draft] = read.leads.map(({ draft: one }): LeadDraft => one);
	expect(draft).toMatchObject(expected);
	expect(JSON.stringify(draft)).not.toContain('1.2.3.4');
	// The same behind a webhook.
	expect(
		recognizeForm({ headers: { host: 'x' }, params: {}, query: {}, body: payload }).leads.map((lead) => lead.draft),
	).toEqual([draft]);
});

test.each<[name: string, payload: unknown]>([
	['a canceled Calendly booking', { event: 'invitee.canceled', payload: { name: 'Mona', email } }],
	[
		'a Calendly booking that was moved',
		{ event: 'invitee.created', payload: { name: 'Mona', email, old_invitee: 'https://x.test/invitees/6' } },
	],
	['a Calendly no-show', { event: 'invitee_no_show.created', payload: { invitee: 'https://x.test/7' } }],
])('%s is no lead', (_, payload) => {
	expect(recognizeForm(payload)).toMatchObject({ leads: [], problem: { kind: 'notALead' } });
});

/** What looks like a source and is none is read by its names. */
test.each<[name: string, payload: object]>([
	['a form_response that is text', { form_response: 'yes', name: 'Mona' }],
	['fields without values', { fields: ['a'], name: 'Mona' }],
	['a row number that is text', { row_number: '2', name: 'Mona' }],
	['numbers without a form', { 1: 'x', 2: 'y', name: 'Mona' }],
	['one field with a name of Contact Form 7', { 'your-name': 'Mona' }],
	[
		'a list of fields as any tool sends it',
		{
			fields: [
				{ id: 'a', name: 'Name', type: 'text', value: 'Mona' },
				{ id: 'b', name: 'Unit', type: 'text', value: 'Villa' },
			],
		},
	],
	['an id of digits beside a form name', { form_id: '1234567', form_name: 'Contact', name: 'Mona' }],
	['an event of something else', { event: 'created', name: 'Mona' }],
])('%s', (_, payload) => {
	expect(recognizeForm(payload)).toMatchObject({
		source: 'Form',
		leads: [{ draft: { leadInformation: { firstName: 'Mona' } } }],
	});
});

test('a list of Google Forms responses is a lead each', () => {
	const response = (responseId: string): object => ({
		responseId,
		answers: { '1a': { textAnswers: { answers: [{ value: typed }] } } },
	});
	expect(recognizeForm({ responses: [response('R1'), response('R2')] })).toMatchObject({
		source: 'Google Forms',
		leads: [{ dedupeKey: 'R1' }, { dedupeKey: 'R2' }],
	});
});
