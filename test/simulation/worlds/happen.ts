import type { Disk } from '../disk/disk';
import { clientGives } from './client';
import { mangle, mangleFiles, mangleMark, writeOtherFormat } from './damage';
import { deploy, deployNodes, kill, launch, stop } from './nodeRedSide';
import { copyFolders, damageJournals, restoreFolders } from './oldFolders';
import { look } from './look';
import { act, actAtGateway, correctAtGateway, give } from './people';
import type { Event } from './plan';
import { forgetWrites, isUp, keyOf, type Running, trouble, type World } from './world';

/** Whoever runs it starts it again after a while. */
const restart = (world: World, ended: Running, downMs: number): void => {
	if (world.current !== ended) return;
	world.current = undefined;
	world.scheduler.after(downMs, () => {
		world.current ??= launch(world);
	});
};

const crash = (world: World, event: Extract<Event, { kind: 'crash' }>): void => {
	const running = world.current;
	if (running === undefined || !running.program.isAlive()) return;
	const happen = (): void => {
		kill(world, running, event.isPowerCut);
		if (event.isPowerCut && world.other !== undefined) kill(world, world.other, false);
		restart(world, running, event.downMs);
	};
	if (event.afterOperations === 0) happen();
	else world.crashIn = { operations: event.afterOperations, happen };
};

const shutDown = (world: World, event: Extract<Event, { kind: 'stop' }>): void => {
	const running = world.current;
	if (!isUp(running)) return;
	stop(world, running, () => {
		running.program.kill();
		restart(world, running, event.downMs);
	});
	if (event.isKilledAfterMs === undefined) return;
	world.scheduler.after(event.isKilledAfterMs, () => {
		if (!running.program.isAlive()) return;
		kill(world, running, false);
		restart(world, running, event.downMs);
	});
};

const renew = (world: World): void => {
	for (const { id, organizationIds } of world.plan.accounts) {
		world.generations.set(id, (world.generations.get(id) ?? 1) + 1);
		world.api.grant(keyOf(world, id), organizationIds);
	}
};

const startSecond = (world: World, { forMs, ends }: Extract<Event, { kind: 'second' }>): void => {
	if (world.other !== undefined) return;
	trouble(world, Number.POSITIVE_INFINITY);
	const running = launch(world);
	world.other = running;
	world.wasShared = true;
	world.scheduler.after(forMs, () => {
		if (ends === 'kill') kill(world, running, false);
		else stop(world, running, running.program.kill);
	});
};

const actAtN8n = ({ n8n }: World, { does, which }: Extract<Event, { kind: 'n8n' }>): void => {
	switch (does) {
		case 'kill':
			return n8n?.kill();
		case 'cancel':
			return n8n?.cancel(which);
		case 'again':
			return n8n?.again(which);
	}
};

const endGateway = (world: World, { does, afterOperations }: Extract<Event, { kind: 'gateway' }>): void => {
	const { side } = world;
	trouble(world, 30_000);
	if (does === 'stop') return side?.stop();
	side?.beforeOperation(afterOperations, () => {
		world.byKey.clear();
		forgetWrites(world, side.kill(does === 'powerCut'));
	});
};

/** What runs on the machine of Node-RED ends without a word, and begins again after something was done to its disk. */
const amid = (world: World, downMs: number, work: () => void): void => {
	const { current, other } = world;
	if (current === undefined || !current.program.isAlive()) return;
	if (other !== undefined) kill(world, other, false);
	kill(world, current, false);
	work();
	restart(world, current, downMs);
};

/** The same of the gateway where there is one. */
const amidAny = (world: World, work: (disk: Disk) => void): void => {
	const { side, disk } = world;
	if (side === undefined) return amid(world, 10, () => work(disk));
	trouble(world, 30_000);
	world.byKey.clear();
	forgetWrites(world, side.kill(false));
	work(side.disk);
};

const mangleJournal = (world: World, { how, isMeanwhile }: Extract<Event, { kind: 'mangleJournal' }>): void => {
	const { side, disk, say } = world;
	const damage = (each: Disk): void => say('disk', `${damageJournals(each, how).join(', ')}: ${how}`);
	if (isMeanwhile === true) damage(side?.disk ?? disk);
	else amidAny(world, damage);
};

/** Leads of which the copy knows nothing may be told of by nobody; sent again is none that the journals know. */
const olderCopy = (world: World, { downMs }: Extract<Event, { kind: 'olderCopy' }>): void => {
	const { copies, disk, side, n8n, facts, say } = world;
	if (copies === undefined || side !== undefined || n8n !== undefined) return;
	amid(world, downMs, () => {
		say('disk', 'an older copy of the stores is put in their place');
		restoreFolders(disk, copies);
		for (const lead of facts.values()) lead.mayBeLost = true;
	});
};

