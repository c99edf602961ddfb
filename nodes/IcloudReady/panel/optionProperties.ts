import { type Limit, type LimitName, limits } from '../../../packages/core/src';
import { countries } from './countries';
import type { INodeProperties } from 'n8n-workflow';

/** The bounds of a number, as n8n's panel keeps people within them. */
const within = (name: LimitName): INodeProperties['typeOptions'] => {
	const { min, max, isWhole = false }: Limit = limits[name];
	return { minValue: min, maxValue: max, ...(isWhole ? { numberPrecision: 0 } : {}) };
};

/** What can be set about the sending, alphabetical. The defaults are the core's, written out since n8n's lint wants to see them; a test compares them. */
export const optionProperties: readonly INodeProperties[] = [
	{
		displayName: 'Attempts',
		name: 'maxTries',
		type: 'number',
		typeOptions: within('maxTries'),
		default: 5,
		description: 'How many times to try a lead, at most, as long as it was definitely not created',
	},
	{
		displayName: 'Concurrent Leads',
		name: 'concurrency',
		type: 'number',
		typeOptions: within('concurrency'),
		default: 0,
		description: 'How many leads to send at the same time, at most; 0 adjusts automatically',
	},
	{
		displayName: 'Default Country',
		name: 'defaultCountry',
		type: 'options',
		default: 'EG',
		description: 'Country of phone numbers without a country code',
		options: [...countries],
	},
	{
		displayName: 'Dry Run',
		name: 'dryRun',
		type: 'boolean',
		// Whoever adds it wants it; without it leads are sent.
		default: true,
		description: 'Whether to show what would be sent without sending it',
	},
	{
		displayName: 'Duplicates',
		name: 'duplicates',
		type: 'options',
		default: 'allow',
		description:
			'What to do with a lead that this node has already created. Without this option, repeated submissions are skipped only behind iCloud-Ready Trigger. With several n8n workers, two that arrive at the same moment may both be created.',
		options: [
			{
				name: 'Create Again',
				value: 'allow',
				description: 'Every item creates a lead',
			},
			{
				name: 'Skip Always',
				value: 'always',
				description: 'Skip a lead that was created in this or an earlier execution; the newest ones are remembered',
			},
			{
				name: 'Skip Within This Execution',
				value: 'run',
				description: 'Skip a lead that was created in the same execution',
			},
		],
	},
	{
		displayName: 'Duplicates: Recognized By',
		name: 'duplicateKey',
		type: 'options',
		default: 'phone',
		description: 'What makes two leads the same lead; matters only if duplicates are skipped',
		options: [
			{
				name: 'Email',
				value: 'email',
				description: 'The same email address; without one, the phone number counts',
			},
			{
				name: 'Phone',
				value: 'phone',
				description: 'The same phone number',
			},
			{
				name: 'Phone and Campaign',
				value: 'phoneAndCampaign',
				description: 'The same phone number in the same campaign',
			},
			{
				name: 'Submission',
				value: 'submission',
				description:
					'The submission ID that the form assigns, for submissions delivered twice; without one, the phone number counts',
			},
		],
	},
	{
		displayName: 'If the Answer Is Lost',
		name: 'unconfirmed',
		type: 'options',
		default: 'report',
		description: 'What to do with a lead whose answer was lost, so that it may or may not exist',
		options: [
			{
				name: 'Report as Unconfirmed',
				value: 'report',
				description: 'Do not send it again',
			},
			{
				name: 'Send Again (May Create Duplicates)',
				value: 'resend',
				description: 'Send it again, even though it may have been created',
			},
		],
	},
	{
		displayName: 'Leads per Second',
		name: 'maxPerSecond',
		type: 'number',
		typeOptions: within('maxPerSecond'),
		default: 0,
		description: 'How many leads to send each second, at most; with 0 the node sends as fast as iCloud-Ready allows',
	},
	{
		displayName: 'Organization ID',
		name: 'organizationId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 686f894eaf67193dd6e124ce',
		description: 'Organization to create the leads in, instead of the one in the credential',
	},
	{
		displayName: 'Phone as First Name',
		name: 'phoneAsName',
		type: 'boolean',
		default: true,
		description:
			'Whether to use the phone number as First Name, with a warning, when a chat or call has no name; otherwise such leads are not sent',
	},
	{
		displayName: 'Phone Handling',
		name: 'phone',
		type: 'options',
		default: 'normalize',
		description: 'What to do with phone numbers before they are sent',
		options: [
			{
				name: 'Make International',
				value: 'normalize',
				description: 'Send 010 0123 4567 as +201001234567; an impossible number is not sent',
			},
			{
				name: 'Only Check',
				value: 'check',
				description: 'Send the number as written; an impossible number is not sent',
			},
			{
				name: 'Send Unchanged',
				value: 'asIs',
				description: 'Neither change nor check the number',
			},
		],
	},
	{
		displayName: 'Retry for at Most (Seconds)',
		name: 'maxWaitSeconds',
		type: 'number',
		typeOptions: within('maxWaitSeconds'),
		default: 60,
		description: 'How long one lead may wait between attempts, in total',
	},
	{
		displayName: 'Timeout (Seconds)',
		name: 'timeoutSeconds',
		type: 'number',
		typeOptions: within('timeoutSeconds'),
		default: 30,
		description: 'How long to wait for an answer before the lead counts as unconfirmed',
	},
];
