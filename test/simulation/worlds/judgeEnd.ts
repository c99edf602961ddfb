import { outboxOf } from '../host/outboxOf';
import { bystanderMs } from './bounds';
import { isOpen, isUp, organizationOf, type World } from './world';

/** Leads that could have left for long, whatever is refused to others: they must have. */
export const judgeBystanders = (world: World): void => {
	const { scheduler, troubles, facts } = world;
	if (!isUp(world.current) || world.plan.gateway !== undefined) return;
	for (const lead of facts.values()) {
		if (!isOpen(lead) || lead.keptAtMs === undefined) continue;
		const organizationId = organizationOf(world, lead);
		const own = troubles.filter((each) => each.organizationId === undefined || each.organizationId === organizationId);
		const sinceMs = Math.max(
			lead.keptAtMs,
			world.startedAtMs,
			world.askedUntilMs,
			...own.map(({ untilMs }) => untilMs),
		);
		const waitedMs = scheduler.nowMs() - sinceMs;
		if (waitedMs > bystanderMs(world))
			world.violated('comes to an end', `${lead.name} could have left for ${Math.round(waitedMs / 1000)} s`);
	}
};

/** How long it takes to look at what an outbox or a gateway holds. */
const lookMs = 10_000;

const judgeOutbox = async (world: World, account: string): Promise<void> => {
	const { scheduler, violated, facts, current } = world;
	const outbox = current === undefined ? undefined : outboxOf(current.nodeRed, account);
	const counts = outbox?.counts() ?? {};
	if ((counts.waiting ?? 0) + (counts.sending ?? 0) > 0)
		violated('comes to an end', `${JSON.stringify(counts)} of account ${account}: held for ${outbox?.holdReason()}`);
	const places = new Map<string, string>();
	for (const shelf of ['waiting', 'unconfirmed', 'ended']) {
		const page = outbox?.list({ shelf, limit: 1000 }).catch(() => undefined);
		await scheduler.runUntil(scheduler.nowMs() + lookMs);
		for (const entry of (await page)?.entries ?? []) {
			const name = entry.payload.lead.leadInformation.firstName;
			const before = places.get(name);
			if (before !== undefined && facts.get(name)?.mayBeLost === false)
				violated('one place', `${name} stands in ${before} and in ${shelf}`);
			places.set(name, shelf);
		}
	}
};

const judgeGatewayEnd = async ({ side, scheduler, violated }: World): Promise<void> => {
	if (side === undefined) return;
	const looking = side.opened()?.queue.counts();
	await scheduler.runUntil(scheduler.nowMs() + lookMs);
	const { waiting = -1, sending = -1 } = (await looking) ?? {};
	if (waiting !== 0 || sending !== 0)
		violated('comes to an end', `${waiting} leads wait and ${sending} are on their way at the gateway`);
};

/** Whether one more failure of this node stands in the log than of leads that are known by it. */
const takeLog = ({ logsOfOthers }: World, node: string): boolean => {
	const at = logsOfOthers.indexOf(node);
	if (at >= 0) logsOfOthers.splice(at, 1);
	return at >= 0;
};

/** What must be so once everything had time to end. */
export const judgeEnd = async (world: World): Promise<void> => {
	const { plan, facts, violated } = world;
	await judgeGatewayEnd(world);
	if (world.n8n === undefined) for (const { id } of plan.accounts) await judgeOutbox(world, id);
	for (const { number } of world.n8n?.running() ?? [])
		violated('comes to an end', `execution ${number} runs although everything works`);
	for (const lead of facts.values())
		if (isOpen(lead) && !takeLog(world, lead.node))
			violated('everybody is told', `${lead.name} was taken and never told`);
		else if (lead.againAtMs !== undefined && !lead.mayBeLost)
			violated('everybody is told', `${lead.name} was to be sent again, and nobody heard what became of it`);
	for (const { lead, equal, number } of world.openDuplicates) {
		const told = facts.get(lead)?.told ?? [];
		if (told.length > 0 && !told.some(({ isUnrecorded }) => isUnrecorded) && !world.diskFailed)
			violated('once of equal leads', `${lead} was sent by request ${number} although ${equal} may exist`);
	}
};
