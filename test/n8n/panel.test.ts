import { IcloudReady } from '../../nodes/IcloudReady/IcloudReady.node';
import { answerSchema, simplifiedSchema } from '../../nodes/IcloudReady/panel/outputSchema';
import { simplifiedNames } from '../../nodes/IcloudReady/panel/createdView';
import { readOptions } from '../../nodes/IcloudReady/read/policy';
import { choices, defaultFlow, defaultPolicy, fields, type Limit, limits, outcomeKinds } from '../../packages/core/src';
import type { INodeProperties } from 'n8n-workflow';

const { description } = new IcloudReady();
const property = (name: string): INodeProperties => {
	const found = description.properties.find((each) => each.name === name);
	if (found === undefined) throw new Error(`The panel has no ${name}.`);
	return found;
};
const optionNamed = (name: string): INodeProperties =>
	(property('options').options as INodeProperties[]).find((each) => each.name === name) as INodeProperties;

test('the panel has the names of the contract, in the order people fill it in', () => {
	expect(description.properties.map(({ name }) => name)).toEqual([
		'resource',
		'operation',
		'leadInput',
		'formNotice',
		'fieldsNotice',
		'firstName',
		'phone',
		'leadJson',
		'additionalFields',
		'outputPerOutcome',
		'simplify',
		'toolNotice',
		'output',
		'outputFields',
		'options',
	]);
	expect((property('leadInput').options as { value: string }[]).map(({ value }) => value)).toEqual([
		'fields',
		'form',
		'json',
	]);
});

test('every field of the catalog is in the panel once, alphabetical, with the address as a group', () => {
	const collection = property('additionalFields').options as INodeProperties[];
	const [{ values: inAddress } = { values: [] }] = collection.find(({ name }) => name === 'address')?.options as {
		values: INodeProperties[];
	}[];
	const names = [
		...collection.map(({ name }) => name).filter((name) => name !== 'address' && name !== 'customFieldPairs'),
		...inAddress.map(({ name }) => name),
	];
	expect([...names].sort()).toEqual(fields.map(({ name }) => name).sort());
	const labels = collection.map(({ displayName }) => displayName);
	expect(labels).toEqual([...labels].sort((one, other) => one.localeCompare(other, 'en')));
});

test('first name and phone stand among the Additional Fields of a form only', () => {
	for (const name of ['firstName', 'phone']) {
		const inForm = (property('additionalFields').options as INodeProperties[]).find((each) => each.name === name);
		expect(inForm?.displayOptions).toEqual({ show: { '/leadInput': ['form'] } });
		expect(property(name)).toMatchObject({ required: true, displayOptions: { show: { leadInput: ['fields'] } } });
	}
});

test.each(fields.filter((field) => 'suggestions' in field))(
	'$label names its suggestions and refuses no other value',
	({ name, suggestions, group }) => {
		const collection = property('additionalFields').options as INodeProperties[];
		const places =
			group === 'address'
				? (collection.find((each) => each.name === 'address')?.options as { values: INodeProperties[] }[])[0]?.values
				: collection;
		const found = places?.find((each) => each.name === name);
		expect(found?.type).toBe('string');
		for (const suggestion of suggestions) expect(found?.hint).toContain(suggestion);
	},
);

test.each([
	['defaultCountry', defaultPolicy.defaultCountry],
	['timeoutSeconds', defaultPolicy.timeoutSeconds],
	['concurrency', defaultFlow.concurrency],
	['organizationId', ''],
] as const)("the option %s has the core's default", (name, value) => {
	expect(optionNamed(name).default).toBe(value);
});

test.each(['concurrency', 'maxPerSecond', 'maxTries', 'maxWaitSeconds', 'timeoutSeconds'] as const)(
	'the option %s has the bounds and the default of the core',
	(name) => {
		const { min, max, default: fallback }: Limit = limits[name];
		const { typeOptions, default: value } = optionNamed(name);
		expect({ ...typeOptions, value }).toMatchObject({ minValue: min, maxValue: max, value: fallback });
		expect(typeOptions?.numberPrecision).toBe('isWhole' in limits[name] ? 0 : undefined);
	},
);

test.each(['phone', 'duplicates', 'duplicateKey', 'unconfirmed'] as const)(
	'the option %s offers the choices of the core',
	(name) => {
		const { options, default: value } = optionNamed(name);
		const offered = (options as { value: string }[]).map((each) => each.value);
		expect([offered.sort(), value]).toEqual([[...choices[name]].sort(), choices[name][0]]);
	},
);

test('Dry Run is on as soon as it is added, and off where it is not', () => {
	expect([optionNamed('dryRun').default, defaultPolicy.dryRun, property('options').default]).toEqual([true, false, {}]);
});

test('no other option changes anything by being added: its default is what holds without it', () => {
	for (const { name, default: value } of property('options').options as INodeProperties[]) {
		if (name === 'dryRun') continue;
		const added = { [name]: value };
		expect([name, readOptions(added)]).toEqual([name, readOptions({})]);
	}
});

test('the countries to choose from have a name and a calling code each', () => {
	const countries = optionNamed('defaultCountry').options as { name: string; value: string }[];
	expect(countries.length).toBeGreaterThan(200);
	expect(countries).toContainEqual({ name: 'Egypt (+20)', value: 'EG' });
	// Egypt and the Gulf first, the others by their names.
	const [first, others] = [countries.slice(0, 8), countries.slice(8).map(({ name }) => name)];
	expect(first.map(({ value }) => value).sort()).toEqual(['AE', 'BH', 'EG', 'JO', 'KW', 'OM', 'QA', 'SA']);
	expect(first[0]?.value).toBe('EG');
	expect(others).toEqual([...others].sort((one, other) => one.localeCompare(other, 'en')));
	for (const { name } of countries) expect(name).toMatch(/^\S.+ \(\+\d+\)$/);
});

test.each([
	[false, [{ type: 'main' }]],
	[true, outcomeKinds.map(({ label }) => ({ type: 'main', displayName: label }))],
])('with Output per Outcome %s the outputs follow the outcome table', (outputPerOutcome, outputs) => {
	const expression = String(description.outputs);
	expect(expression).toMatch(/^=\{\{.*\}\}$/);
	const evaluate = new Function('$parameter', `return ${expression.slice(3, -2)}`) as (parameter: unknown) => unknown;
	expect(evaluate({ outputPerOutcome })).toEqual(outputs);
});

test('the preview of the simplified answer has its names, each with the type of the answer', () => {
	const { properties = {} } = simplifiedSchema();
	expect(Object.keys(properties)).toEqual([...simplifiedNames]);
	expect(properties.leadNumber).toEqual({ type: 'number' });
});

test("the preview of the answer has every field at its place in the API's body", () => {
	for (const { path } of fields) {
		const at = path
			.split('.')
			.reduce<unknown>(
				(part, key) => (part as { properties?: Record<string, unknown> } | undefined)?.properties?.[key],
				answerSchema(),
			);
		expect([path, at]).toEqual([path, expect.objectContaining({ type: expect.any(String) })]);
	}
});
