/** Node-RED 5: how soon the lead form answers a call, beside http in and http response. */
import { Agent, request } from 'node:http';
import { startApi } from '../api/start.mjs';
import { interleaved } from '../interleaved.mjs';
import { startNodeRed } from '../node-red/host.mjs';
import { ratioOf, shown, spreadOf } from '../stats.mjs';

const at = { z: 'tab', x: 1, y: 1 };
const hostOwn = 'http in, http response';
const atOnce = 'lead form, at once';
const whenSafe = 'lead form, when safe, create lead, outbox on disk';
const paths = { [hostOwn]: '/plain', [atOnce]: '/at-once', [whenSafe]: '/when-safe' };

/** What answers at once gives each call to nothing, so that no side pays for what a flow does with it. */
const flowOf = (baseUrl) => [
	{ id: 'tab', type: 'tab', label: 'bench' },
	{
		id: 'account',
		type: 'icloud-ready-account',
		baseUrl,
		organizationId: 'org-1',
		outbox: 'disk',
		credentials: { apiKey: 'bench-key' },
	},
	{ ...at, id: 'in', type: 'http in', url: '/plain', method: 'post', wires: [['out']] },
	{ ...at, id: 'out', type: 'http response', wires: [] },
	{ ...at, id: 'once', type: 'icloud-ready-lead-form', path: '/at-once', answer: 'atOnce', wires: [[]] },
	{ ...at, id: 'safe', type: 'icloud-ready-lead-form', path: '/when-safe', answer: 'whenSafe', wires: [['lead']] },
	{
		...at,
		id: 'lead',
		type: 'icloud-ready-create-lead',
		account: 'account',
		routing: 'catch',
		outputs: 1,
		wires: [[]],
	},
];

let number = 0;
/** No two calls are the same, or the second would be a repeat. */
const body = () => JSON.stringify({ first_name: 'Mona', phone: `+20100${String(++number).padStart(7, '0')}` });

const post = async (agent, url) =>
	await new Promise((resolve, reject) => {
		const sent = request(
			url,
			{ agent, method: 'POST', headers: { 'content-type': 'application/json' } },
			(response) => {
				response
					.resume()
					.on('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(String(response.statusCode)))));
			},
		);
		sent.on('error', reject);
		sent.end(body());
	});

/** One call at a time over one connection; resolves with the time of each, in ms. */
const timesOf = async (agent, url, count) => {
	const times = [];
	for (let done = 0; done < count; done++) {
		const beganAtMs = performance.now();
		await post(agent, url);
		times.push(performance.now() - beganAtMs);
	}
	return times;
};

export const receiving = async (means) => {
	const { node, quick, log } = means;
	const [rounds, calls, warmUp] = quick ? [1, 100, 50] : [15, 500, 3000];
	const api = await startApi(node);
	await api.set();
	const nodeRed = await startNodeRed(means);
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	try {
		await nodeRed.deploy(flowOf(api.baseUrl));
		for (const [name, path] of Object.entries(paths)) {
			await timesOf(agent, nodeRed.url + path, name === whenSafe ? warmUp / 3 : warmUp);
			log(`warmed up: ${name}`);
		}
		const found = await interleaved(
			Object.fromEntries(
				Object.entries(paths).map(([name, path]) => [
					name,
					async () => spreadOf(await timesOf(agent, nodeRed.url + path, calls)).median,
				]),
			),
			rounds,
			log,
		);
		const medians = Object.fromEntries(Object.entries(found).map(([name, each]) => [name, spreadOf(each)]));
		const ratios = Object.fromEntries(
			Object.entries(found).map(([name, each]) => [name, ratioOf(each, found[hostOwn])]),
		);
		return {
			result: { medians, ratios },
			table: {
				title: `Node-RED 5, time until a call is answered, ${calls} one after the other in each of ${rounds} rounds`,
				head: ['side', 'ms, median', 'least to most', `over ${hostOwn}`],
				rows: Object.entries(medians).map(([name, { median, least, most }]) => [
					name,
					shown(median),
					`${shown(least)} to ${shown(most)}`,
					`${shown(ratios[name].median)} x`,
				]),
			},
			reached: { receivedAtOnce: ratios[atOnce].median },
		};
	} finally {
		agent.destroy();
		await nodeRed.stop();
		api.stop();
	}
};
