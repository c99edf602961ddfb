import { type Send, sendTo } from '../api/transport';
import { filesFor } from '../disk/filesModel';
import { levelFor } from '../disk/levelModel';
import { createNodeRed, type Flow } from '../host/nodeRed';
import { createProgram, loadBundle } from '../host/process';
import { closingMs } from './bounds';
import { judgeWatchdog, watchNodeRed } from './judgeRequests';
import { judgeTold } from './judgeTelling';
import { logLines } from './logLines';
import { forgetWrites, isUp, keyOf, nameIn, type Running, type World } from './world';

const baseUrls = { api: 'https://crm.test/api/v2', gateway: 'https://gateway.test/api/v2' } as const;

const flowOf = ({ plan }: World, keys: Readonly<Record<string, string>>): Flow => ({
	configs: [
		...plan.accounts.map((account) => ({
			...account,
			type: 'icloud-ready-account',
			wires: [],
			baseUrl: plan.gateway === undefined ? baseUrls.api : baseUrls.gateway,
			gateway: plan.gateway !== undefined,
			organizationId: account.organizationIds[0],
		})),
		...plan.nodes.map((node) => ({
			...node,
			type: 'icloud-ready-create-lead',
			input: 'lead',
			fields: [],
			duplicateKey: 'phone',
			wires: Array.from({ length: 8 }, () => ['sink']),
		})),
	],
	credentials: Object.fromEntries(plan.accounts.map(({ id }) => [id, { apiKey: keys[id] ?? '' }])),
});

const keysOf = (world: World): Readonly<Record<string, string>> =>
	Object.fromEntries(world.plan.accounts.map(({ id }) => [id, keyOf(world, id)]));

/** Through the gateway: what is on its way is counted all the same. */
const sendToGateway =
	(world: World, running: Running): Send =>
	async (request, { timeoutMs }) => {
		const { say, side, plan } = world;
		const { program, keys, inFlight } = running;
		const account = plan.accounts.find(({ id }) => keys[id] === request.headers['x-api-key'])?.id ?? '';
		const what =
			request.method === 'GET'
				? `asks for ${request.url.split('/').at(-1) ?? ''}`
				: `gives the gateway ${nameIn(request.body ?? '{}')}`;
		inFlight.set(account, (inFlight.get(account) ?? 0) + 1);
		say(program.name, `${what} (${String(request.headers['idempotency-key'] ?? '').slice(0, 12)})`);
		if (side === undefined) throw new Error('There is no gateway.');
		const reply = await side.call(program, request, timeoutMs);
		inFlight.set(account, (inFlight.get(account) ?? 0) - 1);
		say('gateway', `answers ${program.name}, which ${what}: ${'status' in reply ? reply.status : reply.fault.code}`);
		return reply;
	};

const noteLog = (world: World, running: Running, level: string, node: string, text: string): void => {
	world.say(running.program.name, `${level} of ${node}: ${text.slice(0, 90)}`);
	const more = Number(/^(\d+) more leads/.exec(text)?.[1] ?? 0);
	if (level === 'error' && more === 0) running.logged++;
	// What is summed up had its end before: its node was done with it already.
	const summed = [...world.facts.values()].filter(
		(lead) => lead.node === node && lead.isAcknowledged && lead.keptAtMs === undefined && !lead.isLogged,
	);
	for (const lead of summed.filter(({ told }) => told.length === 0).slice(0, more)) lead.isLogged = true;
	// What stood behind the part of it that cannot be read is lost.
	if (logLines.damaged.test(text)) for (const lead of world.facts.values()) lead.mayBeLost = true;
	if (level === 'warn' && logLines.broken.test(text)) world.diskFailed = true;
	if (!world.diskFailed) judgeWatchdog(world, running.program.name, text);
};

