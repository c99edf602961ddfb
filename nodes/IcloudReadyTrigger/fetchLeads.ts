import { defaultGraphUrl } from '../../packages/core/src/api/apiDefaults';
import { type Fetched, fetchLeadgen, type Host, type ReceivingSecrets } from '../../packages/core/src';
import { faultOf } from '../IcloudReady/send/clientFault';
import { monotonicMs, optionsFor } from '../IcloudReady/send/host';
import { readAnswer } from '../IcloudReady/send/readStream';
import { credentialName } from './secrets';
import { type IN8nHttpFullResponse, type IWebhookFunctions, sleep } from 'n8n-workflow';

/** Meta waits for an answer no longer than a few seconds more. */
const mostMs = 7000;

/** The token is added by the credential, so that it stands in no request that n8n may write into its log. */
const sendOver =
	(n8n: IWebhookFunctions): Host['send'] =>
	async (request, { timeoutMs }) => {
		try {
			const answer = (await n8n.helpers.httpRequestWithAuthentication.call(
				n8n,
				credentialName,
				optionsFor(request, timeoutMs),
			)) as IN8nHttpFullResponse;
			const { body } = await readAnswer(answer.body);
			return { status: answer.statusCode, headers: answer.headers as Readonly<Record<string, string>>, body };
		} catch (error) {
			return { fault: faultOf(error) };
		}
	};

const graphUrlOf = (n8n: Pick<IWebhookFunctions, 'getNodeParameter'>): string => {
	const { graphUrl } = n8n.getNodeParameter('options', {}) as { readonly graphUrl?: unknown };
	const typed = typeof graphUrl === 'string' ? graphUrl.trim().replace(/(?<!\/)\/+$/, '') : '';
	return typed === '' ? defaultGraphUrl : typed;
};

/** A submission of Meta's lead ads with its leads in place of their IDs, where a page token is set to read them with. */
export const fetchLeads = async (
	n8n: IWebhookFunctions,
	payload: unknown,
	{ pageToken }: ReceivingSecrets,
): Promise<Fetched> => {
	if (pageToken === '') return { kind: 'payload', payload };
	return await fetchLeadgen(
		payload,
		{ graphUrl: graphUrlOf(n8n), pageToken: undefined, mostMs },
		{ send: sendOver(n8n), sleep, now: () => Date.now(), monotonicMs, random: () => Math.random() },
	);
};
