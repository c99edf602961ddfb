import { type Meaning, meaningOf } from '../../packages/core/src/forms/match';

const phone = 'leadInformation.phone';
const email = 'leadInformation.email';
const city = 'leadInformation.address.city';

test.each<[name: string, answer: { key: string; label?: string; type?: string; from?: string }, meaning: Meaning]>([
	['a key', { key: 'city' }, city],
	['a key in capitals with marks', { key: 'Your City: *' }, city],
	['an Arabic key, other spellings of its letters', { key: 'المدينه' }, city],
	['a key that says nothing, its label does', { key: 'field_7', label: 'Your city' }, city],
	['the key before the label', { key: 'city', label: 'Phone' }, city],
	['neither', { key: 'field_7', label: 'Favorite color' }, undefined],
	['a type wins over any name', { key: 'city', type: 'tel' }, phone],
	['a phone type of another tool', { key: 'q1', type: 'PHONE_NUMBER' }, phone],
	['an email type', { key: 'q1', type: 'INPUT_EMAIL' }, email],
	['a type that says nothing', { key: 'q1', label: 'Phone', type: 'text' }, phone],
	['a whole name', { key: 'full_name' }, 'fullName'],
	['a name within a person', { key: 'name', from: 'customer.name' }, 'fullName'],
	['the name of a form', { key: 'name', from: 'form.name' }, undefined],
	['the name of a company', { key: 'name', from: 'data.company.name' }, 'leadInformation.company'],
	['the name of a country', { key: 'name', from: 'address.country.name' }, 'leadInformation.address.country'],
	['the name of a phone is not a phone', { key: 'name', from: 'phone.name' }, 'fullName'],
	['the first of a name', { key: 'first', from: 'name.first' }, 'leadInformation.firstName'],
	['the first of something else', { key: 'first', from: 'choice.first' }, undefined],
	['a field of the catalog within a named group', { key: 'city', from: 'form.city' }, city],
	['a name that every object has', { key: 'constructor' }, undefined],
])('%s', (_, answer, meaning) => {
	expect(meaningOf({ from: answer.key, value: 'x', ...answer })).toBe(meaning);
});
