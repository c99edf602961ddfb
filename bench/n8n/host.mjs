/** A real n8n with our packed package in it and workflows behind webhooks. */
import { join } from 'node:path';
import { freePort } from '../../scripts/hosts/freePort.mjs';
import { runN8n, signIn } from '../../scripts/hosts/n8n.mjs';
import { call } from '../../scripts/soak/call.mjs';
import { parseFlatted } from './flatted.mjs';

const owner = { email: 'owner@example.com', password: 'Sandbox-Owner-1', firstName: 'Bench', lastName: 'Owner' };
const longestRunMs = 900_000;

/** Resolves with `{ pid, add(workflow, credential), stop() }`; `add` gives `post(items)`, which resolves with what became of them. */
export const startN8n = async ({ folder, tarball, log }) => {
	const port = await freePort();
	const n8n = await runN8n({
		port,
		brokerPort: await freePort(),
		userFolder: join(folder, `n8n-${port}`),
		tarball,
		env: { N8N_PAYLOAD_SIZE_MAX: '64', N8N_LOG_LEVEL: 'error', EXECUTIONS_TIMEOUT: '-1' },
		log,
	});
	const rest = await signIn(n8n.url, owner);

	/** The node's own time in the newest execution, in milliseconds, and whether it ended well. */
	const lastRun = async (workflowId, node) => {
		for (
			const giveUpAtMs = Date.now() + longestRunMs;
			Date.now() < giveUpAtMs;
			await new Promise((resolve) => setTimeout(resolve, 100))
		) {
			// While it writes down a large execution n8n says that its database is not ready.
			const { results } = await rest(
				'GET',
				`/executions?filter=${encodeURIComponent(JSON.stringify({ workflowId }))}&limit=1`,
			).catch(() => ({ results: [] }));
			const [newest] = results;
			if (newest === undefined || ['new', 'running', 'waiting'].includes(newest.status)) continue;
			const { status, data } = await rest('GET', `/executions/${newest.id}`);
			const { resultData } = parseFlatted(data);
			const [run] = resultData.runData[node];
			return { status, nodeMs: run.executionTime, items: run.data?.main?.[0]?.length ?? 0 };
		}
		throw new Error(`The execution of ${node} did not end.`);
	};

	return {
		pid: n8n.pid,
		add: async (credentialOf, workflowOf) => {
			const { id, name } = await rest('POST', '/credentials', credentialOf);
			const { path, node, workflow } = workflowOf({ id, name });
			const made = await rest('POST', '/workflows', workflow);
			await rest('POST', `/workflows/${made.id}/activate`, { versionId: made.versionId });
			const post = async (items) => {
				for (let tries = 0; ; tries++) {
					const answer = await call(`${n8n.url}/webhook/${path}`, { leads: items });
					// n8n serves a webhook a moment after its workflow was activated.
					if (answer.status !== 404 || tries > 40) return answer.status;
					await new Promise((resolve) => setTimeout(resolve, 250));
				}
			};
			return { post, lastRun: async () => await lastRun(made.id, node) };
		},
		stop: n8n.stop,
	};
};
