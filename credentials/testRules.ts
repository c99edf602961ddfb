import type { ICredentialTestRequest } from 'n8n-workflow';

/** What the API answers to an empty lead where it takes the key: that the lead is invalid. */
const refusesEmptyLead = [400, 422];

/** Statuses are three digits; some servers use codes that no register knows, such as 999. */
const statuses = Array.from({ length: 900 }, (_, index) => index + 100);

/** n8n takes each of these for an error, which is what makes its test red. */
export const failingStatuses = statuses.filter((status) => !refusesEmptyLead.includes(status));

const notTested = 'so the key was not tested.';

const wordsOf = (status: number): string => {
	if (status < 300)
		return `The base URL accepted an empty lead (status ${status}), which iCloud-Ready never does. It may be a sign-in page or another service. Check the base URL.`;
	if (status < 400)
		return `The base URL redirected to another address (status ${status}); the key was not sent there. Check the base URL.`;
	if (status === 401)
		return 'iCloud-Ready did not accept the API key. It may have expired. Create a new key in iCloud-Ready and paste it here.';
	if (status === 403)
		return 'This key may not create leads. In iCloud-Ready, give its role the permission Lead > Create, and check the organization ID.';
	if (status === 407) return `A proxy asks for a login (status 407), ${notTested} Check the proxy settings of n8n.`;
	if ([408, 425, 429].includes(status) || (status >= 500 && status < 600 && status !== 501))
		return `iCloud-Ready is not accepting requests right now (status ${status}), ${notTested} Try again in a minute.`;
	return `There is no lead API at this base URL (status ${status}). Check the base URL.`;
};

/** Those that n8n can be told of by name; any other it names itself, by its number. */
const worded = failingStatuses.filter(
	(status) => (status >= 200 && status <= 208) || (status >= 300 && status < 600) || status === 226 || status === 999,
);

/** What an answer is that is no object of JSON: a page, a text, nothing. lodash reads the name off the value itself. */
const notJson = ['String', 'Number', 'Boolean', undefined] as const;

/**
 * Which answers make the test red, with what a person reads there. Source: `CredentialsTester.runRequestTest` of n8n, which
 * goes through both kinds, although its type knows lists of one kind only.
 */
export const testRules = [
	...worded.map((status) => ({ type: 'responseCode', properties: { value: status, message: wordsOf(status) } })),
	...notJson.map((value) => ({
		type: 'responseSuccessBody',
		properties: {
			key: 'constructor.name',
			value,
			message: `The base URL answered with something other than JSON, such as a web page, ${notTested} Check the base URL.`,
		},
	})),
] as ICredentialTestRequest['rules'];
