import type { Arrival } from '../api/api';
import type { Reply } from '../api/transport';
import type { Item } from '../host/n8n';
import { mostAtOnce } from './bounds';
import { judgeRate, judgeRequest, judgeWait, noteAsked, sayBack, sayLeft } from './judgeRequests';
import { noteTold } from './judgeTelling';
import type { Execution } from './n8nSide';
import type { N8nPlan } from './plan';
import { keyOf, type KeyTraffic, type World } from './world';

const trafficOf = ({ byKey }: World, key: string): KeyTraffic => {
	const known = byKey.get(key) ?? { inFlight: 0, left: [], heldUntilMs: 0, heldAtMs: 0 };
	byKey.set(key, known);
	return known;
};

/** A request of an execution leaves for the API. */
export const judgeSent = (
	world: World,
	execution: Execution,
	key: string,
	body: string,
	arrival: Arrival | undefined,
): void => {
	const { violated, plan, scheduler } = world;
	const traffic = trafficOf(world, key);
	traffic.left.push(scheduler.nowMs());
	const who = `n8n ${execution.number}`;
	sayLeft(world, who, body, arrival);
	if (execution.inFlight > mostAtOnce(plan.n8n?.concurrency ?? 0))
		violated(
			'concurrency',
			`${execution.inFlight} requests of execution ${execution.number} were on their way at once`,
		);
	if (execution.cancel.signal.aborted)
		violated('stops in time', `execution ${execution.number} sent after it was canceled`);
	if (execution.refused.has(key)) violated('does not hammer', `execution ${execution.number} sent with a refused key`);
	judgeRate(world, key, traffic.left, { maxPerSecond: plan.n8n?.maxPerSecond ?? 0 });
	if (arrival === undefined) return;
	judgeWait(world, arrival, traffic.heldUntilMs);
	const lead = judgeRequest(world, arrival);
	if (lead !== undefined && !new RegExp(`^key-${lead.account}-\\d+$`).test(key))
		violated('own key', `${lead.name} of account ${lead.account} was sent with ${key}`);
};

/** Its answer is there. */
export const noteAnswered = (
	world: World,
	execution: Execution,
	key: string,
	arrival: Arrival | undefined,
	reply: Reply,
): void => {
	const traffic = trafficOf(world, key);
	if (arrival !== undefined) sayBack(world, arrival.lead, arrival, reply);
	traffic.heldUntilMs = Math.max(traffic.heldUntilMs, noteAsked(world, arrival, reply));
	if ('status' in reply && reply.status === 401) execution.refused.add(key);
};

interface Said {
	readonly outcome: string;
	readonly leadId: string | undefined;
	readonly isUnrecorded: boolean;
	readonly isFailure: boolean;
}

/** What an item tells of its lead: the API's answer, an outcome object, or a failure with one. */
const saidIn = ({ json }: Item): Said => {
	const {
		details,
		error,
		_id: id,
	} = json as {
		readonly details?: Readonly<Record<string, unknown>>;
		readonly error?: unknown;
		readonly _id?: string;
	};
	const object = details ?? json;
	return {
		outcome: id === undefined ? String(object.outcome) : 'created',
		leadId: id ?? (typeof object.leadId === 'string' ? object.leadId : undefined),
		isUnrecorded: /duplicate|record/.test(JSON.stringify(object.warnings ?? [])),
		isFailure: error !== undefined,
	};
};

/** What one try of the node gave; whether n8n takes it for a failed one. */
export const judgeTry = (
	world: World,
	plan: N8nPlan,
	execution: Execution,
	result: Error | readonly (readonly Item[])[],
	by: string,
): boolean => {
	const { violated, facts, scheduler, say } = world;
	if (result instanceof Error) {
		if (plan.onError !== 'stopWorkflow') violated('everybody is told', `the node threw: ${result.message}`);
		else if (!/\[Item \d+\]$/.test(result.message)) violated('no stray error', result.message);
		return true;
	}
	const items = result.flat();
	const isFailed = items.some((item) => saidIn(item).isFailure);
	execution.leads.forEach(({ name, account }, index) => {
		const lead = facts.get(name);
		const own = items.filter(({ pairedItem }) => pairedItem?.item === index);
		if (own.length !== 1) violated('told once', `${name} came out ${own.length} times`);
		if (lead === undefined || own[0] === undefined) return;
		const { outcome, leadId, isUnrecorded } = saidIn(own[0]);
		say(by, `tells ${name} ${outcome} (account ${account}, ${keyOf(world, account)})`);
		if (JSON.stringify(own[0].json).includes(keyOf(world, account)))
			violated('own key', `${name} was told with its key`);
		noteTold(world, lead, { outcome, atMs: scheduler.nowMs(), by, leadId, isUnrecorded });
	});
	return isFailed;
};
