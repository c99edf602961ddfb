import { type LeadDraft, mergeDrafts, withField } from '../../packages/core/src';
import { draftOf } from '../../packages/core/src/reading/draft';

const read: LeadDraft = {
	leadInformation: { firstName: 'Mona', phone: '+201001234567', address: { city: 'Giza' } },
	customField: { utm: 'a', note: 'b' },
};

describe('withField', () => {
	test.each<[name: string, path: string, value: unknown, draft: object]>([
		['at the top', 'dealSize', 0, { ...read, dealSize: 0 }],
		[
			'in a group',
			'leadInformation.lastName',
			'Ali',
			{ ...read, leadInformation: { ...read.leadInformation, lastName: 'Ali' } },
		],
		[
			'in a group of a group, beside others',
			'leadInformation.address.zip',
			'1',
			{ ...read, leadInformation: { ...read.leadInformation, address: { city: 'Giza', zip: '1' } } },
		],
		[
			'over what is there',
			'leadInformation.address.city',
			'Cairo',
			{ ...read, leadInformation: { ...read.leadInformation, address: { city: 'Cairo' } } },
		],
		['of no field', 'leadInformation.shoeSize', 44, read],
		['of no field, that every object has', '__proto__.polluted', 1, read],
	])('%s', (_, path, value, draft) => {
		const before = structuredClone(read);
		expect(withField(read, path, value)).toEqual(draft);
		expect(read).toEqual(before);
	});

	test('makes the groups that are missing, also where something else stands', () => {
		expect(withField({}, 'leadInformation.address.city', 'Giza')).toEqual({
			leadInformation: { address: { city: 'Giza' } },
		});
		expect(withField({ leadInformation: 'x' } as unknown as LeadDraft, 'leadInformation.phone', '1')).toEqual({
			leadInformation: { phone: '1' },
		});
	});
});

test('draftOf builds the same as one field after another, and knows the catalog only', () => {
	const values: readonly (readonly [string, unknown])[] = [
		['leadInformation.firstName', 'Mona'],
		['leadInformation.address.city', 'Giza'],
		['leadInformation.address.zip', '1'],
		['tags', ['a']],
		['__proto__.x', 1],
		['other', 2],
	];
	expect(draftOf(values)).toEqual(values.reduce((draft, [path, value]) => withField(draft, path, value), {}));
	expect(draftOf(values)).toEqual({
		leadInformation: { firstName: 'Mona', address: { city: 'Giza', zip: '1' } },
		tags: ['a'],
	});
});

describe('mergeDrafts', () => {
	const merged = (override: object): LeadDraft => mergeDrafts(read, override as LeadDraft);
	test.each<[name: string, override: object, draft: object]>([
		['nothing', {}, read],
		[
			'what is filled wins',
			{ leadInformation: { firstName: 'Hala' }, tags: ['a'] },
			{ ...read, leadInformation: { ...read.leadInformation, firstName: 'Hala' }, tags: ['a'] },
		],
		['what is empty does not', { leadInformation: { firstName: ' ', phone: null }, tags: [], customField: '' }, read],
		['0 and false win', { dealSize: 0, isQualified: false }, { ...read, dealSize: 0, isQualified: false }],
		[
			'flat names are taken',
			{ city: 'Cairo' },
			{ ...read, leadInformation: { ...read.leadInformation, address: { city: 'Cairo' } } },
		],
		[
			'pairs of the custom field are merged',
			{ customField: { utm: 'c', more: 'd' } },
			{ ...read, customField: { utm: 'c', note: 'b', more: 'd' } },
		],
		['pairs as JSON text too', { customField: '{"utm":"c"}' }, { ...read, customField: { utm: 'c', note: 'b' } }],
		[
			'text beside pairs loses neither',
			{ customField: 'call first' },
			{ ...read, customField: { utm: 'a', note: 'b', customField: 'call first' } },
		],
		[
			'JSON text of a list loses neither',
			{ customField: '[1]' },
			{ ...read, customField: { utm: 'a', note: 'b', customField: '[1]' } },
		],
		[
			'a date is something',
			{ title: new Date(0) },
			{ ...read, leadInformation: { ...read.leadInformation, title: new Date(0) } },
		],
	])('%s', (_, override, draft) => {
		const before = structuredClone(read);
		expect(merged(override)).toEqual(draft);
		expect(read).toEqual(before);
	});

	test('where the form had no custom field, what was given stays as it is', () => {
		expect(mergeDrafts({ tags: ['a'] }, { customField: 'call first' })).toEqual({
			tags: ['a'],
			customField: 'call first',
		});
	});

	test('keys that every object has stay plain pairs', () => {
		const { customField } = mergeDrafts(read, { customField: '{"__proto__":{"x":1}}' });
		expect(JSON.stringify(customField)).toBe('{"utm":"a","note":"b","__proto__":{"x":1}}');
		expect(({} as Record<string, unknown>).x).toBeUndefined();
	});
});
