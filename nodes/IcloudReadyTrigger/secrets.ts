import { type Platform, type ReceivingSecrets } from '../../packages/core/src';
import type { ICredentialDataDecryptedObject, INodeCredentialTestResult, IWebhookFunctions } from 'n8n-workflow';

export const credentialName = 'icloudReadyTriggerApi';

const none: ReceivingSecrets = { secret: '', nextSecret: '', verifyToken: '', pageToken: '' };

/** Pasted text often brings a space along, which no platform's secret has. */
const secretsIn = (data: ICredentialDataDecryptedObject): ReceivingSecrets => {
	const text = (name: keyof ReceivingSecrets): string => String(data[name] ?? '').trim();
	return {
		secret: text('secret'),
		nextSecret: text('nextSecret'),
		verifyToken: text('verifyToken'),
		pageToken: text('pageToken'),
	};
};

/** The secrets to compare with; none where the panel asks for none. */
export const readSecrets = async (
	n8n: Pick<IWebhookFunctions, 'getCredentials' | 'getNodeParameter'>,
	{ provesBy }: Platform,
): Promise<ReceivingSecrets> => {
	const asksForNone = provesBy === 'token' && n8n.getNodeParameter('checkToken', false) !== true;
	return asksForNone ? none : secretsIn(await n8n.getCredentials(credentialName));
};

/** No platform can be asked whether a secret is right before it calls; that there is one can be seen. */
export const testSecrets = (data: ICredentialDataDecryptedObject = {}): INodeCredentialTestResult => {
	const { secret, nextSecret, verifyToken, pageToken } = secretsIn(data);
	if (secret === '' && nextSecret === '')
		return {
			status: 'Error',
			message: 'No secret is set, so every call would be refused. Enter the one of the platform.',
		};
	const set = [verifyToken === '' ? [] : ['verify token'], pageToken === '' ? [] : ['page access token']].flat();
	return {
		status: 'OK',
		message: `The secret${set.map((name) => `, ${name}`).join('')} can be used. The first call of the platform shows whether it is the right one.`,
	};
};
