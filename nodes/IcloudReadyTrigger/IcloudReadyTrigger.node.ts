import { platforms } from '../../packages/core/src';
import { triggerProperties } from './panel';
import { receiveCall } from './receiveCall';
import { testSecrets } from './secrets';
import { triggerPanel } from './triggerPanel';
import {
	type ICredentialsDecrypted,
	type ICredentialTestFunctions,
	type IHookFunctions,
	type INodeCredentialTestResult,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeConnectionTypes,
} from 'n8n-workflow';

const labels = JSON.stringify(Object.fromEntries(Object.values(platforms).map(({ name, label }) => [name, label])));

export class IcloudReadyTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'iCloud-Ready Trigger',
		name: 'icloudReadyTrigger',
		icon: { light: 'file:../IcloudReady/icloudReady.svg', dark: 'file:../IcloudReady/icloudReady.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: `={{ $parameter["event"] === "leadsNeedAttention" ? "Leads Need Attention" : (${labels})[$parameter["platform"]] }}`,
		description:
			'Starts the workflow when a lead form of an ad platform or website is submitted, or when leads at a gateway need attention, and checks who calls',
		eventTriggerDescription: '',
		activationMessage: 'Calls to the production URL start the workflow now.',
		triggerPanel,
		defaults: {
			name: 'iCloud-Ready Trigger',
		},
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		builderHint: {
			searchHint:
				'Receives lead forms of Google Ads, Facebook, TikTok, LinkedIn, Typeform, Tally and websites, checks their signature, and starts the workflow. Put the iCloud-Ready node with leadInput "form" behind it. With event "leadsNeedAttention" it receives the alerts of a gateway, to be mailed.',
		},
		credentials: [
			{
				name: 'icloudReadyTriggerApi',
				required: true,
				testedBy: 'triggerSecrets',
				// Platforms with a proof of their own have no such switch, and always need a secret.
				displayOptions: { hide: { checkToken: [false] } },
			},
		],
		webhooks: [
			{
				name: 'setup',
				httpMethod: 'GET',
				responseMode: 'onReceived',
				path: 'webhook',
				// The same address as below, which the panel is to show once.
				ndvHideUrl: true,
			},
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: '={{ $parameter["answer"] === "atOnce" ? "onReceived" : "lastNode" }}',
				// Nothing of a lead goes back to whoever calls.
				responseData: 'noData',
				path: 'webhook',
			},
		],
		properties: [...triggerProperties],
	};

	methods = {
		credentialTest: {
			async triggerSecrets(
				this: ICredentialTestFunctions,
				{ data }: ICredentialsDecrypted,
			): Promise<INodeCredentialTestResult> {
				return await Promise.resolve(testSecrets(data));
			},
		},
	};

	/** The address is pasted into the platform by a person, so that there is nothing to be registered. */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await Promise.resolve(true);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await Promise.resolve(true);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await Promise.resolve(true);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveCall(this);
	}
}
