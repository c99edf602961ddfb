import type { Trace } from '../kernel/trace';
import { endsWithinMs, minuteMs } from './bounds';
import { keysComeBy } from './client';
import type { Violation } from './facts';
import { createGatewaySide } from './gatewaySide';
import { happen } from './happen';
import { judgeBystanders, judgeEnd } from './judgeEnd';
import { judgeWatchdog, watchGateway } from './judgeRequests';
import { kill, launch } from './nodeRedSide';
import type { Plan } from './plan';
import { createN8nSide } from './n8nSide';
import { accountOf, createWorld, isUp, keyOf, type World, type WorldBundles } from './world';

export interface Result {
	readonly violations: readonly Violation[];
	readonly trace: Trace;
	readonly leads: number;
	readonly requests: number;
	readonly steps: number;
}

/** What the disk does is heard of: a crash may come at any step of it. */
const listenToDisk = (world: World): void => {
	const { disk, facts, say } = world;
	// What a disk took although it said that it did not may be sent by a later start: see docs/simulation.md.
	disk.onApplied = (operations) => {
		const given = operations.filter(({ key }) => /^(?:waiting|sending)!/.test(key));
		for (const { value = '' } of given)
			for (const lead of facts.values())
				if (!lead.isAcknowledged && value.includes(`"${lead.name}"`)) lead.mayBeDoubled = true;
	};
	disk.onOperation = (program, name) => {
		if (program.isAlive() && !world.isOver) say(program.name, `  ${name}`);
		const { crashIn } = world;
		if (crashIn === undefined || program !== world.current?.program || --crashIn.operations > 0) return;
		world.crashIn = undefined;
		crashIn.happen();
	};
};

/** From here on nothing goes wrong any more. */
const heal = async (world: World): Promise<void> => {
	const { plan, scheduler, api, say } = world;
	say('world', 'everything works from here on');
	world.crashIn = undefined;
	api.heal();
	world.disk.heal();
	world.side?.heal();
	world.n8n?.heal();
	for (const { id, organizationIds } of plan.accounts) {
		api.grant(keyOf(world, id), organizationIds);
		for (const each of [world.current, world.other])
			if (each !== undefined) api.grant(each.keys[id] ?? '', organizationIds);
	}
	for (const { key, account } of world.clientKeys.values()) api.grant(key, accountOf(world, account).organizationIds);
	if (world.other !== undefined) kill(world, world.other, false);
	// Whatever stops just now has stopped then.
	await scheduler.runUntil(plan.wellMs + minuteMs / 3);
	// What another program wrote while this one's disk failed, only a start reads: see docs/simulation.md.
	if (world.wasShared && world.diskFailed && world.current !== undefined) kill(world, world.current, false);
	if (world.n8n !== undefined) world.n8n.start();
	else if (!isUp(world.current)) world.current = launch(world);
};

const waitForTheEnd = async (world: World): Promise<void> => {
	const { scheduler } = world;
	// What is asked for while the last ones leave counts too.
	for (let untilMs = 0; untilMs < Math.max(scheduler.nowMs(), world.askedUntilMs); ) {
		untilMs = Math.max(scheduler.nowMs(), world.askedUntilMs) + endsWithinMs(world);
		await scheduler.runUntil(untilMs);
	}
};

/** Runs a plan to its end, and tells which rules did not hold. */
export const runWorld = async (plan: Plan, given: WorldBundles): Promise<Result> => {
	const bundles = plan.isSmall === true ? { ...given, ...given.small } : given;
	const world = createWorld(plan, bundles);
	const { scheduler, api, trace, facts, say } = world;
	for (const { id, organizationIds } of plan.accounts) api.grant(keyOf(world, id), organizationIds);
	api.limit(plan.apiLimit, plan.quota);
	api.strain(plan.strain);
	if (plan.gateway !== undefined)
		world.side = createGatewaySide({
			seed: plan.seed,
			plan: plan.gateway,
			bundle: bundles.gateway,
			core: bundles.core,
			required: bundles.required,
			scheduler,
			api,
			say,
			watch: watchGateway(world),
			onStart: () => world.byKey.clear(),
			onLog: (who, line) => {
				if (!world.gatewayDiskFailed) judgeWatchdog(world, who, line);
			},
		});
	listenToDisk(world);
	world.side?.start();
	if (plan.n8n === undefined) world.current = launch(world);
	else {
		world.n8n = createN8nSide(world, plan.n8n);
		world.n8n.start();
	}
	for (const event of plan.events) scheduler.after(event.atMs, () => happen(world, event));
	try {
		await scheduler.runUntil(plan.wellMs);
		judgeBystanders(world);
		await heal(world);
		keysComeBy(world);
		await waitForTheEnd(world);
		world.isOver = true;
		await judgeEnd(world);
	} catch (error) {
		world.violated('comes to rest', String(error));
	}
	return {
		violations: world.violations,
		trace,
		leads: facts.size,
		requests: api.arrivals.length,
		steps: scheduler.count(),
	};
};