/** Starts a Node-RED with the flows of the plan. */
export const launch = (world: World): Running => {
	const { scheduler, disk, bundles, api, randomOf, say } = world;
	const program = createProgram(`red-${++world.programs}`, scheduler);
	const files = filesFor(disk, program);
	const running: Running = {
		program,
		nodeRed: createNodeRed(
			'/data',
			{
				sent: (node, _output, message) => {
					if (program.isAlive()) judgeTold(world, node, message, running);
				},
				caught: (node, _words, message) => {
					if (program.isAlive() && message !== undefined) judgeTold(world, node, message, running);
				},
				log: (level, node, text) => {
					if (program.isAlive()) noteLog(world, running, level, node, text);
				},
			},
			program.after,
		),
		keys: keysOf(world),
		isStopping: false,
		isRenewing: false,
		refused: new Map(),
		logged: 0,
		inFlight: new Map(),
		lastLeft: new Map(),
		heldUntilMs: new Map(),
	};
	const send =
		world.side === undefined
			? sendTo(api, program, randomOf(`network ${program.name}`), watchNodeRed(world, running))
			: sendToGateway(world, running);
	const product = loadBundle(bundles.nodeRed, {
		program,
		scheduler,
		random: randomOf(program.name),
		required: bundles.required,
		modules: {
			'@icloud-ready/core': bundles.core,
			'classic-level': levelFor(disk, program),
			'node:fs/promises': files.promises,
			'node:fs': files.sync,
			'sim:transport': { createTransport: () => ({ send, close: async () => await Promise.resolve() }) },
		},
	}) as Readonly<Record<'account' | 'createLead', (RED: unknown) => void>>;
	product.account(running.nodeRed.RED);
	product.createLead(running.nodeRed.RED);
	world.startedAtMs = scheduler.nowMs();
	say(program.name, 'starts');
	running.nodeRed.start(flowOf(world, running.keys));
	return running;
};

/** Starts the flows anew in the same program, with the keys of now. */
export const deploy = (world: World, running: Running): void => {
	if (!running.program.isAlive()) return;
	running.keys = keysOf(world);
	running.nodeRed.start(flowOf(world, running.keys));
	running.isStopping = false;
	running.isRenewing = false;
	for (const each of [running.inFlight, running.heldUntilMs, running.refused]) each.clear();
	world.startedAtMs = world.scheduler.nowMs();
	world.say(running.program.name, 'is deployed');
};

/** Makes the nodes that create leads anew, and nothing else. */
export const deployNodes = (world: World, running: Running): void => {
	if (running.isRenewing) return;
	world.say(running.program.name, 'makes its nodes anew');
	running.isRenewing = true;
	running.nodeRed.renew(
		world.plan.nodes.map(({ id }) => id),
		() => {
			running.isRenewing = false;
		},
	);
};

export const kill = (world: World, { program }: Running, isPowerCut: boolean): void => {
	if (!program.isAlive()) return;
	program.kill();
	world.say(program.name, isPowerCut ? 'ends: the power is cut' : 'is killed');
	if (isPowerCut) forgetWrites(world, world.disk.powerCut());
};

/** Closes all nodes as Node-RED does. */
export const stop = (world: World, running: Running, then: () => void): void => {
	const { scheduler, say, violated } = world;
	if (!isUp(running)) return;
	const { name } = running.program;
	running.isStopping = true;
	const beganAtMs = scheduler.nowMs();
	say(name, 'stops');
	running.nodeRed.stop((isInTime) => {
		const left = [...running.inFlight.values()].reduce((sum, count) => sum + count, 0);
		if (left > 0 && scheduler.nowMs() - beganAtMs < closingMs)
			violated('stops in time', `${name} stopped while ${left} requests were on their way`);
		// Whoever closes a file waits for what is being written to it.
		if (!isInTime && beganAtMs > world.hungUntilMs)
			violated('stops in time', `${name} took longer to stop than Node-RED waits`);
		say(name, 'has stopped');
		then();
	});
};
