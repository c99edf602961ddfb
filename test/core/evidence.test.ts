import { recognizeForm } from '../../packages/core/src';

const typed = '01000000201';
const phone = '+201000000201';
const mona = { firstName: 'Mona', lastName: 'Ali', phone };
const stranger = { name: 'Sara Agent', phone: '+201200000299', email: 'sara@broker.example' };

const draftOf = (payload: unknown): Record<string, unknown> => {
	const { leads } = recognizeForm(payload);
	expect(leads).toHaveLength(1);
	return leads[0]?.draft as Record<string, unknown>;
};
/** All of a lead but what is kept in Custom Field. */
const leadOf = (payload: unknown): Record<string, unknown> => {
	const { customField: _, ...lead } = draftOf(payload);
	return lead;
};

describe('somebody else is never the lead', () => {
	const groups = [
		'owner',
		'organizer',
		'user',
		'agent_details',
		'assigned_user',
		'created_by',
		'host',
		'consultant',
		'المندوب',
		'xyz',
	];
	test.each(groups.flatMap((group) => [[group, 'before'] as const, [group, 'after'] as const]))(
		'%s, %s',
		(group, order) => {
			const own = { name: 'Mona Ali', phone: typed };
			const payload = order === 'before' ? { [group]: stranger, ...own } : { ...own, [group]: stranger };
			expect(leadOf(payload)).toEqual({ leadInformation: mona });
			expect(JSON.stringify(draftOf(payload).customField)).toContain('Sara Agent');
		},
	);

	test.each([
		'operatorEmail',
		'owner_email',
		'assigned_to_phone',
		'هاتف المسؤول',
		'tracking_phone_number',
		'Company phone',
	])('%s', (key) => {
		const value = /mail/i.test(key) ? stranger.email : stranger.phone;
		expect(leadOf({ [key]: value, name: 'Mona Ali', phone: typed })).toEqual({ leadInformation: mona });
	});

	test('two levels up', () => {
		expect(leadOf({ listing: { agent: { contact: stranger } }, contact: { name: 'Mona Ali', phone: typed } })).toEqual({
			leadInformation: mona,
		});
	});
});

describe('a thing has a title, a city and a country of its own', () => {
	test.each<[name: string, more: object]>([
		['a property', { property: { city: 'Zayed', address: '12 Palm' } }],
		['a listing', { listing: { title: 'Villa' } }],
		['an event', { event: { title: 'Open day' } }],
		['a role that is none', { role: 'lead' }],
		['an account', { account: { company: 'Acme' } }],
		['a label', { 'Project country': 'Saudi Arabia' }],
		['a record beside its client', { name: 'Lagoon - unit B7', contact_name: 'Mona Ali' }],
	])('%s', (_, more) => {
		expect(leadOf({ name: 'Mona Ali', phone: typed, ...more })).toEqual({ leadInformation: mona });
	});
});

describe('names of fields with something around them', () => {
	test.each([
		'name-1',
		'name_1',
		'input_name',
		'txtName',
		'user_name',
		'الاسم_1',
		'Q1: الاسم',
		'1- الاسم',
		'No Label name',
		'lead__name',
	])('%s', (key) => expect(leadOf({ [key]: 'Mona Ali', 'phone-1': typed })).toEqual({ leadInformation: mona }));
});

describe('questions, lists and rows by what they hold', () => {
	test.each<[name: string, payload: object]>([
		[
			'more keys',
			{
				data: [
					{ title: 'Name', page: 1, value: 'Mona Ali' },
					{ title: 'Phone', page: 1, value: typed },
				],
			},
		],
		[
			'other keys',
			{
				results: [
					{ ask: 'Full name', reply: 'Mona Ali' },
					{ ask: 'Mobile number', reply: typed },
				],
			},
		],
		['a list of phones', { name: 'Mona Ali', phone: [{ label: 'work', value: typed, primary: true }] }],
		['phones by another name', { name: 'Mona Ali', phoneNumbers: [{ number: typed, kind: 'work' }] }],
	])('%s', (_, payload) => expect(leadOf(payload)).toEqual({ leadInformation: mona }));

	test.each([{ data: { rows: 0 } }, { value: 0 }, { events: 0 }, { العملاء: 0 }])('rows in %j', (payload) => {
		const rows = [
			{ name: 'Mona Ali', phone: typed },
			{ name: 'Ali Omar', phone: '01112223334' },
		];
		const filled = JSON.parse(JSON.stringify(payload), (_, value: unknown) => (value === 0 ? rows : value)) as unknown;
		expect(recognizeForm(filled).leads.map(({ draft }) => draft.leadInformation?.firstName)).toEqual(['Mona', 'Ali']);
	});
});

