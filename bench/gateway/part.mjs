/** The gateway: what it adds to one lead; and on one core how many it takes in a second, and a crowd of clients that wait. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startRedis } from '../../scripts/hosts/database.mjs';
import { runGateway } from '../../scripts/hosts/gateway.mjs';
import { program } from '../../scripts/hosts/programs.mjs';
import { startApi } from '../api/start.mjs';
import { cpuSeconds, rssMb } from '../processes.mjs';
import { shown, spreadOf } from '../stats.mjs';
import { startClients } from './clients.mjs';

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Calls `look` each second until `work` is over; resolves with what each saw, and what the work gave. */
const watched = async (work, look) => {
	const seen = [];
	let over = false;
	const done = work.finally(() => {
		over = true;
	});
	while (!over) {
		await Promise.race([pause(1000), done]);
		seen.push(look());
	}
	return { seen, found: await done };
};

const all = (statuses, status, count) => {
	if (statuses[status] !== count)
		throw new Error(`Of ${count} leads not all were answered ${status}: ${JSON.stringify(statuses)}.`);
};

/** Starts the least that keeps what it took, which is stopped with `stop`; see `floor.mjs`. */
const startFloor = async (node, folder, api) => {
	const child = fork(fileURLToPath(new URL('./floor.mjs', import.meta.url)), [folder, api.baseUrl], {
		execPath: node,
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
	});
	const [{ port }] = await once(child, 'message');
	return { baseUrl: `http://127.0.0.1:${port}/api/v2`, stop: () => child.disconnect() };
};

/** One lead alone: through the gateway, through the least there is (where there is one) and without either in turns, in ms. */
const measureLatency = async ({ gateway, floor, api, clients, quick }) => {
	const baseUrls = [gateway, ...(floor === undefined ? [] : [floor]), api].map(({ baseUrl }) => baseUrl);
	const found = await clients.ask('latency', { baseUrls, count: quick ? 50 : 3000, warmUp: quick ? 20 : 3000 });
	const medianOf = ({ baseUrl }) => spreadOf(found[baseUrl]).median;
	const direct = medianOf(api);
	return {
		through: medianOf(gateway),
		direct,
		overhead: medianOf(gateway) - direct,
		...(floor === undefined ? {} : { floor: medianOf(floor) - direct }),
	};
};

const measureLoop = async ({ gateway, clients, quick }) => {
	const count = quick ? 200 : 10_000;
	const { statuses, perSecond } = await clients.ask('loop', { baseUrl: gateway.baseUrl, count, window: 50 });
	all(statuses, 201, count);
	return perSecond;
};

/** A steady 500 leads a second; memory of each third of the time. */
const measureRate = async ({ gateway, clients, quick }) => {
	const how = { baseUrl: gateway.baseUrl, perSecond: 500, seconds: quick ? 3 : 120 };
	const cpuBefore = cpuSeconds(gateway.pid);
	const { seen, found } = await watched(clients.ask('rate', how), () => rssMb(gateway.pid));
	all(found.statuses, 201, found.leads);
	const third = Math.floor(seen.length / 3);
	return {
		leads: found.leads,
		perSecond: (found.leads * 1000) / found.tookMs,
		core: ((cpuSeconds(gateway.pid) - cpuBefore) * 1000) / found.tookMs,
		medianMs: spreadOf(found.latencies).median,
		thirdsMb: [0, 1, 2].map((index) => mean(seen.slice(index * third, (index + 1) * third))),
	};
};

/** Clients whose leads the API's limit holds back, until it lets them through. */
const measureIdle = async ({ gateway, api, clients, quick }) => {
	const count = quick ? 100 : 5000;
	const before = rssMb(gateway.pid);
	await api.set({ limit: { perSecond: 0, retryAfter: true } });
	const answered = clients.ask('wait', { baseUrl: gateway.baseUrl, count });
	const isWaiting = async () =>
		Number(/^gateway_waiting (\d+)/m.exec(await (await fetch(`${gateway.origin}/metrics`)).text())?.[1]) >= count - 50;
	for (const giveUpAtMs = Date.now() + 300_000; !(await isWaiting()); await pause(500))
		if (Date.now() > giveUpAtMs) throw new Error(`${count} clients did not come to wait.`);
	const idleSeconds = quick ? 2 : 20;
	const cpuBefore = cpuSeconds(gateway.pid);
	await pause(idleSeconds * 1000);
	const core = (cpuSeconds(gateway.pid) - cpuBefore) / idleSeconds;
	const waitingMb = rssMb(gateway.pid);
	const health = spreadOf(await clients.ask('health', { origin: gateway.origin, count: 200 }));
	await api.set();
	const { statuses } = await answered;
	all(statuses, 201, count);
	return { count, core, waitingMb, kBEach: ((waitingMb - before) * 1024) / count, healthMs: health.median };
};

