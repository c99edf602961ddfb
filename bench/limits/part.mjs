/** Limits of 5, 20 and 100 a second: our nodes beside the hosts' own, each with the settings that its users have for them. */
import { join } from 'node:path';
import { pack } from '../../scripts/build/pack.mjs';
import { root } from '../../scripts/build/prepare.mjs';
import { startApi } from '../api/start.mjs';
import { createLeads } from '../leads.mjs';
import { startN8n } from '../n8n/host.mjs';
import { apiKey, leadCredential, leadWorkflow, requestCredential, requestWorkflow } from '../n8n/workflows.mjs';
import { leadFlow, rateFlow, requestFlow } from '../node-red/flows.mjs';
import { startNodeRed } from '../node-red/host.mjs';
import { shown } from '../stats.mjs';
import { simulation } from './simulation.mjs';

const leadsAt = { 5: 60, 20: 300, 100: 1500 };
/** n8n's own: the whole node again, at most five times, five seconds apart. */
const retrying = { retryOnFail: true, maxTries: 5, waitBetweenTries: 5000 };

/** `run(perSecond, leads)` of each side; the API is set before. */
const sidesOf = async (means, n8n, nodeRed, baseUrl) => {
	const leads = createLeads();
	let added = 0;
	// An account of its own each time: while n8n runs, the node remembers what an account's last limit taught it.
	const throughN8n = (path, credentialOf, workflowOf) => async (perSecond, count) => {
		const turn = ++added;
		const { post } = await n8n.add(credentialOf(turn), workflowOf(`${path}-${turn}`, perSecond));
		await post(leads(count));
	};
	let from = 0;
	const throughNodeRed = (flowOf) => async (perSecond, count) => {
		await nodeRed.deploy(flowOf(perSecond));
		await fetch(`${nodeRed.url}/run?${new URLSearchParams({ count, window: count, from })}`);
		from += count;
	};
	return {
		'n8n: node': throughN8n(
			'ours',
			(turn) => leadCredential(baseUrl, `${apiKey}-${turn}`),
			(path) => leadWorkflow(path, { maxTries: 10, maxWaitSeconds: 600 }),
		),
		'n8n: HTTP Request, Retry On Fail': throughN8n(
			'again',
			() => requestCredential,
			(path) => requestWorkflow(path, baseUrl, {}, retrying),
		),
		'n8n: HTTP Request, Retry On Fail, batches as the limit': throughN8n(
			'batches',
			() => requestCredential,
			(path, perSecond) =>
				requestWorkflow(
					path,
					baseUrl,
					{ batching: { batch: { batchSize: perSecond, batchInterval: 1000 } } },
					retrying,
				),
		),
		'Node-RED: create-lead': throughNodeRed(() =>
			leadFlow(baseUrl, { concurrency: 5, maxTries: 10, maxWaitSeconds: 600 }),
		),
		'Node-RED: http request': throughNodeRed(() => requestFlow(baseUrl, false)),
		'Node-RED: http request behind delay at the limit': throughNodeRed((perSecond) => rateFlow(baseUrl, perSecond)),
	};
};

export const limits = async (means) => {
	const { folder, node, quick, log } = means;
	const api = await startApi(node);
	const n8n = await startN8n({ ...means, tarball: pack(root, join(folder, 'packed-limits')) });
	const nodeRed = await startNodeRed(means);
	const rows = [];
	try {
		const sides = await sidesOf(means, n8n, nodeRed, api.baseUrl);
		for (const perSecond of quick ? [100] : [5, 20, 100]) {
			for (const retryAfter of quick ? [true] : [true, false]) {
				for (const [name, run] of Object.entries(sides)) {
					const leads = quick ? 200 : leadsAt[perSecond];
					await api.set({ limit: { perSecond, retryAfter } });
					await run(perSecond, leads);
					const { created, refused, people, tookMs } = await api.counts();
					const ideal = ((leads - perSecond) / perSecond) * 1000;
					rows.push({
						perSecond,
						retryAfter,
						name,
						leads,
						people,
						doubles: created - people,
						seconds: tookMs / 1000,
						times: tookMs / ideal,
						refused,
						share: refused / (created + refused),
					});
					log(`${perSecond} a second, Retry-After ${retryAfter ? 'yes' : 'no'}: ${name}`);
				}
			}
		}
	} finally {
		await n8n.stop();
		await nodeRed.stop();
		api.stop();
	}
	const simulated = await simulation(means);
	return {
		result: { rows, simulation: simulated.result },
		table: [
			{
				title: 'Limits; the best there is: the first second at once, the rest as the limit lets through',
				head: [
					'a second',
					'Retry-After',
					'side',
					'created of leads',
					'doubled',
					'seconds',
					'over the best',
					'requests refused',
				],
				rows: rows.map((row) => [
					row.perSecond,
					row.retryAfter ? 'yes' : 'no',
					row.name,
					`${row.people} of ${row.leads}`,
					row.doubles,
					shown(row.seconds),
					`${shown(row.times)} x`,
					`${row.refused} (${shown(row.share * 100)} %)`,
				]),
			},
			simulated.table,
		],
		reached: {},
	};
};