describe('rows of calls and messages', () => {
	const idsIn = (payload: unknown): readonly (string | undefined)[] =>
		recognizeForm(payload).leads.map(({ dedupeKey }) => dedupeKey);
	const called = (number: number): object => ({
		direction: 'inbound',
		from: `0100000020${number}`,
		to: stranger.phone,
	});
	const ids = ['CallSid', 'call_id', 'messageId', 'message_sid'];

	test.each(ids)('each keeps its own %s, as one alone does', (id) => {
		const [one, other] = [1, 2].map((number) => ({ ...called(number), [id]: `id ${number}` }));
		for (const payload of [{ calls: [one, other] }, [one, other], { data: { rows: [one, other] } }])
			expect(idsIn(payload)).toEqual(['id 1', 'id 2']);
		expect(idsIn(one)).toEqual(['id 1']);
	});

	test.each(ids)('%s beside them is none of theirs: two people would be one', (id) => {
		const found = idsIn({ [id]: 'of all', calls: [called(1), called(2)] });
		expect([found.length, new Set(found.filter((each) => each !== undefined)).size]).toEqual([2, 0]);
	});
});

describe('who wrote or called', () => {
	test.each<[name: string, payload: object]>([
		['WATI', { waId: '201000000201', senderName: 'Mona Ali', text: 'hi', owner: false, operatorName: 'Sara Agent' }],
		['a missed call', { 'Caller ID': typed, 'Caller Name': 'Mona Ali' }],
		[
			'a call with both sides',
			{ CallSid: 'CA1', From: phone, To: stranger.phone, Direction: 'inbound', CallerName: 'Mona Ali' },
		],
		[
			'a session of its own',
			{
				event: 'message',
				me: { id: '201200000299@c.us', pushName: 'Us' },
				payload: { from: '201000000201@c.us', body: 'hi', _data: { notifyName: 'Mona Ali' } },
			},
		],
	])('%s', (_, payload) => expect(leadOf(payload)).toMatchObject({ leadInformation: mona }));

	test('without a name the phone is the first name, with a warning, unless it is turned off', () => {
		const call = { 'Caller ID': typed, Status: 'NO ANSWER' };
		expect(recognizeForm(call).leads[0]).toMatchObject({
			draft: { leadInformation: { firstName: phone, phone } },
			warnings: expect.arrayContaining([expect.stringContaining('gave no name')]),
		});
		expect(recognizeForm(call, { phoneAsName: false }).leads[0]?.draft.leadInformation).toEqual({ phone });
	});

	test.each<[name: string, payload: object]>([
		['an own message', { pushName: 'X', remoteJid: '201000000201@s.whatsapp.net', fromMe: true }],
		['an outgoing call', { direction: 'outbound', call_id: '1', caller_number: stranger.phone }],
		[
			'a canceled appointment',
			{ action: 'appointment.canceled', name: 'Mona Ali', phone: typed, appointmentTypeID: 1 },
		],
	])('%s is no lead', (_, payload) => {
		expect(recognizeForm(payload)).toMatchObject({ leads: [], problem: { kind: 'notALead' } });
	});
});

test.each(['Country/Region', 'country_region', 'الدولة/المنطقة', 'Country you live in'])(
	'%s is a country, also of the phone',
	(key) => {
		expect(leadOf({ name: 'Mona Ali', phone: '0500000201', [key]: 'Saudi Arabia' })).toMatchObject({
			leadInformation: { phone: '+966500000201' },
		});
	},
);

test('a number that is valid in Egypt and in the Gulf is told', () => {
	expect(recognizeForm({ name: 'Mona Ali', phone: '0500000201' }).leads[0]?.warnings.join()).toMatch(/Saudi Arabia/);
});

test.each(['201000000201', 'android', 'https://x.example/a', 'app'])('%s is no source of a lead', (source) => {
	expect(leadOf({ source, name: 'Mona Ali', phone: typed })).toEqual({ leadInformation: mona });
});

test('nothing secret passes, at any depth, in lists, in JSON text and in addresses', () => {
	const payload = {
		name: 'Mona Ali',
		phone: typed,
		visits: [{ ip: '203.0.113.5', session_token: 'hidden' }],
		meta: '{"ip":"203.0.113.5","a":{"authtoken":"hidden"}}',
		HandshakeKey: 'hidden',
		_f_fluentformnonce: 'hidden',
		accesstoken: 'hidden',
		addr: '203.0.113.5:443',
		chain: '203.0.113.5, 203.0.113.6',
		a: { b: { c: { d: { e: { f: { g: { token: 'hidden', ip: '203.0.113.5' } } } } } } },
		url: 'https://x.example/?a=1&token=hidden',
	};
	expect(JSON.stringify(draftOf(payload))).not.toMatch(/hidden|203\.0\.113/);
});

test('what a webhook was called with fills what the body left open', () => {
	const webhook = {
		headers: {},
		params: { project: 'palm' },
		query: { campaign: 'Palm Nov', utm_source: 'fb' },
		body: { name: 'Mona Ali', phone: typed },
	};
	expect(draftOf(webhook)).toEqual({
		leadInformation: mona,
		campaignName: 'Palm Nov',
		customField: { project: 'palm', utm_source: 'fb' },
	});
});

test('why a value went where it did is told', () => {
	const [lead] = recognizeForm({ 'And the best number to reach you on?': typed, agent: stranger }).leads;
	expect(lead?.matched.map(({ field, why }) => [field, why])).toEqual([
		['leadInformation.phone', 'the question mentions it, and the answer looks like one'],
		['customField', expect.stringContaining("agent_phone: someone else's, or the company's own")],
	]);
});