export const gateway = async ({ node, folder, quick, log }) => {
	const stores = {
		disk: undefined,
		...(program('redis-server') === undefined ? {} : { 'Redis, everysec': 'everysec', 'Redis, always': 'always' }),
	};
	const api = await startApi(node);
	const clients = startClients(node);
	const found = {};
	try {
		for (const [name, fsync] of Object.entries(stores)) {
			await api.set();
			const redis = fsync === undefined ? undefined : await startRedis(fsync);
			const store =
				redis === undefined
					? ['--folder', join(folder, 'gateway')]
					: ['--redis', `redis://${redis.host}:${redis.port}`];
			const start = async (command) =>
				await runGateway({
					command,
					args: ['--api', api.baseUrl, '--concurrency', '50', '--wait-seconds', '600', '--stop-seconds', '0', ...store],
				});
			// A lead alone has the machine for itself, as it mostly does.
			const free = await start([node]);
			const floor = redis === undefined ? await startFloor(node, join(folder, 'floor'), api) : undefined;
			const latency = await measureLatency({ gateway: free, floor, api, clients, quick }).finally(async () => {
				floor?.stop();
				await free.stop();
			});
			log(`${name}: one lead alone, ${JSON.stringify(latency)}`);
			// From here on the first core of the machine alone; everything else runs on the others.
			const running = await start(['taskset', '-c', '0', node]);
			const means = { gateway: running, api, clients, quick };
			try {
				const perSecond = await measureLoop(means);
				log(`${name}: fifty at once, ${shown(perSecond)} a second`);
				found[name] = { latency, perSecond };
				if (redis !== undefined) continue;
				found[name].rate = await measureRate(means);
				log(`${name}: 500 a second, ${JSON.stringify(found[name].rate)}`);
				found[name].idle = await measureIdle(means);
				log(`${name}: clients that wait, ${JSON.stringify(found[name].idle)}`);
			} finally {
				await running.stop();
				await redis?.stop();
			}
		}
	} finally {
		clients.stop();
		api.stop();
	}
	const { rate, idle } = found.disk;
	return {
		result: found,
		table: [
			{
				title: 'Gateway; leads a second are those of one core',
				head: [
					'leads are kept on',
					'one lead alone, ms',
					'without the gateway, ms',
					'it adds, ms',
					'the least there is adds, ms',
					'leads a second, 50 at once',
				],
				rows: Object.entries(found).map(([name, { latency, perSecond }]) => [
					name,
					shown(latency.through),
					shown(latency.direct),
					shown(latency.overhead),
					latency.floor === undefined ? '' : shown(latency.floor),
					shown(perSecond),
				]),
			},
			{
				title: 'Gateway on one core, leads on disk, for a while',
				head: ['what', 'leads', 'seen'],
				rows: [
					['500 a second given: created a second', rate.leads.toLocaleString('en-US'), shown(rate.perSecond)],
					['… share of the core', '', shown(rate.core)],
					['… MB in each third of the time', '', rate.thirdsMb.map(shown).join(', ')],
					['clients that wait: kB for each', idle.count.toLocaleString('en-US'), shown(idle.kBEach)],
					['… share of the core', '', shown(idle.core)],
					['… ms until /healthz is answered', '', shown(idle.healthMs)],
				],
			},
		],
		reached: {
			gatewayOverhead: found.disk.latency.overhead,
			gatewayPerSecond: rate.perSecond,
			gatewayMemory: rate.thirdsMb[2] / rate.thirdsMb[1],
			gatewayWaiting: idle.count,
		},
	};
};
