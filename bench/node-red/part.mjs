/** Node-RED 5: create-lead without and with the outbox, beside the host's own http request and a bare undici loop. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startApi } from '../api/start.mjs';
import { interleaved } from '../interleaved.mjs';
import { cpuSeconds } from '../processes.mjs';
import { ratioOf, shown, spreadOf } from '../stats.mjs';
import { hostFlow, leadFlow, leastDiskFlow, leastFlow, listFlow, requestFlow } from './flows.mjs';
import { startNodeRed } from './host.mjs';

const concurrency = 50;
/** The floors: no node can send with less, nor keep what it sends. */
const least = 'function node that only sends';
const leastDisk = 'function node that only keeps and sends';
let next = 0;
const fresh = (count) => {
	const from = next;
	next += count;
	return from;
};

const startLoop = (node, baseUrl) => {
	const child = fork(fileURLToPath(new URL('./loop.mjs', import.meta.url)), {
		execPath: node,
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
	});
	const run = async (count) =>
		await new Promise((resolve, reject) => {
			child.once('message', ({ tookMs }) => resolve(tookMs));
			child.once('exit', () => reject(new Error('The undici loop ended early.')));
			child.send({ baseUrl, count, concurrency, from: fresh(count) });
		});
	return {
		pid: child.pid,
		run,
		stop: async () => {
			child.disconnect();
		},
	};
};

/** A Node-RED that runs one flow, as a side: how long so many leads take, from the call until all are answered for. */
const startSide = async (means, flow) => {
	const nodeRed = await startNodeRed(means);
	await nodeRed.deploy(flow);
	const run = async (count) => {
		const beganAtMs = performance.now();
		const answer = await fetch(
			`${nodeRed.url}/run?${new URLSearchParams({ count, window: concurrency, from: fresh(count) })}`,
		);
		const { wrong } = await answer.json();
		if (wrong !== 0) throw new Error(`${wrong} of ${count} leads were not created.`);
		return performance.now() - beganAtMs;
	};
	return { pid: nodeRed.pid, run, stop: nodeRed.stop };
};

export const nodeRed = async (means) => {
	const { node, quick, log } = means;
	const [rounds, leads, warmUp] = quick ? [1, 300, 100] : [7, 20_000, 20_000];
	const api = await startApi(node);
	await api.set();
	const sides = {
		'create-lead, direct': await startSide(means, leadFlow(api.baseUrl)),
		'create-lead, outbox on disk': await startSide(
			{ ...means, profile: undefined },
			leadFlow(api.baseUrl, { outbox: 'disk' }),
		),
		'http request': await startSide({ ...means, profile: undefined }, requestFlow(api.baseUrl, false)),
		'http request, connections kept': await startSide({ ...means, profile: undefined }, requestFlow(api.baseUrl, true)),
		[least]: await startSide({ ...means, profile: undefined }, leastFlow(api.baseUrl)),
		[leastDisk]: await startSide({ ...means, profile: undefined }, leastDiskFlow(api.baseUrl)),
		'Node-RED alone, nothing sent': await startSide({ ...means, profile: undefined }, hostFlow()),
		'undici loop': startLoop(node, api.baseUrl),
		'create-lead, a list in one message': await startSide({ ...means, profile: undefined }, listFlow(api.baseUrl)),
	};
	const measure = async ({ pid, run }, count) => {
		const before = cpuSeconds(pid);
		const tookMs = await run(count);
		return { perSecond: (count * 1000) / tookMs, cpuMs: ((cpuSeconds(pid) - before) * 1000) / count };
	};
	try {
		for (const [name, side] of Object.entries(sides)) {
			await side.run(warmUp);
			log(`warmed up: ${name}`);
		}
		const found = await interleaved(
			Object.fromEntries(Object.entries(sides).map(([name, side]) => [name, async () => await measure(side, leads)])),
			rounds,
			log,
		);
		const [few, many] = quick ? [100, 300] : [1000, 10_000];
		/** Leads a second, as many in all whatever the size of the lists. */
		const inLists = async (size) => {
			let tookMs = 0;
			for (let sent = 0; sent < many; sent += size)
				tookMs += await sides['create-lead, a list in one message'].run(size);
			return (many * 1000) / tookMs;
		};
		const grown = await interleaved(
			{ few: async () => await inLists(few), many: async () => await inLists(many) },
			quick ? 1 : 9,
			log,
		);
		const speeds = Object.fromEntries(
			Object.entries(found).map(([name, each]) => [
				name,
				{
					perSecond: spreadOf(each.map(({ perSecond }) => perSecond)),
					cpuMs: spreadOf(each.map(({ cpuMs }) => cpuMs)),
				},
			]),
		);
		const ratio = (over, under) =>
			ratioOf(
				found[over].map(({ perSecond }) => perSecond),
				found[under].map(({ perSecond }) => perSecond),
			);
		const ratios = {
			overRequest: ratio('create-lead, direct', 'http request'),
			overRequestKept: ratio('create-lead, direct', 'http request, connections kept'),
			overLoop: ratio('create-lead, direct', 'undici loop'),
			overLeast: ratio('create-lead, direct', least),
			leastOverRequest: ratio(least, 'http request'),
			leastOverLoop: ratio(least, 'undici loop'),
			diskOverDirect: ratio('create-lead, outbox on disk', 'create-lead, direct'),
			leastDiskOverLeast: ratio(leastDisk, least),
			diskOverLeastDisk: ratio('create-lead, outbox on disk', leastDisk),
			growth: ratioOf(grown.few, grown.many),
		};
		return {
			result: { speeds, ratios },
			table: {
				title: `Node-RED 5, ${leads.toLocaleString('en-US')} leads a round, ${concurrency} on their way at once`,
				head: ['side', 'leads a second', 'least to most', 'ms of processor for each'],
				rows: Object.entries(speeds).map(([name, { perSecond, cpuMs }]) => [
					name,
					shown(perSecond.median),
					`${shown(perSecond.least)} to ${shown(perSecond.most)}`,
					shown(cpuMs.median),
				]),
			},
			reached: {
				nodeRedOverRequest: ratios.overRequest.median,
				nodeRedOverLoop: ratios.overLoop.median,
				diskOverDirect: ratios.diskOverDirect.median,
				nodeRedGrowth: ratios.growth.median,
			},
		};
	} finally {
		await Promise.all(Object.values(sides).map(async ({ stop }) => await stop()));
		api.stop();
	}
};
