/** An n8n for a soak: one execution for each batch, which answers with what each lead ended as. */
import { join } from 'node:path';
import { freePort } from '../hosts/freePort.mjs';
import { runN8n, signIn } from '../hosts/n8n.mjs';
import { pack } from '../build/pack.mjs';
import { root } from '../build/prepare.mjs';
import { call } from './call.mjs';

const owner = { email: 'owner@example.com', password: 'Sandbox-Owner-1', firstName: 'Sandbox', lastName: 'Owner' };
const path = 'soak';

const workflow = (credential, maxWaitSeconds) => ({
	name: 'Soak',
	settings: { saveDataSuccessExecution: 'none' },
	nodes: [
		{
			id: 'webhook',
			name: 'Webhook',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			position: [0, 0],
			webhookId: path,
			parameters: { path, httpMethod: 'POST', responseMode: 'lastNode', responseData: 'allEntries', options: {} },
		},
		{
			id: 'lead',
			name: 'Create Lead',
			type: 'n8n-nodes-icloud-ready.icloudReady',
			typeVersion: 1,
			position: [200, 0],
			onError: 'continueRegularOutput',
			credentials: { icloudReadyApi: credential },
			parameters: {
				resource: 'lead',
				operation: 'create',
				leadInput: 'form',
				options: { concurrency: 40, timeoutSeconds: 8, maxTries: 2, maxWaitSeconds, duplicates: 'run' },
			},
		},
	],
	connections: { Webhook: { main: [[{ node: 'Create Lead', type: 'main', index: 0 }]] } },
});

const outcomeOf = ({ _id: id, outcome, details }) =>
	details?.outcome ?? outcome ?? (id === undefined ? 'unknown' : 'created');

/** Resolves with `{ pid, send(leads), counts(), stop() }`; `send` gives n8n's own words where it does not take a batch. */
export const startN8n = async ({ account: { baseUrl, gateway, maxWaitSeconds }, folder, log }) => {
	const n8n = await runN8n({
		port: await freePort(),
		brokerPort: await freePort(),
		userFolder: folder,
		tarball: pack(root, join(folder, 'packed')),
		log,
	});
	const rest = await signIn(n8n.url, owner);
	const { id, name } = await rest('POST', '/credentials', {
		name: 'Soak',
		type: 'icloudReadyApi',
		data: { apiKey: 'sandbox-key', organizationId: 'org-1', baseUrl, gateway },
	});
	const made = await rest('POST', '/workflows', workflow({ id, name }, maxWaitSeconds));
	await rest('POST', `/workflows/${made.id}/activate`, { versionId: made.versionId });
	const counts = {};
	const send = async (leads) => {
		for (let tries = 0; ; tries++) {
			const answer = await call(`${n8n.url}/webhook/${path}`, leads);
			// n8n serves a webhook a moment after its workflow was activated.
			if (answer.status === 404 && tries < 240) {
				await new Promise((resolve) => setTimeout(resolve, 250));
				continue;
			}
			const items = answer.status === 200 ? [JSON.parse(answer.text)].flat() : [];
			for (const item of items) counts[outcomeOf(item)] = (counts[outcomeOf(item)] ?? 0) + 1;
			return answer.status === 200 ? undefined : `${answer.status} ${answer.text.slice(0, 200)}`;
		}
	};
	return { pid: n8n.pid, send, counts: async () => counts, stop: n8n.stop };
};
