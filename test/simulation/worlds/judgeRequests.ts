import type { Arrival } from '../api/api';
import type { Reply, Watch } from '../api/transport';
import { longestAskedMs, mostAtOnce, mostPendingFor, refusalsTakeMs, writingMs } from './bounds';
import { askedMsOf, asksToWait, type LeadFacts } from './facts';
import { logLines } from './logLines';
import { accountOf, isNo, type KeyTraffic, nameIn, organizationOf, type Running, type World } from './world';

/** A wait between two leads may be missed by as much as a timer wakes late. */
const rateSlack = 1.1;

const judgeEqual = (world: World, lead: LeadFacts, arrival: Arrival): void => {
	if (lead.isOnce !== 'always' || lead.chosenAtMs.length > 0 || lead.resends || lead.mayBeDoubled) return;
	const equal = world.api.arrivals.find((each) => {
		const other = world.facts.get(each.lead);
		return (
			each.number < arrival.number &&
			each.phone === lead.phone &&
			each.organizationId === arrival.organizationId &&
			each.lead !== lead.name &&
			other?.isOnce === 'always' &&
			other.account === lead.account &&
			other.chosenAtMs.length === 0 &&
			!isNo(world)(each)
		);
	});
	if (equal !== undefined) world.openDuplicates.push({ lead: lead.name, equal: equal.lead, number: arrival.number });
};

/** What must be so whenever a request arrives at the API, whoever sends it. Gives its lead. */
export const judgeRequest = (world: World, arrival: Arrival): LeadFacts | undefined => {
	const { violated, api } = world;
	const lead = world.facts.get(arrival.lead);
	if (lead === undefined) {
		violated('own content', `request ${arrival.number} is of a lead that nobody gave: ${arrival.lead}`);
		return undefined;
	}
	if (arrival.phone !== lead.phone) violated('own content', `${lead.name} was sent with another phone`);
	if (arrival.organizationId !== organizationOf(world, lead))
		violated('own organization', `${lead.name} was sent to ${arrival.organizationId}`);
	const chosenAtMs = lead.chosenAtMs.at(-1) ?? Number.NEGATIVE_INFINITY;
	const all = api.arrivals.filter(
		(each) => each.number < arrival.number && each.lead === lead.name && !isNo(world)(each),
	);
	const open = all.filter(({ atMs }) => atMs >= chosenAtMs);
	// Through a gateway the one before may wait there still when the next has been created.
	const isResend =
		lead.resends &&
		(world.side !== undefined || open.every(({ told, status }) => told !== 'answered' || status !== 201));
	// The one before may wait at the gateway still, whatever a person said became of it.
	const isOneMore = world.side !== undefined && all.length <= lead.chosenAtMs.length;
	if (open.length > 0 && !isResend && !isOneMore && !lead.mayBeDoubled)
		violated(
			'at most once',
			`${lead.name} was sent by request ${arrival.number} although ${open[0]?.number} may have created it`,
		);
	judgeEqual(world, lead, arrival);
	return lead;
};

/** `heldAtMs`: what had its turn before that and was just being written down may leave for a moment. */
export const judgeWait = (
	{ violated, scheduler }: World,
	arrival: Arrival,
	heldUntilMs: number,
	heldAtMs = 0,
): void => {
	const earlyMs = heldUntilMs - scheduler.nowMs();
	if (earlyMs > 1 && scheduler.nowMs() >= heldAtMs)
		violated('waits as asked', `request ${arrival.number} left ${earlyMs} ms before the API takes leads again`);
};
/** `writingMs`: so long after its turn one leaves at the latest, so that what had its turn before may leave together with it. */
export const judgeRate = (
	{ violated, scheduler }: World,
	of: string,
	left: readonly number[],
	{ maxPerSecond, writingMs: lateMs = 0 }: { readonly maxPerSecond: number; readonly writingMs?: number },
): void => {
	const lately = left.filter((atMs) => atMs > scheduler.nowMs() - 1000).length;
	if (maxPerSecond > 0 && lately > maxPerSecond * rateSlack * (1 + lateMs / 1000) + 1)
		violated('rate', `${lately} requests of ${of} left within a second`);
};

/** The product's own watchdog mends what holds leads for nothing: that there was something to mend is a fault all the same. */
export const judgeWatchdog = ({ violated }: World, who: string, log: string): void => {
	const found = logLines.notLeaving.exec(log)?.[0];
	if (found !== undefined) violated('comes to an end', `the watchdog of ${who} says: ${found}`);
};

/** Timers that only grow in number wake ever more often for nothing. */
const judgePending = ({ violated, facts }: World, who: string, pending: number): void => {
	if (pending > mostPendingFor(facts.size)) violated('comes to rest', `${who} waits for ${pending} things at once`);
};

const judgeNodeRed = (world: World, arrival: Arrival, running: Running): void => {
	const lead = judgeRequest(world, arrival);
	if (lead === undefined) return;
	const { violated, scheduler } = world;
	const account = accountOf(world, lead.account);
	const { id, concurrency } = account;
	if (arrival.key !== running.keys[lead.account])
		violated('own key', `${lead.name} of account ${lead.account} was sent with ${arrival.key}`);
	const inFlight = running.inFlight.get(id) ?? 0;
	// What a disk did not take is sent beside what it keeps.
	if (inFlight > mostAtOnce(concurrency) * (account.outbox === 'disk' && world.diskFailed ? 2 : 1))
		violated('concurrency', `${inFlight} requests of ${id} were on their way at once`);
	judgeRate(world, id, running.lastLeft.get(id) ?? [], account);
	const refused = running.refused.get(id);
	const tookMs = scheduler.nowMs() - (refused?.sinceMs ?? 0);
	if (refused !== undefined && tookMs < refusalsTakeMs(refused.count, concurrency))
		violated('does not hammer', `${refused.count + 1} requests of ${id} within ${tookMs} ms, all refused`);
	judgeWait(world, arrival, running.heldUntilMs.get(id) ?? 0);
};

