import { defaultBaseUrl } from '../packages/core/src/api/apiDefaults';
import { isSendable, tidyBaseUrl } from '../packages/core/src/api/request';
import { baseUrlFlaw } from '../packages/core/src/values/baseUrl';
import { failingStatuses, testRules } from './testRules';
import type {
	IAuthenticate,
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

/** What to do about a base URL that the key is not sent to. */
const baseUrlWords: Readonly<Record<NonNullable<ReturnType<typeof baseUrlFlaw>>, string>> = {
	baseUrl: 'The base URL is not a web address. Enter it as https://…',
	login: 'The base URL contains a user name or password. Remove it: the API key is enough.',
	path: 'The base URL contains more than an address (for example ? or ..). Leave only a path after the host.',
	https:
		'The base URL begins with http://, so the key would be sent in clear text. Use https://. On a private network, you can turn on Allow Unencrypted Connections.',
};

/** What keeps the key from being sent with these values, in words, or undefined. */
const refusalOf = ({
	baseUrl,
	allowHttp,
	apiKey,
	organizationId,
}: ICredentialDataDecryptedObject): string | undefined => {
	const address = tidyBaseUrl(String(baseUrl ?? ''));
	const flaw = baseUrlFlaw(address, allowHttp === true);
	if (flaw !== undefined) return baseUrlWords[flaw];
	const sendable = isSendable({
		baseUrl: address,
		organizationId: String(organizationId ?? ''),
		apiKey: String(apiKey ?? ''),
	});
	return sendable
		? undefined
		: 'The API key or the organization ID contains a character that cannot be sent. Paste both again.';
};

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
			description:
				'Copy it from iCloud-Ready when you create an API key there, for a role with the permission Lead > Create',
		},
		{
			displayName: 'Organization ID',
			name: 'organizationId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 686f894eaf67193dd6e124ce',
			description: 'The organization to create leads in; copy its ID from iCloud-Ready',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: defaultBaseUrl,
			description: 'Address of iCloud-Ready; change it only for a sandbox or your own gateway',
		},
		{
			displayName: 'This Base URL Is My Own Gateway',
			name: 'gateway',
			type: 'boolean',
			default: false,
			description:
				'Whether the base URL is your own gateway, which keeps leads until they are delivered. If an answer is lost, the node asks the gateway again. That never creates a second lead.',
		},
		{
			displayName: 'Allow Unencrypted Connections',
			name: 'allowHttp',
			type: 'boolean',
			default: false,
			description:
				'Whether the base URL may begin with http:// on another machine, where the API key is sent in clear text; only on a private network',
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
	 * An empty lead is refused as invalid by an API that takes the key, and creates nothing: the test is green for that
	 * answer alone. The body is text, since n8n
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
			ignoreHttpStatusErrors: { ignore: true, except: failingStatuses },
		},
		rules: testRules,
	};
}
