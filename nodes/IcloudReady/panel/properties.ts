import { type Field, fieldNamed, fields } from '../../../packages/core/src';
import { fieldProperty } from './fieldProperty';
import { optionProperties } from './optionProperties';
import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';

const onlyCreateLead = { resource: ['lead'], operation: ['create'] };
const show = (leadInput?: readonly string[]): Pick<INodeProperties, 'displayOptions'> => ({
	displayOptions: { show: { ...onlyCreateLead, ...(leadInput === undefined ? {} : { leadInput: [...leadInput] }) } },
});

const byDisplayName = (one: INodeProperties, other: INodeProperties): number =>
	one.displayName.localeCompare(other.displayName, 'en');
const isRequired = (field: Field): boolean => field.required === true;

const requiredProperties: readonly INodeProperties[] = fields
	.filter(isRequired)
	.map((field) => ({ ...fieldProperty(field), required: true, ...show(['fields']) }));

/** The address is one group in the panel, as it is one object in the API. */
const address: INodeProperties = {
	displayName: 'Address',
	name: 'address',
	type: 'fixedCollection',
	default: {},
	placeholder: 'Add Address',
	description: 'Where the person lives; fill in the parts you know, or the whole address under Address Line',
	options: [
		{
			displayName: 'Address',
			name: 'value',
			values: fields
				.filter((field) => field.group === 'address')
				.map(fieldProperty)
				.sort(byDisplayName),
		},
	],
};

/** The same field as Custom Field, for people who would rather not write JSON. */
const customPairs: INodeProperties = {
	displayName: `${fieldNamed('customField')?.label} Pairs`,
	name: 'customFieldPairs',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	placeholder: 'Add Pair',
	description: 'Anything without a field of its own, such as UTM parameters, as name-value pairs',
	options: [
		{
			displayName: 'Pair',
			name: 'pair',
			values: [
				{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: 'e.g. utm_source' },
				{ displayName: 'Value', name: 'value', type: 'string', default: '', placeholder: 'e.g. facebook' },
			],
		},
	],
};

/** In a form the required fields are read too, so they stand here to be overridden. */
const overrides: readonly INodeProperties[] = fields
	.filter(isRequired)
	.map((field) => ({ ...fieldProperty(field), displayOptions: { show: { '/leadInput': ['form'] } } }));

const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	default: {},
	placeholder: 'Add Field',
	...show(['fields', 'form']),
	options: [
		...overrides,
		address,
		customPairs,
		...fields.filter((field) => !isRequired(field) && field.group !== 'address').map(fieldProperty),
	].sort(byDisplayName) as (INodeProperties | INodePropertyCollection)[],
};

/** Only where the node is an agent's tool, whose model reads every byte. */
const toolProperties: readonly INodeProperties[] = [
	{
		displayName:
			'As a tool, use Fill In Fields: let the model define First Name, Phone and whatever else it asks for. One person becomes one lead per run, even if the model calls the tool twice.',
		name: 'toolNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { ...onlyCreateLead, '@tool': [true] } },
	},
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		noDataExpression: true,
		default: 'simplified',
		description: 'How much of the created lead the agent receives',
		displayOptions: { show: { ...onlyCreateLead, '@tool': [true] } },
		options: [
			{ name: 'Simplified', value: 'simplified', description: 'Number, name, phone, email, source and date' },
			{ name: 'Raw', value: 'raw', description: 'The whole answer of iCloud-Ready' },
			{ name: 'Selected Fields', value: 'selected', description: 'The fields you choose' },
		],
	},
	{
		displayName: 'Fields',
		name: 'outputFields',
		type: 'multiOptions',
		default: [],
		description: 'Which fields of the created lead the agent receives',
		displayOptions: { show: { ...onlyCreateLead, '@tool': [true], output: ['selected'] } },
		options: [
			{ name: 'Creation Date', value: 'creationDate' },
			{ name: 'Lead ID', value: '_id' },
			{ name: 'Lead Number', value: 'leadNumber' },
			...fields.map(({ name, label }) => ({ name: label, value: name })),
		].sort((one, other) => one.name.localeCompare(other.name, 'en')),
	},
];

/** Everything in the panel below Resource and Operation, in the order people fill it in. */
export const leadProperties: readonly INodeProperties[] = [
	{
		displayName: 'Lead Data',
		name: 'leadInput',
		type: 'options',
		noDataExpression: true,
		default: 'fields',
		description: 'Where the values of the lead come from',
		...show(),
		options: [
			{ name: 'Fill In Fields', value: 'fields', description: 'Map each field yourself' },
			{
				name: 'Read a Form Submission',
				value: 'form',
				description: 'The node finds name, phone and the rest in the incoming item',
			},
			{
				name: 'Use JSON',
				value: 'json',
				description: 'Pass the whole lead as one JSON object, for workflows that build it themselves',
			},
		],
	},
	{
		displayName:
			'Facebook, Google, TikTok, Typeform, website forms and more are recognized. To see what is read without sending, add Dry Run under Options. Values under Additional Fields replace what was read.',
		name: 'formNotice',
		type: 'notice',
		default: '',
		...show(['form']),
	},
	{
		displayName:
			'Is the item a form submission? Set Lead Data to Read a Form Submission: the node then finds name, phone and the rest automatically.',
		name: 'fieldsNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { ...onlyCreateLead, leadInput: ['fields'] }, hide: { '@tool': [true] } },
	},
	...requiredProperties,
	{
		displayName: 'Lead JSON',
		name: 'leadJson',
		type: 'json',
		default: '={{ $json }}',
		required: true,
		description:
			'The lead as one JSON object, such as { "firstName": "Ahmed", "phone": "01001234567", "city": "Cairo" }; the nested shape of the API works too. The default passes the incoming item.',
		...show(['json']),
	},
	additionalFields,
	{
		displayName: 'Output per Outcome',
		name: 'outputPerOutcome',
		type: 'boolean',
		default: false,
		description: 'Whether each outcome has its own output, such as Created, Invalid or Unconfirmed',
		displayOptions: { show: onlyCreateLead, hide: { '@tool': [true] } },
	},
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
		displayOptions: { show: onlyCreateLead, hide: { '@tool': [true] } },
	},
	...toolProperties,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		default: {},
		placeholder: 'Add Option',
		...show(),
		options: [...optionProperties],
	},
];