/** A disk goes wrong, and no longer than everything else. */
const spellDisk = (
	world: World,
	disk: Disk | undefined,
	event: Extract<Event, { kind: 'disk' | 'gatewayDisk' }>,
): void => {
	const { scheduler, plan, say } = world;
	const { spell, forMs } = event;
	const nowMs = scheduler.nowMs();
	const untilMs = spell.fate === 'hangs' ? Math.min(nowMs + forMs, plan.wellMs) : nowMs + forMs;
	if (event.kind === 'disk') world.diskFailed = true;
	else world.gatewayDiskFailed = true;
	if (spell.fate === 'hangs') world.hungUntilMs = Math.max(world.hungUntilMs, untilMs);
	trouble(world, forMs);
	say(
		'world',
		`${event.kind === 'disk' ? 'the disk' : "the gateway's disk"}: ${spell.what} ${spell.fate} for ${forMs} ms`,
	);
	disk?.spell({ ...spell, untilMs });
};

/** One event of the plan happens now. */
export const happen = (world: World, event: Event): void => {
	const { say, scheduler, api, disk, side, current } = world;
	const nowMs = scheduler.nowMs();
	switch (event.kind) {
		case 'leads':
			return give(world, event);
		case 'weather':
			say('world', `the API is ${event.spell.weather} for ${event.forMs} ms (${JSON.stringify(event.spell)})`);
			trouble(world, event.forMs, event.spell.organizationId);
			return api.spell({ ...event.spell, untilMs: nowMs + event.forMs });
		case 'disk':
			return spellDisk(world, disk, event);
		case 'lie':
			say('world', `the disk lies for ${event.forMs} ms`);
			return disk.lieUntil(nowMs + event.forMs);
		case 'crash':
			return crash(world, event);
		case 'stop':
			return shutDown(world, event);
		case 'deploy':
			if (event.renews && (isUp(current) || world.n8n !== undefined)) renew(world);
			if (!isUp(current)) return;
			return stop(world, current, () => deploy(world, current));
		case 'deployNodes':
			if (isUp(current)) deployNodes(world, current);
			return;
		case 'strain':
			say('world', `the API bears ${JSON.stringify(event.strain)}`);
			return api.strain(event.strain);
		case 'revoke':
			say('world', 'keys are taken back');
			trouble(world, Number.POSITIVE_INFINITY);
			for (const { id } of world.plan.accounts) api.revoke(keyOf(world, id));
			return;
		case 'clock':
			say('world', `the clock is set by ${event.byMs} ms`);
			return scheduler.setWall(event.byMs);
		case 'person':
			if (isUp(current)) void act(world, event, current).catch(() => undefined);
			return;
		case 'mangle':
			return mangle(world, disk, event);
		case 'mangleJournal':
			return mangleJournal(world, event);
		case 'mangleFiles':
			return amidAny(world, (each) => mangleFiles(world, each, event.how));
		case 'mangleMark':
			return mangleMark(world, event);
		case 'otherFormat':
			if (side === undefined) amid(world, 10, () => writeOtherFormat(world));
			return;
		case 'copyFolders':
			world.copies = copyFolders(disk);
			return;
		case 'olderCopy':
			return olderCopy(world, event);
		case 'correct':
			return void correctAtGateway(world, event);
		case 'look':
			return void look(world, event);
		case 'second':
			return startSecond(world, event);
		case 'client':
			return void clientGives(world, event);
		case 'gateway':
			return endGateway(world, event);
		case 'gatewayLie':
			say('world', `the gateway's disk lies for ${event.forMs} ms`);
			return side?.disk.lieUntil(nowMs + event.forMs);
		case 'gatewayMangle':
			if (side !== undefined) mangle(world, side.disk, event);
			return;
		case 'execution':
			return world.n8n?.execute(event.leads);
		case 'n8n':
			return actAtN8n(world, event);
		case 'n8nRecord':
			world.diskFailed = true;
			say('world', `n8n's record ${event.fate} for ${event.forMs} ms`);
			return world.n8n?.spell({ ...event, untilMs: nowMs + event.forMs });
		case 'gatewayDisk':
			return spellDisk(world, side?.disk, event);
		case 'network':
			trouble(world, event.forMs);
			say('world', `the way to the gateway loses each ${event.loses} for ${event.forMs} ms`);
			return side?.spell({ loses: event.loses, share: event.share, untilMs: nowMs + event.forMs });
		case 'gatewayPerson':
			return void actAtGateway(world, event);
	}
};
