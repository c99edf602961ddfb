/**
 * 1,000,000 leads through Node-RED as a spreadsheet comes: CSV in batches of 1,000, the next once create-lead is done with
 * one. Beside it the same with a function node that does no more than send: what the host itself grows by.
 */
import { startApi } from '../api/start.mjs';
import { rssMb } from '../processes.mjs';
import { accountOf, createLead, sendOnly } from '../node-red/flows.mjs';
import { startNodeRed } from '../node-red/host.mjs';
import { shown } from '../stats.mjs';

const at = { z: 'tab', x: 1, y: 1 };
const perBatch = 1000;
const warmUp = 10_000;

/** The next batch as CSV text with a head, of `GET /run?count=` rows in all. */
const rows = `
const state = msg.req === undefined ? context.get('state') : { next: 0, count: Number(msg.payload.count) };
if (msg.req !== undefined) { context.set('state', state); flow.set('seen', { ended: 0, wrong: 0 }); node.send([null, { ...msg, payload: 'begun' }]); }
if (state.next >= state.count) return null;
const lines = ['Full name,Mobile,Email,City,Campaign,Message'];
for (const end = Math.min(state.next + ${perBatch}, state.count); state.next < end; state.next++) lines.push('Mona Adel,010' + (10000000 + state.next % 90000000) + ',mona.' + state.next + '@example.com,Cairo,Q3-Resale-Boost,"Villa, with a garden"');
return [{ payload: lines.join('\\n') + '\\n' }, null];
`;
/** What ended; the second output goes on with the next batch. */
const count = `
const seen = flow.get('seen');
seen.ended++;
if (msg.icloudReady === undefined ? msg.statusCode !== 201 : msg.icloudReady.outcome !== 'created') seen.wrong++;
return seen.ended % ${perBatch} === 0 ? {} : null;
`;
const rowToLead = `
const { 'Full name': name, Mobile: phone, Email: email, City: city, Campaign: campaignName, Message: leadDescription } = msg.payload;
msg.payload = { leadInformation: { firstName: name.split(' ')[0], lastName: name.split(' ')[1], phone, email, address: { city } }, campaignName, leadDescription };
return msg;
`;

/** What differs: how the rows are sent, and what says that a batch is done. */
const sides = {
	'create-lead': (baseUrl) => [
		accountOf(baseUrl),
		createLead({ input: 'form', wires: Array.from({ length: 8 }, () => ['count']) }),
		{ ...at, id: 'done', type: 'complete', scope: ['node'], uncaught: false, wires: [['rows']] },
		{ ...at, id: 'count', type: 'function', func: count, outputs: 1, wires: [[]] },
	],
	'function node that only sends': (baseUrl) => [
		{ ...at, id: 'node', type: 'function', func: rowToLead, outputs: 1, wires: [['send']] },
		{ ...at, id: 'send', type: 'function', func: sendOnly(baseUrl), outputs: 1, wires: [['count']] },
		{ ...at, id: 'count', type: 'function', func: count, outputs: 1, wires: [['rows']] },
	],
};

const flow = (side, baseUrl) => [
	{ id: 'tab', type: 'tab', label: 'bench' },
	...sides[side](baseUrl),
	{ ...at, id: 'in', type: 'http in', url: '/run', method: 'get', wires: [['rows']] },
	{ ...at, id: 'rows', type: 'function', func: rows, outputs: 2, wires: [['csv'], ['out']] },
	{
		...at,
		id: 'csv',
		type: 'csv',
		spec: 'rfc',
		sep: ',',
		hdrin: true,
		hdrout: 'none',
		multi: side === 'create-lead' ? 'mult' : 'one',
		ret: '\\n',
		temp: '',
		skip: '0',
		strings: true,
		wires: [['node']],
	},
	{ ...at, id: 'ask', type: 'http in', url: '/seen', method: 'get', wires: [['tell']] },
	{
		...at,
		id: 'tell',
		type: 'function',
		func: "msg.payload = flow.get('seen'); return msg;",
		outputs: 1,
		wires: [['out']],
	},
	{ ...at, id: 'out', type: 'http response', wires: [] },
];

/** One side in a Node-RED of its own; memory is looked at twice a second. */
const runSide = async (means, side, all) => {
	const { node, log } = means;
	const api = await startApi(node);
	await api.set();
	const nodeRed = await startNodeRed(means);
	try {
		await nodeRed.deploy(flow(side, api.baseUrl));
		const beganAtMs = performance.now();
		await fetch(`${nodeRed.url}/run?count=${all}`);
		const points = [];
		for (let seen = { ended: 0 }; seen.ended < all; ) {
			await new Promise((resolve) => setTimeout(resolve, 500));
			seen = await (await fetch(`${nodeRed.url}/seen`)).json();
			if (seen.wrong > 0) throw new Error(`${seen.wrong} leads were not created.`);
			points.push({ ended: seen.ended, mb: rssMb(nodeRed.pid) });
			if (points.length % 60 === 0)
				log(`${side}: ${seen.ended.toLocaleString('en-US')} leads, ${Math.round(points.at(-1).mb)} MB`);
		}
		const seconds = (performance.now() - beganAtMs) / 1000;
		const { created } = await api.counts();
		if (created !== all) throw new Error(`${all} leads entered and the API created ${created}.`);
		const later = points.filter(({ ended }) => ended >= warmUp);
		const half = later.slice(Math.floor(later.length / 2));
		const [firstMb, lastMb] = [later[0].mb, later.at(-1).mb];
		return {
			side,
			leads: all,
			seconds,
			perSecond: all / seconds,
			firstMb,
			lastMb,
			mostMb: Math.max(...later.map(({ mb }) => mb)),
			secondHalfMeanMb: half.reduce((sum, { mb }) => sum + mb, 0) / half.length,
			growthMb: lastMb - firstMb,
		};
	} finally {
		await nodeRed.stop();
		api.stop();
	}
};

export const million = async (means) => {
	const all = means.quick ? 20_000 : 1_000_000;
	const found = [];
	for (const side of Object.keys(sides)) found.push(await runSide(means, side, all));
	return {
		result: found,
		table: {
			title: `${all.toLocaleString('en-US')} leads through Node-RED as CSV, ${perBatch.toLocaleString('en-US')} a batch`,
			head: [
				'side',
				'leads a second',
				'seconds',
				`MB after ${warmUp.toLocaleString('en-US')}`,
				'MB at the end',
				'most MB',
				'mean MB of the second half',
			],
			rows: found.map(({ side, ...each }) => [
				side,
				...[each.perSecond, each.seconds, each.firstMb, each.lastMb, each.mostMb, each.secondHalfMeanMb].map(shown),
			]),
		},
		reached: { millionGrowth: found[0].growthMb },
	};
};
