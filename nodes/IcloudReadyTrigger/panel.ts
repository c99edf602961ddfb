import { defaultGraphUrl } from '../../packages/core/src/api/apiDefaults';
import { type Platform, platforms } from '../../packages/core/src';
import type { INodeProperties } from 'n8n-workflow';

/** Where no secret is set, the address alone is the proof. */
const withoutProof: readonly string[] = Object.values(platforms)
	.filter(({ provesBy }) => provesBy === 'token')
	.map(({ name }) => name);

const how: Readonly<Record<Platform['provesBy'], string>> = {
	signature: 'The signature is checked',
	key: 'The key is checked',
	token: 'Not signed: keep the address secret; a token can be checked',
};

const last = ({ name }: Platform): number => (name === 'any' ? 1 : 0);

const platformOptions = Object.values(platforms)
	.toSorted((one, other) => last(one) - last(other) || one.label.localeCompare(other.label, 'en'))
	.map(({ name, label, provesBy }) => ({ name: label, value: name, description: how[provesBy] }));

/** What starts the workflow. */
export type TriggerEvent = 'leadFormSubmission' | 'leadsNeedAttention';
const forLeads = { event: ['leadFormSubmission'] };

/** The trigger's panel. */
export const triggerProperties: readonly INodeProperties[] = [
	{
		displayName:
			'Publish the workflow and paste the production URL, under Webhook URLs above, into the platform. The test URL works only while you listen for a test event.',
		name: 'notice',
		type: 'notice',
		default: '',
		displayOptions: { show: forLeads },
	},
	{
		displayName:
			'Start the gateway with the production URL above as --alert-url, enter its GATEWAY_ALERT_SECRET as the secret of the credential, and publish the workflow.',
		name: 'alertNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { event: ['leadsNeedAttention'] } },
	},
	{
		displayName: 'Trigger On',
		name: 'event',
		type: 'options',
		noDataExpression: true,
		default: 'leadFormSubmission',
		options: [
			{
				name: 'Lead Form Submission',
				value: 'leadFormSubmission',
				action: 'On lead form submission',
				description: 'A person has filled in a lead form, written or booked',
			},
			{
				name: 'Leads Need Attention',
				value: 'leadsNeedAttention',
				action: 'On leads need attention',
				description:
					'A gateway reports that leads need a person, for example after a refused key, or that this is over',
			},
		],
	},
	{
		displayName: 'Platform',
		name: 'platform',
		type: 'options',
		noDataExpression: true,
		default: 'any',
		displayOptions: { show: forLeads },
		description: 'Who sends the leads. Calls that cannot be verified start no execution.',
		options: platformOptions,
	},
	{
		displayName: 'Check a Token',
		name: 'checkToken',
		type: 'boolean',
		default: false,
		displayOptions: { show: { ...forLeads, platform: [...withoutProof] } },
		description:
			'Whether callers must send the secret of the credential, as ?token= in the address, in X-Token or as Authorization: Bearer. If off, anyone who knows the address can send leads.',
	},
	{
		displayName: 'Answer',
		name: 'answer',
		type: 'options',
		noDataExpression: true,
		default: 'whenEnded',
		description: 'When the caller gets its answer',
		options: [
			{
				name: 'Immediately',
				value: 'atOnce',
				description:
					'200 as soon as the execution starts. If n8n crashes after that, the execution is not resumed and nobody sends the lead again.',
			},
			{
				name: 'When the Workflow Has Ended',
				value: 'whenEnded',
				description: '200 if the workflow succeeded and 500 if it failed, so the caller sends the lead again',
			},
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show: { ...forLeads, platform: ['meta'] } },
		options: [
			{
				displayName: 'Graph API Address',
				name: 'graphUrl',
				type: 'string',
				default: defaultGraphUrl,
				description: 'Where leads are fetched if only their ID was sent. The address includes the version.',
			},
		],
	},
];
