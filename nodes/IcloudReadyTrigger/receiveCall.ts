import {
	type CallRefusal,
	type PlatformName,
	platforms,
	receive,
	refusedCall,
	triggerItem,
} from '../../packages/core/src';
import { alertItem } from './alertItem';
import { fetchLeads } from './fetchLeads';
import type { TriggerEvent } from './panel';
import { readCall } from './readCall';
import { receivingHost } from './receivingHost';
import { readSecrets } from './secrets';
import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

/** Answers the call here and now; no execution starts. */
const answered = (
	n8n: IWebhookFunctions,
	status: number,
	headers: Readonly<Record<string, string>>,
	body: string,
): IWebhookResponseData => {
	const response = n8n.getResponseObject();
	response.writeHead(status, { 'cache-control': 'no-store', ...headers });
	response.end(body);
	return { noWebhookResponse: true };
};

const refused = (n8n: IWebhookFunctions, refusal: CallRefusal): IWebhookResponseData => {
	const { status, headers, body } = refusedCall(refusal);
	return answered(n8n, status, headers, JSON.stringify(body));
};

const executionWith = (json: object): IWebhookResponseData => ({
	workflowData: [[{ json: json as IDataObject }]],
});

/** What a gateway says, as one item; a repeat of what has started an execution already is only answered. */
const receivedAlert = (n8n: IWebhookFunctions, id: string, payload: unknown): IWebhookResponseData => {
	const read = alertItem(n8n, id, payload);
	switch (read.kind) {
		case 'noAlert':
			return refused(n8n, 'unreadable');
		case 'known':
			return answered(n8n, 200, { 'content-type': 'application/json' }, '{}');
		case 'item':
			return executionWith(read.item);
	}
};

/** One call of the trigger's address: answered, refused, or started as an execution with what was submitted. */
export const receiveCall = async (n8n: IWebhookFunctions): Promise<IWebhookResponseData> => {
	const isForAlerts = (n8n.getNodeParameter('event', 'leadFormSubmission') as TriggerEvent) === 'leadsNeedAttention';
	const platform = isForAlerts ? platforms.standard : platforms[n8n.getNodeParameter('platform') as PlatformName];
	const secrets = await readSecrets(n8n, platform);
	const reception = receive(readCall(n8n), platform, secrets, receivingHost);
	switch (reception.kind) {
		case 'answer':
			return answered(n8n, 200, { 'content-type': reception.contentType }, reception.body);
		case 'refused':
			return refused(n8n, reception.refusal);
		case 'submission': {
			if (isForAlerts) return receivedAlert(n8n, reception.submission.id, reception.payload);
			const fetched = await fetchLeads(n8n, reception.payload, secrets);
			if (fetched.kind === 'notFetched') return refused(n8n, 'notFetched');
			return executionWith(triggerItem(fetched.payload, reception.submission));
		}
	}
};
