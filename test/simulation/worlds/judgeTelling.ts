import type { Message } from '../host/nodeRed';
import { type LeadFacts, type Told, untruth } from './facts';
import { mostAtOnce } from './bounds';
import { accountOf, isNo, isOpen, type Running, type World } from './world';

/** One outcome that somebody was told: it must be the truth. */
export const noteTold = (world: World, lead: LeadFacts, told: Told): void => {
	const wrong = untruth(lead, told, world.api.arrivals, isNo(world));
	if (wrong !== undefined) world.violated('outcome is the truth', wrong);
	lead.againAtMs = undefined;
	lead.told.push(told);
	// What the log said was of another one of its message.
	if (lead.isLogged) world.logsOfOthers.push(lead.node);
	lead.isLogged = false;
	lead.isAcknowledged = true;
};

/** What only holds a lead back, an outbox does not tell as its end. */
const isNoEnd = ({ outcome, status, message }: NonNullable<Message['icloudReady']>): boolean =>
	outcome === 'unauthorized' ||
	outcome === 'rateLimited' ||
	(outcome === 'failed' && status === null && !/\b302\b|another address|redirect/i.test(String(message)));

/** A message that leaves a create-lead node, on an output or to Catch. */
export const judgeTold = (world: World, node: string, message: Message, running: Running): void => {
	const { facts, say, violated, scheduler } = world;
	const names = message.sims as readonly string[];
	const parts = message.parts as { readonly index?: number } | undefined;
	const name = (names.length === 1 ? names[0] : names[parts?.index ?? 0]) ?? '';
	const outcome = message.icloudReady;
	const lead = facts.get(name);
	const { name: by } = running.program;
	say(by, `tells ${name} ${String(outcome?.outcome)}${outcome?.restored === true ? ' (restored)' : ''}`);
	if (lead === undefined || outcome === undefined) {
		violated('told once', `something was told of no lead at all: ${name}`);
		return;
	}
	if (node !== lead.node) violated('told once', `${name} was told by ${node}`);
	// What could not be noted is told once more where the flows are started anew.
	const before = lead.told.filter(
		(each) => each.by === by && (!world.diskFailed || each.atMs >= world.startedAtMs),
	).length;
	if (before > lead.chosenAtMs.length && !lead.mayBeDoubled && !lead.mayBeLost)
		violated('told once', `${name} was told ${before + 1} times by one program`);
	if (lead.keptAtMs !== undefined && isNoEnd(outcome))
		violated('kept until it ends', `${name} was kept, and told as ${outcome.outcome}`);
	noteTold(world, lead, {
		outcome: outcome.outcome,
		atMs: scheduler.nowMs(),
		by,
		leadId: typeof outcome.leadId === 'string' ? outcome.leadId : undefined,
		isUnrecorded: /duplicate|record/.test(JSON.stringify(outcome.warnings ?? [])),
	});
};

/** No more are kept than may wait, but for those that are on their way. */
const judgeQueue = (world: World, latest: LeadFacts): void => {
	const account = accountOf(world, latest.account);
	if (latest.keptAtMs === undefined || account.outbox === 'off') return;
	const kept = [...world.facts.values()].filter(
		(lead) => lead.account === account.id && lead.keptAtMs !== undefined && isOpen(lead),
	);
	if (kept.length > account.outboxMax + mostAtOnce(account.concurrency))
		world.violated('queue limit', `${kept.length} leads are kept by account ${account.id}`);
};

/** A create-lead node is done with a message of these leads. */
export const judgeDone = (world: World, names: readonly string[], running: Running): void => {
	let latest: LeadFacts | undefined;
	for (const name of names) {
		const lead = world.facts.get(name);
		if (lead === undefined) continue;
		latest = lead;
		lead.isAcknowledged = true;
		if (lead.told.length > 0) continue;
		if (!running.isStopping && !running.isRenewing) lead.keptAtMs = world.scheduler.nowMs();
		if (running.logged > 0) {
			running.logged--;
			lead.isLogged = true;
		}
	}
	world.say(running.program.name, `is done with ${names.join(', ')}`);
	if (latest !== undefined) judgeQueue(world, latest);
};
