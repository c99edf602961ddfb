/**
 * n8n 2.41: our node with its default options beside HTTP Request, which sends all items at once, with its key in a credential
 * as a key should be, and in the open; and beside Edit Fields, which sends none and gives as much: what n8n itself takes for as
 * many items.
 */
import { join } from 'node:path';
import { pack } from '../../scripts/build/pack.mjs';
import { root } from '../../scripts/build/prepare.mjs';
import { startApi } from '../api/start.mjs';
import { interleaved } from '../interleaved.mjs';
import { createLeads } from '../leads.mjs';
import { cpuSeconds, forgetPeak, peakMb } from '../processes.mjs';
import { ratioOf, shown, spreadOf } from '../stats.mjs';
import { startN8n } from './host.mjs';
import {
	floorWorkflow,
	leadCredential,
	leadWorkflow,
	openRequestWorkflow,
	requestCredential,
	requestWorkflow,
} from './workflows.mjs';

const ours = 'node, default options';
const theirs = 'HTTP Request, key in a credential';
const open = 'HTTP Request, key in the open';
const floor = 'Edit Fields, nothing is sent';

const setups = (baseUrl) => ({
	[ours]: [leadCredential(baseUrl), leadWorkflow('default', {})],
	[theirs]: [requestCredential, requestWorkflow('request', baseUrl)],
	[open]: [requestCredential, openRequestWorkflow('open', baseUrl)],
	[floor]: [requestCredential, floorWorkflow('floor')],
});

/** One side at one latency in an n8n of its own: its sizes from few to many, each with its time and the peak of memory. */
const runSide = async (means, api, name, latencyMs, sizes) => {
	const leads = createLeads();
	const n8n = await startN8n(means);
	try {
		const { post, lastRun } = await n8n.add(...setups(api.baseUrl)[name]);
		await api.set();
		for (const warmUp of means.quick ? [20] : [100, 1000]) await post(leads(warmUp));
		const found = {};
		for (const size of sizes) {
			await api.set({ latencyMs });
			forgetPeak(n8n.pid);
			const before = cpuSeconds(n8n.pid);
			const status = await post(leads(size));
			const cpuMs = (cpuSeconds(n8n.pid) - before) * 1000;
			const mb = peakMb(n8n.pid);
			const { status: ended, nodeMs, items } = await lastRun();
			const { created } = await api.counts();
			if (status !== 200 || ended !== 'success' || items !== size || created !== (name === floor ? 0 : size))
				throw new Error(
					`${name}, ${size} items: answered ${status}, ended as ${ended}, ${items} items came out, ${created} leads were created.`,
				);
			found[size] = { ms: nodeMs, mb, cpuMs };
			means.log(`${latencyMs} ms, ${size} items, ${name}: ${nodeMs} ms, ${cpuMs} ms of processor, ${mb} MB`);
		}
		return found;
	} finally {
		await n8n.stop();
	}
};

export const n8n = async (means) => {
	const { folder, quick, log } = means;
	const rounds = quick ? 1 : Number(process.env.BENCH_ROUNDS ?? 3);
	const sizes = quick ? [20, 50] : [100, 1000, 10_000];
	const [small, large] = sizes.slice(-2);
	const tarball = pack(root, join(folder, 'packed-n8n'));
	const api = await startApi(means.node);
	const found = {};
	try {
		for (const latencyMs of [0, 50]) {
			const side = (name) => async () => await runSide({ ...means, tarball }, api, name, latencyMs, sizes);
			// Where nothing is sent, no answer is waited for.
			const names = [ours, theirs, open, ...(latencyMs === 0 ? [floor] : [])];
			found[latencyMs] = await interleaved(
				Object.fromEntries(names.map((name) => [name, side(name)])),
				rounds,
				(line) => log(`${latencyMs} ms, ${line}`),
			);
		}
	} finally {
		api.stop();
	}
	const of = (latencyMs, name, size, what) => found[latencyMs][name].map((round) => round[size][what]);
	const times = (latencyMs, size) => ratioOf(of(latencyMs, theirs, size, 'ms'), of(latencyMs, ours, size, 'ms'));
	/** Beside whichever of the two takes more: n8n itself takes as much for items as Edit Fields shows. */
	const memory = (latencyMs, size) =>
		ratioOf(
			of(latencyMs, ours, size, 'mb'),
			of(latencyMs, theirs, size, 'mb').map((mb, round) => Math.max(mb, of(0, floor, size, 'mb')[round])),
		);
	const growth = (latencyMs, name) =>
		ratioOf(
			of(latencyMs, name, large, 'ms').map((ms) => ms / large),
			of(latencyMs, name, small, 'ms').map((ms) => ms / small),
		);
	const cases = [0, 50].flatMap((latencyMs) => sizes.map((size) => ({ latencyMs, size })));
	const rows = cases.flatMap(({ latencyMs, size }) =>
		Object.keys(found[latencyMs]).map((name) => {
			const [ms, mb] = [spreadOf(of(latencyMs, name, size, 'ms')), spreadOf(of(latencyMs, name, size, 'mb'))];
			return { latencyMs, size, name, ms, mb };
		}),
	);
	const ratios = {
		speed: cases.map((each) => ({ ...each, ratio: times(each.latencyMs, each.size) })),
		speedOverOpen: cases.map(({ latencyMs, size }) => ({
			latencyMs,
			size,
			ratio: ratioOf(of(latencyMs, open, size, 'ms'), of(latencyMs, ours, size, 'ms')),
		})),
		memory: cases.map((each) => ({ ...each, ratio: memory(each.latencyMs, each.size) })),
		memoryOfFloor: sizes.map((size) => ({ size, ratio: ratioOf(of(0, floor, size, 'mb'), of(0, theirs, size, 'mb')) })),
		growth: [0, 50].map((latencyMs) => ({
			latencyMs,
			ours: growth(latencyMs, ours),
			theirs: growth(latencyMs, theirs),
		})),
	};
	return {
		result: { rows, ratios },
		table: {
			title: 'n8n 2.41.1, time of the node and peak memory of n8n',
			head: ['API answers in', 'items', 'side', 'ms', 'least to most', 'peak MB'],
			rows: rows.map(({ latencyMs, size, name, ms, mb }) => [
				`${latencyMs} ms`,
				size.toLocaleString('en-US'),
				name,
				shown(ms.median),
				`${shown(ms.least)} to ${shown(ms.most)}`,
				shown(mb.median),
			]),
		},
		reached: {
			n8n1000At0: times(0, small).median,
			n8n10000At0: times(0, large).median,
			n8n1000At50: times(50, small).median,
			n8n10000At50: times(50, large).median,
			n8nMemory: Math.max(
				...cases.filter(({ size }) => size >= small).map(({ latencyMs, size }) => memory(latencyMs, size).median),
			),
			n8nGrowthAt0: growth(0, ours).median,
			n8nGrowthAt50: growth(50, ours).median,
		},
	};
};
