import { defaultBaseUrl } from '../packages/core/src/api/apiDefaults';
import { interpretRefusal } from '../packages/core/src/api/interpretRefusal';
import { isSendable, tidyBaseUrl } from '../packages/core/src/api/request';
import { type Outcome, outcomeOf } from '../packages/core/src/outcome/outcome';
import { baseUrlFlaw } from '../packages/core/src/values/baseUrl';
import { explain } from '../packages/core/src/words/words';
import type {
	IAuthenticate,
	IAuthenticateRuleResponseCode,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

const hasOrganization = ({ headers = {} }: IHttpRequestOptions): boolean =>
	Object.entries(headers).some(
		([name, value]) => name.toLowerCase() === 'organizationid' && value !== undefined && value !== '',
	);

const refusals = [301, 302, 303, 307, 308, 401, 403];
const elsewhere = [404, 405, 415, 501];
const unavailable = [408, 429, 500, 502, 503, 504];

const sentences = (outcome: Outcome): string => {
	const { message, hint } = explain(outcome);
	return `${message} ${hint}`;
};

const wordsOf = (status: number): string => sentences(interpretRefusal({ status, headers: {}, body: '' }));

/** What keeps the key from being sent with these values, in words, or undefined. */
const refusalOf = ({
	baseUrl,
	allowHttp,
	apiKey,
	organizationId,
}: ICredentialDataDecryptedObject): string | undefined => {
	const address = tidyBaseUrl(String(baseUrl ?? ''));
	const missing = baseUrlFlaw(address, allowHttp === true);
	if (missing !== undefined)
		return sentences(outcomeOf({ outcome: 'failed', cause: { kind: 'notConfigured', missing } }));
	const sendable = isSendable({
		baseUrl: address,
		organizationId: String(organizationId ?? ''),
		apiKey: String(apiKey ?? ''),
	});
	return sendable
		? undefined
		: sentences(outcomeOf({ outcome: 'failed', cause: { kind: 'notReached', why: 'header' } }));
};

const told = (value: number, message: string): IAuthenticateRuleResponseCode => ({
	type: 'responseCode',
	properties: { value, message },
});

export class IcloudReadyApi implements ICredentialType {
	name = 'icloudReadyApi';

	displayName = 'iCloud-Ready API';

	icon: Icon = {
		light: 'file:../nodes/IcloudReady/icloudReady.svg',
		dark: 'file:../nodes/IcloudReady/icloudReady.dark.svg',
	};

	documentationUrl = 'https://github.com/icloud-ready/icloud-ready-nodes#n8n';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'The key created in iCloud-Ready for a role with the permission Lead > Create',
		},
		{
			displayName: 'Organization ID',
			name: 'organizationId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 686f894eaf67193dd6e124ce',
			description: 'The organization that gets the leads',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: defaultBaseUrl,
			description: 'Address of iCloud-Ready; change it only for a sandbox or a gateway of your own',
		},
		{
			displayName: 'Base URL Is a Gateway',
			name: 'gateway',
			type: 'boolean',
			default: false,
			description:
				'Whether the base URL is that of a gateway of your own, which keeps leads until they end. A lost answer is then asked for again, and no lead is created twice by it.',
		},
		{
			displayName: 'Allow Plain HTTP',
			name: 'allowHttp',
			type: 'boolean',
			default: false,
			description:
				'Whether the base URL may begin with http:// on another machine, where the API key travels readable; only for a network of your own',
		},
	];

	/** A request's own organization wins over the credential's, which n8n's generic way of authenticating would not allow. */
	authenticate: IAuthenticate = async (
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const refusal = refusalOf(credentials);
		if (refusal !== undefined) throw new Error(refusal);
		return {
			...request,
			headers: {
				...request.headers,
				'x-api-key': String(credentials.apiKey ?? '').trim(),
				...(hasOrganization(request) ? {} : { organizationId: String(credentials.organizationId ?? '').trim() }),
			},
		};
	};

	/**
	 * An empty lead is refused with 400 by an API that takes the key, and creates nothing. The body is text, since n8n
	 * drops an empty object. The base URL is tidied here as the node tidies it.
	 */
	test: ICredentialTestRequest = {
		request: {
			method: 'POST',
			baseURL: `={{ ($credentials.baseUrl || "").trim().replace(/\\/+$/, "").replace(/\\/leads$/, "") || "${defaultBaseUrl}" }}`,
			url: '/leads',
			headers: { 'Content-Type': 'application/json' },
			body: '{}' as never,
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: {
				ignore: true,
				except: [...refusals, ...elsewhere, ...unavailable],
			},
		},
		rules: [
			...refusals.map((status) => told(status, wordsOf(status))),
			...elsewhere.map((status) =>
				told(status, `There is no lead API at this base URL (status ${status}). Check the base URL.`),
			),
			...unavailable.map((status) =>
				told(
					status,
					`iCloud-Ready does not take requests right now (status ${status}), so the key was not tested. Try again in a minute.`,
				),
			),
		],
	};
}
