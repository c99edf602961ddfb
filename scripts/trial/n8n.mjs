/** An n8n with one shipped workflow, unchanged but for its accounts, that can be killed and started again. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pack } from '../build/pack.mjs';
import { root } from '../build/prepare.mjs';
import { freePort } from '../hosts/freePort.mjs';
import { runN8n, signIn } from '../hosts/n8n.mjs';
import { appSecret } from './calls.mjs';

const owner = { email: 'owner@example.com', password: 'Sandbox-Owner-1', firstName: 'Sandbox', lastName: 'Owner' };
const leadType = 'n8n-nodes-icloud-ready.icloudReady';
const triggerType = 'n8n-nodes-icloud-ready.icloudReadyTrigger';
const formType = 'n8n-nodes-base.formTrigger';
/** The editor gives a trigger its address when a workflow is imported. */
const webhookId = 'received';

const withAccounts = ({ nodes, ...workflow }, { lead, secrets, graphUrl }) => ({
	...workflow,
	nodes: nodes.map((node) => {
		if (node.type === leadType) return { ...node, credentials: { icloudReadyApi: lead } };
		if (node.type === formType) return { ...node, webhookId };
		if (node.type !== triggerType) return node;
		const options = node.parameters.platform === 'meta' ? { options: { graphUrl } } : {};
		return {
			...node,
			parameters: { ...node.parameters, ...options },
			credentials: { icloudReadyTriggerApi: secrets },
			webhookId,
		};
	}),
});

/** Resolves with `{ url, start(), kill(), stop(), executions() }`; `url` is the production address of the trigger. */
export const openN8n = async ({ folder, workflow, baseUrl, graphUrl, log }) => {
	const [port, brokerPort] = [await freePort(), await freePort()];
	const tarball = pack(root, join(folder, 'packed'));
	const stored = JSON.parse(readFileSync(join(root, 'docs/workflows', `${workflow}.json`), 'utf8'));
	const isForm = stored.nodes.some(({ type }) => type === formType);
	let running;
	let rest;
	let isSetUp = false;
	const setUp = async () => {
		const credential = async (type, data) => await rest('POST', '/credentials', { name: type, type, data });
		const lead = await credential('icloudReadyApi', { apiKey: 'sandbox-key', organizationId: 'org-1', baseUrl });
		const secrets = await credential('icloudReadyTriggerApi', { secret: appSecret, pageToken: 'page-token' });
		const { id, versionId } = await rest('POST', '/workflows', withAccounts(stored, { lead, secrets, graphUrl }));
		await rest('POST', `/workflows/${id}/activate`, { versionId });
		isSetUp = true;
	};
	return {
		url: `http://127.0.0.1:${port}/${isForm ? `form/${webhookId}` : `webhook/${webhookId}/webhook`}`,
		start: async () => {
			running = await runN8n({ port, brokerPort, userFolder: folder, tarball, log });
			rest = await signIn(running.url, owner);
			if (!isSetUp) await setUp();
		},
		kill: async () => {
			if (running === undefined) return;
			process.kill(running.pid, 'SIGKILL');
			await running.ended;
			running = undefined;
		},
		stop: async () => {
			await running?.stop();
			running = undefined;
		},
		/**
		 * The stored text of each execution that ended with this status. n8n's own cursor goes by number while its list is
		 * sorted by when each began, so it tells some twice and others never: they are read by when they began.
		 */
		executions: async (status) => {
			const texts = new Map();
			for (let startedBefore; ; ) {
				const filter = encodeURIComponent(JSON.stringify({ status: [status], startedBefore }));
				const { results } = await rest('GET', `/executions?limit=100&filter=${filter}`);
				const unread = results.filter(({ id }) => !texts.has(id));
				for (const { id } of unread) texts.set(id, (await rest('GET', `/executions/${id}`)).data);
				startedBefore = results.at(-1)?.startedAt;
				if (unread.length === 0 || typeof startedBefore !== 'string') return [...texts.values()];
			}
		},
	};
};
