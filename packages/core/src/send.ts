import type { LeadKey } from './duplicates';
import type { ReadyLead } from './prepare';
import { withoutKeyInside } from './redact';
import { type Connection, buildRequest, hostOf, type LeadRequest } from './request';
import { interpretResponse, type Outcome, outcomeOf, type OutcomeFacts, type Reply, type Verdict } from './outcome';
import type { Refusals } from './refusals';
import { decideAgain } from './retry';
import type { Policy } from './settings';
import type { Turns } from './turns';
import { explain, noticeText } from './words';

/** All I/O that delivering a lead needs, lent by n8n, Node-RED or a test. */
export interface Host {
	/** One sending, no retry, no redirect followed. Resolves always: what goes wrong is a `fault`. */
	readonly send: (request: LeadRequest, limits: { readonly timeoutMs: number }) => Promise<Reply>;
	/** Resolves after `ms`, or as soon as the run is stopped. */
	readonly sleep: (ms: number) => Promise<void>;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	/** From 0 up to but not 1. */
	readonly random: () => number;
	/** Whether the run was stopped; nothing is sent after that. */
	readonly stopped?: () => boolean;
	/** The account's pace, where it is shared with other leads. */
	readonly turns?: Turns;
	/** What the account was refused lately. */
	readonly refusals?: Refusals;
	/** Sees to it that a lead of one key is sent once only, where the policy asks for it. */
	readonly once?: ((key: LeadKey, send: () => Promise<Outcome>) => Promise<Outcome>) | undefined;
}

/** What only the sender knows goes into the cause, so that its words can name it. */
export const inContext = (outcome: Outcome, connection: Connection, timeoutMs: number): Outcome => {
	if (outcome.outcome === 'failed' && (outcome.cause.kind === 'notReached' || outcome.cause.kind === 'redirect')) {
		return { ...outcome, cause: { ...outcome.cause, host: hostOf(connection.baseUrl) } };
	}
	if (outcome.outcome === 'unconfirmed' && outcome.cause.kind === 'timeout') return { ...outcome, cause: { kind: 'timeout', afterMs: timeoutMs } };
	return outcome;
};

/** A turn in the queue is no wait of the lead's own; but what the API holds back for longer than this is told at once. */
const patienceMs = 60_000;

/** Why a lead is not sent although it could be: its run was stopped, the limit holds for too long, or the account was refused. */
const heldBack = (host: Host, organizationId: string, heldMs: number): Verdict | undefined => {
	if (host.stopped?.() === true) return { outcome: 'failed', cause: { kind: 'canceled' } };
	if (heldMs > 0) return { outcome: 'rateLimited', cause: { kind: 'limit', retryAfterMs: heldMs } };
	const refused = host.refusals?.check(organizationId, host.now()) ?? 'send';
	return refused === 'send' ? undefined : { outcome: refused, cause: { kind: 'notSent' } };
};

const told = (outcome: Outcome): Outcome => ({ ...outcome, ...explain(outcome) });

/** Sends one checked lead, and again within the policy's budget where that is safe, until it has its one outcome. */
export const sendLead = async ({ lead, warnings }: Pick<ReadyLead, 'lead' | 'warnings'>, connection: Connection, policy: Policy, host: Host): Promise<Outcome> => {
	const request = buildRequest(lead, connection);
	const timeoutMs = policy.timeoutSeconds * 1000;
	let attempts = 0;
	let waitedMs = 0;
	let lost: Outcome | undefined;
	for (;;) {
		const heldMs = await host.turns?.take(host, Math.max(patienceMs, policy.maxWaitSeconds * 1000)) ?? 0;
		const held = heldBack(host, connection.organizationId, heldMs);
		if (held !== undefined) {
			const unsent = outcomeOf(held, { lead, warnings, attempts, waitedMs });
			return lost === undefined ? unsent : told({ ...lost, attempts, waitedMs });
		}
		attempts++;
		const leftAtMs = host.now();
		const reply = withoutKeyInside(await host.send(request, { timeoutMs }), connection.apiKey?.trim() ?? '');
		host.turns?.learn(reply, leftAtMs, host.now());
		const facts: Partial<OutcomeFacts> = { lead, warnings, attempts, waitedMs };
		const outcome: Outcome = { ...inContext(interpretResponse(reply, host.now()), connection, timeoutMs), ...facts };
		host.refusals?.learn(connection.organizationId, outcome, leftAtMs, host.now());
		if (outcome.outcome === 'unconfirmed') lost = outcome;
		const again = decideAgain(outcome, { attempts, waitedMs }, policy, host.random);
		if (again.kind === 'end') {
			if (lost === undefined) return told(outcome);
			// Once a sending was lost, a later refusal does not prove that no lead exists, nor an answer that only one does.
			if (outcome.outcome !== 'created') return told({ ...lost, ...facts });
			return told({ ...outcome, warnings: [...warnings, noticeText({ kind: 'sentAgain' }, policy.language)] });
		}
		await host.sleep(again.inMs);
		waitedMs += again.inMs;
	}
};

/** Sends a checked lead; where duplicates are not wanted and the host keeps a record, only if that does not know its key. */
export const sendOnce = async (ready: ReadyLead, connection: Connection, policy: Policy, host: Host): Promise<Outcome> => {
	const send = async (): Promise<Outcome> => await sendLead(ready, connection, policy, host);
	if (policy.duplicates === 'allow' || host.once === undefined) return await send();
	const outcome = await host.once(ready.key, send);
	return outcome.lead === null ? { ...outcome, lead: ready.lead, warnings: ready.warnings } : outcome;
};