const judgeGateway = (world: World, arrival: Arrival, { inFlight, left, heldUntilMs, heldAtMs }: KeyTraffic): void => {
	const lead = judgeRequest(world, arrival);
	const { gateway } = world.plan;
	if (lead === undefined || gateway === undefined) return;
	const { violated } = world;
	const isOwn =
		lead.madeUpKey === undefined
			? new RegExp(`^key-${lead.account}-\\d+$`).test(arrival.key)
			: arrival.key === lead.madeUpKey;
	if (!isOwn) violated('own key', `${lead.name} of account ${lead.account} was sent with ${arrival.key}`);
	if (inFlight > mostAtOnce(gateway.concurrency))
		violated('concurrency', `${inFlight} requests of ${arrival.key} were on their way at once`);
	// What had its turn, and waited for its mark on a disk that hung, leaves together.
	if (world.scheduler.nowMs() < world.hungUntilMs + writingMs) return;
	judgeRate(world, arrival.key, left, { maxPerSecond: gateway.maxPerSecond, writingMs });
	judgeWait(world, arrival, heldUntilMs, heldAtMs + writingMs);
};

export const sayLeft = ({ say }: World, who: string, body: string, arrival: Arrival | undefined): void =>
	say(
		who,
		`sends ${nameIn(body)}${arrival === undefined ? ', which does not arrive' : ` as request ${arrival.number}, with ${arrival.key}`}`,
	);
export const sayBack = ({ say }: World, name: string, arrival: Arrival | undefined, reply: Reply): void =>
	say(
		'api',
		`answers ${name} ${'status' in reply ? `${reply.status} ${reply.headers['retry-after'] ?? ''}` : `nothing: ${reply.fault.code}`}${arrival?.created === true ? ' (it exists)' : ''}`,
	);

/** Notes what an answer asks for; gives until when nothing may leave, where that is for this key. */
export const noteAsked = (world: World, arrival: Arrival | undefined, reply: Reply): number => {
	if (arrival !== undefined) world.asked.set(arrival.number, asksToWait(reply));
	const askedMs = askedMsOf(reply);
	if (askedMs === undefined) return 0;
	const untilMs = world.scheduler.nowMs() + Math.min(askedMs, longestAskedMs);
	world.askedUntilMs = Math.max(world.askedUntilMs, untilMs);
	return 'status' in reply && reply.status === 429 ? untilMs : 0;
};

/** Judges what one Node-RED sends to the API itself. */
export const watchNodeRed = (world: World, running: Running): Watch => {
	const ofRequest = (body: string): string => world.facts.get(nameIn(body))?.account ?? '';
	return {
		left: (arrival, { body = '{}' }) => {
			const account = ofRequest(body);
			running.inFlight.set(account, (running.inFlight.get(account) ?? 0) + 1);
			running.lastLeft.set(account, [...(running.lastLeft.get(account) ?? []), world.scheduler.nowMs()].slice(-1000));
			sayLeft(world, running.program.name, body, arrival);
			judgePending(world, running.program.name, running.program.pending());
			if (arrival !== undefined) judgeNodeRed(world, arrival, running);
		},
		back: (arrival, reply, { body = '{}' }) => {
			const account = ofRequest(body);
			running.inFlight.set(account, (running.inFlight.get(account) ?? 0) - 1);
			sayBack(world, nameIn(body), arrival, reply);
			if ('status' in reply && reply.status === 401) {
				const refused = running.refused.get(account) ?? { count: 0, sinceMs: world.scheduler.nowMs() };
				refused.count++;
				running.refused.set(account, refused);
			} else running.refused.delete(account);
			const heldUntilMs = noteAsked(world, arrival, reply);
			running.heldUntilMs.set(account, Math.max(running.heldUntilMs.get(account) ?? 0, heldUntilMs));
		},
	};
};

/** Judges what the gateway sends. */
export const watchGateway = (world: World): Watch => {
	const trafficOf = (headers: Readonly<Record<string, string>>): KeyTraffic => {
		const key = headers['x-api-key'] ?? '';
		const known = world.byKey.get(key) ?? { inFlight: 0, left: [], heldUntilMs: 0, heldAtMs: 0 };
		world.byKey.set(key, known);
		return known;
	};
	return {
		left: (arrival, { headers, body = '{}' }) => {
			const known = trafficOf(headers);
			known.inFlight++;
			known.left.push(world.scheduler.nowMs());
			sayLeft(world, 'gateway', body, arrival);
			judgePending(world, 'the gateway', world.side?.pending() ?? 0);
			if (arrival !== undefined) judgeGateway(world, arrival, known);
		},
		back: (arrival, reply, { headers, body = '{}' }) => {
			const known = trafficOf(headers);
			known.inFlight--;
			sayBack(world, nameIn(body), arrival, reply);
			const heldUntilMs = noteAsked(world, arrival, reply);
			if (heldUntilMs <= known.heldUntilMs) return;
			if (world.scheduler.nowMs() >= known.heldUntilMs) known.heldAtMs = world.scheduler.nowMs();
			known.heldUntilMs = heldUntilMs;
		},
	};
};
