import type { GetParameter } from '../../nodes/IcloudReady/read/getParameter';
import { draftOf, type NodeParameters } from '../../nodes/IcloudReady/read/parameters';
import { readOptions } from '../../nodes/IcloudReady/read/policy';
import { readItem } from '../../nodes/IcloudReady/read/readItem';
import { readPanel } from '../../nodes/IcloudReady/read/readParameters';
import { defaultPolicy, defaultReading } from '../../packages/core/src';

describe('the panel as a draft', () => {
	test.each([
		['plain fields stay', { city: 'Cairo', tags: ['a'] }, { city: 'Cairo', tags: ['a'] }],
		[
			'the address leaves its group',
			{ address: { value: { city: 'Cairo', zip: '1' } } },
			{ address: { city: 'Cairo', zip: '1' } },
		],
		['an address without a value stays empty', { address: {} }, { address: {} }],
		['an address as text stays', { address: 'Villa 12' }, { address: 'Villa 12' }],
		[
			'pairs become Custom Field',
			{ customFieldPairs: { pair: [{ name: ' a ', value: 1 }] } },
			{ customField: { a: 1 } },
		],
		[
			'pairs join JSON text',
			{ customField: '{"a":1}', customFieldPairs: { pair: [{ name: 'b', value: '2' }] } },
			{ customField: { a: 1, b: '2' } },
		],
		[
			'pairs join an object',
			{ customField: { a: 1 }, customFieldPairs: { pair: [{ name: 'a', value: 2 }] } },
			{ customField: { a: 2 } },
		],
		[
			'plain text is kept beside pairs',
			{ customField: 'call late', customFieldPairs: { pair: [{ name: 'b', value: '2' }] } },
			{ customField: { text: 'call late', b: '2' } },
		],
		[
			'nameless and empty pairs are left out',
			{
				customField: 'x',
				customFieldPairs: {
					pair: [
						{ name: '', value: 'a' },
						{ name: 'b', value: '' },
					],
				},
			},
			{ customField: 'x' },
		],
		['JSON text alone stays as it was typed', { customField: '{ "a": 1 }' }, { customField: '{ "a": 1 }' }],
	])('%s', (_name, collection, draft) => {
		expect(draftOf(collection)).toEqual(draft);
	});
});

const form = (submission: unknown, additionalFields: Readonly<Record<string, unknown>> = {}): NodeParameters => ({
	leadInput: 'form',
	submission,
	additionalFields,
});
const read = async (given: NodeParameters): Promise<unknown> => await readItem(given, defaultReading);

describe('an item as leads', () => {
	test('First Name and Phone of the panel win over hidden ones of a form', async () => {
		const given: NodeParameters = {
			leadInput: 'fields',
			firstName: 'Mona',
			phone: '1',
			additionalFields: { firstName: 'left over', phone: 'left over' },
		};
		expect(await read(given)).toEqual({
			entries: [{ kind: 'draft', draft: { firstName: 'Mona', phone: '1' }, reading: {} }],
		});
	});

	test('a value of Additional Fields wins over the form, an empty one does not', async () => {
		expect(
			await read(
				form(
					{ name: 'Mona Ali', phone: '+201000000001', email: 'a@example.com' },
					{ email: 'b@example.com', phone: '' },
				),
			),
		).toMatchObject({
			entries: [{ draft: { leadInformation: { firstName: 'Mona', phone: '+201000000001', email: 'b@example.com' } } }],
		});
	});

	test('what Additional Fields replaced is no longer told as read from the form', async () => {
		const reading = await readItem(
			form({ name: 'Mona Ali', phone: '+201000000001', email: 'a@example.com' }, { email: 'b@example.com' }),
			defaultReading,
		);
		const matched = reading.entries
			.flatMap((entry) => (entry.kind === 'draft' ? (entry.reading.matched ?? []) : []))
			.map(({ field }) => field);
		expect(matched).toContain('leadInformation.phone');
		expect(matched).not.toContain('leadInformation.email');
	});

	test('JSON text of Custom Field joins what the form gave', async () => {
		const submission = { name: 'Mona Ali', phone: '+201000000001', 'Favorite color': 'red' };
		const reading = await readItem(form(submission, { customField: '{"utm_source":"x"}' }), defaultReading);
		const [entry] = reading.entries;
		expect(entry?.kind === 'draft' && entry.draft).toMatchObject({
			customField: { utm_source: 'x', 'Favorite color': 'red' },
		});
	});

	test('what is no form ends as invalid', async () => {
		expect(await read(form('plain text'))).toMatchObject({
			entries: [{ kind: 'ended', outcome: { outcome: 'invalid' } }],
		});
	});

	test('an empty list is no lead, and is said', async () => {
		expect(await read(form([]))).toEqual({ entries: [], noLead: expect.stringContaining('no lead') });
	});

	test('JSON is passed on as it is', async () => {
		expect(await read({ leadInput: 'json', leadJson: '{}' })).toEqual({
			entries: [{ kind: 'draft', draft: '{}', reading: {} }],
		});
	});
});

test('a property that cannot be worked out is named, and nothing is thrown', () => {
	const getParameter: GetParameter = (name, _item, otherwise) => {
		if (name === 'phone') throw new Error('broken expression');
		return otherwise;
	};
	expect(readPanel(getParameter, { itemIndex: 0, json: {} }, {})).toEqual({
		kind: 'unreadable',
		property: 'phone',
		dryRun: false,
	});
});

describe('options', () => {
	test.each([
		['nothing set', {}, {}],
		['a number as text', { timeoutSeconds: '5' }, { timeoutSeconds: 5 }],
		['no number', { timeoutSeconds: 'soon' }, {}],
		['zero', { timeoutSeconds: 0 }, {}],
		['a country by its name', { defaultCountry: ' Saudi Arabia ' }, { defaultCountry: 'Saudi Arabia' }],
		['an empty country', { defaultCountry: '' }, {}],
		['tries as a fraction', { maxTries: 2.9 }, { maxTries: 2 }],
		['no waiting at all', { maxWaitSeconds: 0 }, { maxWaitSeconds: 0 }],
		[
			'duplicates',
			{ duplicates: 'always', duplicateKey: 'submission' },
			{ duplicates: 'always', duplicateKey: 'submission' },
		],
		['choices that do not exist', { duplicates: 'never', duplicateKey: 'name', phone: 'x', unconfirmed: 1 }, {}],
		['dry run from an expression', { dryRun: 'true' }, { dryRun: true }],
		['a dry run that was saved as off', { dryRun: false }, { dryRun: false }],
	])('%s', (_name, options, changed) => {
		expect(readOptions(options).policy).toEqual({ ...defaultPolicy, ...changed });
	});

	test.each([
		[undefined, 0],
		[3, 3],
		['2', 2],
		[0, 0],
		[50, 50],
		[51, 0],
		[-1, 0],
		[2.9, 2],
		['many', 0],
	])('concurrency %p is %i', (concurrency, expected) => {
		expect(readOptions({ concurrency }).concurrency).toBe(expected);
	});

	test.each([
		[undefined, ''],
		['', ''],
		[' a ', 'a'],
		[7, '7'],
	])('organization %p is %s', (organizationId, expected) => {
		expect(readOptions({ organizationId }).organizationId).toBe(expected);
	});
});
