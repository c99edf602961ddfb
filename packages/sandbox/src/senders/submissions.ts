/** Who filled in a form that is played; made-up people only. */
export interface Person {
	readonly firstName: string;
	readonly lastName: string;
	/** International. */
	readonly phone: string;
}

const nameOf = ({ firstName, lastName }: Person): string => `${firstName} ${lastName}`;

/** What a platform sends of a person; `id` is the platform's own for it. */
type Submission = (person: Person, id: string) => unknown;

/** The shapes that platforms send, with as little in them as makes a lead. */
export const submissions = {
	any: ({ firstName, lastName, phone }) => ({ first_name: firstName, last_name: lastName, phone }),
	meta: (_person, id) => ({
		object: 'page',
		entry: [
			{ id: '1', time: 1, changes: [{ field: 'leadgen', value: { leadgen_id: id, form_id: '2', page_id: '1' } }] },
		],
	}),
	whatsapp: (person, id) => ({
		object: 'whatsapp_business_account',
		entry: [
			{
				id: '1',
				changes: [
					{
						field: 'messages',
						value: {
							messaging_product: 'whatsapp',
							metadata: { display_phone_number: '201500000000', phone_number_id: '2' },
							contacts: [{ profile: { name: nameOf(person) }, wa_id: person.phone.slice(1) }],
							messages: [
								{
									from: person.phone.slice(1),
									id,
									timestamp: '1795162530',
									type: 'text',
									text: { body: 'Please call me' },
								},
							],
						},
					},
				],
			},
		],
	}),
	linkedin: ({ firstName, lastName, phone }, id) => ({
		id,
		testLead: false,
		form: {
			id: 1,
			content: {
				questions: [
					{ questionId: 1, name: 'First name', predefinedField: 'FIRST_NAME' },
					{ questionId: 2, name: 'Last name', predefinedField: 'LAST_NAME' },
					{ questionId: 3, name: 'Phone', predefinedField: 'PHONE_NUMBER' },
				],
			},
		},
		formResponse: {
			answers: [firstName, lastName, phone].map((answer, index) => ({
				questionId: index + 1,
				answerDetails: { textQuestionAnswer: { answer } },
			})),
		},
	}),
	googleAds: (person, id) => ({
		lead_id: id,
		user_column_data: [
			{ column_id: 'FULL_NAME', column_name: 'Full Name', string_value: nameOf(person) },
			{ column_id: 'PHONE_NUMBER', column_name: 'User Phone', string_value: person.phone },
		],
		api_version: '1.0',
		form_id: 1,
		campaign_id: 2,
		is_test: false,
	}),
	tiktok: (person, id) => ({
		object: 1,
		entry: [
			{
				id,
				page_id: 1,
				advertiser_id: 2,
				campaign_name: 'Sandbox',
				changes: [
					{ field: 'name', value: nameOf(person) },
					{ field: 'phone_number', value: person.phone },
				],
			},
		],
		time: 1,
		request_id: 3,
	}),
	snapchat: ({ firstName, lastName, phone }, id) => ({
		form_id: '1',
		ad_account_id: '2',
		campaign_id: '3',
		ad_id: '4',
		lead_id: id,
		create_time: '1795162530000',
		first_name: firstName,
		last_name: lastName,
		phone_number: phone,
	}),
	typeform: ({ firstName, lastName, phone }, id) => ({
		event_id: `event-${id}`,
		event_type: 'form_response',
		form_response: {
			form_id: 'form',
			token: id,
			definition: {
				fields: [
					{ id: 'f1', title: 'First name', type: 'short_text' },
					{ id: 'f2', title: 'Last name', type: 'short_text' },
					{ id: 'f3', title: 'Phone number', type: 'phone_number' },
				],
			},
			answers: [
				{ type: 'text', text: firstName, field: { id: 'f1', type: 'short_text' } },
				{ type: 'text', text: lastName, field: { id: 'f2', type: 'short_text' } },
				{ type: 'phone_number', phone_number: phone, field: { id: 'f3', type: 'phone_number' } },
			],
		},
	}),
	tally: ({ firstName, lastName, phone }, id) => ({
		eventId: `event-${id}`,
		eventType: 'FORM_RESPONSE',
		data: {
			responseId: id,
			formId: 'form',
			fields: [
				{ key: 'question_1', label: 'First name', type: 'INPUT_TEXT', value: firstName },
				{ key: 'question_2', label: 'Last name', type: 'INPUT_TEXT', value: lastName },
				{ key: 'question_3', label: 'Phone', type: 'INPUT_PHONE_NUMBER', value: phone },
			],
		},
	}),
	calendly: ({ firstName, lastName, phone }, id) => ({
		event: 'invitee.created',
		payload: {
			uri: `https://api.calendly.com/scheduled_events/1/invitees/${id}`,
			first_name: firstName,
			last_name: lastName,
			text_reminder_number: phone,
			scheduled_event: { name: 'Visit', start_time: '2026-12-01T09:00:00Z' },
		},
	}),
	calcom: (person, id) => ({
		triggerEvent: 'BOOKING_CREATED',
		payload: {
			uid: id,
			title: 'Visit',
			startTime: '2026-12-01T09:00:00Z',
			organizer: { name: 'Host', email: 'host@example.com' },
			responses: {
				name: { label: 'your_name', value: nameOf(person) },
				attendeePhoneNumber: { label: 'phone_number', value: person.phone },
			},
			attendees: [{ name: nameOf(person), email: 'guest@example.com' }],
		},
	}),
	webflow: ({ firstName, lastName, phone }, id) => ({
		triggerType: 'form_submission',
		payload: {
			name: 'Contact',
			siteId: '1',
			data: { 'First Name': firstName, 'Last Name': lastName, 'Phone Number': phone },
			id,
			formId: '2',
		},
	}),
	standard: ({ firstName, lastName, phone }) => ({ first_name: firstName, last_name: lastName, phone }),
} as const satisfies Readonly<Record<string, Submission>>;

export type Sender = keyof typeof submissions;
export const senders = Object.keys(submissions) as readonly Sender[];
