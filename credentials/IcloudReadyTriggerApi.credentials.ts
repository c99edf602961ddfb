import type { IAuthenticateGeneric, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

/** What platforms prove their calls with, and what Meta's leads are read with. The trigger's own test looks at it. */
export class IcloudReadyTriggerApi implements ICredentialType {
	name = 'icloudReadyTriggerApi';

	displayName = 'iCloud-Ready Trigger API';

	icon: Icon = {
		light: 'file:../nodes/IcloudReady/icloudReady.svg',
		dark: 'file:../nodes/IcloudReady/icloudReady.dark.svg',
	};

	documentationUrl = 'https://github.com/icloud-ready/icloud-ready-nodes/blob/main/docs/receive.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'What the platform signs its calls with: the app secret of Meta, WhatsApp and TikTok, the client secret of LinkedIn, the key that you chose in Google Ads, the signing secret of Typeform, Tally, Calendly, Cal.com and Webflow, the GATEWAY_ALERT_SECRET of a gateway, or the token of any other form',
		},
		{
			displayName: 'Next Secret',
			name: 'nextSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'A second secret that is valid too. Enter the new one here, change it on the platform, then move it to Secret: no call is refused meanwhile.',
		},
		{
			displayName: 'Verify Token',
			name: 'verifyToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Only for Meta and WhatsApp: any text of your own, entered there too under Webhooks',
		},
		{
			displayName: 'Page Access Token',
			name: 'pageToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Only for Facebook and Instagram Lead Ads, whose calls name no more than the ID of a lead. The lead is read with this token.',
		},
	];

	/** Meta's Graph API takes the token in the address. */
	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { qs: { access_token: '={{$credentials.pageToken}}' } },
	};
}
