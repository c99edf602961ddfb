import { recognizeForm, type RecognizedLead } from '../../packages/core/src';

const onlyLead = (payload: unknown): RecognizedLead => {
	const { leads } = recognizeForm(payload);
	expect(leads).toHaveLength(1);
	return leads[0] as RecognizedLead;
};

const mona = { leadInformation: { firstName: 'Mona', lastName: 'Ali', phone: '+201001234567' } };

describe('how forms write their questions and answers', () => {
	test.each<[name: string, payload: unknown]>([
		['label and value', { answers: [{ label: 'Full name', value: 'Mona Ali' }, { label: 'Phone', value: '01001234567' }] }],
		['question and answer', { responses: [{ question: 'What is your name?', answer: 'Mona Ali' }, { question: 'Your phone number', answer: '01001234567' }] }],
		['name and values', { fields: [{ name: 'full_name', values: ['Mona Ali'] }, { name: 'phone', values: ['01001234567'] }] }],
		['an id and a title', { data: [{ id: 'q1', title: 'Name', type: 'text', response: 'Mona Ali' }, { id: 'q2', title: 'Mobile', response: '01001234567' }] }],
		['a type that tells', { data: [{ id: 1, question: 'Who?', value: 'x', type: 'email' }, { id: 2, label: 'Name', value: 'Mona Ali' }, { id: 3, label: 'Ring', value: '01001234567', type: 'tel' }] }],
		['questions by id', { fields: { a1: { label: 'Name', value: 'Mona Ali' }, a2: { label: 'Phone', type: 'text', value: '01001234567' } } }],
		['questions by name', { fields: { name: { id: 'name', type: 'text', value: 'Mona Ali' }, tel: { id: 'tel', type: 'tel', value: '01001234567' } } }],
		['brackets', { 'lead[first_name]': 'Mona', 'lead[last_name]': 'Ali', 'lead[phone]': '01001234567' }],
		['brackets with the form beside', { 'form_fields[name]': 'Mona Ali', 'form_fields[phone]': '01001234567' }],
		['one text with the whole form', { payload: '{"name":"Mona Ali","phone":"01001234567"}' }],
		['a part of it as text', { 'data.json': '{"name":["Mona Ali"],"phone_number":["01001234567"]}' }],
		['a wrapped list of one', { leads: [{ name: 'Mona Ali', phone: '01001234567' }] }],
	])('%s', (_, payload) => {
		expect(onlyLead(payload).draft).toMatchObject(mona);
	});

	test('tags[] are tags', () => expect(onlyLead({ name: 'Mona', 'tags[]': ['a', 'b'] }).draft).toMatchObject({ tags: ['a', 'b'] }));

	test('form[name] is nobody, and is kept', () => {
		expect(onlyLead({ 'form[name]': 'Landing page', name: 'Mona' }).draft).toEqual({ leadInformation: { firstName: 'Mona' }, customField: { form_name: 'Landing page' } });
	});
});

describe('many leads in one object', () => {
	const [a, b] = [{ name: 'Mona', phone: '01001234567' }, { name: 'Ali', phone: '01112223334' }];

	test('each row is a lead, what stands beside the list holds for all', () => {
		const { leads } = recognizeForm({ campaign: 'Palm', page_id: '7', leads: [a, b] });
		expect(leads.map(({ draft }) => draft)).toEqual([
			{ leadInformation: { firstName: 'Mona', phone: '+201001234567' }, campaignName: 'Palm', customField: { page_id: '7' } },
			{ leadInformation: { firstName: 'Ali', phone: '+201112223334' }, campaignName: 'Palm', customField: { page_id: '7' } },
		]);
	});

	test('beside a person the list is an answer', () => {
		expect(onlyLead({ ...a, items: [{ sku: 'x' }] }).draft).toEqual({ leadInformation: { firstName: 'Mona', phone: '+201001234567' }, customField: { items: '[{"sku":"x"}]' } });
	});

	test('an empty list is no lead', () => {
		expect(recognizeForm({ leads: [] })).toMatchObject({ leads: [], problem: { kind: 'notALead', message: 'The list "leads" is empty, so there is no lead in it.' } });
	});
});
