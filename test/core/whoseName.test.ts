import { type LeadDraft, recognizeForm } from '../../packages/core/src';

interface Person {
	readonly firstName?: string;
	readonly lastName?: string;
	readonly phone?: string;
	readonly email?: string;
}

const personIn = (payload: unknown): Person => {
	const { leads } = recognizeForm(payload);
	expect(leads).toHaveLength(1);
	const { firstName, lastName, phone, email } = ((leads[0]?.draft as LeadDraft).leadInformation ?? {}) as Person;
	return Object.fromEntries(
		Object.entries({ firstName, lastName, phone, email }).filter(([, value]) => value !== undefined),
	);
};

const phone = '01012345678';
const international = '+201012345678';

describe('a name in parts is of one person', () => {
	test.each<[name: string, payload: object, person: Person]>([
		[
			'in a group of its own',
			{ Name: { First: 'Dina', Last: 'Magdy' }, Phone: phone },
			{ firstName: 'Dina', lastName: 'Magdy', phone: international },
		],
		[
			'beside a form and a team that have names',
			{
				Form: { Id: '1', Name: 'Buy' },
				Name: { First: 'Dina', Last: 'Magdy', FirstAndLast: 'Dina Magdy' },
				Phone: phone,
				Entry: { Number: 4, User: { Email: 'admin@example.com', Name: 'Admin' } },
			},
			{ firstName: 'Dina', lastName: 'Magdy', phone: international },
		],
	])('%s', (_, payload, person) => expect(personIn(payload)).toEqual(person));
});

describe('the one who called', () => {
	test.each<[name: string, payload: object, person: Person]>([
		['caller_id_number', { caller_id_number: phone, callee: '16000', direction: 'inbound' }, { phone: international }],
		[
			'from and a hotline',
			{ direction: 'inbound', from: phone, to: '16000', status: 'missed' },
			{ phone: international },
		],
		[
			'groups of both sides',
			{ call: { direction: 'inbound', caller: { number: phone, name: 'Sara' }, callee: { number: '16000' } } },
			{ firstName: 'Sara', phone: international },
		],
		[
			'the only number',
			{ Agent: '101', AgentName: 'Desk', Number: phone, CallType: 'Inbound', Name: 'Tarek' },
			{ firstName: 'Tarek', phone: international },
		],
		[
			'whom the exchange does not know',
			{ call_sid: 'x', contact_name: 'Unknown', contact_number: phone, call_info: { direction: 'Incoming' } },
			{ phone: international },
		],
	])('%s', (_, payload, person) => {
		// Without a name the phone stands for it.
		expect(personIn(payload)).toEqual({ firstName: international, ...person });
	});

	test('calls that went out are no leads', () => {
		expect(recognizeForm({ direction: 'outbound', from: '16000', to: phone, call_id: '7' }).leads).toEqual([]);
	});
});

describe('a person in an envelope', () => {
	const person = { name: 'Rana Ziad', phone, email: 'rana@example.com' };
	const found = { firstName: 'Rana', lastName: 'Ziad', phone: international, email: 'rana@example.com' };
	test.each<[name: string, payload: object]>([
		['an item', { type: 'notification', topic: 'contact.created', data: { item: { type: 'contact', ...person } } }],
		['an event', { event: { type: 'created', ...person } }],
	])('%s', (_, payload) => expect(personIn(payload)).toEqual(found));

	test.each<[name: string, payload: object]>([
		['a real event', { event: { name: 'Open Day', starts_at: '2027-01-01', contact_phone: phone } }],
		['something that is sold', { item: { name: 'Chair', price: 10, contact_phone: phone } }],
	])('%s is nobody', (_, payload) => expect(personIn(payload).firstName).toBeUndefined());

	test('beside a person an item is a thing', () => {
		expect(personIn({ ...person, item: { name: 'Chair', phone: '01099999999' } })).toEqual(found);
	});
});

describe('a whole name under what the person is', () => {
	test.each<[label: string, name: string]>([
		['العميل', 'محمد أحمد'],
		['Client', 'Mona Ali'],
		['Contact Person', 'Ramy Adel'],
	])('%s: %s', (label, name) => {
		const [firstName, lastName] = name.split(' ');
		expect(personIn({ [label]: name, Mobile: phone, Sales: 'Amr Adel' })).toEqual({
			firstName,
			lastName,
			phone: international,
		});
	});

	test.each([
		['Contact', 'By phone'],
		['Lead', 'Hot lead'],
		['Visitor', 'Walk in'],
		['Buyer', 'First time'],
	])('%s: %s says something else', (label, value) => {
		expect(personIn({ [label]: value, Mobile: phone })).toEqual({ phone: international });
	});

	test.each(['Unknown', 'N/A', 'Anonymous caller', 'مجهول'])('%s is no name', (name) => {
		expect(personIn({ Name: name, Mobile: phone })).toEqual({ phone: international });
	});
});

test.each<[name: string, payload: object]>([
	['lists within a list', { form_name: { value: [[], 0] }, Mobile: phone }],
	['a group', { Name: { value: { a: 1 } }, Mobile: phone }],
])('%s are no name', (_, payload) => expect(personIn(payload)).toEqual({ phone: international }));

describe('a number that Egypt and the Gulf have', () => {
	const warnings = (payload: object): readonly string[] => recognizeForm(payload).leads[0]?.warnings ?? [];
	test.each<[city: string, phone: string]>([
		['الرياض', '+966501234567'],
		['Dubai', '+971501234567'],
	])('somebody who lives in %s', (City, expected) => {
		const payload = { Name: 'Sara', City, Phone: '0501234567' };
		expect(personIn(payload).phone).toBe(expected);
		expect(warnings(payload).join(' ')).not.toContain('was read as a number in');
	});

	test('a city says nothing of a number that only Egypt has', () => {
		expect(personIn({ Name: 'Sara', City: 'Dubai', Phone: phone }).phone).toBe(international);
	});

	test('a city that somebody is interested in says nothing', () => {
		const payload = { Name: 'Sara', 'Interested city': 'Dubai', Phone: '0501234567' };
		expect(warnings(payload).join(' ')).toContain('was read as a number in Egypt');
	});
});
