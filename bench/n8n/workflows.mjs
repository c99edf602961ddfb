import { readFileSync } from 'node:fs';

/** Webhook -> one item for each lead -> the node that is measured -> one item, which answers the webhook. */

export const apiKey = 'bench-key';
const organizationId = '686f894eaf67193dd6e124ce';

const node = (name, type, typeVersion, parameters, more = {}) => ({
	id: name.toLowerCase().replace(/\W/g, '-'),
	name,
	type,
	typeVersion,
	position: [0, 0],
	parameters,
	...more,
});
const to = (name) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });

const around = (path, measured) => ({
	path,
	node: measured.name,
	workflow: {
		name: path,
		settings: {},
		nodes: [
			node(
				'Webhook',
				'n8n-nodes-base.webhook',
				2,
				{ httpMethod: 'POST', path, responseMode: 'lastNode' },
				{ webhookId: path },
			),
			node('Leads', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.leads', options: {} }),
			measured,
			node('First', 'n8n-nodes-base.limit', 1, { maxItems: 1 }),
		],
		connections: { Webhook: to('Leads'), Leads: to(measured.name), [measured.name]: to('First') },
	},
});

/** Our node, each item being a lead; `options` are the panel's. */
export const leadWorkflow = (path, options) => (credential) =>
	around(
		path,
		node(
			'Create Lead',
			'n8n-nodes-icloud-ready.icloudReady',
			1,
			{ resource: 'lead', operation: 'create', leadInput: 'json', leadJson: '={{ $json }}', options },
			{ credentials: { icloudReadyApi: credential } },
		),
	);

export const leadCredential = (baseUrl, key = apiKey) => ({
	name: 'Bench account',
	type: 'icloudReadyApi',
	data: { apiKey: key, organizationId, baseUrl },
});

/** n8n's own HTTP Request with the same lead in its body; without `options` it sends all items at once. */
export const requestWorkflow =
	(path, baseUrl, options = {}, more = {}) =>
	(credential) =>
		around(
			path,
			node(
				'HTTP Request',
				'n8n-nodes-base.httpRequest',
				4.5,
				{
					method: 'POST',
					url: `${baseUrl}/leads`,
					authentication: 'genericCredentialType',
					genericAuthType: 'httpHeaderAuth',
					sendHeaders: true,
					headerParameters: { parameters: [{ name: 'organizationId', value: organizationId }] },
					sendBody: true,
					specifyBody: 'json',
					jsonBody: '={{ $json }}',
					options,
				},
				{ credentials: { httpHeaderAuth: credential }, ...more },
			),
		);

/** The same with the key among the headers, for all to read who see the workflow. */
export const openRequestWorkflow = (path, baseUrl) => () =>
	around(
		path,
		node('HTTP Request', 'n8n-nodes-base.httpRequest', 4.5, {
			method: 'POST',
			url: `${baseUrl}/leads`,
			sendHeaders: true,
			headerParameters: {
				parameters: [
					{ name: 'organizationId', value: organizationId },
					{ name: 'x-api-key', value: apiKey },
				],
			},
			sendBody: true,
			specifyBody: 'json',
			jsonBody: '={{ $json }}',
			options: {},
		}),
	);

const answer = readFileSync(new URL('../api/answer.json', import.meta.url), 'utf8');

/** n8n's own Edit Fields, which gives the API's answer for each item and sends nothing: what n8n takes by itself. */
export const floorWorkflow = (path) => () =>
	around(
		path,
		node('Edit Fields', 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput: `={{ ({ ...${answer.trim()}, leadNumber: 1000000 + $itemIndex }) }}`,
			options: {},
		}),
	);

export const requestCredential = {
	name: 'Bench key',
	type: 'httpHeaderAuth',
	data: { name: 'x-api-key', value: apiKey },
};
